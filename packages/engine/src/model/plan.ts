// Decides the shape of an answer: shipments, what stays unsourced and why, costs by term, the bound, and what it was based on.
import type { EffectType } from './effect.ts';
import type { Limits } from './limits.ts';
import type { Strategy } from './policy.ts';

export { COST_TERMS, type CostTerm, TERM_LABELS } from './cost-terms.ts';

/** Micros by term. `totalMicros` is exactly the sum of the terms. */
export interface CostBreakdown {
  readonly shippingMicros: number;
  readonly handlingMicros: number;
  readonly splitMicros: number;
  readonly latenessMicros: number;
  readonly speedMicros: number;
  readonly capacityMicros: number;
  readonly stockOutMicros: number;
  readonly riskMicros: number;
  readonly preferenceMicros: number;
  readonly unsourcedMicros: number;
  readonly totalMicros: number;
}

export interface ShipmentLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
}

/** What one node sends for one order on one day. */
export interface Shipment {
  /** `<orderId>#<n>`, n from 1 in the order of the plan. */
  readonly shipmentId: string;
  readonly nodeId: string;
  readonly rateCardId: string;
  readonly service: string;
  readonly zone: string;
  readonly shipOn: string;
  /** For what is collected: the day from which it can be. */
  readonly deliverOn: string;
  /** The node where the customer collects; left out where the shipment is sent to the customer. */
  readonly collectAt?: string;
  /** The day on which a transfer comes to `collectAt`; left out where the goods are collected from the node that has them. */
  readonly arriveOn?: string;
  readonly lateDays: number;
  /** Mean days after the promise, early ones counting 0; left out where all parcels of the service come on `deliverOn`. */
  readonly expectedLateDays?: number;
  /** Share of such parcels that come by the promise, to four decimals; left out likewise. */
  readonly onTimeProbability?: number;
  /** Delivery date minus the date the order was placed, in calendar days. */
  readonly deliveryDays: number;
  readonly distanceKm: number | null;
  readonly parcels: number;
  readonly weightGrams: number;
  /** What it is charged as, where size counts for more than weight; left out where it is charged by weight. */
  readonly billableGrams?: number;
  readonly lines: readonly ShipmentLine[];
  readonly cost: CostBreakdown;
}

/** Why units stay unsourced, in order of precedence. */
export const UNSOURCED_REASONS = [
  'held',
  'not-stocked',
  'no-eligible-node',
  'no-stock-left',
  'no-capacity-left',
  'ship-together',
  'ship-complete',
  'max-shipments',
  'min-part-value',
  'costs-more-than-penalty',
  'not-looked-for',
] as const;
export type UnsourcedReason = (typeof UNSOURCED_REASONS)[number];

export interface UnsourcedLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly reason: UnsourcedReason;
  readonly costMicros: number;
}

/** How good an answer is proven to be. `gap` = (cost − lowerBound) / cost, 0 where cost is 0. */
export interface Proof {
  readonly lowerBoundMicros: number;
  readonly gap: number;
  readonly proven: boolean;
}

export interface OrderPlan {
  readonly orderId: string;
  readonly promiseBy: string;
  readonly shipments: readonly Shipment[];
  readonly unsourced: readonly UnsourcedLine[];
  readonly cost: CostBreakdown;
  /** What a rule says is to be done with the unsourced units; left out where none does, or none are. */
  readonly afterwards?: Afterwards;
  /** What the strategies of the cascade did, in their order up to the last one asked; only where the policy follows a cascade. */
  readonly cascade?: readonly StrategyTrace[];
  /** For this order alone, on the stock and capacity that earlier orders left it. */
  readonly proof: Proof;
  /** How the order was solved, for example `subset-program` or `branch-and-bound`. */
  readonly method: string;
}

/** `could-not-fill`: it has to fill all that is open, and could not; it then takes nothing. */
export const STRATEGY_OUTCOMES = ['took', 'found-nothing', 'could-not-fill', 'not-for-order'] as const;
export type StrategyOutcome = (typeof STRATEGY_OUTCOMES)[number];

/** What one strategy of a cascade did for an order. */
export interface StrategyTrace {
  readonly strategy: string;
  readonly outcome: StrategyOutcome;
  /** What it took, by shipment. */
  readonly taken: readonly { readonly nodeId: string; readonly sku: string; readonly quantity: number }[];
  /** Units that it could not fill, by sku: what was left open when it had taken all it could. */
  readonly left: readonly { readonly sku: string; readonly quantity: number }[];
  /** What it took was given up again: the order goes whole or not at all, or a part was worth too little. */
  readonly givenUp: boolean;
}

/** What is to be done with units that stay unsourced. */
export interface Afterwards {
  /** The rule, or the strategy of the cascade, that says so. */
  readonly rule: string;
  readonly because: string;
  readonly action: 'queue' | 'cancel' | 'next-strategy';
  /** For `queue`: when the order is given up; null where it waits for ever. */
  readonly cancelAt: string | null;
  /** For `next-strategy`. */
  readonly strategy: Strategy | null;
}

/** What a result was computed from: an equal basis gives equal bytes. */
export interface Basis {
  readonly engineVersion: string;
  readonly snapshotHash: string;
  readonly ordersHash: string;
  readonly policyHash: string;
  readonly asOf: string;
  readonly limits: Limits;
}

export interface Plan {
  readonly basis: Basis;
  readonly strategy: Strategy;
  readonly currency: string;
  /** In the order in which they were decided. */
  readonly orders: readonly OrderPlan[];
  readonly cost: CostBreakdown;
  /** For the whole wave: every order alone on the untouched stock can cost no less than the lower bound. */
  readonly proof: Proof;
  /** The goals in the order in which they count; one without goal tiers. */
  readonly tiers: readonly TierResult[];
  readonly effort: Effort;
  readonly kpis: Kpis;
  /** What one more of each scarce resource is worth to the wave, highest first; only from a strategy that weighs orders together. */
  readonly prices: readonly ShadowPrice[];
  /** How the policy's rules fared, in the order in which it lists them. */
  readonly rules: readonly RuleUse[];
}

/** What a rule was asked of by its effect: lines at nodes, whole orders, stock rows, or nodes. */
export interface RuleUse {
  readonly rule: string;
  readonly effect: EffectType;
  readonly asked: number;
  readonly held: number;
  /** How often it was the first to refuse, charged a node that no rule refuses, or made an order's terms other. */
  readonly changed: number;
}

/** How one goal tier came out. Without goal tiers there is one, `cost`, with every term at weight 1. */
export interface TierResult {
  readonly name: string;
  /** Σ weight × term of the plan, to the nearest micro. */
  readonly objectiveMicros: number;
  /** No plan that keeps the limits of the tiers above has less. */
  readonly lowerBoundMicros: number;
  /** (objective − bound) ÷ objective; 0 where the objective is 0. */
  readonly gap: number;
  /** What the tiers below may raise it to; null for the last tier and where the strategy has no goals. */
  readonly limitMicros: number | null;
}

/**
 * Why a strategy stopped: `optimal` when the cost met the bound, `target-gap` when it came near enough, `work-limit` when its work was used up, `no-improvement`
 * when more work seldom helps, `last-order` when it decides each order once and had decided all,
 * `interrupted` where the plan was taken while the strategy was still at work, or before it began.
 */
export const STOP_REASONS = [
  'optimal',
  'target-gap',
  'work-limit',
  'no-improvement',
  'last-order',
  'interrupted',
] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/** What an answer took. Counted, not timed: the same input gives the same figures. */
export interface Effort {
  /** In the unit of the limit that the strategy keeps: search nodes, or orders priced from tables. */
  readonly work: number;
  /** Rounds of prices, or 1 for a strategy that decides each order once; with goal tiers the sum over all solves. */
  readonly rounds: number;
  readonly stopped: StopReason;
}

/** What the wave would cost less with one more unit of stock, or room for one more shipment or unit on a day. */
export interface ShadowPrice {
  readonly kind: 'stock' | 'shipments' | 'units';
  readonly nodeId: string;
  /** The sku, for stock. */
  readonly sku: string | null;
  /** Ship day, for capacity. */
  readonly shipOn: string | null;
  /** Units of stock, or shipments or units a day. */
  readonly supply: number;
  readonly unitMicros: number;
}

/** Each figure with the count it was taken over. */
export interface Kpis {
  readonly orders: number;
  readonly lines: number;
  readonly units: number;
  readonly shipments: number;
  readonly parcels: number;
  /** Orders with at least one shipment. */
  readonly ordersShipped: number;
  readonly splitOrders: number;
  readonly lateOrders: number;
  readonly lateShipments: number;
  readonly unsourcedUnits: number;
  readonly unsourcedLines: number;
  readonly ordersWithUnsourced: number;
  readonly costPerOrderMicros: number;
  /** Shipments ÷ orders shipped. */
  readonly shipmentsPerOrder: number;
  /** Orders in two or more shipments ÷ orders shipped. */
  readonly splitRate: number;
  /** Units shipped ÷ units ordered. */
  readonly unitFillRate: number;
  /** Orders whose last shipment arrives by the promise and that miss no unit ÷ orders. */
  readonly onTimeInFullRate: number;
  /** Over shipped orders, to the last shipment. */
  readonly daysToDeliver: { readonly mean: number; readonly p50: number; readonly p90: number };
  readonly ordersProven: number;
  readonly nodes: readonly NodeKpis[];
}

export interface NodeKpis {
  readonly nodeId: string;
  readonly shipments: number;
  readonly lines: number;
  readonly units: number;
  readonly lateShipments: number;
  readonly costMicros: number;
  /** Of its busiest day, against the shipment or unit limit, whichever is tighter; null without a limit. */
  readonly peakUtilisation: number | null;
  /**
   * How long what it holds for its own customers lasts, in weeks of their demand, before the plan and after it; null where no demand
   * of its own is known. Receipts to come are not counted.
   */
  readonly coverWeeksBefore: number | null;
  readonly coverWeeksAfter: number | null;
}
