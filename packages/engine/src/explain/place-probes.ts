// Decides which changes of place and time could flip a choice: how far a node is, until when it takes orders, when delivery is promised.
// Knows at which steps they make a difference at all; leaves those that never do out.
import { dateOf, dayNumber, localTime, minuteOf } from '../base/time.ts';
import { laneFrom, regionOf } from '../candidates/way.ts';
import { type Probe, type ProbeContext, reads } from './probe.ts';
import { isExact } from './resource-order.ts';

const MOST_KM = 2000;
const MOST_DAYS = 14;
const DAY_MINUTES = 24 * 60;

/** In whole kilometres. Without a region there is no lane to state. */
export function distanceProbe(of: ProbeContext, node: number, sign: 1 | -1): Probe[] {
  const { network, order } = of;
  const { nodeId } = network.nodes[node]!;
  const { distanceKm } = laneFrom(network, node, order);
  const isThere = nodeId === order.collectAt;
  if (distanceKm === null || isThere || regionOf(network.nodes, order) === undefined) return [];
  const most = sign > 0 ? MOST_KM : Math.ceil(distanceKm);
  const turns = zoneSteps(of, node, distanceKm, sign).filter((step) => step >= 1 && step <= most);
  const onlyZones = isExact(of.policy) && !reads(of, ({ scopes }) => scopes.has('lane'));
  const last = onlyZones ? (turns.at(-1) ?? 0) : most;
  return steppedTo(last, {
    at: (step) => ({
      kind: 'distance',
      nodeId,
      from: Math.round(distanceKm * 10) / 10,
      to: sign > 0 ? Math.floor(distanceKm) + step : Math.max(0, Math.ceil(distanceKm) - step),
    }),
    turns,
    stepShare: 1 / Math.max(10, distanceKm),
  });
}

/** The steps at which the node comes into another zone of one of its rate cards, ascending. */
function zoneSteps({ network }: ProbeContext, node: number, distanceKm: number, sign: 1 | -1): number[] {
  const steps = new Set<number>();
  for (const { zones } of network.rateCards[node]!) {
    for (const { maxDistanceKm } of zones) {
      if (maxDistanceKm === undefined || distanceKm <= maxDistanceKm !== sign > 0) continue;
      const inside = Math.floor(maxDistanceKm);
      steps.add(sign > 0 ? inside + 1 - Math.floor(distanceKm) : Math.ceil(distanceKm) - inside);
    }
  }
  return [...steps].sort((a, b) => a - b);
}

/** In minutes, up to the one that decides whether the node still takes the order up on the day it comes. */
export function cutoffProbe(of: ProbeContext, node: number, sign: 1 | -1): Probe[] {
  const { network, order } = of;
  const { nodeId } = network.nodes[node]!;
  const { cutoff: from, timeZone } = network.calendars[node]!;
  const minutes = minuteOf(from);
  const clock = (at: number): string =>
    `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
  const most = sign > 0 ? DAY_MINUTES - 1 - minutes : minutes;
  const takenUp = localTime(Math.max(Date.parse(order.placedAt), Date.parse(network.snapshot.asOf)), timeZone);
  const turn = sign > 0 ? takenUp.minute + 1 - minutes : minutes - takenUp.minute;
  const turns = turn >= 1 && turn <= most ? [turn] : [];
  const last = reads(of, ({ facts }) => facts.includes('node.cutoffPassed')) ? most : (turns[0] ?? 0);
  return steppedTo(last, {
    at: (step) => ({ kind: 'cutoff', nodeId, from, to: clock(minutes + sign * step) }),
    turns,
    stepShare: 1 / DAY_MINUTES,
  });
}

export function promiseProbes(of: ProbeContext): Probe[] {
  const { view, orderPlan } = of;
  const from = orderPlan.promiseBy;
  const day = dayNumber(from);
  const latest = Math.max(...orderPlan.shipments.map(({ deliverOn }) => dayNumber(deliverOn)));
  const steps = (sign: 1 | -1, most: number): Probe[] =>
    steppedTo(most, {
      at: (step) => ({ kind: 'promise', from, to: dateOf(day + sign * step) }),
      // Promised sooner it may flip as soon as what is planned would be late.
      ...(sign < 0 ? { turns: [day - latest + 1] } : {}),
      stepShare: 1 / Math.max(1, day - view.candidates.placedDay),
    });
  const noMatter = isNeverLate(of) && !reads(of, ({ facts }) => facts.includes('order.promiseDays'));
  const sooner = Math.min(MOST_DAYS, day - view.candidates.placedDay);
  return [...(noMatter ? [] : steps(1, MOST_DAYS)), ...steps(-1, sooner)];
}

/** Whether nothing could come after the promise, from any node on any day that is looked at. */
export function isNeverLate({ view: { candidates }, policy }: ProbeContext): boolean {
  return (
    policy.allow.maxLateDays === undefined &&
    candidates.nodes.every(({ shipDays }) =>
      shipDays.every(({ services }) => services.every(({ expectedLateMillionths }) => expectedLateMillionths === 0)),
    )
  );
}

/** None where there is no step. */
function steppedTo(most: number, probe: Omit<Probe, 'most'>): Probe[] {
  return most > 0 ? [{ ...probe, most }] : [];
}
