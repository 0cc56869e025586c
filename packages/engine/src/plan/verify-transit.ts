// Decides when parcels come and how long they take and how late they are on average, worked out anew from a rate card's two stated days.
// For the verification only; it shares no code with candidates and costs.
import { dayNumber, isoWeekday } from '../base/time.ts';
import type { RateCard, RateZone } from '../model/rate-card.ts';
import type { CheckedWay } from './verify-way.ts';

/** The day on which a carrier is `transitDays` of its delivery days after a hand-over. */
export function deliveredOn(card: RateCard, shipDay: number, transitDays: number): number {
  const idle = (card.noDeliveryOn ?? []).map(dayNumber);
  let day = shipDay;
  for (let left = transitDays; left > 0; ) {
    day += 1;
    if (card.deliveryWeekdays.includes(isoWeekday(day)) && !idle.includes(day)) left -= 1;
  }
  return day;
}

export interface CheckedDays {
  /** Mean days late, and mean days from the order to delivery or the promise. */
  readonly lateMillionths: number;
  readonly waitMillionths: number;
  /** Share in time, where days are uncertain. */
  readonly onTime: number | null;
}

/** Means are summed over the parcels that are not through yet. */
export function meanDays(
  card: RateCard,
  zone: RateZone,
  { lane, ready }: CheckedWay,
  shipDay: number,
  { placed, promise }: { readonly placed: number; readonly promise: number },
): CheckedDays {
  const half = zone.transitDays + (lane?.extraTransitDays ?? 0);
  const most = (zone.transitDaysP90 ?? zone.transitDays) + (lane?.extraTransitDaysP90 ?? lane?.extraTransitDays ?? 0);
  const after = (days: number) => {
    const day = ready(deliveredOn(card, shipDay, days));
    return { late: Math.max(0, day - promise), wait: Math.max(0, Math.min(day, promise) - placed) };
  };
  let { late, wait } = after(half);
  if (most <= half) return { lateMillionths: late * 1e6, waitMillionths: wait * 1e6, onTime: null };
  let onTime = late > 0 ? 0 : 1;
  for (let extra = 0; ; extra++) {
    const slower = 0.5 * Math.exp((Math.log(0.2) * extra) / (most - half));
    if (slower < 0.0005) break;
    const [before, next] = [after(half + extra), after(half + extra + 1)];
    late += slower * (next.late - before.late);
    wait += slower * (next.wait - before.wait);
    if (before.late === 0 && next.late > 0) onTime = 1 - slower;
  }
  return { lateMillionths: Math.round(late * 1e6), waitMillionths: Math.round(wait * 1e6), onTime };
}
