// Decides on which days a node can hand a shipment over and when a carrier delivers it.
// Leaves capacity (whether a day still has room) to the ledger.
import { invariant } from '../base/invariant.ts';
import { dayNumber, isoWeekday, type LocalTime, minuteOf } from '../base/time.ts';
import type { Calendar } from '../model/calendar.ts';
import type { RateCard } from '../model/rate-card.ts';

/** A node that hands nothing over for this many days, beside its processing time, counts as closed for good. */
const HORIZON_DAYS = 400;

export interface Schedule {
  /** Ship days for an order taken up at a local time: the first possible and the working days after it, `count` in all. */
  shipDays(takenUp: LocalTime, count: number): readonly number[];
  /** The first working day on or after `day`, and so many working days after it. */
  workingDay(day: number, after: number): number;
  readonly timeZone: string;
}

/** Gives fewer days than asked for, or none, where the calendar has no more within the horizon; the same list for the same question. `waitDays` working days go by before an order's turn. */
export function compileSchedule(calendar: Calendar, waitDays = 0): Schedule {
  const processingDays = (calendar.processingDays ?? 0) + waitDays;
  const weekdays = new Set(calendar.workingWeekdays);
  const closed = new Set((calendar.closedOn ?? []).map(dayNumber));
  const cutoffMinute = minuteOf(calendar.cutoff);
  const works = (day: number): boolean => weekdays.has(isoWeekday(day)) && !closed.has(day);
  const known = new Map<number, Map<number, readonly number[]>>();
  return {
    timeZone: calendar.timeZone,
    workingDay: (day, after) => {
      // At worst it works once a week and each closed date falls on that day.
      const last = day + 7 * (after + 1 + closed.size);
      let at = nextWorking(works, day, last);
      for (let left = after; left > 0; left--) at = nextWorking(works, at + 1, last);
      invariant(works(at), `Calendar ${calendar.calendarId} never works.`);
      return at;
    },
    shipDays: ({ day, minute }, count) => {
      const inTime = works(day) && minute < cutoffMinute;
      const question = 2 * day + (inTime ? 1 : 0);
      let byCount = known.get(question);
      if (!byCount) known.set(question, (byCount = new Map()));
      const same = byCount.get(count);
      if (same) return same;
      const last = day + HORIZON_DAYS + 7 * processingDays;
      let at = inTime ? day : nextWorking(works, day + 1, last);
      for (let left = processingDays; left > 0 && at <= last; left--) at = nextWorking(works, at + 1, last);
      const days: number[] = [];
      for (; days.length < count && at <= last; at = nextWorking(works, at + 1, last)) days.push(at);
      byCount.set(count, days);
      return days;
    },
  };
}

function nextWorking(works: (day: number) => boolean, from: number, last: number): number {
  let day = from;
  while (day <= last && !works(day)) day += 1;
  return day;
}

/** Delivery day of a carrier for a hand-over day and transit time, remembered by both. */
export function compileDelivery(card: RateCard): (shipDay: number, transitDays: number) => number {
  const weekdays = new Set(card.deliveryWeekdays);
  const idle = new Set((card.noDeliveryOn ?? []).map(dayNumber));
  const known = new Map<number, number>();
  return (shipDay, transitDays) => {
    const key = shipDay * 4096 + transitDays;
    let deliverDay = known.get(key);
    if (deliverDay === undefined) {
      deliverDay = shipDay;
      // At worst it delivers once a week and each idle date falls on that day.
      const last = shipDay + 7 * (transitDays + idle.size);
      for (let left = transitDays; left > 0; ) {
        deliverDay += 1;
        invariant(deliverDay <= last, `Rate card ${card.rateCardId} never delivers.`);
        if (weekdays.has(isoWeekday(deliverDay)) && !idle.has(deliverDay)) left -= 1;
      }
      known.set(key, deliverDay);
    }
    return deliverDay;
  };
}
