// Decides when parcels come and how late they are on average, worked out anew from a rate card's two stated days.
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

/** Mean days late in millionths, and the share in time where days are uncertain: summed over the parcels that are not through yet. */
export function lateness(
  card: RateCard,
  zone: RateZone,
  { lane, ready }: CheckedWay,
  shipDay: number,
  promise: number,
): { millionths: number; onTime: number | null } {
  const half = zone.transitDays + (lane?.extraTransitDays ?? 0);
  const most = (zone.transitDaysP90 ?? zone.transitDays) + (lane?.extraTransitDaysP90 ?? lane?.extraTransitDays ?? 0);
  const late = (days: number): number => Math.max(0, ready(deliveredOn(card, shipDay, days)) - promise);
  let mean = late(half);
  if (most <= half) return { millionths: mean * 1e6, onTime: null };
  let onTime = late(half) > 0 ? 0 : 1;
  for (let after = 0; ; after++) {
    const slower = 0.5 * Math.exp((Math.log(0.2) * after) / (most - half));
    if (slower < 0.0005) break;
    const [before, next] = [late(half + after), late(half + after + 1)];
    mean += slower * (next - before);
    if (before === 0 && next > 0) onTime = 1 - slower;
  }
  return { millionths: Math.round(mean * 1e6), onTime };
}
