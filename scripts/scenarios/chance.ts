// Decides how generators draw: from streams named by what is drawn, so that adding one thing never changes another.
import { createPrng, type Prng } from '@sourcewright/engine';

/** A stream of its own for each list of names: the same names give the same draws. FNV-1a over the names, 32 bits. */
export function stream(...names: readonly (string | number)[]): Prng {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(names.join('\n'))) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return createPrng(hash);
}

/** A draw from the standard normal distribution (Box and Muller 1958). */
export function normal(prng: Prng): number {
  const radius = Math.sqrt(-2 * Math.log(1 - prng.next()));
  return radius * Math.cos(2 * Math.PI * prng.next());
}

/** A factor with mean 1 and spread `sigma` in its logarithm. */
export function noise(prng: Prng, sigma: number): number {
  return Math.exp(sigma * normal(prng) - (sigma * sigma) / 2);
}

/** Position drawn in proportion to weights given as running totals. */
export function drawPosition(prng: Prng, runningTotals: readonly number[]): number {
  const target = prng.next() * runningTotals.at(-1)!;
  let low = 0;
  let high = runningTotals.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runningTotals[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
