// Decides the words that people read for the codes of the engine. An unknown code reads as itself.
import type {
  ChangeKind,
  CostTerm,
  Effort,
  Fulfilment,
  NodeType,
  RejectionCode,
  StopReason,
  SplitCause,
  Strategy,
  UnsourcedReason,
} from '@sourcewright/engine';
import { countText } from './number.ts';

interface Wording {
  readonly label: string;
  readonly note: string;
}

const STRATEGIES: Readonly<Record<Strategy, Wording>> = {
  optimal: {
    label: 'Optimal',
    note: 'All orders together, with a bound for the whole wave and prices of what is scarce.',
  },
  'fcfs-exact': {
    label: 'Exact',
    note: 'Each order in turn at its least cost, with a proof of how good it is.',
  },
  priority: { label: 'Priority list', note: 'The first node of a fixed list that has stock ships.' },
  nearest: { label: 'Nearest', note: 'The closest node that has stock ships.' },
  'fewest-shipments': { label: 'Fewest shipments', note: 'As few shipments as possible, then the closest nodes.' },
  cascade: { label: 'Cascade', note: 'The policy’s strategies one after another, each from its own list of nodes.' },
};

const TERMS: Readonly<Record<CostTerm, Wording>> = {
  shipping: { label: 'Shipping', note: 'Carrier charges' },
  handling: { label: 'Handling', note: 'Pick and pack at the node' },
  split: { label: 'Splits', note: 'Charge for each shipment beyond the first' },
  lateness: { label: 'Lateness', note: 'Charge for each day after the promise' },
  speed: { label: 'Speed', note: 'Charge for each day of waiting up to the promise' },
  capacity: { label: 'Capacity', note: 'Charges of nodes and days with much to do' },
  stockOut: { label: 'Stock-outs', note: 'Charges for units that a node may run out of' },
  risk: { label: 'Rejects', note: 'What a line turned down would cost, times its chance' },
  preference: { label: 'Preference', note: 'Charges of rules' },
  unsourced: { label: 'Unsourced', note: 'Charge for units that nobody ships' },
};

const NODE_TYPES: Readonly<Record<NodeType, string>> = { dc: 'DC', store: 'Store', vendor: 'Vendor', '3pl': '3PL' };

const REJECTIONS: Readonly<Record<RejectionCode, string>> = {
  'order-held': 'Order held by a rule',
  'node-closed': 'Node closed',
  'not-stocked': 'Not stocked',
  'rule-excluded': 'Excluded by a rule',
  'not-asked': 'Not asked by the strategy',
  'collected-elsewhere': 'Not where it is collected',
  'collection-closed': 'Collecting node closed',
  'no-rate': 'No rate to there',
  'too-late': 'Too late',
  'no-stock-left': 'No stock left',
  'not-enough-stock': 'Not enough stock',
  'no-capacity-left': 'No capacity left',
  'ship-together': 'Lacks what ships with it',
  'order-limits': 'Limits of the order',
  'min-part-value': 'Part would be worth too little',
  'ranked-lower': 'Later on the strategy’s list',
  'costs-more': 'Costs more',
};

const FULFILMENTS: Readonly<Record<Fulfilment, string>> = {
  ship: 'Sent',
  pickup: 'Pick up in store',
  'ship-to-store': 'Ship to store',
};

const CHANGES: Readonly<Record<ChangeKind, string>> = {
  stock: 'Stock',
  distance: 'Distance',
  handling: 'Handling',
  rate: 'Rate',
  cutoff: 'Cutoff',
  capacity: 'Capacity',
  promise: 'Promise',
  'split-charge': 'Split charge',
  'late-charge': 'Late charge',
  rule: 'Rule',
};

const SPLITS: Readonly<Record<SplitCause, string>> = {
  unavoidable: 'split, unavoidable',
  'rule-caused': 'split by a rule',
  'bought-speed': 'split for speed',
  cheaper: 'split, as it is cheaper',
  'not-looked-for': 'split, could be one',
};

const REASONS: Readonly<Record<UnsourcedReason, string>> = {
  held: 'Held by a rule',
  'not-stocked': 'No node stocks it',
  'no-eligible-node': 'No eligible node',
  'no-stock-left': 'No stock left',
  'no-capacity-left': 'No capacity left',
  'ship-together': 'Lines that ship together cannot',
  'ship-complete': 'Order ships complete or not at all',
  'max-shipments': 'Would need too many shipments',
  'min-part-value': 'Part would be worth too little',
  'costs-more-than-penalty': 'Costs more than leaving it',
  'not-looked-for': 'Strategy looks no further',
};

const METHODS: Readonly<Record<string, string>> = {
  'subset-program': 'Every set of nodes compared',
  'branch-and-bound': 'Branch and bound',
  'wave-optimiser': 'All orders weighed together',
  'not-looked-for': 'Not looked at',
};

/** Order of the cost terms in every table and chart. */
export const TERM_ORDER: readonly CostTerm[] = [
  'shipping',
  'handling',
  'split',
  'lateness',
  'speed',
  'capacity',
  'stockOut',
  'risk',
  'preference',
  'unsourced',
];
export const STRATEGY_ORDER: readonly Strategy[] = Object.keys(STRATEGIES) as Strategy[];

export const strategyLabel = (code: string): string => look(STRATEGIES, code)?.label ?? code;
/** What a run is called; one that was only named by its strategy's code reads like the strategy. */
export const runName = (run: { readonly name: string; readonly strategy: string }): string =>
  run.name === run.strategy ? strategyLabel(run.strategy) : run.name;
export const strategyNote = (code: string): string => look(STRATEGIES, code)?.note ?? '';
export const termLabel = (code: string): string => look(TERMS, code)?.label ?? code;
export const termNote = (code: string): string => look(TERMS, code)?.note ?? '';
export const nodeTypeLabel = (code: string): string => look(NODE_TYPES, code) ?? code;
export const rejectionLabel = (code: string): string => look(REJECTIONS, code) ?? code;
export const fulfilmentLabel = (code: string): string => look(FULFILMENTS, code) ?? code;
export const changeLabel = (code: string): string => look(CHANGES, code) ?? code;
export const splitLabel = (code: string): string => look(SPLITS, code) ?? code;
export const reasonLabel = (code: string): string => look(REASONS, code) ?? code;
const STOPPED: Readonly<Record<StopReason, string>> = {
  optimal: 'The search ended with a plan that is proven best',
  'work-limit': 'The search ended when the work allowed was used up',
  'target-gap': 'The gap is as small as was asked for',
  'no-improvement': 'The search ended where more work seldom helps',
  'last-order': 'Every order was decided once',
  interrupted: 'The plan was taken while the search was under way',
};

/** Why a strategy stopped, and after how much. */
export const effortText = ({ stopped, work, rounds }: Effort): string =>
  `${STOPPED[stopped]}: work ${countText(work)}${rounds > 1 ? `, ${countText(rounds)} rounds of prices` : ''}.`;
export const methodLabel = (code: string): string => look(METHODS, code) ?? code.replaceAll('-', ' ');

function look<T>(table: Readonly<Record<string, T>>, code: string): T | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}
