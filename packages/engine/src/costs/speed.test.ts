// Speed worked out by hand: a day of waiting costs 0.50 a shipment, up to the promise. Ordered on Monday 14 November 2011, shipped that day.
import { describe, expect, it } from 'vitest';
import type { Calendar } from '../model/calendar.ts';
import type { Order } from '../model/order.ts';
import type { Plan } from '../model/plan.ts';
import type { RateCard } from '../model/rate-card.ts';
import {
  buildCalendar,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { planOf } from '../testing/explain-scenario.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

interface Case {
  /** Half and nine tenths of parcels, in delivery days. */
  readonly days?: readonly [number, number];
  readonly order?: Partial<Order>;
  readonly calendar?: Partial<Calendar>;
  readonly card?: Partial<RateCard>;
  readonly speedPerDayMicros?: number;
  /** Besides `parcel`: an express of one day that costs so much more. */
  readonly expressMoreMicros?: number;
}

function cardOf(rateCardId: string, [transitDays, transitDaysP90]: readonly [number, number], fixedMicros: number) {
  const zones = [{ zone: 'all', transitDays, transitDaysP90, bands: [{ fixedMicros, perKgMicros: 0 }] }];
  return buildRateCard({ rateCardId, service: rateCardId, deliveryWeekdays: EVERY_DAY, zones });
}

function planFor({
  days = [2, 2],
  order,
  calendar,
  card,
  speedPerDayMicros = 500_000,
  expressMoreMicros,
}: Case): Promise<Plan> {
  const policy = buildPolicy();
  const express = expressMoreMicros === undefined ? [] : [cardOf('express', [1, 1], 3_000_000 + expressMoreMicros)];
  const cards = [{ ...cardOf('parcel', days, 3_000_000), ...card }, ...express];
  return planOf(
    buildScenario({
      snapshot: buildSnapshot({
        nodes: [buildNode('north', { rateCardIds: cards.map(({ rateCardId }) => rateCardId) })],
        calendars: [buildCalendar(calendar)],
        rateCards: cards,
      }),
      orders: [buildOrder('o1', [buildLine('1', 'cup')], order)],
      policy: { ...policy, goals: { ...policy.goals, speedPerDayMicros } },
    }),
  );
}

describe('speed', () => {
  it.each<[Case, number, string]>([
    [{}, 1_000_000, 'two days on the way: 2 × 0.50'],
    [{ days: [0, 0] }, 0, 'the same day'],
    [{ days: [1, 1] }, 500_000, 'the next'],
    [{ days: [5, 5] }, 1_500_000, 'promised for Thursday: three days, and two late ones that are lateness'],
    [{ days: [5, 5], order: { promiseBy: '2011-11-20' } }, 2_500_000, 'promised for Sunday: all five'],
    [{ speedPerDayMicros: 0 }, 0, 'the policy does not mind'],
    [{ speedPerDayMicros: 123 }, 246, '2 × 0.000123'],
    [{ calendar: { processingDays: 1 } }, 1_500_000, 'a day of work first: three days'],
    [{ order: { placedAt: '2011-11-12T09:00:00Z' } }, 1_500_000, 'ordered on Saturday: four days, one of them late'],
    [{ order: { promiseBy: '2011-11-14' } }, 0, 'promised for the same day: every day is late'],
    [{ order: { promiseBy: '2011-11-10' } }, 0, 'promised for last week'],
    [
      { days: [1, 2], order: { promiseBy: '2011-11-16' } },
      750_000,
      'half come after one day, all others are there or late by the second: 0.5 × 1 + 0.5 × 2',
    ],
    [{ days: [1, 2], order: { promiseBy: '2011-11-17' } }, 800_000, '0.5 × 1 + 0.4 × 2 + 0.1 × 3 = 1.6 days'],
  ])('%j costs %i: %s', async (of, micros) => {
    expect((await planFor(of)).cost.speedMicros).toBe(micros);
  });

  it('chooses the faster service when a day sooner is worth its price', async () => {
    const serviceAt = async (expressMoreMicros: number) =>
      (await planFor({ expressMoreMicros })).orders[0]!.shipments[0]!.service;
    expect(await serviceAt(499_999)).toBe('express');
    expect(await serviceAt(500_001)).toBe('parcel');
  });
});
