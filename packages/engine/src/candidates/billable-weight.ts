// Decides what goods are charged as: the larger of weight and size, unit by unit, so that charges of units add up.
// Leaves how many parcels that makes to costs/tariff.ts.
import type { Item } from '../model/item.ts';
import type { OrderLine } from '../model/order.ts';
import type { ParcelRules } from '../model/parcel-rules.ts';
import { lineWeightGrams } from '../rules/line-amounts.ts';

/** Milligrams a line is charged as, and what it weighs. The first is never below the second. */
export function lineMilligrams(
  line: OrderLine,
  item: Item | undefined,
  rules: ParcelRules | undefined,
): { billable: number; actual: number } {
  const actual = Math.round(lineWeightGrams(line, item) * 1000);
  const least = item && rules ? leastUnitMilligrams(item, rules) : 0;
  return { actual, billable: Math.max(actual, least * line.quantity) };
}

/** Milligrams a unit is charged as at least, for its size: volume ÷ divisor to the nearest milligram, or the floor of oversize. */
export function leastUnitMilligrams(item: Item, { dimensionalDivisor, oversizeMinimumGrams }: ParcelRules): number {
  const floor = item.oversize ? Math.round((oversizeMinimumGrams ?? 0) * 1000) : 0;
  if (dimensionalDivisor === undefined || item.lengthMm === undefined) return floor;
  const cubicMm = item.lengthMm * item.widthMm! * item.heightMm!;
  return Math.max(floor, Math.round((cubicMm / dimensionalDivisor) * 1000));
}
