// Decides what may be promised to a destination: for each node and service when goods would leave and come, and how surely.
// The same reach that sourcing works with; leaves whether there is stock and capacity to the ledger.
import { localTime } from '../base/time.ts';
import type { Limits } from '../model/limits.ts';
import type { Network } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { Policy } from '../model/policy.ts';
import type { RateCard, RateZone } from '../model/rate-card.ts';
import { createReach, promiseDayOf, type ReachRules } from './reach.ts';

/** One way in which goods could come. Days are counted since 1970-01-01 and are those of node and destination. */
export interface PromiseOption {
  readonly node: number;
  readonly card: RateCard;
  readonly zone: RateZone;
  readonly shipDay: number;
  /** Half of parcels come by then, or all where the service is certain. */
  readonly deliverDay: number;
  /** Nine tenths of parcels come by then. */
  readonly deliverDayP90: number;
  /** Share of parcels that come by the order's promise: 0 to 1. */
  readonly onTimeShare: number;
}

export interface PromiseQuery {
  readonly order: Order;
  /** What the goods are charged as; a service that cannot carry so much is left out. */
  readonly weightMilligrams: number;
  readonly nodes: readonly number[];
}

/** What a policy and limits say about which days are looked at. */
export function reachRulesOf({ allow, promise }: Policy, { shipDaysPerNode }: Limits): ReachRules {
  return {
    dayCount: Math.min(shipDaysPerNode, allow.maxShipDelayDays + 1),
    maxLateDays: allow.maxLateDays ?? Infinity,
    waitsForBacklog: promise.backlog === 'wait',
  };
}

/** Options of the named nodes: those that come first first, the surer before the less sure, then by node and card. */
export function createPromises(
  network: Network,
  policy: Policy,
  limits: Limits,
): (query: PromiseQuery) => readonly PromiseOption[] {
  const reachOf = createReach(network, reachRulesOf(policy, limits));
  return ({ order, weightMilligrams, nodes }) => {
    const placedDay = localTime(Date.parse(order.placedAt), network.snapshot.timeZone).day;
    const reach = reachOf(order, weightMilligrams, promiseDayOf(order, placedDay, policy.promise.defaultDays));
    return nodes
      .flatMap((node) =>
        reach.from(node).shipDays.flatMap(({ day, services }) => services.map((on) => ({ node, day, on }))),
      )
      .map(({ node, day, on }): PromiseOption => {
        const { card, zone } = on.service;
        const onTimeShare = on.onTimeShare ?? (on.lateDays === 0 ? 1 : 0);
        const deliverDayP90 = dayOfShare(on.service.deliveryShares(day), 0.9);
        return { node, card, zone, shipDay: day, deliverDay: on.deliverDay, deliverDayP90, onTimeShare };
      })
      .sort(
        (a, b) =>
          a.deliverDay - b.deliverDay ||
          a.deliverDayP90 - b.deliverDayP90 ||
          a.node - b.node ||
          (a.card.rateCardId < b.card.rateCardId ? -1 : 1),
      );
  };
}

/** The first day by which so large a share has come; sums of shares may miss it by their rounding. */
function dayOfShare(shares: readonly { readonly day: number; readonly share: number }[], wanted: number): number {
  let sum = 0;
  for (const { day, share } of shares) {
    sum += share;
    if (sum >= wanted - 1e-9) return day;
  }
  return shares.at(-1)!.day;
}
