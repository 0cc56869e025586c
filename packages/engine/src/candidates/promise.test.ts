import { describe, expect, it } from 'vitest';
import { createPrng, type Prng } from '../base/prng.ts';
import { dateOf } from '../base/time.ts';
import type { Calendar } from '../model/calendar.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { indexNetwork } from '../model/network.ts';
import type { Node } from '../model/node.ts';
import type { Policy } from '../model/policy.ts';
import type { RateCard } from '../model/rate-card.ts';
import { source } from '../source.ts';
import {
  buildCalendar,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { withRandomCosts } from '../testing/random-costs.ts';
import { randomScenario } from '../testing/random-scenario.ts';
import { createPromises } from './promise.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const BANDS = [{ fixedMicros: 1, perKgMicros: 0 }];

interface Case {
  readonly placedAt: string;
  readonly calendar?: Partial<Calendar>;
  readonly node?: Partial<Node>;
  readonly card?: Partial<RateCard>;
  readonly policy?: Partial<Policy['promise']>;
}

/** Ship date, delivery date and the date by which nine tenths come, of the first option. */
function promised({ placedAt, calendar, node, card, policy }: Case): string[] {
  const snapshot = buildSnapshot({
    asOf: '2011-01-01T00:00:00Z',
    nodes: [buildNode('north', node)],
    calendars: [buildCalendar(calendar)],
    rateCards: [buildRateCard({ deliveryWeekdays: EVERY_DAY, ...card })],
  });
  const promise = { defaultDays: 3, ...policy };
  const promises = createPromises(indexNetwork(snapshot), buildPolicy({ promise }), DEFAULT_LIMITS);
  const order = buildOrder('o1', [buildLine('1', 'cup')], { placedAt });
  const [first] = promises({ order, weightMilligrams: 500_000, nodes: [0] });
  return [first!.shipDay, first!.deliverDay, first!.deliverDayP90].map(dateOf);
}

describe('promises', () => {
  it('follow cutoff, processing, backlog and transit', () => {
    const placedAt = '2011-11-14T09:00:00Z';
    expect(promised({ placedAt })).toEqual(['2011-11-14', '2011-11-16', '2011-11-16']);
    expect(promised({ placedAt, calendar: { cutoff: '09:00' } })[0]).toBe('2011-11-15');
    expect(promised({ placedAt, node: { backlogDays: 1.5 } })[0]).toBe('2011-11-14');
    expect(promised({ placedAt, node: { backlogDays: 1.5 }, policy: { backlog: 'wait' } })[0]).toBe('2011-11-16');
    // Thursday, one day of processing, two of backlog: Friday, Monday, Tuesday.
    const thursday = { placedAt: '2011-11-17T09:00:00Z', calendar: { processingDays: 1 } };
    expect(promised({ ...thursday, node: { backlogDays: 2 }, policy: { backlog: 'wait' } })[0]).toBe('2011-11-22');
    const unsure = { zones: [{ zone: 'all', transitDays: 1, transitDaysP90: 3, bands: BANDS }] };
    expect(promised({ placedAt, card: unsure })).toEqual(['2011-11-14', '2011-11-15', '2011-11-17']);
  });

  it('keep to the clock on the wall when it changes', () => {
    const at = (placedAt: string) =>
      promised({ placedAt, calendar: { cutoff: '14:00', workingWeekdays: EVERY_DAY } })[0];
    // London leaves winter time on 27 March 2011 and comes back on 30 October: 14:00 is 13:00 UTC, then 14:00 UTC again.
    expect([at('2011-03-26T13:59:00Z'), at('2011-03-27T13:00:00Z')]).toEqual(['2011-03-26', '2011-03-28']);
    expect([at('2011-10-29T13:00:00Z'), at('2011-10-30T13:59:00Z')]).toEqual(['2011-10-30', '2011-10-30']);
  });

  it('know the 29th of February in leap years only', () => {
    const leap = (year: number) =>
      promised({ placedAt: `${year}-02-28T09:00:00Z`, calendar: { workingWeekdays: EVERY_DAY, processingDays: 1 } });
    expect(leap(2012)).toEqual(['2012-02-29', '2012-03-02', '2012-03-02']);
    expect(leap(2013)).toEqual(['2013-03-01', '2013-03-03', '2013-03-03']);
  });

  it('count days where the node is, on either side of the date line', () => {
    const at = (timeZone: string) =>
      promised({
        placedAt: '2011-12-29T23:30:00Z',
        calendar: { timeZone, workingWeekdays: EVERY_DAY, cutoff: '23:59' },
      })[0];
    // 13:30 on the 30th in Tonga, 12:30 on the 29th in Pago Pago. Samoa went over the line and had no 30th of December 2011.
    expect([at('Pacific/Tongatapu'), at('Pacific/Pago_Pago'), at('Pacific/Apia')]).toEqual([
      '2011-12-30',
      '2011-12-29',
      '2011-12-29',
    ]);
    const later = {
      placedAt: '2011-12-30T10:30:00Z',
      calendar: { timeZone: 'Pacific/Apia', workingWeekdays: EVERY_DAY },
    };
    expect(promised({ ...later, calendar: { ...later.calendar, cutoff: '23:59' } })[0]).toBe('2011-12-31');
  });

  it('never come later for a later cutoff, an earlier order, less processing or a faster service', () => {
    const prng = createPrng(17);
    for (let trial = 0; trial < 300; trial++) {
      const base = randomCase(prng);
      const sooner = [
        { ...base, calendar: { ...base.calendar, cutoff: clock(prng.integer(base.minute, 1439)) } },
        { ...base, placedAt: new Date(Date.parse(base.placedAt) - prng.integer(0, 72) * 3_600_000).toISOString() },
        { ...base, calendar: { ...base.calendar, processingDays: 0 } },
        { ...base, card: { ...base.card, zones: [{ zone: 'all', transitDays: 1, bands: BANDS }] } },
      ];
      const usual = promised(base)[1]!;
      for (const [which, faster] of sooner.entries()) {
        expect(promised(faster)[1]! <= usual, `trial ${trial}, change ${which}`).toBe(true);
      }
    }
  });

  it('are what sourcing plans with', async () => {
    let compared = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const size = { orders: 4, nodes: 4, skus: 6, linesPerOrder: 2 };
      const { snapshot, orders, policy } = withRandomCosts(randomScenario(seed, size), seed);
      const plan = await source({ orders, snapshot }, { ...policy, rules: [] }, DEFAULT_LIMITS);
      if (!plan.ok) throw new Error(JSON.stringify(plan.error));
      const promises = createPromises(indexNetwork(snapshot), policy, DEFAULT_LIMITS);
      for (const { orderId, shipments } of plan.value.orders) {
        const order = orders.find((asked) => asked.orderId === orderId)!;
        const nodes = snapshot.nodes.map((_node, index) => index);
        const options = promises({ order, weightMilligrams: 0, nodes }).map(
          ({ node, card, shipDay, deliverDay }) =>
            `${snapshot.nodes[node]!.nodeId} ${card.rateCardId} ${dateOf(shipDay)} ${dateOf(deliverDay)}`,
        );
        for (const { nodeId, rateCardId, shipOn, deliverOn } of shipments) {
          expect(options).toContain(`${nodeId} ${rateCardId} ${shipOn} ${deliverOn}`);
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(50);
  });
});

function randomCase(prng: Prng): Case & { readonly minute: number } {
  const minute = prng.integer(0, 1439);
  const days = EVERY_DAY.filter((day) => day === 3 || prng.next() < 0.7);
  const placedAt = new Date(Date.parse('2011-03-20T00:00:00Z') + prng.integer(0, 400) * 5_400_000).toISOString();
  const transitDays = prng.integer(1, 5);
  return {
    placedAt,
    minute,
    calendar: { cutoff: clock(minute), workingWeekdays: days, processingDays: prng.integer(0, 3) },
    card: { deliveryWeekdays: days, zones: [{ zone: 'all', transitDays, bands: BANDS }] },
  };
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
