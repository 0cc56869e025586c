// Decides how instants and local dates are read and counted: RFC 3339 instants, ISO local dates, IANA zones.
// Leaves working days, cutoffs and transit to candidates/. No clock is read here or anywhere in the engine.

/** A local date, `YYYY-MM-DD`. Sorts as text. */
export type LocalDate = string;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The same few dates and instants are asked for again and again, and are slow to read. */
const dayNumbers = new Map<LocalDate, number>();
const localTimes = new Map<string, Map<number, LocalTime>>();
const MOST_KNOWN = 4096;

/** Days since 1970-01-01 of a local date, or NaN when no such day exists (2011-02-30). */
export function dayNumber(date: LocalDate): number {
  let day = dayNumbers.get(date);
  if (day === undefined) {
    if (dayNumbers.size >= MOST_KNOWN) dayNumbers.clear();
    dayNumbers.set(date, (day = readDate(date)));
  }
  return day;
}

function readDate(date: LocalDate): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) return Number.NaN;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() / DAY_MS : Number.NaN;
}

export function dateOf(day: number): LocalDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Minutes since midnight of a time on the wall, `HH:MM`. */
export function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

/** ISO weekday of a day number: 1 Monday … 7 Sunday. */
export function isoWeekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

export interface LocalTime {
  readonly day: number;
  /** Minutes since local midnight. */
  readonly minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether `timeZone` is an IANA zone this runtime knows. */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatFor(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** The local day and minute that a clock on the wall in `timeZone` shows at an instant (ms since the epoch). */
export function localTime(instantMs: number, timeZone: string): LocalTime {
  let known = localTimes.get(timeZone);
  if (!known) localTimes.set(timeZone, (known = new Map()));
  let time = known.get(instantMs);
  if (!time) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(instantMs, (time = readClock(instantMs, timeZone)));
  }
  return time;
}

function readClock(instantMs: number, timeZone: string): LocalTime {
  const parts: Record<string, number> = {};
  for (const part of formatFor(timeZone).formatToParts(instantMs)) parts[part.type] = Number(part.value);
  const at = new Date(0);
  at.setUTCFullYear(parts['year']!, parts['month']! - 1, parts['day']!);
  return { day: at.getTime() / DAY_MS, minute: parts['hour']! * 60 + parts['minute']! };
}

/**
 * The first instant, in ms since the epoch, at which a clock on the wall in `timeZone` shows the local day and minute; where clocks
 * are set forward over it, the instant at which they are.
 */
export function instantOf(day: number, minute: number, timeZone: string): number {
  const wanted = day * DAY_MS + minute * MINUTE_MS;
  const shown = (instantMs: number): number => {
    const local = localTime(instantMs, timeZone);
    return local.day * DAY_MS + local.minute * MINUTE_MS;
  };
  const candidates = [wanted - DAY_MS, wanted + DAY_MS].map((near) => wanted - (shown(near) - near));
  let early = Math.min(...candidates);
  let late = Math.max(...candidates);
  if (shown(early) === wanted) return early;
  if (shown(late) === wanted) return late;
  early -= MINUTE_MS;
  while (late - early > MINUTE_MS) {
    const middle = early + Math.floor((late - early) / (2 * MINUTE_MS)) * MINUTE_MS;
    if (shown(middle) < wanted) early = middle;
    else late = middle;
  }
  return late;
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  return format;
}
