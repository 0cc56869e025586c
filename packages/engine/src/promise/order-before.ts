// Decides until when an order may come in for a shipment to leave and arrive as it was promised: the cutoff of the last day in time.
import { instantOf, minuteOf } from '../base/time.ts';
import type { CandidateService } from '../candidates/candidate.ts';
import type { PromiseDesk } from './promise-desk.ts';

/** A ship day that is put off further than this no longer arrives the same. */
const MOST_DAYS_LATER = 14;
/** Longer than any processing time with its closed days: see `HORIZON_DAYS` of schedules. */
const MOST_DAYS_EARLIER = 1000;

export interface PromisedLeg {
  readonly node: number;
  readonly shipDay: number;
  readonly service: CandidateService;
}

/**
 * Milliseconds since the epoch of the first instant that is too late for the shipment to have come by `byDay`, or by the days on
 * which its parcels come now where those are later.
 */
export function orderBeforeMs(desk: PromiseDesk, leg: PromisedLeg, byDay: number): number {
  const { timeZone, cutoff } = desk.network.calendars[leg.node]!;
  return instantOf(lastStart(desk, leg.node, lastShipDay(leg, byDay)), minuteOf(cutoff), timeZone);
}

/** The last day on which the node could hand over with nothing coming later than it may. */
function lastShipDay({ shipDay, service }: PromisedLeg, byDay: number): number {
  const now = service.deliveryShares(shipDay);
  const isAsGood = (day: number): boolean =>
    service.deliveryShares(day).every((entry, index) => entry.day <= Math.max(byDay, now[index]!.day));
  let last = shipDay;
  while (last < shipDay + MOST_DAYS_LATER && isAsGood(last + 1)) last += 1;
  return last;
}

/** The last working day of the node whose orders, in time for its cutoff, are handed over by `shipDay`. */
function lastStart(desk: PromiseDesk, node: number, shipDay: number): number {
  let day = shipDay;
  const schedule = desk.schedules[node]!;
  // Before the first minute of a day is before its cutoff.
  while (day > shipDay - MOST_DAYS_EARLIER && !(schedule.shipDays({ day, minute: -1 }, 1)[0]! <= shipDay)) day -= 1;
  return day;
}
