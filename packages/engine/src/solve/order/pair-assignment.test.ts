import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { compileTariff } from '../../costs/tariff.ts';
import type { Source } from './order-problem.ts';
import { sharePair } from './pair-assignment.ts';
import { pricePieces } from './price-pieces.ts';
import { shipmentMicros } from './shipment-price.ts';

const GRAIN = 1_000_000;

function randomSource(seed: number): Source {
  const prng = createPrng(seed);
  const options = Array.from({ length: prng.integer(1, 2) }, () => {
    const bands = [4000, 9000, prng.integer(10, 20) * 1000].map((uptoGrams) => ({
      uptoGrams,
      fixedMicros: prng.integer(0, 5) * 1000,
      perKgMicros: prng.integer(0, 3) * 100,
      minimumMicros: prng.integer(0, 8) * 500,
    }));
    const parcel = prng.next() < 0.5 ? undefined : prng.integer(5, 12) * 1000;
    return { fixedMicros: prng.integer(0, 3) * 1000, tariff: compileTariff(bands, parcel) };
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

function randomPair(seed: number) {
  const prng = createPrng(seed);
  const count = prng.integer(1, 9);
  const weight = Float64Array.from({ length: count }, () => prng.integer(0, 6) * GRAIN);
  const delta = Float64Array.from({ length: count }, () => prng.integer(-4, 4) * 700);
  const [firstBase, secondBase] = [prng.integer(0, 5) * GRAIN, prng.integer(0, 5) * GRAIN];
  const most = weight.reduce((sum, own) => sum + own, firstBase + secondBase);
  const [first, second] = [randomSource(seed + 1), randomSource(seed + 2)];
  return { weight, delta, firstBase, secondBase, most, first, second };
}

function cost(pair: ReturnType<typeof randomPair>, isFirst: (line: number) => boolean): number {
  let [first, second, micros] = [pair.firstBase, pair.secondBase, 0];
  for (const [line, weight] of pair.weight.entries()) {
    if (isFirst(line)) {
      first += weight;
      micros += pair.delta[line]!;
    } else second += weight;
  }
  return micros + shipmentMicros(pair.first, first) + shipmentMicros(pair.second, second);
}

it('finds the cheapest sharing of all', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 30 }), (seed) => {
      const pair = randomPair(seed);
      let least = Infinity;
      for (let mask = 0; mask < 1 << pair.weight.length; mask++)
        least = Math.min(
          least,
          cost(pair, (line) => ((mask >> line) & 1) === 1),
        );
      const [first, second] = [pricePieces(pair.first, pair.most, GRAIN), pricePieces(pair.second, pair.most, GRAIN)];
      const answer = sharePair({ ...pair, first, second }, least + 1);
      expect(answer.micros).toBeCloseTo(least, 4);
      expect(cost(pair, (line) => answer.atFirst![line] === 1)).toBeCloseTo(least, 4);
      expect(answer.bound).toBeCloseTo(least, 4);
      expect(sharePair({ ...pair, first, second }, least - 0.5).atFirst).toBeUndefined();
    }),
    { seed: 77, numRuns: 1_500 },
  );
});

it('still bounds what it cannot look through', () => {
  const prng = createPrng(5);
  const weight = Float64Array.from({ length: 60 }, () => prng.integer(1, 4000) * 1000);
  const delta = Float64Array.from(weight, (own) => own / 1000);
  const source = randomSource(9);
  const pieces = pricePieces(source, 300_000_000, 1000);
  const answer = sharePair({ weight, delta, firstBase: 0, secondBase: 0, first: pieces, second: pieces }, Infinity);
  expect(answer.bound).toBeLessThanOrEqual(answer.micros);
});
