// Decides what is said of each line of a cart: the ways in which it could come, best first, or why it cannot.
import { orderBy } from '../base/order-by.ts';
import { dateOf } from '../base/time.ts';
import type { OrderCandidates, ServiceDay } from '../candidates/candidate.ts';
import type { LinePromise, MissingLine, PromiseOption } from '../model/promise.ts';
import { dayOfMost, shownShare } from './arrival-chances.ts';
import type { DemandWay } from './demand-ways.ts';
import type { PromiseDesk } from './promise-desk.ts';
import { type CartWays, refusalsOf } from './whole-cart.ts';

/** `missing` are the lines that cannot come by themselves; at most `maxOptions` options a line. */
export function linePromises(
  candidates: OrderCandidates,
  { ways, earliest }: CartWays,
  missing: readonly MissingLine[],
  maxOptions: number,
  desk: PromiseDesk,
): LinePromise[] {
  const reasons = new Map(missing.map(({ lineId, reason }) => [lineId, reason]));
  const byLine = new Map<string, LinePromise>();
  for (const [demand, { sku, lines }] of candidates.demands.entries()) {
    const day = earliest[demand]!;
    const options = optionsOf(ways[demand]!, maxOptions, desk);
    const refusals = countRefusals(demand, candidates);
    for (const { lineId, quantity } of lines) {
      byLine.set(lineId, {
        lineId,
        sku,
        quantity,
        deliverOn: day === null ? null : dateOf(day),
        reason: day === null ? reasons.get(lineId)! : null,
        options,
        optionsTotal: ways[demand]!.length,
        refusals,
      });
    }
  }
  return candidates.order.lines.map(({ lineId }) => byLine.get(lineId)!);
}

function optionsOf(ways: readonly DemandWay[], most: number, { network }: PromiseDesk): PromiseOption[] {
  const best = soonest(ways, most).sort(
    orderBy(
      ({ on }) => on.deliverDay,
      ({ on, shipDay }) => mostBy(on, shipDay.day),
      ({ units }) => -units,
      ({ candidate }) => candidate.distanceKm ?? Infinity,
      ({ candidate }) => network.nodes[candidate.node]!.nodeId,
      ({ on }) => on.service.card.rateCardId,
      ({ shipDay }) => shipDay.day,
    ),
  );
  return best.slice(0, most).map(({ candidate, shipDay, on, units }) => ({
    nodeId: network.nodes[candidate.node]!.nodeId,
    service: on.service.card.service,
    rateCardId: on.service.card.rateCardId,
    shipOn: dateOf(shipDay.day),
    deliverOn: dateOf(on.deliverDay),
    deliverOnP90: dateOf(mostBy(on, shipDay.day)),
    onTimeShare: shownShare(on.onTimeShare ?? (on.lateDays === 0 ? 1 : 0)),
    units,
  }));
}

/** Those that come first: at least so many, and all that come as soon as any of them. */
function soonest(ways: readonly DemandWay[], most: number): DemandWay[] {
  if (ways.length <= most || most === 0) return most === 0 ? [] : [...ways];
  const last = Int32Array.from(ways, ({ on }) => on.deliverDay).sort()[most - 1]!;
  return ways.filter(({ on }) => on.deliverDay <= last);
}

/** By service and ship day, which orders share. */
const mostDays = new WeakMap<ServiceDay, number>();

function mostBy(on: ServiceDay, shipDay: number): number {
  let day = mostDays.get(on);
  if (day === undefined) mostDays.set(on, (day = dayOfMost([on.service.deliveryShares(shipDay)])));
  return day;
}

function countRefusals(demand: number, candidates: OrderCandidates): LinePromise['refusals'] {
  const nodes = new Map<LinePromise['refusals'][number]['code'], number>();
  for (const { code } of refusalsOf(demand, candidates)) nodes.set(code, (nodes.get(code) ?? 0) + 1);
  return [...nodes]
    .map(([code, count]) => ({ code, nodes: count }))
    .sort(
      orderBy(
        ({ nodes: count }) => -count,
        ({ code }) => code,
      ),
    );
}
