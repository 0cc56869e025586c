// Decides which carton each unit of a shipment goes into, for the person who packs it: first fit, largest units first.
// Proposes only: what a parcel is charged goes by charged weight (costs/tariff.ts), so that a plan's cost does not hang on packing.
import { orderBy } from '../base/order-by.ts';
import type { Carton } from '../model/carton.ts';
import type { Item } from '../model/item.ts';
import type { Box } from '../model/parcel-rules.ts';
import type { ShipmentLine } from '../model/plan.ts';

/** More units than this are nobody's carton. */
export const MAX_PACKED_UNITS = 2000;

interface Unit {
  readonly sku: string;
  readonly grams: number;
  /** Ascending, in millimetres; null where the size is not known: then weight alone counts. */
  readonly sides: readonly number[] | null;
  readonly cubicMm: number;
}

interface Open {
  box: Box | null;
  readonly units: Unit[];
}

/**
 * Cartons for the lines of one shipment, in the order in which they are opened. No carton weighs more than its box or `maxGrams` allow, holds more
 * than its filled share, or holds a unit that is longer than the box in any of its sides, turned as it may be. Whether the units of
 * a carton can be laid beside each other is left to the packer. Null for more than `MAX_PACKED_UNITS`.
 */
export function packCartons(
  lines: readonly ShipmentLine[],
  items: ReadonlyMap<string, Item>,
  boxes: readonly Box[],
  maxGrams = Infinity,
): readonly Carton[] | null {
  if (lines.reduce((sum, { quantity }) => sum + quantity, 0) > MAX_PACKED_UNITS) return null;
  const bySize = [...boxes].sort(
    orderBy(
      (box) => volumeOf(box),
      (box) => box.boxId,
    ),
  );
  const open: Open[] = [];
  for (const unit of unitsOf(lines, items)) {
    const place = open.find(({ box, units }) => box !== null && holds(box, [...units, unit], maxGrams));
    if (place) place.units.push(unit);
    else open.push({ box: bySize.findLast((box) => holds(box, [unit], maxGrams)) ?? null, units: [unit] });
  }
  return open.map(({ box, units }) =>
    cartonOf(box && (bySize.find((one) => holds(one, units, maxGrams)) ?? box), units),
  );
}

function unitsOf(lines: readonly ShipmentLine[], items: ReadonlyMap<string, Item>): Unit[] {
  const units = lines.flatMap(({ sku, quantity }) =>
    Array.from({ length: quantity }, () => unitOf(sku, items.get(sku))),
  );
  return units.sort(
    orderBy(
      (unit) => -unit.cubicMm,
      (unit) => -unit.grams,
      (unit) => unit.sku,
    ),
  );
}

function unitOf(sku: string, item: Item | undefined): Unit {
  const grams = item?.weightGrams ?? 0;
  if (item?.lengthMm === undefined) return { sku, grams, sides: null, cubicMm: 0 };
  const sides = [item.lengthMm, item.widthMm!, item.heightMm!].sort((a, b) => a - b);
  return { sku, grams, sides, cubicMm: sides[0]! * sides[1]! * sides[2]! };
}

function volumeOf({ lengthMm, widthMm, heightMm, fillPercent = 100 }: Box): number {
  return (lengthMm * widthMm * heightMm * fillPercent) / 100;
}

function holds(box: Box, units: readonly Unit[], maxGrams: number): boolean {
  const sides = [box.lengthMm, box.widthMm, box.heightMm].sort((a, b) => a - b);
  let milligrams = 0;
  let cubicMm = 0;
  for (const unit of units) {
    if (unit.sides?.some((side, at) => side > sides[at]!)) return false;
    milligrams += Math.round(unit.grams * 1000);
    cubicMm += unit.cubicMm;
  }
  return milligrams <= Math.min(box.maxGrams ?? Infinity, maxGrams) * 1000 && cubicMm <= volumeOf(box);
}

function cartonOf(box: Box | null, units: readonly Unit[]): Carton {
  const counts = new Map<string, number>();
  for (const { sku } of units) counts.set(sku, (counts.get(sku) ?? 0) + 1);
  const milligrams = units.reduce((sum, { grams }) => sum + Math.round(grams * 1000), 0);
  const contents = [...counts].map(([sku, quantity]) => ({ sku, quantity }));
  return { boxId: box?.boxId ?? null, weightGrams: milligrams / 1000, contents };
}
