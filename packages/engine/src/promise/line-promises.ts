// Decides what is said of each line of a cart: the ways in which it could come, best first, or why it cannot.
import { orderBy } from '../base/order-by.ts';
import { dateOf } from '../base/time.ts';
import type { OrderCandidates } from '../candidates/candidate.ts';
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
  const ranked = ways
    .map((way) => ({ way, mostBy: dayOfMost([way.on.service.deliveryShares(way.shipDay.day)]) }))
    .sort(
      orderBy(
        ({ way }) => way.on.deliverDay,
        ({ mostBy }) => mostBy,
        ({ way }) => -way.units,
        ({ way }) => way.candidate.distanceKm ?? Infinity,
        ({ way }) => network.nodes[way.candidate.node]!.nodeId,
        ({ way }) => way.on.service.card.rateCardId,
        ({ way }) => way.shipDay.day,
      ),
    );
  return ranked.slice(0, most).map(({ way: { candidate, shipDay, on, units }, mostBy }) => ({
    nodeId: network.nodes[candidate.node]!.nodeId,
    service: on.service.card.service,
    rateCardId: on.service.card.rateCardId,
    shipOn: dateOf(shipDay.day),
    deliverOn: dateOf(on.deliverDay),
    deliverOnP90: dateOf(mostBy),
    onTimeShare: shownShare(on.onTimeShare ?? (on.lateDays === 0 ? 1 : 0)),
    units,
  }));
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
