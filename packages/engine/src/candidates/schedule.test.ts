import { describe, expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { dateOf, dayNumber, isoWeekday, localTime } from '../base/time.ts';
import type { Calendar } from '../model/calendar.ts';
import { buildCalendar, buildRateCard } from '../testing/build-scenario.ts';
import { compileDelivery, compileSchedule } from './schedule.ts';

/** Ship dates for an order taken up at an instant. */
function shipDates(calendar: Calendar, instant: string, count = 1): string[] {
  return compileSchedule(calendar)
    .shipDays(localTime(Date.parse(instant), calendar.timeZone), count)
    .map(dateOf);
}

describe('ship days', () => {
  // Monday 14 November 2011; London is on UTC in winter.
  it('takes an order on the same day until the minute before the cutoff', () => {
    const calendar = buildCalendar({ cutoff: '14:00' });
    expect(shipDates(calendar, '2011-11-14T13:59:59.999Z')).toEqual(['2011-11-14']);
    expect(shipDates(calendar, '2011-11-14T14:00:00Z')).toEqual(['2011-11-15']);
    expect(shipDates(buildCalendar({ cutoff: '00:00' }), '2011-11-14T00:00:00Z')).toEqual(['2011-11-15']);
    expect(shipDates(buildCalendar({ cutoff: '23:59' }), '2011-11-14T23:58:00Z')).toEqual(['2011-11-14']);
  });

  it('skips weekends and closed days, at the start and after the cutoff', () => {
    expect(shipDates(buildCalendar(), '2011-11-18T15:00:00Z')).toEqual(['2011-11-21']);
    expect(shipDates(buildCalendar(), '2011-11-19T09:00:00Z')).toEqual(['2011-11-21']);
    expect(shipDates(buildCalendar({ closedOn: ['2011-11-14', '2011-11-15'] }), '2011-11-14T09:00:00Z', 2)).toEqual([
      '2011-11-16',
      '2011-11-17',
    ]);
    // Christmas 2011: Sunday the 25th, with Monday and Tuesday off.
    expect(shipDates(buildCalendar({ closedOn: ['2011-12-26', '2011-12-27'] }), '2011-12-23T14:00:00Z')).toEqual([
      '2011-12-28',
    ]);
  });

  it('counts processing in working days, from the day work starts', () => {
    expect(shipDates(buildCalendar({ processingDays: 1 }), '2011-11-14T09:00:00Z')).toEqual(['2011-11-15']);
    expect(shipDates(buildCalendar({ processingDays: 1 }), '2011-11-18T09:00:00Z')).toEqual(['2011-11-21']);
    expect(shipDates(buildCalendar({ processingDays: 2 }), '2011-11-18T15:00:00Z')).toEqual(['2011-11-23']);
    expect(shipDates(buildCalendar({ processingDays: 1, closedOn: ['2011-11-15'] }), '2011-11-14T09:00:00Z')).toEqual([
      '2011-11-16',
    ]);
  });

  it('gives as many days as asked, all of them working', () => {
    expect(shipDates(buildCalendar(), '2011-11-17T09:00:00Z', 4)).toEqual([
      '2011-11-17',
      '2011-11-18',
      '2011-11-21',
      '2011-11-22',
    ]);
    expect(shipDates(buildCalendar({ workingWeekdays: [6] }), '2011-11-14T09:00:00Z', 2)).toEqual([
      '2011-11-19',
      '2011-11-26',
    ]);
  });

  it('reads the cutoff on the clock of the node, on the days the clock changes too', () => {
    const sundays = { workingWeekdays: [1, 2, 3, 4, 5, 6, 7] as number[], cutoff: '14:00' };
    // 27 March 2011: 13:00 UTC is 14:00 in London from today on; the day before it was 13:00.
    expect(shipDates(buildCalendar(sundays), '2011-03-26T13:59:00Z')).toEqual(['2011-03-26']);
    expect(shipDates(buildCalendar(sundays), '2011-03-27T12:59:00Z')).toEqual(['2011-03-27']);
    expect(shipDates(buildCalendar(sundays), '2011-03-27T13:00:00Z')).toEqual(['2011-03-28']);
    // 6 November 2011 in New York: 14:00 is 19:00 UTC again, the day before it was 18:00 UTC.
    const newYork = buildCalendar({ ...sundays, timeZone: 'America/New_York' });
    expect(shipDates(newYork, '2011-11-05T18:00:00Z')).toEqual(['2011-11-06']);
    expect(shipDates(newYork, '2011-11-06T18:59:00Z')).toEqual(['2011-11-06']);
    expect(shipDates(newYork, '2011-11-06T19:00:00Z')).toEqual(['2011-11-07']);
  });

  it('lives in the day of the node: one instant is two dates on either side of the date line', () => {
    const everyDay = { workingWeekdays: [1, 2, 3, 4, 5, 6, 7] as number[], cutoff: '23:59' };
    expect(shipDates(buildCalendar({ ...everyDay, timeZone: 'Pacific/Kiritimati' }), '2011-11-14T10:30:00Z')).toEqual([
      '2011-11-15',
    ]);
    expect(shipDates(buildCalendar({ ...everyDay, timeZone: 'Pacific/Pago_Pago' }), '2011-11-14T10:30:00Z')).toEqual([
      '2011-11-13',
    ]);
  });

  it('gives none where the node does not open again for more than a year', () => {
    const first = dayNumber('2011-11-14');
    const closedOn = Array.from({ length: 500 }, (_, index) => dateOf(first + index));
    expect(shipDates(buildCalendar({ closedOn }), '2011-11-14T09:00:00Z', 3)).toEqual([]);
    expect(shipDates(buildCalendar({ closedOn: closedOn.slice(0, 300) }), '2011-11-14T09:00:00Z')).toEqual([
      dateOf(first + 301),
    ]);
  });

  it('works through the longest processing of a node that opens once a week', () => {
    // 60 Mondays after Monday 14 November 2011: 420 days.
    const calendar = buildCalendar({ workingWeekdays: [1], processingDays: 60 });
    expect(shipDates(calendar, '2011-11-14T09:00:00Z')).toEqual([dateOf(dayNumber('2011-11-14') + 420)]);
  });

  it('never ships earlier for a later order or an earlier cutoff', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const prng = createPrng(seed);
      const calendar = buildCalendar({
        timeZone: prng.pick(['Europe/London', 'America/New_York', 'Asia/Tokyo']),
        workingWeekdays: [1, 2, 3, 4, 5, 6, 7].filter((day) => day === 3 || prng.next() < 0.6),
        closedOn: Array.from({ length: prng.integer(0, 4) }, () =>
          dateOf(dayNumber('2011-11-10') + prng.integer(0, 20)),
        ),
        cutoff: `${prng.integer(10, 20)}:30`,
        processingDays: prng.integer(0, 3),
      });
      const instant = Date.parse('2011-11-10T00:00:00Z') + prng.integer(0, 14 * 1440) * 60_000;
      const first = (of: Calendar, at: number): number =>
        compileSchedule(of).shipDays(localTime(at, of.timeZone), 1)[0]!;
      expect(first(calendar, instant + prng.integer(1, 3000) * 60_000), `seed ${seed}`).toBeGreaterThanOrEqual(
        first(calendar, instant),
      );
      expect(first({ ...calendar, cutoff: '09:00' }, instant), `seed ${seed}`).toBeGreaterThanOrEqual(
        first(calendar, instant),
      );
      const day = first(calendar, instant);
      expect(calendar.workingWeekdays, `seed ${seed}`).toContain(isoWeekday(day));
      expect(calendar.closedOn, `seed ${seed}`).not.toContain(dateOf(day));
    }
  });
});

describe('delivery', () => {
  const deliver = (ship: string, transit: number, over = {}): string =>
    dateOf(compileDelivery(buildRateCard(over))(dayNumber(ship), transit));

  it('counts delivery days only', () => {
    expect(deliver('2011-11-14', 2)).toBe('2011-11-16');
    expect(deliver('2011-11-17', 2)).toBe('2011-11-21');
    expect(deliver('2011-11-18', 1, { deliveryWeekdays: [1, 2, 3, 4, 5, 6] })).toBe('2011-11-19');
    expect(deliver('2011-11-14', 1, { noDeliveryOn: ['2011-11-15', '2011-11-16'] })).toBe('2011-11-17');
    expect(deliver('2011-11-14', 1, { deliveryWeekdays: [1] })).toBe('2011-11-21');
  });

  it('arrives on the day of the hand-over without transit, whatever the day', () => {
    expect(deliver('2011-11-19', 0)).toBe('2011-11-19');
  });

  it('remembers answers without mixing them up', () => {
    const of = compileDelivery(buildRateCard());
    const day = dayNumber('2011-11-14');
    const all = (): number[] =>
      [0, 1, 2, 3, 180].flatMap((transit) => [0, 1, 2, 3].map((later) => of(day + later, transit)));
    expect(all()).toEqual(all());
    expect(of(day, 1)).toBe(day + 1);
    expect(of(day + 1, 0)).toBe(day + 1);
  });

  it('ends for the slowest card that can be stated', () => {
    // Idle on the next 1,000 Wednesdays, and 180 delivery days after that.
    const first = dayNumber('2011-11-16');
    const noDeliveryOn = Array.from({ length: 1000 }, (_, index) => dateOf(first + 7 * index));
    expect(deliver('2011-11-14', 180, { deliveryWeekdays: [3], noDeliveryOn })).toBe(dateOf(first + 7 * (1000 + 179)));
  });
});
