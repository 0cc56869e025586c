// Decides what is said of units that a line leaves out: how many are nowhere left, how many could be sent and what that would cost, who has them.
// The same count as the plan's reasons go by, on what the other orders leave; leaves the wording to reasons.ts.
import { dateOf } from '../base/time.ts';
import type { LineExplanation, Rejection } from '../model/explanation.ts';
import type { Network } from '../model/network.ts';
import type { OrderLine } from '../model/order.ts';
import type { UnsourcedLine, UnsourcedReason } from '../model/plan.ts';
import { goesWhole, leftUnits, type LeftUnits, waysToSend } from '../plan/more-units.ts';
import type { OrderContext } from './order-context.ts';
import { LEFT_OUT, say } from './reasons.ts';
import { amountText, listed, type Missed, units, unsourcedSentence } from './text.ts';

type Unsourced = NonNullable<LineExplanation['unsourced']>;
type CheapestWay = NonNullable<NonNullable<Unsourced['left']>['way']>;

/** Reasons that are about the stock and room that others leave: of these it is told how the units stand. */
const BY_WHAT_IS_LEFT: ReadonlySet<UnsourcedReason> = new Set([
  'no-stock-left',
  'no-capacity-left',
  'max-shipments',
  'min-part-value',
  'costs-more-than-penalty',
  'not-looked-for',
]);

/** Null where nothing of the line is left out. */
export function explainUnsourced(
  context: OrderContext,
  demand: number,
  line: OrderLine,
  rejections: readonly Rejection[],
  network: Network,
  missed: Missed,
): LineExplanation['unsourced'] {
  const { orderPlan } = context;
  const own = orderPlan.unsourced.find(({ lineId }) => lineId === line.lineId);
  if (!own) return null;
  const { quantity, reason } = own;
  if (reason === 'no-eligible-node') return { quantity, reason, sentence: nobodyMay(own, rejections) };
  if (!BY_WHAT_IS_LEFT.has(reason)) return { quantity, reason, sentence: unsourcedSentence(reason, quantity) };
  const sent = { view: context.view, taken: context.draft.taken };
  const left = leftUnits(sent, demand);
  const way = left.sendable > 0 ? cheapestWay(context, demand, network) : undefined;
  const alike = orderPlan.unsourced.filter(({ sku }) => sku === line.sku);
  const nameOf = (nodeId: string): string => network.nodes[network.nodeAt.get(nodeId)!]!.name;
  const text = standing(
    reason,
    left,
    way && { ...way, node: nameOf(way.nodeId) },
    missed,
    goesWhole(context.view.problem),
  );
  return {
    quantity,
    reason,
    left: {
      nowhereUnits: left.nowhere,
      noRoomUnits: left.noRoom,
      sendableUnits: left.sendable,
      ...(way && { way }),
    },
    sentence: text ? `${openingOf(own, alike)}: ${text}.` : unsourcedSentence(reason, quantity),
  };
}

/** `7 units not sourced`; where lines share an item, how many of it in all. */
function openingOf({ lineId, quantity }: UnsourcedLine, alike: readonly UnsourcedLine[]): string {
  const total = alike.reduce((sum, line) => sum + line.quantity, 0);
  const others = alike.flatMap((line) => (line.lineId === lineId ? [] : [line.lineId]));
  const also = others.length === 0 ? '' : `, ${total} with line${others.length === 1 ? '' : 's'} ${listed(others)}`;
  return `${units(quantity)} not sourced${also}`;
}

function cheapestWay(context: OrderContext, demand: number, network: Network): CheapestWay | undefined {
  const { view, draft } = context;
  const ways = waysToSend({ view, taken: draft.taken }, demand);
  const isOpen = (way: (typeof ways)[number]): boolean =>
    way.isWorthEnough && (!way.isNewShipment || draft.taken.size < view.problem.maxShipments);
  const best = ways.find(isOpen) ?? ways[0];
  if (!best) return undefined;
  const { candidate, shipDay } = view.refs[best.source]!;
  return {
    nodeId: network.nodes[candidate.node]!.nodeId,
    shipOn: dateOf(shipDay.day),
    units: best.units,
    addedMicros: best.addedMicros,
    chargedMicros: best.savedMicros,
  };
}

/** How the units stand, without the full stop; undefined where nothing more is to be said than the reason. */
function standing(
  reason: UnsourcedReason,
  { nowhere, noRoom, sendable }: LeftUnits,
  way: (CheapestWay & { readonly node: string }) | undefined,
  missed: Missed,
  isWhole: boolean,
): string | undefined {
  const total = nowhere + noRoom + sendable;
  if (nowhere === total) return undefined;
  if (noRoom === total) return undefined;
  const clauses: string[] = [];
  const mixed = nowhere + noRoom > 0;
  if (nowhere > 0) clauses.push(say(LEFT_OUT.nowhere, { units: areUnits(nowhere) }));
  if (noRoom > 0) clauses.push(say(LEFT_OUT['no-room'], { units: areUnits(noRoom) }));
  if (sendable === 0) return clauses.join('; ');
  const rest = mixed ? `${clauses.length > 0 ? 'the other ' : ''}${sendable}` : undefined;
  if (!way || reason === 'min-part-value') {
    if (!mixed) return undefined;
    return [...clauses, say(LEFT_OUT['kept-back'], { rest })].join('; ');
  }
  const goods = isWhole ? 'the whole order' : wordFor(way.units, sendable, rest);
  const values = {
    node: way.node,
    goods,
    them: isWhole || way.units === 1 ? 'it' : 'them',
    cost: way.addedMicros <= 0 ? 'at no extra cost' : `for ${amountText(way.addedMicros)}`,
    charge: amountText(way.chargedMicros),
    missed,
  };
  const net = way.addedMicros - way.chargedMicros;
  const code =
    reason === 'max-shipments'
      ? 'one-shipment-more'
      : net < 0
        ? 'cheaper'
        : reason === 'not-looked-for'
          ? 'not-weighed'
          : 'dearer';
  return [...clauses, say(LEFT_OUT[code], values)].join('; ');
}

function areUnits(count: number): string {
  return count === 1 ? '1 is' : `${count} are`;
}

function wordFor(count: number, sendable: number, rest: string | undefined): string {
  if (count < sendable) return `${count} of ${rest ?? `the ${sendable}`}`;
  return rest ?? (count === 1 ? 'it' : 'them');
}

/** Who has it and why each may not send it: alike ones once. */
function nobodyMay({ quantity, reason }: UnsourcedLine, rejections: readonly Rejection[]): string {
  const holders = rejections.filter(({ code }) => code !== 'not-stocked');
  if (holders.length === 0) return unsourcedSentence(reason, quantity);
  const groups = Map.groupBy(holders, ({ code, rule }) => `${code} ${rule ?? ''}`);
  const whys = [...groups.values()].map(([first, ...others]) => {
    if (others.length === 0) return first!.sentence;
    return `${first!.sentence} The same holds for ${others.length === 1 ? 'one other' : `${others.length} others`}.`;
  });
  const opening =
    holders.length === 1
      ? say(LEFT_OUT['only-holder'], { units: units(quantity) })
      : say(LEFT_OUT['no-holder'], { units: units(quantity), nodes: holders.length });
  return [opening, ...whys].join(' ');
}
