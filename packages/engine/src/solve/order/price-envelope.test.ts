import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { compileTariff } from '../../costs/tariff.ts';
import type { Source } from './order-problem.ts';
import {
  cellCount,
  hullIntercept,
  hullSlopes,
  lowerHull,
  mainSlope,
  priceEnvelope,
  rangeIntercept,
} from './price-envelope.ts';
import { shipmentMicros } from './shipment-price.ts';

function randomSource(seed: number, exact: boolean): Source {
  const prng = createPrng(seed);
  const options = Array.from({ length: prng.integer(1, 2) }, () => {
    let upto = 0;
    const bands = Array.from({ length: prng.integer(1, 3) }, () => {
      upto += prng.integer(1, 9) * 1000;
      const perKgMicros = exact ? prng.integer(0, 9) * 1000 : prng.integer(0, 9999);
      return { uptoGrams: upto, fixedMicros: prng.integer(0, 9000), perKgMicros, minimumMicros: prng.integer(0, 9000) };
    });
    return { fixedMicros: prng.integer(0, 5000), tariff: compileTariff(bands, prng.integer(2, 12) * 1000) };
  });
  const none = new Float64Array(0);
  return {
    node: 0,
    day: 0,
    available: new Int32Array(0),
    lineMicros: none,
    unitMicros: none,
    unitsLeft: Infinity,
    options,
  };
}

const seeds = fc.integer({ min: 1, max: 2 ** 30 });

describe('priceEnvelope', () => {
  it.each([
    ['whole grams', true],
    ['any milligrams', false],
  ])('is below every price, %s', (_, exact) => {
    const grain = exact ? 1000 : 1;
    fc.assert(
      fc.property(seeds, (seed) => {
        const prng = createPrng(seed);
        const source = randomSource(seed + 1, exact);
        const parcel = prng.next() < 0.3 ? Infinity : prng.integer(2, 15) * 1_000_000;
        const low = prng.integer(0, 3) * 1_000_000;
        const high = low + prng.integer(0, 40_000) * 1000;
        const envelope = priceEnvelope(source, low, high, grain, parcel);
        const rebate = prng.integer(0, 6000);
        const hull = lowerHull(envelope, rebate);
        const slope = prng.pick([...hullSlopes(hull), mainSlope(hull), 0, prng.next() / 100]);
        const intercept = hullIntercept(hull, slope);
        const [from, to] = [low + Math.floor((high - low) / 3 / grain) * grain, high];
        const inRange = rangeIntercept(envelope, from, to, slope, rebate);
        for (let k = 0; k < 60; k++) {
          const weight = from + Math.floor((prng.next() * (to - from)) / grain) * grain;
          const value = shipmentMicros(source, weight) - rebate * cellCount(weight, parcel) - slope * weight;
          expect(value).toBeGreaterThanOrEqual(intercept - 1e-6);
          expect(value).toBeGreaterThanOrEqual(inRange - 1e-6);
        }
        expect(inRange).toBeGreaterThanOrEqual(intercept - envelope.error - 1e-6);
      }),
      { seed: 12, numRuns: 1_000 },
    );
  });

  it('meets a single parcel price exactly', () => {
    const tariff = compileTariff([{ uptoGrams: 30_000, fixedMicros: 4_000_000, perKgMicros: 200_000 }], 30_000);
    const source = { ...randomSource(1, true), options: [{ fixedMicros: 1_000_000, tariff }] };
    const envelope = priceEnvelope(source, 5_000_000, 90_000_000, 1000, 30_000_000);
    const hull = lowerHull(envelope, 4_000_000);
    expect(hull.weights).toEqual(Float64Array.from([5_000_000, 90_000_000]));
    expect(hull.micros).toEqual(Float64Array.from([2_000_000, 19_000_000]));
  });
});
