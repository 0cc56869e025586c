// Decides the shape of an answer to "why": for each line what was chosen, what came second, and what was turned down.
import type { EffectType } from './effect.ts';
import type { CostBreakdown, Proof, StrategyOutcome, UnsourcedReason } from './plan.ts';

/** Why a node did not supply a line, in order of precedence. */
export const REJECTION_CODES = [
  'order-held',
  'node-closed',
  'not-stocked',
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

/** One condition of a rule as it was found: fact, operator, expected and actual value. */
export interface Evidence {
  readonly fact: string;
  readonly operator: string;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly holds: boolean;
}

export interface Rejection {
  readonly nodeId: string;
  readonly code: RejectionCode;
  /** The rule, where a rule decided, or the strategy of a cascade. */
  readonly rule?: string;
  readonly because?: string;
  readonly evidence?: readonly Evidence[];
  /** Units wanted and units there, where stock decided. */
  readonly wanted?: number;
  readonly available?: number;
  /** How much more the order would cost, where cost decided; negative where a strategy that looks at less than cost chose. */
  readonly marginMicros?: number;
  readonly sentence: string;
}

/** A rule that set the order's terms, or charged what was chosen. */
export interface AppliedRule {
  readonly rule: string;
  readonly effect: EffectType;
  readonly because: string;
  /** Where and for which line it charged; null where it is about the whole order. */
  readonly nodeId: string | null;
  readonly lineId: string | null;
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

export interface LineExplanation {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly chosen: readonly Choice[];
  /** The cheapest other way for this line with all else left as it is; the margin is what the order would cost more. */
  readonly runnerUp: (Choice & { readonly marginMicros: number; readonly margin: CostBreakdown }) | null;
  readonly unsourced: { readonly quantity: number; readonly reason: UnsourcedReason; readonly sentence: string } | null;
  readonly rejections: readonly Rejection[];
  readonly sentence: string;
}

export interface Explanation {
  readonly orderId: string;
  readonly summary: readonly string[];
  /** Why the order left in more than one shipment; null when it did not. */
  readonly split: {
    /** No single node could have sent all that was shipped on one day. */
    readonly unavoidable: boolean;
    /** What the cheapest single shipment would cost more, where one exists. */
    readonly singleShipmentMarginMicros: number | null;
    readonly sentence: string;
  } | null;
  /** Rules that had a hand in it; those that refused a node stand with its rejection. */
  readonly rules: readonly AppliedRule[];
  /** Strategy by strategy, in the order in which they were asked; only where the policy follows a cascade. */
  readonly cascade?: readonly CascadeStep[];
  readonly lines: readonly LineExplanation[];
  readonly cost: CostBreakdown;
  readonly proof: Proof;
}
