import { describe, expect, it } from 'vitest';
import { compileTariff } from '../../costs/tariff.ts';
import { createPrng } from '../../base/prng.ts';
import { mergesFreely } from './merges-freely.ts';
import type { OrderProblem, Source } from './order-problem.ts';
import { shipmentMicros } from './shipment-price.ts';

type Options = Source['options'];

function asked(grams: number, splitMicros: number, options: Options): [OrderProblem, Source] {
  const problem = {
    demands: [{ quantity: 2, weightMilligrams: grams * 1000, unsourcedUnitMicros: 1 }],
    sources: [],
    splitMicros,
    maxShipments: 9,
    shipComplete: false,
    splitQuantity: true,
    partial: true,
  };
  const source = {
    node: 0,
    day: 0,
    available: Int32Array.of(2),
    lineMicros: Float64Array.of(0),
    unitMicros: Float64Array.of(0),
    unitsLeft: Infinity,
    options,
  };
  return [problem, source];
}

describe('mergesFreely', () => {
  it('is false where a second parcel falls into a dearer band than a second shipment', () => {
    const bands = [
      { uptoGrams: 1000, fixedMicros: 1_000_000, perKgMicros: 0 },
      { fixedMicros: 9_000_000, perKgMicros: 0 },
    ];
    const options = [{ fixedMicros: 0, tariff: compileTariff(bands, undefined) }];
    // 1.00 and 1.00 apart, 9.00 together.
    expect(mergesFreely(...asked(2000, 500_000, options))).toBe(false);
    expect(mergesFreely(...asked(2000, 7_000_000, options))).toBe(true);
    expect(mergesFreely(...asked(1000, 0, options))).toBe(true);
  });

  it('is never true where some two shipments cost less than one', () => {
    const prng = createPrng(9);
    let free = 0;
    for (let run = 0; run < 2000; run++) {
      const options = Array.from({ length: prng.integer(1, 2) }, () => {
        const band = () => ({ fixedMicros: prng.integer(0, 500), perKgMicros: prng.integer(0, 300) });
        const low = { uptoGrams: prng.integer(1, 4) * 1000, minimumMicros: prng.integer(0, 400), ...band() };
        const bands = prng.next() < 0.5 ? [low, band()] : [band()];
        const tariff = compileTariff(bands, prng.next() < 0.5 ? prng.integer(2, 12) * 1000 : undefined);
        return { fixedMicros: prng.integer(0, 600), tariff };
      });
      const split = prng.integer(0, 200);
      const grams = prng.integer(2, 20) * 1000;
      const [problem, source] = asked(grams, split, options);
      if (!mergesFreely(problem, source)) continue;
      free += 1;
      for (let first = 500; first < grams; first += 500) {
        for (let second = 500; first + second <= grams; second += 500) {
          const apart = shipmentMicros(source, first * 1000) + shipmentMicros(source, second * 1000) + split;
          // Every parcel is rounded to a micro.
          expect(shipmentMicros(source, (first + second) * 1000), `run ${run}`).toBeLessThanOrEqual(apart + 12);
        }
      }
    }
    expect(free).toBeGreaterThan(300);
  });
});
