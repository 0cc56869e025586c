// Decides the shape of an answer to "why": for each line what was chosen, what came second, and what was turned down.
import type { Packing } from './carton.ts';
import type { EffectType } from './effect.ts';
import type { CostBreakdown, Proof, StrategyOutcome, UnsourcedReason } from './plan.ts';

/** Why a node did not supply a line, in order of precedence. */
export const REJECTION_CODES = [
  'order-held',
  'node-closed',
  'not-stocked',
  'collected-elsewhere',
  'collection-closed',
  'no-rate',
  'too-late',
  'rule-excluded',
  'not-asked',
  'no-stock-left',
  'not-enough-stock',
  'no-capacity-left',
  'ship-together',
  'order-limits',
  'min-part-value',
  'ranked-lower',
  'costs-more',
] as const;
export type RejectionCode = (typeof REJECTION_CODES)[number];

/** Why an order left in more than one shipment. */
export const SPLIT_CAUSES = ['unavoidable', 'rule-caused', 'bought-speed', 'cheaper', 'not-looked-for'] as const;
export type SplitCause = (typeof SPLIT_CAUSES)[number];

/** What one shipment of a split order is there for: how the order would stand without it, the others being as they are. */
export interface SplitPart {
  readonly nodeId: string;
  /** Local date of the node. */
  readonly shipOn: string;
  /** Of its units, those that no other shipment of the order could take along. */
  readonly unsourcedUnits: number;
  /** What sending would cost less, with the others taking along what they can; below 0 where it would cost more. */
  readonly savedMicros: number;
  /** What the policy charges for leaving the units out. */
  readonly unsourcedMicros: number;
  /** Whether the order may go out like that. */
  readonly isPossible: boolean;
  readonly sentence: string;
}

/** What a counterfactual changes. */
export const CHANGE_KINDS = [
  'stock',
  'distance',
  'handling',
  'rate',
  'cutoff',
  'capacity',
  'promise',
  'split-charge',
  'late-charge',
  'rule',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One condition of a rule as it was found: fact, operator, expected and actual value. */
export interface Evidence {
  readonly fact: string;
  readonly operator: string;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly holds: boolean;
}

export interface Rejection {
  /** Stays the same from plan to plan: what it is about, not what it says. */
  readonly id: string;
  readonly nodeId: string;
  readonly code: RejectionCode;
  /** The rule, where a rule decided, or the strategy of a cascade. */
  readonly rule?: string;
  readonly because?: string;
  readonly evidence?: readonly Evidence[];
  /** Units wanted and units there, where stock decided. */
  readonly wanted?: number;
  readonly available?: number;
  /** What became of the rest of its stock, where stock decided. */
  readonly stock?: StockClaims;
  /** The order that took what is lacking there, where one of the plan did. */
  readonly lastUnit?: LastUnit;
  /** How much more the order would cost, where cost decided; negative where a strategy that looks at less than cost chose. */
  readonly marginMicros?: number;
  /** What it could give, where that is not all that is wanted. */
  readonly units?: number;
  /** The chosen node that gives as much and would not then; left out where it is of what stays unsourced. */
  readonly insteadOf?: string;
  readonly sentence: string;
}

/** Units of an item at a node and who has a claim on them: what is left is what sourcing may take. */
export interface StockClaims {
  readonly onHand: number;
  /** Receipts by the last day on which the node could ship the order. */
  readonly dueUnits: number;
  /** Allocated or reserved before the plan. */
  readonly committedUnits: number;
  /** Withheld from sourcing, by the stock level or by a rule. */
  readonly bufferUnits: number;
  /** By other orders of the plan that had to be left alone. */
  readonly takenUnits: number;
}

/** Who got what a node lacks of an item: the last of it, or units with which it would have been enough; and what it was worth there. */
export interface LastUnit {
  readonly orderId: string;
  /** What that order took there. */
  readonly quantity: number;
  /** What all other orders that had to be left alone took there. */
  readonly takenUnits: number;
  /** What that order would cost more without it; null where no other single node could have supplied it. */
  readonly otherwiseMicros: number | null;
  /** What one unit more there is worth to all orders; only where the strategy weighs orders together. */
  readonly priceMicros?: number;
  readonly sentence: string;
}

/** A single change to what the order met: applied to the wave by `applyChange`. */
export interface Change {
  readonly kind: ChangeKind;
  readonly nodeId?: string;
  readonly sku?: string;
  /** With `zone`: for `rate`. */
  readonly rateCardId?: string;
  readonly zone?: string;
  readonly rule?: string;
  /** For `capacity`. */
  readonly limit?: 'shipmentsPerDay' | 'unitsPerDay';
  /**
   * What it is and what it would be, where it has an amount: units, km, micros, `HH:MM` or a date by its kind.
   * For `rate`, 0 and the micros that each parcel would cost more, or less where negative.
   */
  readonly from?: number | string;
  readonly to?: number | string;
}

/** The smallest change of its kind that makes the line be supplied otherwise, with all else as it was. */
export interface Counterfactual {
  readonly id: string;
  readonly lineId: string;
  /** All lines that it makes be supplied in the same way, in the order of the order, that one among them. */
  readonly lineIds: readonly string[];
  readonly change: Change;
  /** `to` one step short, at which the choice stays; null where there are no steps. */
  readonly justLess: number | string | null;
  /** Who would supply the lines, and units of them that would stay unsourced. */
  readonly becomes: { readonly nodeIds: readonly string[]; readonly unsourced: number };
  /** What the order would cost then. */
  readonly costMicros: number;
  readonly sentence: string;
}

/** What would have taken too much sourcing again to find out. */
export interface NotLookedFor {
  /** Whether some rule stands in the way of fewer shipments: not all were asked. */
  readonly splitRules: boolean;
  /** Lines that a change may flip that was not tried. */
  readonly lineIds: readonly string[];
  /** For these lines no change was tried at all. */
  readonly nothingTried: boolean;
  readonly sentence: string;
}

/**
 * The cheapest other plan for the order that sends one line, a part of one or one shipment from elsewhere, or all from one node;
 * or one that a change of a charge was seen to lead to. On another day of the same nodes only where that costs less than as
 * planned, or no other node could send any of it.
 */
export interface OrderRunnerUp {
  readonly sentence: string;
  /** Lines that move. */
  readonly lineIds: readonly string[];
  readonly shipments: readonly Choice[];
  readonly cost: CostBreakdown;
  /** What it would cost more, by term: below 0 where the strategy missed it. */
  readonly margin: CostBreakdown;
}

/** A rule that set the order's terms, or charged what was chosen. */
export interface AppliedRule {
  readonly id: string;
  readonly rule: string;
  readonly effect: EffectType;
  readonly because: string;
  /** Where and for which line it charged; null where it is about the whole order. */
  readonly nodeId: string | null;
  readonly lineId: string | null;
  /** What it charged the line, and others of its item, in that shipment; left out where it is about the whole order. */
  readonly chargedMicros?: number;
  readonly evidence: readonly Evidence[];
  readonly sentence: string;
}

/** What one strategy of a cascade did for the order. */
export interface CascadeStep {
  readonly strategy: string;
  readonly outcome: StrategyOutcome;
  /** What its conditions on the order found. */
  readonly evidence: readonly Evidence[];
  readonly sentence: string;
}

export interface Choice {
  readonly nodeId: string;
  readonly service: string;
  readonly shipOn: string;
  readonly deliverOn: string;
  readonly quantity: number;
}

/** What a choice leaves to a node that sells the item to customers of its own. */
export interface KeptStock {
  readonly nodeId: string;
  /** On hand − allocated − reserved, with receipts due when the wave starts, less what other orders of the plan take. */
  readonly unitsBefore: number;
  readonly unitsAfter: number;
  /** Of these, what sourcing has to leave; left out where it need not. */
  readonly bufferUnits?: number;
  readonly demandPerDay: number;
  readonly weeksBefore: number;
  readonly weeksAfter: number;
  /** What the policy's stock balance goes by; left out where it counts none. */
  readonly runOut?: {
    /** Until the next receipt, else the policy's horizon. */
    readonly days: number;
    readonly meanUnits: number;
    /** Chance that its customers ask for more than it has, to four decimals. */
    readonly chanceBefore: number;
    readonly chanceAfter: number;
    /** Lost with each unit that it then lacks. */
    readonly marginMicros: number;
  };
  readonly sentence: string;
}

/** Units of an item that an order leaves out: each is in one of three counts. */
export interface LeftOut {
  /** No node that may send them has them. */
  readonly nowhereUnits: number;
  /** Nodes have them and can take no more work in time. */
  readonly noRoomUnits: number;
  /** Nodes have them and the room. */
  readonly sendableUnits: number;
  /** The cheapest way to send some or all of these. */
  readonly way?: {
    readonly nodeId: string;
    /** Local date of the node. */
    readonly shipOn: string;
    readonly units: number;
    /** What the order would cost more for sending. */
    readonly addedMicros: number;
    /** What the policy charges for leaving them, and what goes with them, out. */
    readonly chargedMicros: number;
  };
}

export interface LineExplanation {
  readonly id: string;
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly chosen: readonly Choice[];
  /**
   * The cheapest other node for all of the item's lines with all else left as it is; the margin is what the order would cost
   * more. Another day of a node that was chosen only where no other node could, or that costs less than as planned.
   */
  readonly runnerUp: (Choice & { readonly marginMicros: number; readonly margin: CostBreakdown }) | null;
  readonly unsourced: {
    readonly quantity: number;
    readonly reason: UnsourcedReason;
    /** How the units of the item that the order leaves out stand on what the other orders leave; only where stock, room or money decided. */
    readonly left?: LeftOut;
    readonly sentence: string;
  } | null;
  readonly rejections: readonly Rejection[];
  /** Of the nodes that were chosen; left out where none of them has customers of its own for the item. */
  readonly kept?: readonly KeptStock[];
  readonly sentence: string;
}

export interface Explanation {
  readonly orderId: string;
  readonly summary: readonly string[];
  /** Why the order left in more than one shipment; null when it did not. */
  readonly split: {
    readonly cause: SplitCause;
    /** No single node could have sent all that was shipped on one day. */
    readonly unavoidable: boolean;
    /** What the cheapest single shipment would cost more, where one exists; by term in `margin`. */
    readonly singleShipmentMarginMicros: number | null;
    readonly margin: CostBreakdown | null;
    /** The rule that stands in the way of fewer shipments. */
    readonly rule?: string;
    /** What could be saved: without the rule, or by a strategy that looks for it. */
    readonly recoverableMicros: number;
    /** Shipment by shipment what it is there for; left out where lines travel together or there are too many to read. */
    readonly parts?: readonly SplitPart[];
    readonly sentence: string;
  } | null;
  readonly runnerUp: OrderRunnerUp | null;
  /** Rules that had a hand in it; those that refused a node stand with its rejection. */
  readonly rules: readonly AppliedRule[];
  /** Strategy by strategy, in the order in which they were asked; only where the policy follows a cascade. */
  readonly cascade?: readonly CascadeStep[];
  readonly lines: readonly LineExplanation[];
  /** How the shipments could be packed; only those of nodes that state their boxes, with items whose sizes are known. */
  readonly packing?: readonly Packing[];
  /** What would flip the choice, the smallest change first; only where it was asked for. */
  readonly counterfactuals?: readonly Counterfactual[];
  /** What was not looked for because of the work it takes; left out where everything was. */
  readonly notLookedFor?: NotLookedFor;
  readonly cost: CostBreakdown;
  readonly proof: Proof;
}

/** What a statement is about. */
export const STATEMENT_KINDS = ['split', 'rule', 'strategy', 'line', 'rejection', 'change'] as const;
export type StatementKind = (typeof STATEMENT_KINDS)[number];

/** One statement that two explanations of an order do not have alike. */
export interface StatementChange {
  readonly id: string;
  readonly kind: StatementKind;
  /** The line, the item, the node and the rule or strategy that it is about, where it is about one. */
  readonly lineId?: string;
  readonly sku?: string;
  readonly nodeId?: string;
  readonly rule?: string;
  /** Null where it was not, or is no longer, said. */
  readonly before: string | null;
  readonly after: string | null;
  /** The reason is the same; only its figures are other. */
  readonly sameReason: boolean;
}

/** What is other between two explanations of one order. */
export interface ExplanationDiff {
  readonly orderId: string;
  /** Lines that other nodes supply; empty lists for lines that nobody does. */
  readonly moved: readonly {
    readonly lineId: string;
    readonly from: readonly string[];
    readonly to: readonly string[];
  }[];
  /** After − before. */
  readonly cost: CostBreakdown;
  readonly changes: readonly StatementChange[];
}
