// Decides the shape of what may supply an order: demands, nodes with their ship days and services, and what was turned down.
import type { Item } from '../model/item.ts';
import type { StockRow } from '../model/network.ts';
import type { Order, OrderLine } from '../model/order.ts';
import type { RateCard, RateZone } from '../model/rate-card.ts';
import type { OrderTerms } from '../rules/order-terms.ts';

/** All lines of an order that ask for one sku: they draw on the same stock and are sourced as one. */
export interface CandidateDemand {
  readonly sku: string;
  readonly item: Item | undefined;
  /** In the order's own order. */
  readonly lines: readonly OrderLine[];
  readonly quantity: number;
  /** What it is charged as. */
  readonly weightMilligrams: number;
  /** What it weighs; left out where it is charged as just that. */
  readonly actualMilligrams?: number;
  readonly rows: readonly StockRow[];
}

export interface DayShare {
  readonly day: number;
  readonly share: number;
}

/** What happens where a transfer arrives. */
export interface Transfer {
  /** The day on which goods handed over on `shipDay` come to the collecting node. */
  arrivalDay(shipDay: number): number;
  /** What receiving a shipment costs there. */
  readonly perShipmentMicros: number;
}

/** One service by which a node could ship to the destination, or to where the order is collected. */
export interface CandidateService {
  readonly card: RateCard;
  readonly zone: RateZone;
  readonly transitDays: number;
  /** For what is collected at another node than the one that sends it. */
  readonly transfer?: Transfer;
  /** The day on which it is with the customer, or can be collected. */
  deliverDay(shipDay: number): number;
  /** By day of delivery, ascending, the share of parcels handed over on `shipDay` that come on it; one day where all keep to it. */
  deliveryShares(shipDay: number): readonly DayShare[];
}

/** One service on one ship day, with its lateness against the promise. */
export interface ServiceDay {
  readonly service: CandidateService;
  readonly deliverDay: number;
  /** Calendar days after the promise; 0 when in time. */
  readonly lateDays: number;
  /** Mean over all parcels, in millionths of a day. */
  readonly expectedLateMillionths: number;
  /** Mean days from the order to delivery or the promise, whichever is first, in millionths; 0 where the policy does not ask. */
  readonly expectedWaitMillionths: number;
  /** Share of parcels that come by the promise; null where all come on the same day. */
  readonly onTimeShare: number | null;
}

/** A day on which a node may hand over; at least one service keeps within the policy's lateness. */
export interface ShipDay {
  readonly day: number;
  readonly services: readonly ServiceDay[];
}

/** A node that may supply at least one demand of the order. */
export interface CandidateNode {
  readonly node: number;
  readonly distanceKm: number | null;
  /** Ascending; at most as many as the policy and the limits allow. */
  readonly shipDays: readonly ShipDay[];
  /** By demand: the stock row to take from, or null where the node may not supply it. */
  readonly rows: readonly (StockRow | null)[];
  /** By demand: charge of rules that hold, in micros a line. */
  readonly penaltyMicros: Float64Array;
}

/** Why a node does not reach where an order's goods go. */
export type Unreachable = 'node-closed' | 'collected-elsewhere' | 'collection-closed' | 'no-rate' | 'too-late';

/** Why a node may not supply a demand whatever the stock left; `rule` is a position in the rule book. */
export interface Ineligible {
  readonly node: number;
  readonly demand: number;
  readonly code: 'order-held' | 'rule-excluded' | Unreachable;
  readonly rule: number | null;
}

export interface OrderCandidates {
  /** With what the rules on orders ask of it laid in. */
  readonly order: Order;
  readonly terms: OrderTerms;
  readonly placedDay: number;
  readonly promiseDay: number;
  readonly demands: readonly CandidateDemand[];
  /** Ascending by node. */
  readonly nodes: readonly CandidateNode[];
  /** Empty where refusals are not listed. */
  readonly ineligible: readonly Ineligible[];
  /** By strategy of the policy's cascade: what it says of the order; only where the policy follows one. */
  readonly cascade?: readonly StrategyView[];
}

/** What one strategy of a cascade says of an order, whatever the stock left. */
export interface StrategyView {
  /** Whether the strategy is for this order. */
  readonly isFor: boolean;
  /** Whether it asks a node for a demand. */
  asks(demand: number, node: number): boolean;
  /** The fact by which its `rank`-th entry of that kind ranks a node; null where the node has no value. */
  valueOf(rank: number, node: number): number | null;
}
