// Decides every reason an explanation may give: its code, its sentence in a planner's words and the evidence it rests on.
// The one list: sentences, the reference page and the check that none lacks its evidence are made from it.
import { invariant } from '../base/invariant.ts';
import type { ChangeKind, RejectionCode, SplitCause } from '../model/explanation.ts';
import type { UnsourcedReason } from '../model/plan.ts';

/** What a sentence rests on: a name in `{}` of the template, or data beside the sentence. */
export interface Reason {
  /** What stands in braces is put in from the evidence. */
  readonly template: string;
  /** Fields of the statement that show it is so. */
  readonly evidence: readonly string[];
}

/** Why a node did not supply a line. */
export const REJECTIONS: Readonly<Record<RejectionCode, Reason>> = {
  'order-held': {
    template: '{node} is not asked: the order is held by the rule "{rule}": {because}',
    evidence: ['rule', 'because', 'evidence'],
  },
  'node-closed': { template: '{node} is closed.', evidence: ['nodeId'] },
  'not-stocked': { template: '{node} lists the item but has none and expects none.', evidence: ['nodeId'] },
  'collected-elsewhere': {
    template: 'Only the stock of {place} counts, where the order is collected: {node} is not asked.',
    evidence: ['nodeId'],
  },
  'collection-closed': {
    template: '{node} is not asked: {place}, where the order is collected, is closed.',
    evidence: ['nodeId'],
  },
  'no-rate': {
    template: '{node} {lacks}.',
    evidence: ['nodeId'],
  },
  'too-late': { template: '{node} would deliver later than the policy allows.', evidence: ['nodeId'] },
  'rule-excluded': {
    template: '{node} is excluded by the rule "{rule}": {because}',
    evidence: ['rule', 'because', 'evidence'],
  },
  'not-asked': { template: '{node} is not asked by the strategy "{rule}".', evidence: ['rule', 'evidence'] },
  'no-stock-left': {
    template: '{node} has nothing left to give: {stock}.',
    evidence: ['wanted', 'available', 'stock', 'lastUnit'],
  },
  'not-enough-stock': {
    template: '{node} has {available} of the {wanted} units wanted{held}.',
    evidence: ['wanted', 'available', 'stock', 'lastUnit'],
  },
  'no-capacity-left': {
    template: '{node} has the stock but can take no more work on the days on which it would have to leave.',
    evidence: ['wanted', 'available'],
  },
  'ship-together': {
    template: '{node} has it, but not all that ships together with it.',
    evidence: ['wanted', 'available'],
  },
  'order-limits': {
    template:
      '{node} could send it, but not within the limits of the order: it may have no further shipment, or goes out whole or not at all.',
    evidence: ['wanted', 'available'],
  },
  'min-part-value': {
    template:
      '{node} could send it, but what it sends, or what is left over, would be worth less than a part of an order must be.',
    evidence: ['wanted', 'available'],
  },
  'ranked-lower': {
    template: '{node} comes later for the strategy "{rule}": {because}.',
    evidence: ['rule', 'because'],
  },
  'costs-more': { template: '{node} would {margin}', evidence: ['marginMicros'] },
};

/** Why units stay unsourced; each begins with how many. */
export const UNSOURCED: Readonly<Record<UnsourcedReason, Reason>> = {
  held: { template: '{units} not sourced: a rule holds the order back.', evidence: ['rules'] },
  'not-stocked': {
    template: '{units} not sourced: no node stocks the item or expects it.',
    evidence: ['rejections'],
  },
  'no-eligible-node': {
    template: '{units} not sourced: rules, services or dates leave no node that may supply it.',
    evidence: ['rejections'],
  },
  'no-stock-left': {
    template:
      '{units} not sourced: the nodes that may supply it have too little left, after reservations, buffers and other orders.',
    evidence: ['rejections'],
  },
  'no-capacity-left': {
    template:
      '{units} not sourced: the nodes that have it can take no more work on the days on which it would have to leave.',
    evidence: ['rejections'],
  },
  'ship-together': {
    template: '{units} not sourced: the lines that ship together cannot all be had from one node on one day.',
    evidence: ['rejections'],
  },
  'ship-complete': {
    template: '{units} not sourced: the order goes out whole or not at all, and not all of it can be had.',
    evidence: ['rejections'],
  },
  'max-shipments': {
    template: '{units} not sourced: it would take one shipment more than the order may have.',
    evidence: ['rejections'],
  },
  'min-part-value': {
    template:
      '{units} not sourced: a shipment, or what stays unsourced, would be worth less than a part of an order must be.',
    evidence: ['rejections'],
  },
  'costs-more-than-penalty': {
    template: '{units} not sourced: what the policy charges for leaving out is less than supplying would cost.',
    evidence: ['rejections', 'cost'],
  },
  'not-looked-for': {
    template: '{units} not sourced: this strategy does not look for other ways to supply it.',
    evidence: ['rejections'],
  },
};

/** How units that stay unsourced stand on what the other orders leave; each follows how many there are. */
export const LEFT_OUT = {
  nowhere: { template: '{units} nowhere left at a node that may send them', evidence: ['left'] },
  'no-room': {
    template: '{units} at nodes that can take no more work on the days on which they would have to leave',
    evidence: ['left'],
  },
  'kept-back': {
    template:
      '{rest} could be sent, but a shipment, or what stays unsourced, would be worth less than a part of an order must be',
    evidence: ['left'],
  },
  dearer: {
    template: '{node} could send {goods} {cost}, and the policy charges no more than {charge} for leaving {them} out',
    evidence: ['left'],
  },
  cheaper: {
    template: '{node} could send {goods} {cost}, less than the {charge} charged for leaving {them} out: {missed}',
    evidence: ['left'],
  },
  'not-weighed': {
    template:
      '{node} could send {goods} {cost}, the policy charges {charge} for leaving {them} out, and this strategy does not weigh the two',
    evidence: ['left'],
  },
  'one-shipment-more': {
    template: '{node} could send {goods}, in one shipment more than the order may have',
    evidence: ['left'],
  },
  'only-holder': {
    template: '{units} not sourced: the one node that has it may not send it.',
    evidence: ['rejections'],
  },
  'no-holder': {
    template: '{units} not sourced: {nodes} nodes have it, and none of them may send it.',
    evidence: ['rejections'],
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** Why an order left in more than one shipment. */
export const SPLITS: Readonly<Record<SplitCause, Reason>> = {
  unavoidable: {
    template: '{shipments}: no single node could send all that was shipped on one day.',
    evidence: ['unavoidable'],
  },
  cheaper: {
    template: '{shipments}: one shipment was possible and would have cost {money} more.',
    evidence: ['singleShipmentMarginMicros', 'margin'],
  },
  'bought-speed': {
    template:
      '{shipments}: one shipment was possible and would have cost {money} more, for it would have come later ({days}); but for that it was cheaper.',
    evidence: ['singleShipmentMarginMicros', 'margin'],
  },
  'rule-caused': {
    template:
      '{shipments}: the rule "{rule}" stands in the way of one. Without it the order would go in {fewer} and cost {money} less.',
    evidence: ['rule', 'recoverableMicros'],
  },
  'not-looked-for': {
    template: '{shipments}: one shipment was possible and would have cost {money} less: {missed}.',
    evidence: ['singleShipmentMarginMicros', 'recoverableMicros', 'margin'],
  },
};

/** What a shipment of a split order is there for. */
export const SPLIT_PARTS = {
  'dearer-apart': {
    template: 'Without the shipment from {node}, the others could take its goods along: {money} dearer.',
    evidence: ['savedMicros', 'unsourcedUnits'],
  },
  'cheaper-apart': {
    template: 'Without the shipment from {node}, the others could take its goods along: {money} cheaper.',
    evidence: ['savedMicros', 'unsourcedUnits'],
  },
  'else-unsourced': {
    template:
      'Without the shipment from {node}, {units} would stay unsourced: {saved} less to pay for sending, {charge} charged for leaving out.',
    evidence: ['savedMicros', 'unsourcedUnits', 'unsourcedMicros'],
  },
  'else-unsourced-for-nothing': {
    template:
      'Without the shipment from {node}, {units} would stay unsourced, and sending the rest would cost no less.',
    evidence: ['savedMicros', 'unsourcedUnits', 'unsourcedMicros'],
  },
  needed: {
    template: 'Without the shipment from {node} the order could not go out: it goes out whole or not at all.',
    evidence: ['isPossible', 'unsourcedUnits'],
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** What a choice leaves to a node's own customers. */
export const KEPT = {
  cover: {
    template:
      '{node} keeps {after} of {before} for its own customers{buffer}, who ask for {weekly} a week: that lasts {lastsAfter}, not {lastsBefore}.',
    evidence: ['unitsBefore', 'unitsAfter', 'bufferUnits', 'demandPerDay', 'weeksBefore', 'weeksAfter'],
  },
  last: {
    template:
      '{node} gives its last {before}, which would have lasted {lastsBefore}: its own customers ask for {weekly} a week.',
    evidence: ['unitsBefore', 'unitsAfter', 'demandPerDay', 'weeksBefore'],
  },
  'run-out': {
    template:
      'The chance that it runs short within {days} rises from {chanceBefore} to {chanceAfter}; a sale it then misses loses {margin}.',
    evidence: ['runOut'],
  },
  'none-left': {
    template:
      'Within {days} a customer asks in vain with a chance of {chanceAfter}, not {chanceBefore}; each sale missed loses {margin}.',
    evidence: ['runOut'],
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** How a shipment could be packed, and what is to be known about it. */
export const PACKINGS = {
  packed: { template: '{node} could pack it in {cartons}.', evidence: ['cartons'] },
  'charged-otherwise': {
    template:
      'The carrier is paid for {parcels} all the same: carriage goes by charged weight, not by how it is packed.',
    evidence: ['parcelsCharged'],
  },
  unmeasured: {
    template: 'Counted by weight alone, as the size is not known: {items}.',
    evidence: ['unmeasured'],
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** The single changes that are tried; `{so}` says what would then be. */
export const CHANGES: Readonly<Record<ChangeKind, Reason>> = {
  stock: { template: '{so} if {node} had {to} of {sku}.', evidence: ['change', 'justLess', 'becomes'] },
  distance: {
    template: '{so} if {node} were {to} away, not {from}.',
    evidence: ['change', 'justLess', 'becomes'],
  },
  handling: {
    template: '{so} if handling a shipment at {node} cost {to}, not {from}.',
    evidence: ['change', 'justLess', 'becomes'],
  },
  rate: {
    template: '{so} if {carriage} cost {to}.',
    evidence: ['change', 'justLess', 'becomes'],
  },
  cutoff: {
    template: '{so} if the cutoff of {node} were {to}, not {from}.',
    evidence: ['change', 'justLess', 'becomes'],
  },
  capacity: {
    template: '{so} if {node} could take {to} a day.',
    evidence: ['change', 'justLess', 'becomes'],
  },
  promise: {
    template: '{so} if the order were promised for {to}, not {from}.',
    evidence: ['change', 'justLess', 'becomes'],
  },
  'split-charge': {
    template: '{so} if a further shipment were charged {to}, not {from}.',
    evidence: ['change', 'justLess', 'becomes'],
  },
  'late-charge': {
    template: '{so} if a day late were charged {to}, not {from}.',
    evidence: ['change', 'justLess', 'becomes'],
  },
  rule: { template: '{so} without the rule "{rule}".', evidence: ['change', 'becomes'] },
};

/** The sentence with its values put in. Throws where one is lacking: a bug. */
export function say({ template }: Reason, values: Readonly<Record<string, string | number | undefined>>): string {
  let sentence = '';
  for (const [at, part] of partsOf(template).entries()) {
    const value = at % 2 === 0 ? part : values[part];
    invariant(value !== undefined, `The sentence "${template}" lacks its ${part}.`);
    sentence += value;
  }
  return sentence;
}

const PARTS = new Map<string, readonly string[]>();

/** Text and names of values in turn. */
function partsOf(template: string): readonly string[] {
  let parts = PARTS.get(template);
  if (!parts) PARTS.set(template, (parts = template.split(/\{(\w+)\}/)));
  return parts;
}
