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
  readonly milligrams: number;
  /** Ascending, in millimetres; zeros where the size is not known: then weight alone counts. */
  readonly sides: Sides;
  readonly cubicMm: number;
}

type Sides = readonly [number, number, number];
const NO_SIDES: Sides = [0, 0, 0];

/** What a carton takes, or what is in it. */
interface Load {
  readonly milligrams: number;
  readonly sides: Sides;
  readonly cubicMm: number;
}

/** A box as it can be filled. */
interface Room extends Load {
  readonly box: Box;
}

interface Open {
  readonly room: Room | null;
  load: Load;
  readonly counts: Map<string, number>;
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
  const rooms = boxes
    .map((box) => roomOf(box, maxGrams))
    .sort(
      orderBy(
        ({ cubicMm }) => cubicMm,
        ({ box }) => box.boxId,
      ),
    );
  const open: Open[] = [];
  for (const unit of unitsOf(lines, items)) {
    const place = open.find(({ room, load }) => room !== null && holds(room, added(load, unit)));
    if (place) {
      place.load = added(place.load, unit);
      place.counts.set(unit.sku, (place.counts.get(unit.sku) ?? 0) + 1);
    } else {
      const room = rooms.findLast((one) => holds(one, unit)) ?? null;
      open.push({ room, load: unit, counts: new Map([[unit.sku, 1]]) });
    }
  }
  return open.map(({ room, load, counts }) => ({
    boxId: room && (rooms.find((one) => holds(one, load)) ?? room).box.boxId,
    weightGrams: load.milligrams / 1000,
    contents: [...counts].map(([sku, quantity]) => ({ sku, quantity })),
  }));
}

function unitsOf(lines: readonly ShipmentLine[], items: ReadonlyMap<string, Item>): Unit[] {
  const units = lines.flatMap(({ sku, quantity }) => {
    const unit = unitOf(sku, items.get(sku));
    return Array.from({ length: quantity }, () => unit);
  });
  return units.sort(
    orderBy(
      (unit) => -unit.cubicMm,
      (unit) => -unit.milligrams,
      (unit) => unit.sku,
    ),
  );
}

function unitOf(sku: string, item: Item | undefined): Unit {
  const milligrams = Math.round((item?.weightGrams ?? 0) * 1000);
  if (item?.lengthMm === undefined) return { sku, milligrams, sides: NO_SIDES, cubicMm: 0 };
  const sides = ascending(item.lengthMm, item.widthMm!, item.heightMm!);
  return { sku, milligrams, sides, cubicMm: sides[0] * sides[1] * sides[2] };
}

function roomOf(box: Box, maxGrams: number): Room {
  const { lengthMm, widthMm, heightMm, fillPercent = 100 } = box;
  return {
    box,
    milligrams: Math.min(box.maxGrams ?? Infinity, maxGrams) * 1000,
    sides: ascending(lengthMm, widthMm, heightMm),
    cubicMm: (lengthMm * widthMm * heightMm * fillPercent) / 100,
  };
}

function ascending(...sides: [number, number, number]): Sides {
  return sides.sort((a, b) => a - b) as unknown as Sides;
}

/** Sides are the longest there are, shortest, middle and longest each by itself. */
function added(load: Load, unit: Unit): Load {
  const [short, middle, long] = load.sides;
  return {
    milligrams: load.milligrams + unit.milligrams,
    sides: [Math.max(short, unit.sides[0]), Math.max(middle, unit.sides[1]), Math.max(long, unit.sides[2])],
    cubicMm: load.cubicMm + unit.cubicMm,
  };
}

function holds(room: Room, load: Load): boolean {
  return (
    load.milligrams <= room.milligrams &&
    load.cubicMm <= room.cubicMm &&
    load.sides.every((side, at) => side <= room.sides[at]!)
  );
}
