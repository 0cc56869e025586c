import { describe, expect, it } from 'vitest';
import { createPrng } from './prng.ts';
import { dateOf, dayNumber, instantOf, isoWeekday, isTimeZone, localTime } from './time.ts';

const at = (instant: string, zone: string): string => {
  const { day, minute } = localTime(Date.parse(instant), zone);
  return `${dateOf(day)} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
};

describe('dayNumber', () => {
  it('counts days since 1970-01-01, before and after', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayNumber('1969-12-31')).toBe(-1);
    // 41 years × 365 + 10 leap days (1972 … 2008) + 317 days up to 14 November.
    expect(dayNumber('2011-11-14')).toBe(41 * 365 + 10 + 317);
  });

  it.each([
    '2011-02-29',
    '2011-02-30',
    '2011-04-31',
    '2011-13-01',
    '2011-00-10',
    '2011-01-00',
    '1900-02-29',
    '2100-02-29',
  ])('has no %s', (date) => expect(dayNumber(date)).toBeNaN());

  it.each(['2012-02-29', '2000-02-29', '2400-02-29', '0004-02-29', '2011-12-31'])('has %s and back', (date) =>
    expect(dateOf(dayNumber(date))).toBe(date),
  );

  it.each([
    '',
    '2011-1-1',
    '2011-11-14 ',
    ' 2011-11-14',
    '2011-11-14T00:00',
    '20111114',
    '-001-01-01',
    '2011-11-1４',
    '2011-11-14\n',
  ])('refuses the text %j', (date) => expect(dayNumber(date)).toBeNaN());

  it('is its own inverse over 400 years, and every day is one more than the last', () => {
    const first = dayNumber('1900-01-01');
    const wrong: number[] = [];
    for (let day = first; day < first + 146_097; day += 1) if (dayNumber(dateOf(day)) !== day) wrong.push(day);
    expect(wrong).toEqual([]);
  });
});

describe('isoWeekday', () => {
  it('is 1 on Monday and 7 on Sunday, also before 1970', () => {
    expect(
      ['2011-11-14', '2011-11-20', '1969-12-29', '1900-01-01', '2012-02-29'].map((d) => isoWeekday(dayNumber(d))),
    ).toEqual([1, 7, 1, 1, 3]);
  });
});

describe('localTime', () => {
  it('follows London into and out of summer time', () => {
    // 2011-03-27 01:00 UTC: clocks go from 01:00 to 02:00. 2011-10-30 01:00 UTC: from 02:00 back to 01:00.
    expect(at('2011-03-27T00:59:00Z', 'Europe/London')).toBe('2011-03-27 00:59');
    expect(at('2011-03-27T01:00:00Z', 'Europe/London')).toBe('2011-03-27 02:00');
    expect(at('2011-10-30T00:30:00Z', 'Europe/London')).toBe('2011-10-30 01:30');
    expect(at('2011-10-30T01:30:00Z', 'Europe/London')).toBe('2011-10-30 01:30');
    expect(at('2011-06-30T23:30:00Z', 'Europe/London')).toBe('2011-07-01 00:30');
  });

  it('follows New York into and out of summer time', () => {
    // 2011-03-13 07:00 UTC and 2011-11-06 06:00 UTC.
    expect(at('2011-03-13T06:59:00Z', 'America/New_York')).toBe('2011-03-13 01:59');
    expect(at('2011-03-13T07:00:00Z', 'America/New_York')).toBe('2011-03-13 03:00');
    expect(at('2011-11-06T05:30:00Z', 'America/New_York')).toBe('2011-11-06 01:30');
    expect(at('2011-11-06T06:30:00Z', 'America/New_York')).toBe('2011-11-06 01:30');
  });

  it('knows both sides of the date line and odd offsets', () => {
    const instant = '2011-11-14T10:30:00Z';
    expect(at(instant, 'Pacific/Kiritimati')).toBe('2011-11-15 00:30');
    expect(at(instant, 'Pacific/Pago_Pago')).toBe('2011-11-13 23:30');
    expect(at(instant, 'Asia/Kathmandu')).toBe('2011-11-14 16:15');
    // Samoa left out 30 December 2011: from 29 December 23:59 at −10 to 31 December 00:00 at +14.
    expect(at('2011-12-30T09:59:00Z', 'Pacific/Apia')).toBe('2011-12-29 23:59');
    expect(at('2011-12-30T10:00:00Z', 'Pacific/Apia')).toBe('2011-12-31 00:00');
  });

  it('shows midnight as 0, not as 24', () => {
    expect(localTime(Date.parse('2011-11-14T00:00:00Z'), 'UTC')).toEqual({ day: dayNumber('2011-11-14'), minute: 0 });
  });

  it('drops seconds, and repeats', () => {
    expect(at('2011-11-14T13:59:59.999Z', 'Europe/London')).toBe('2011-11-14 13:59');
    expect(localTime(0, 'Asia/Tokyo')).toEqual(localTime(0, 'Asia/Tokyo'));
  });
});

describe('isTimeZone', () => {
  it.each(['Europe/London', 'UTC', 'America/Argentina/Ushuaia', 'Asia/Kolkata'])('knows %s', (zone) =>
    expect(isTimeZone(zone)).toBe(true),
  );
  it.each(['', 'Europe/Londn', 'Mars/Base', 'Europe London', '__proto__'])('does not know %j', (zone) =>
    expect(isTimeZone(zone)).toBe(false),
  );
});

describe('instantOf', () => {
  const first = (date: string, minute: number, zone: string): string =>
    new Date(instantOf(dayNumber(date), minute, zone)).toISOString().slice(0, 16);

  it('is the instant at which the clock on the wall shows it', () => {
    expect(first('2011-11-14', 14 * 60, 'Europe/London')).toBe('2011-11-14T14:00');
    expect(first('2011-07-14', 14 * 60, 'Europe/London')).toBe('2011-07-14T13:00');
    expect(first('2011-07-14', 0, 'Asia/Kathmandu')).toBe('2011-07-13T18:15');
    expect(first('2011-07-14', 23 * 60, 'Pacific/Pago_Pago')).toBe('2011-07-15T10:00');
  });

  it('is the first of two where clocks are set back, and the jump where they are set forward', () => {
    // London, 30 October 2011: 01:30 summer time is 00:30 UTC, 01:30 winter time an hour later.
    expect(first('2011-10-30', 90, 'Europe/London')).toBe('2011-10-30T00:30');
    // 27 March 2011: from 01:00 to 02:00 at 01:00 UTC; no clock shows 01:30.
    expect(first('2011-03-27', 90, 'Europe/London')).toBe('2011-03-27T01:00');
    // Samoa had no 30 December 2011: at 10:00 UTC it went from the 29th to the 31st.
    expect(first('2011-12-30', 14 * 60, 'Pacific/Apia')).toBe('2011-12-30T10:00');
  });

  it('undoes localTime at any minute that a clock shows once', () => {
    const prng = createPrng(5);
    const zones = ['Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tokyo', 'America/St_Johns'];
    for (let trial = 0; trial < 300; trial++) {
      const zone = prng.pick(zones);
      const instant = Date.UTC(2011, 0, 1) + prng.integer(0, 2 * 365 * 1440) * 60_000;
      const { day, minute } = localTime(instant, zone);
      const found = instantOf(day, minute, zone);
      const again = localTime(found, zone);
      expect(again).toEqual({ day, minute });
      expect(found <= instant && instant - found <= 3_600_000, `${zone} ${instant}`).toBe(true);
    }
  });
});
