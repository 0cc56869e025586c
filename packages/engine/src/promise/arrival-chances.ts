// Decides by which day something has come how surely: one shipment, or all shipments of a cart, each by itself.
import type { DayShare } from '../candidates/candidate.ts';

/** Sums of shares may miss what they stand for by their rounding. */
const ROUNDING = 1e-9;
const MOST = 0.9;

/** Share of carts whose shipments have all come by a day: shipments are late independently of each other. */
export function shareBy(shipments: readonly (readonly DayShare[])[], day: number): number {
  return shipments.reduce((product, shares) => {
    let come = 0;
    for (const entry of shares) if (entry.day <= day) come += entry.share;
    return product * Math.min(1, come);
  }, 1);
}

/** The first day by which nine tenths of carts have come whole. */
export function dayOfMost(shipments: readonly (readonly DayShare[])[]): number {
  if (shipments.length === 1 && shipments[0]!.length === 1) return shipments[0]![0]!.day;
  const days = shipments.flatMap((shares) => shares.map(({ day }) => day)).sort((a, b) => a - b);
  return days.find((day) => shareBy(shipments, day) >= MOST - ROUNDING) ?? days.at(-1)!;
}

/** As plans show it: to four decimals. */
export function shownShare(share: number): number {
  return Math.round(Math.min(1, share) * 10_000) / 10_000;
}
