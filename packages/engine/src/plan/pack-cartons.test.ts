import { describe, expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import type { Item } from '../model/item.ts';
import type { Box } from '../model/parcel-rules.ts';
import { MAX_PACKED_UNITS, packCartons } from './pack-cartons.ts';

const item = (sku: string, weightGrams: number, size?: readonly [number, number, number]): Item => ({
  sku,
  weightGrams,
  ...(size ? { lengthMm: size[0], widthMm: size[1], heightMm: size[2] } : {}),
});

/** A cube of 100 mm is a litre. */
const ITEMS = new Map(
  [
    item('cube', 400, [100, 100, 100]),
    item('slab', 900, [400, 300, 20]),
    item('pole', 500, [900, 30, 30]),
    item('bag', 3000),
  ].map((one) => [one.sku, one]),
);
const SMALL: Box = { boxId: 'small', lengthMm: 200, widthMm: 100, heightMm: 100 };
const LARGE: Box = { boxId: 'large', lengthMm: 300, widthMm: 400, heightMm: 100 };

/** Cartons as `box: sku quantity, …`. */
function packed(wanted: Readonly<Record<string, number>>, boxes: readonly Box[], maxGrams?: number): string[] {
  const lines = Object.entries(wanted).map(([sku, quantity], at) => ({ lineId: String(at), sku, quantity }));
  return packCartons(lines, ITEMS, boxes, maxGrams)!.map(
    ({ boxId, contents }) => `${boxId}: ${contents.map(({ sku, quantity }) => `${sku} ${quantity}`).join(', ')}`,
  );
}

describe('packCartons', () => {
  it.each<[Readonly<Record<string, number>>, readonly Box[], number | undefined, string[], string]>([
    [{ cube: 1 }, [SMALL, LARGE], undefined, ['small: cube 1'], 'the smallest box that holds all'],
    [{ cube: 3 }, [SMALL, LARGE], undefined, ['large: cube 3'], 'two litres are too few'],
    [{ cube: 13 }, [SMALL, LARGE], undefined, ['large: cube 12', 'small: cube 1'], 'twelve litres, then one'],
    [{ cube: 3 }, [SMALL], undefined, ['small: cube 2', 'small: cube 1'], 'two boxes of two litres'],
    [{ slab: 1, cube: 1 }, [SMALL, LARGE], undefined, ['large: slab 1, cube 1'], 'the slab first, turned on its side'],
    [{ slab: 1 }, [SMALL], undefined, ['null: slab 1'], 'longer than any box: as it is'],
    [
      { pole: 2, cube: 2 },
      [LARGE],
      undefined,
      ['large: cube 2', 'null: pole 1', 'null: pole 1'],
      'each pole on its own',
    ],
    [
      { bag: 3 },
      [{ ...LARGE, maxGrams: 6000 }],
      undefined,
      ['large: bag 2', 'large: bag 1'],
      'no size: by weight alone',
    ],
    [{ cube: 5 }, [LARGE], 1000, ['large: cube 2', 'large: cube 2', 'large: cube 1'], 'the carrier takes a kilogram'],
    [
      { cube: 12 },
      [{ ...LARGE, fillPercent: 50 }],
      undefined,
      ['large: cube 6', 'large: cube 6'],
      'half of it stays empty',
    ],
    [{ cube: 2 }, [], undefined, ['null: cube 1', 'null: cube 1'], 'a node without boxes'],
  ])('%j', (wanted, boxes, maxGrams, found) => {
    expect(packed(wanted, boxes, maxGrams)).toEqual(found);
  });

  it('leaves loads that are no cartons alone', () => {
    const lines = [{ lineId: '1', sku: 'cube', quantity: MAX_PACKED_UNITS + 1 }];
    expect(packCartons(lines, ITEMS, [LARGE])).toBeNull();
  });

  it('packs every unit once and keeps to volume and weight', () => {
    const prng = createPrng(41);
    for (let trial = 0; trial < 200; trial++) {
      const items = new Map(
        ['a', 'b', 'c'].map((sku) => {
          const side = () => prng.integer(10, 400);
          return [sku, item(sku, prng.integer(1, 5000), prng.next() < 0.8 ? [side(), side(), side()] : undefined)];
        }),
      );
      const boxes = ['x', 'y'].map(
        (boxId): Box => ({ boxId, lengthMm: 400, widthMm: prng.integer(100, 400), heightMm: 300, maxGrams: 9000 }),
      );
      const lines = ['a', 'b', 'c'].map((sku) => ({ lineId: sku, sku, quantity: prng.integer(1, 12) }));
      const cartons = packCartons(lines, items, boxes, prng.integer(6000, 12_000))!;
      for (const { sku, quantity } of lines) {
        const units = cartons.flatMap(({ contents }) => contents).filter((content) => content.sku === sku);
        expect(units.reduce((sum, content) => sum + content.quantity, 0)).toBe(quantity);
      }
      for (const { boxId, weightGrams, contents } of cartons) {
        if (boxId === null) {
          expect(contents.map(({ quantity }) => quantity)).toEqual([1]);
          continue;
        }
        const box = boxes.find((one) => one.boxId === boxId)!;
        const cubicMm = contents.reduce((sum, { sku, quantity }) => {
          const of = items.get(sku)!;
          return sum + quantity * (of.lengthMm ?? 0) * (of.widthMm ?? 0) * (of.heightMm ?? 0);
        }, 0);
        expect(cubicMm).toBeLessThanOrEqual(box.lengthMm * box.widthMm * box.heightMm);
        expect(weightGrams).toBeLessThanOrEqual(9000);
      }
    }
  });
});
