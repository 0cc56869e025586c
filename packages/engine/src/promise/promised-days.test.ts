import { describe, expect, it } from 'vitest';
import { createPrng, type Prng } from '../base/prng.ts';
import type { Calendar } from '../model/calendar.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { Node } from '../model/node.ts';
import type { Policy } from '../model/policy.ts';
import type { RateCard } from '../model/rate-card.ts';
import {
  buildCalendar,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { createPromiser } from './promise-cart.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const BANDS = [{ fixedMicros: 1, perKgMicros: 0 }];

interface Case {
  readonly placedAt: string;
  readonly calendar?: Partial<Calendar>;
  readonly node?: Partial<Node>;
  readonly card?: Partial<RateCard>;
  readonly policy?: Partial<Policy['promise']>;
}

/** Ship date, delivery date and the date by which nine tenths come, of the whole cart. */
async function promised({ placedAt, calendar, node, card, policy }: Case): Promise<string[]> {
  const snapshot = buildSnapshot({
    asOf: '2011-01-01T00:00:00Z',
    nodes: [buildNode('north', node)],
    calendars: [buildCalendar(calendar)],
    rateCards: [buildRateCard({ deliveryWeekdays: EVERY_DAY, ...card })],
  });
  const promise = { defaultDays: 3, ...policy };
  const promiser = createPromiser(snapshot, buildPolicy({ promise }), DEFAULT_LIMITS);
  if (!promiser.ok) throw new Error(JSON.stringify(promiser.error));
  const { delivery } = await promiser.value.promise(buildOrder('o1', [buildLine('1', 'cup')], { placedAt }));
  const { deliverOn, deliverOnP90, shipments } = delivery!.whole!;
  return [shipments[0]!.shipOn, deliverOn, deliverOnP90];
}

describe('promised days', () => {
  it('follow cutoff, processing, backlog and transit', async () => {
    const placedAt = '2011-11-14T09:00:00Z';
    expect(await promised({ placedAt })).toEqual(['2011-11-14', '2011-11-16', '2011-11-16']);
    expect((await promised({ placedAt, calendar: { cutoff: '09:00' } }))[0]).toBe('2011-11-15');
    expect((await promised({ placedAt, node: { backlogDays: 1.5 } }))[0]).toBe('2011-11-14');
    expect((await promised({ placedAt, node: { backlogDays: 1.5 }, policy: { backlog: 'wait' } }))[0]).toBe(
      '2011-11-16',
    );
    // Thursday, one day of processing, two of backlog: Friday, Monday, Tuesday.
    const thursday = { placedAt: '2011-11-17T09:00:00Z', calendar: { processingDays: 1 } };
    expect((await promised({ ...thursday, node: { backlogDays: 2 }, policy: { backlog: 'wait' } }))[0]).toBe(
      '2011-11-22',
    );
    const unsure = { zones: [{ zone: 'all', transitDays: 1, transitDaysP90: 3, bands: BANDS }] };
    expect(await promised({ placedAt, card: unsure })).toEqual(['2011-11-14', '2011-11-15', '2011-11-17']);
  });

  it('keep to the clock on the wall when it changes', async () => {
    const at = async (placedAt: string) =>
      (await promised({ placedAt, calendar: { cutoff: '14:00', workingWeekdays: EVERY_DAY } }))[0];
    // London leaves winter time on 27 March 2011 and comes back on 30 October: 14:00 is 13:00 UTC, then 14:00 UTC again.
    expect([await at('2011-03-26T13:59:00Z'), await at('2011-03-27T13:00:00Z')]).toEqual(['2011-03-26', '2011-03-28']);
    expect([await at('2011-10-29T13:00:00Z'), await at('2011-10-30T13:59:00Z')]).toEqual(['2011-10-30', '2011-10-30']);
  });

  it('know the 29th of February in leap years only', async () => {
    const leap = (year: number) =>
      promised({ placedAt: `${year}-02-28T09:00:00Z`, calendar: { workingWeekdays: EVERY_DAY, processingDays: 1 } });
    expect(await leap(2012)).toEqual(['2012-02-29', '2012-03-02', '2012-03-02']);
    expect(await leap(2013)).toEqual(['2013-03-01', '2013-03-03', '2013-03-03']);
  });

  it('count days where the node is, on either side of the date line', async () => {
    const at = async (timeZone: string) =>
      (
        await promised({
          placedAt: '2011-12-29T23:30:00Z',
          calendar: { timeZone, workingWeekdays: EVERY_DAY, cutoff: '23:59' },
        })
      )[0];
    // 13:30 on the 30th in Tonga, 12:30 on the 29th in Pago Pago. Samoa went over the line and had no 30th of December 2011.
    expect([await at('Pacific/Tongatapu'), await at('Pacific/Pago_Pago'), await at('Pacific/Apia')]).toEqual([
      '2011-12-30',
      '2011-12-29',
      '2011-12-29',
    ]);
    const later = {
      placedAt: '2011-12-30T10:30:00Z',
      calendar: { timeZone: 'Pacific/Apia', workingWeekdays: EVERY_DAY },
    };
    expect((await promised({ ...later, calendar: { ...later.calendar, cutoff: '23:59' } }))[0]).toBe('2011-12-31');
  });

  it('never come later for a later cutoff, an earlier order, less processing or a faster service', async () => {
    const prng = createPrng(17);
    for (let trial = 0; trial < 300; trial++) {
      const base = randomCase(prng);
      const sooner = [
        { ...base, calendar: { ...base.calendar, cutoff: clock(prng.integer(base.minute, 1439)) } },
        { ...base, placedAt: new Date(Date.parse(base.placedAt) - prng.integer(0, 72) * 3_600_000).toISOString() },
        { ...base, calendar: { ...base.calendar, processingDays: 0 } },
        { ...base, card: { ...base.card, zones: [{ zone: 'all', transitDays: 1, bands: BANDS }] } },
      ];
      const usual = (await promised(base))[1]!;
      for (const [which, faster] of sooner.entries()) {
        expect((await promised(faster))[1]! <= usual, `trial ${trial}, change ${which}`).toBe(true);
      }
    }
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
