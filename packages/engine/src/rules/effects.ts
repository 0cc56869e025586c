// Decides what effects are called, at which scope they act, which facts their rules may read and what they do, in words.
// Leaves their parameters' shapes to model/effect.ts and their workings to candidates/.
import type { EffectType } from '../model/effect.ts';
import { FACT_SCOPES, type FactScope } from './facts/fact.ts';

export type EffectScope = 'order' | 'candidate' | 'stock' | 'node';

export interface EffectParam {
  readonly name: string;
  readonly text: string;
  readonly required: boolean;
}

export interface Effect {
  readonly type: EffectType;
  /** What it acts on: the whole order, a line at a node, a stock row, a node. */
  readonly scope: EffectScope;
  readonly text: string;
  /** How several rules with this effect that hold at once go together. */
  readonly together: string;
  readonly params: readonly EffectParam[];
}

/** What rules with an effect of a scope may read: what is known when the effect is settled. */
export const READABLE: Readonly<Record<EffectScope, readonly FactScope[]>> = {
  order: ['time', 'order'],
  candidate: FACT_SCOPES,
  stock: ['time', 'item', 'node', 'stock'],
  node: ['time', 'node'],
};

const BECAUSE: EffectParam = { name: 'because', text: 'Reason in plain words', required: true };
const param = (name: string, text: string, required = true): EffectParam => ({ name, text, required });
const VALUE_PERCENT = param('valuePercent', 'Added to it: a share of the line’s value, in percent', false);
const NODES = param('nodes', 'Conditions on the node; the rule’s own conditions say for which lines they count');

const effect = (
  type: EffectType,
  scope: EffectScope,
  text: string,
  together: string,
  ...params: EffectParam[]
): Effect => ({ type, scope, text, together, params: [BECAUSE, ...params] });

export const EFFECTS: readonly Effect[] = [
  effect('exclude', 'candidate', 'The node does not supply the line.', 'Any one is enough.'),
  effect(
    'require',
    'candidate',
    'Only nodes for which `nodes` holds supply the line.',
    'A node must satisfy all of them.',
    NODES,
  ),
  effect(
    'penalise',
    'candidate',
    'Supplying the line from the node is charged extra in the comparison.',
    'Charges add up.',
    param('perLineMicros', 'Charge for each line so supplied'),
    VALUE_PERCENT,
  ),
  effect(
    'prefer',
    'candidate',
    'Supplying the line from a node for which `nodes` does not hold is charged extra in the comparison, so nothing ever costs less than nothing.',
    'Charges add up.',
    NODES,
    param('perLineMicros', 'Charge for each line supplied by another node'),
    VALUE_PERCENT,
  ),
  effect(
    'sourcing-buffer',
    'stock',
    'Units of the item at the node are withheld from sourcing.',
    'The largest buffer counts, also against the stock level’s own.',
    param('units', 'Units withheld', false),
    param(
      'coverDays',
      'Days of the expected demand withheld, rounded up to whole units; 0 where no demand is given',
      false,
    ),
  ),
  effect(
    'capacity-cap',
    'node',
    'Only a share of the node’s daily capacity is used.',
    'The smallest share counts.',
    param('percent', 'Share that may be used, in percent; limits are rounded down'),
  ),
  effect(
    'max-shipments',
    'order',
    'The order goes out in at most so many shipments.',
    'The smallest number counts, also against the order’s and the policy’s own.',
    param('shipments', 'Shipments at most'),
  ),
  effect(
    'ship-complete',
    'order',
    'The order goes out whole or not at all.',
    'Any one is enough, also against `allow-partial`.',
  ),
  effect(
    'allow-partial',
    'order',
    'The order may go out with units missing even where the policy forbids it; what the customer asked for stands.',
    'Any one is enough.',
  ),
  effect(
    'hold',
    'order',
    'The order is not sourced in this wave; its units stay unsourced as `held`.',
    'Any one is enough.',
  ),
  effect(
    'promise-by',
    'order',
    'The promise of an order that brings none, in place of the policy’s.',
    'The earliest counts.',
    param('days', 'Calendar days after the order'),
  ),
  effect(
    'min-part-value',
    'order',
    'Every part of the order is worth at least so much.',
    'The largest value counts, also against the order’s and the policy’s own.',
    param('minPartValueMicros', 'Goods value of each part at least'),
  ),
  effect(
    'unsourced-penalty',
    'order',
    'What leaving a unit unsourced costs is scaled for the order.',
    'The largest share counts.',
    param('percent', 'The policy’s charge in percent: 100 leaves it as it is'),
  ),
  effect(
    'when-unsourced',
    'order',
    'Says what is to be done with units that stay unsourced.',
    'The first rule counts, by priority, then as written.',
    param('action', '`queue`, `cancel` or `next-strategy`'),
    param('cancelAfterHours', 'For `queue`: hours after the order was placed when it is given up', false),
    param('strategy', 'For `next-strategy`: the strategy to try', false),
  ),
];

export const EFFECTS_BY_TYPE: ReadonlyMap<EffectType, Effect> = new Map(EFFECTS.map((entry) => [entry.type, entry]));
