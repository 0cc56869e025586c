import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileTariff, parcelCount, tariffMicros } from '../costs/tariff.ts';
import { straightTariff } from './straight-tariff.ts';

const band = fc.record({
  uptoGrams: fc.integer({ min: 1, max: 9000 }),
  fixedMicros: fc.integer({ min: 0, max: 5000 }),
  perKgMicros: fc.integer({ min: 0, max: 3000 }),
  minimumMicros: fc.constantFrom(0, 0, 2000, 20_000),
});

it('prices every weight between its ends as the tariff does, to a micro a parcel', () => {
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(band, { minLength: 1, maxLength: 2 }),
      fc.option(fc.integer({ min: 100, max: 5000 }), { nil: undefined }),
      fc.array(fc.integer({ min: 0, max: 12_000_000 }), { minLength: 2, maxLength: 8 }),
      (bands, maxParcelGrams, weights) => {
        const tariff = compileTariff(bands, maxParcelGrams);
        const [lightest, heaviest] = [Math.min(...weights), Math.max(...weights)];
        const price = straightTariff(tariff, lightest, heaviest);
        outcomes.add(typeof price === 'string' ? price : price.parcelMicros > 0 ? 'parcels' : 'line');
        if (typeof price === 'string') return;
        for (const weight of weights) {
          const parcels = price.parcelMicros === 0 ? 0 : Math.max(1, Math.ceil(weight / price.parcelMilligrams));
          const micros = price.fixedMicros + parcels * price.parcelMicros + (price.perKgMicros * weight) / 1e6;
          expect(Math.abs(micros - tariffMicros(tariff, weight))).toBeLessThanOrEqual(parcelCount(tariff, weight));
        }
      },
    ),
    { numRuns: 2000, seed: 1 },
  );
  expect([...outcomes].sort()).toEqual(['line', 'minimum-charge', 'parcels', 'weight-bands']);
});
