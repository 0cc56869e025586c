// Decides the shape of an answer to "what can be promised": when a whole cart comes by each service, and what stands behind each line.
// Leaves how it is found to promise/.
import { REJECTION_CODES, type RejectionCode } from './explanation.ts';
import { UNSOURCED_REASONS, type UnsourcedReason } from './plan.ts';

/** Why units cannot be promised: a word of plans, or the one that holds for every node that has the item. */
export type PromiseReason = UnsourcedReason | RejectionCode;
export const PROMISE_REASONS: readonly PromiseReason[] = [...new Set([...UNSOURCED_REASONS, ...REJECTION_CODES])];

/** What holds while stock and capacity are as in the snapshot and nobody else takes any. Nothing is reserved. */
export interface CartPromise {
  readonly orderId: string;
  /** Instant of the stock it is based on. */
  readonly asOf: string;
  /** Instant from which days are counted: the later of the order's and the snapshot's. */
  readonly takenUpAt: string;
  /** The last local date on which delivery is in time: the order's own, else the policy's. */
  readonly promiseBy: string;
  /** Sent to the destination; null for a cart that is to be collected. */
  readonly delivery: DeliveryPromise | null;
  /** Nodes where it could be collected, the nearest to the destination first; the node it names where it is to be collected. */
  readonly collection: readonly CollectionPromise[];
}

export interface DeliveryPromise extends WholeCart {
  /** The same by each service, as if the customer chose it: those the order names, else all by which something can come. */
  readonly services: readonly ServicePromise[];
  /** In the order of the cart. */
  readonly lines: readonly LinePromise[];
}

/** When the cart can be collected at a node: `deliverOn` is the day from which it can. */
export interface CollectionPromise {
  readonly nodeId: string;
  /** To the destination; null where that is not known. */
  readonly distanceKm: number | null;
  /** From the node's own stock; null where the cart says that it wants the other. */
  readonly pickup: WholeCart | null;
  /** From its own stock and what other nodes send there; null likewise. */
  readonly shipToStore: WholeCart | null;
}

export interface ServicePromise extends WholeCart {
  readonly service: string;
}

/** When everything in the cart is there. */
export interface WholeCart {
  /** The earliest day for which there is a way that keeps every limit of order and policy, by the cheapest way found. Null where there is none. */
  readonly whole: WholePromise | null;
  /** What is left out even by the latest day looked at; empty where all can come. `not-looked-for`: the search ended before it had a way. */
  readonly missing: readonly MissingLine[];
}

export interface WholePromise {
  /** Local date by which the last shipment comes; half of its parcels where the service is not certain. */
  readonly deliverOn: string;
  /** Local date by which nine tenths of such carts have come whole. */
  readonly deliverOnP90: string;
  /** Share of such carts that have come whole by `promiseBy`, to four decimals. */
  readonly onTimeShare: number;
  /** Instant: what is placed before it can still come as said. */
  readonly orderBefore: string;
  readonly shipments: readonly PromisedShipment[];
}

export interface PromisedShipment {
  readonly nodeId: string;
  readonly service: string;
  readonly shipOn: string;
  readonly deliverOn: string;
  readonly deliverOnP90: string;
  /** Skus with the units that come from there. */
  readonly units: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface MissingLine {
  readonly lineId: string;
  readonly reason: PromiseReason;
}

export interface LinePromise {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  /** Local date by which all units that the cart asks of the sku could come, whatever else is in it; null where they cannot. */
  readonly deliverOn: string | null;
  /** Null where they can. */
  readonly reason: PromiseReason | null;
  /** Best first: the earlier, the surer, the one with more units, the nearer. */
  readonly options: readonly PromiseOption[];
  /** How many there are, also those not listed. */
  readonly optionsTotal: number;
  /** Nodes that have the item and may not send it, by the word for why; most nodes first. */
  readonly refusals: readonly { readonly code: RejectionCode; readonly nodes: number }[];
}

/** One node, day and service by which units of a line could come. */
export interface PromiseOption {
  readonly nodeId: string;
  readonly service: string;
  readonly rateCardId: string;
  readonly shipOn: string;
  readonly deliverOn: string;
  readonly deliverOnP90: string;
  /** Share of parcels that come by `promiseBy`, to four decimals. */
  readonly onTimeShare: number;
  /** Units of the sku that could ship on that day; may be more than the cart asks for. */
  readonly units: number;
}
