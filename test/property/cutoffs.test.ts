// What must hold of cutoffs in any calendar: an earlier one can only delay, a later one never does; what leaves later never comes
// earlier. Around clock changes, leap days and the date line. Seeds are named in every failure.
import { createPrng, DEFAULT_LIMITS, parseScenario, type Prng, type Scenario } from '@sourcewright/engine';
import { randomScenario, withRandomCollection, withRandomCosts } from '@sourcewright/engine/testing';
import { describe, expect, it } from 'vitest';
import { dateOf, dayNumber, localTime } from '../../packages/engine/src/base/time.ts';
import { createReach, reachRulesOf } from '../../packages/engine/src/candidates/reach.ts';
import { compileDelivery, compileSchedule } from '../../packages/engine/src/candidates/schedule.ts';
import type { Calendar } from '../../packages/engine/src/model/calendar.ts';
import { indexNetwork } from '../../packages/engine/src/model/network.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/** Where and when a day is not like others: clocks change, the 29th of February, a date that is left out, the date line. */
const EDGES: readonly (readonly [what: string, timeZone: string, instant: string])[] = [
  ['clocks forward in London', 'Europe/London', '2011-03-27T01:00:00Z'],
  ['clocks back in London', 'Europe/London', '2011-10-30T01:00:00Z'],
  ['clocks back in New York', 'America/New_York', '2011-11-06T06:00:00Z'],
  ['half an hour forward on Lord Howe', 'Australia/Lord_Howe', '2011-10-01T15:30:00Z'],
  ['a leap day', 'Europe/London', '2012-02-29T12:00:00Z'],
  ['no leap day', 'Asia/Kathmandu', '2011-02-28T12:00:00Z'],
  ['30 December 2011 left out in Apia', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['west of the date line', 'Pacific/Kiritimati', '2011-12-31T10:00:00Z'],
  ['east of the date line', 'Pacific/Pago_Pago', '2011-12-31T11:00:00Z'],
];

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Two cutoffs, the earlier first. */
function cutoffs(prng: Prng): readonly [string, string] {
  const later = prng.integer(1, DAY_MINUTES - 1);
  return [clock(prng.integer(0, later - 1)), clock(later)];
}

function daysAround(day: number, most: number, prng: Prng): string[] {
  return Array.from({ length: prng.integer(0, most) }, () => dateOf(day + prng.integer(-3, 9)));
}

const weekdays = (prng: Prng): number[] => {
  const always = prng.integer(1, 7);
  return [1, 2, 3, 4, 5, 6, 7].filter((day) => day === always || prng.next() < 0.7);
};

function randomCalendar(timeZone: string, day: number, prng: Prng): Calendar {
  return {
    calendarId: 'random',
    timeZone,
    workingWeekdays: weekdays(prng),
    closedOn: daysAround(day, 4, prng),
    cutoff: '12:00',
    processingDays: prng.integer(0, 3),
  };
}

/** Position by position no day comes before the other list's; a list may end early where nothing more comes into question. */
function expectNoneBefore(days: readonly number[], than: readonly number[], what: string): void {
  expect(days.length, what).toBeLessThanOrEqual(than.length);
  for (const [at, day] of days.entries()) expect(day, what).toBeGreaterThanOrEqual(than[at]!);
}

describe('an earlier cutoff', () => {
  it.each(EDGES)('never makes a ship day or a delivery earlier: %s', (_what, timeZone, instant) => {
    let delayed = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const prng = createPrng(seed);
      const placed = localTime(
        Date.parse(instant) + prng.integer(-2 * DAY_MINUTES, 2 * DAY_MINUTES) * MINUTE_MS,
        timeZone,
      );
      const calendar = randomCalendar(timeZone, placed.day, prng);
      const wait = prng.integer(0, 2);
      const [early, late] = cutoffs(prng).map((cutoff) =>
        compileSchedule({ ...calendar, cutoff }, wait).shipDays(placed, 4),
      ) as [readonly number[], readonly number[]];
      expectNoneBefore(early, late, `seed ${seed}`);
      if (early[0]! > late[0]!) delayed += 1;
      const deliver = compileDelivery({
        ...CARD,
        deliveryWeekdays: weekdays(prng),
        noDeliveryOn: daysAround(placed.day, 4, prng),
      });
      const transit = prng.integer(0, 5);
      const arrivals = [early, late].map((days) => days.map((day) => deliver(day, transit)));
      expectNoneBefore(arrivals[0]!, arrivals[1]!, `seed ${seed}, ${transit} days of carriage`);
    }
    expect(delayed).toBeGreaterThan(20);
  });

  it('delays by every way of reaching an order or not at all: backlog, lanes, transfers, uncertain carriage', () => {
    let delayed = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const prng = createPrng(seed);
      const [early, late] = cutoffs(prng);
      const [scenario, zones] = waveAtAnEdge(seed, prng);
      const [before, after] = [late, early].map((cutoff) => arrivalsOf(withCutoff(scenario, cutoff))) as [
        Arrivals,
        Arrivals,
      ];
      for (const [way, days] of after) {
        const were = before.get(way);
        expect(were, `seed ${seed} ${zones}, ${way}`).toBeDefined();
        expectNoneBefore(days, were!, `seed ${seed} ${zones}, ${way}`);
        delayed += days.length < were!.length || days.some((day, at) => day > were![at]!) ? 1 : 0;
      }
    }
    expect(delayed).toBeGreaterThan(200);
  });
});

const CARD = { rateCardId: 'c', name: 'C', service: 'standard', zones: [] as never[] };

/** By order, node, rate card and share of parcels that have come: the days, by ship day. */
type Arrivals = ReadonlyMap<string, readonly number[]>;

/** A random wave under all costs and ways of collecting, moved to an edge; calendars are in random zones. */
function waveAtAnEdge(seed: number, prng: Prng): [Scenario, string] {
  const [, , instant] = prng.pick(EDGES);
  const random = randomScenario(seed, { orders: 3, nodes: 4, skus: 3, linesPerOrder: 2 });
  const scenario = withRandomCollection(withRandomCosts(random, seed), seed);
  const { snapshot } = scenario;
  const placedAt = (): string =>
    new Date(Date.parse(instant) + prng.integer(-DAY_MINUTES, DAY_MINUTES) * MINUTE_MS).toISOString();
  const calendars = snapshot.calendars.map((calendar) => {
    const [, timeZone] = prng.pick(EDGES);
    return { ...calendar, timeZone, closedOn: daysAround(dayNumber(instant.slice(0, 10)), 4, prng) };
  });
  const parsed = parseScenario({
    ...scenario,
    snapshot: { ...snapshot, asOf: placedAt(), receipts: [], calendars },
    orders: scenario.orders.map(({ promiseBy: _promised, ...order }) => ({ ...order, placedAt: placedAt() })),
  });
  if (!parsed.ok) throw new Error(`Seed ${seed}: ${JSON.stringify(parsed.error)}`);
  return [parsed.value, calendars.map(({ timeZone }) => timeZone).join(' and ')];
}

function withCutoff(scenario: Scenario, cutoff: string): Scenario {
  const calendars = scenario.snapshot.calendars.map((calendar) => ({ ...calendar, cutoff }));
  return { ...scenario, snapshot: { ...scenario.snapshot, calendars } };
}

function arrivalsOf({ snapshot, orders, policy }: Scenario): Arrivals {
  const network = indexNetwork(snapshot);
  const reachOf = createReach(network, reachRulesOf(policy, DEFAULT_LIMITS));
  const arrivals = new Map<string, number[]>();
  for (const order of orders) {
    const placedDay = dayNumber(order.placedAt.slice(0, 10));
    const reach = reachOf(order, 1_000_000, { placedDay, promiseDay: placedDay + policy.promise.defaultDays });
    for (const node of snapshot.nodes.keys()) {
      const found = reach.from(node);
      for (const { day, services } of found.refusal === null ? found.shipDays : []) {
        for (const { service, deliverDay } of services) {
          const way = `${order.orderId} ${node} ${service.card.rateCardId}`;
          push(arrivals, `${way} stated`, deliverDay);
          for (const share of [0.5, 0.9]) push(arrivals, `${way} ${share}`, comeBy(service.deliveryShares(day), share));
        }
      }
    }
  }
  return arrivals;
}

function push(arrivals: Map<string, number[]>, way: string, day: number): void {
  const days = arrivals.get(way);
  if (days) days.push(day);
  else arrivals.set(way, [day]);
}

function comeBy(shares: readonly { readonly day: number; readonly share: number }[], wanted: number): number {
  let sum = 0;
  for (const { day, share } of shares) if ((sum += share) >= wanted - 1e-9) return day;
  throw new Error('Shares do not add up to 1.');
}
