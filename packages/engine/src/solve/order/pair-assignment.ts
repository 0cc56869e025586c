// Decides the best way to share lines between two open sources, exactly: stretch by stretch of the two prices, a knapsack each,
// its core solved by meeting in the middle (Horowitz and Sahni 1974).
// Leaves lines with other choices, and units limits that bind, to assignment-search.ts.
import type { PricePiece } from './price-pieces.ts';

/** Lines that go to the first or the second of two sources. */
export interface Pair {
  /** By line: milligrams, and micros at the first less micros at the second. */
  readonly weight: Float64Array;
  readonly delta: Float64Array;
  /** Milligrams already at each. */
  readonly firstBase: number;
  readonly secondBase: number;
  readonly first: readonly (readonly PricePiece[])[];
  readonly second: readonly (readonly PricePiece[])[];
}

export interface PairAnswer {
  /** 1 where the line goes to the first; undefined where nothing is below the limit. */
  readonly atFirst: Uint8Array | undefined;
  /** Shipment prices and deltas of that. */
  readonly micros: number;
  /** Nothing not found is below this. */
  readonly bound: number;
  readonly work: number;
}

const MAX_CORE = 26;
const TRIED_CORE = 20;

/** The best sharing below `limit` micros. */
export function sharePair(pair: Pair, limit: number): PairAnswer {
  const ladder = ratioLadder(pair);
  const stretches = openStretches(pair, ladder, limit);
  let micros = limit;
  let atFirst: Uint8Array | undefined;
  let bound = Infinity;
  let work = 1 + (stretches.length >> 2);
  for (const stretch of stretches) {
    if (stretch.bound >= micros) break;
    const found = fillStretch(pair, ladder, stretch, micros);
    work += found.work;
    if (found.micros < micros) {
      micros = found.micros;
      atFirst = found.atFirst;
    }
    if (!found.exact) bound = Math.min(bound, stretch.bound);
  }
  return { atFirst, micros, bound: Math.min(bound, micros), work };
}

/** Lines by rising delta per milligram, with running sums; weightless lines are settled by their sign. */
interface Ladder {
  readonly order: Int32Array;
  readonly weight: Float64Array;
  readonly delta: Float64Array;
  readonly settled: readonly number[];
  readonly settledMicros: number;
}

function ratioLadder({ weight, delta }: Pair): Ladder {
  const lines: number[] = [];
  const settled: number[] = [];
  let settledMicros = 0;
  for (let i = 0; i < weight.length; i++) {
    if (weight[i]! > 0) lines.push(i);
    else if (delta[i]! < 0) {
      settled.push(i);
      settledMicros += delta[i]!;
    }
  }
  lines.sort((a, b) => delta[a]! / weight[a]! - delta[b]! / weight[b]! || a - b);
  const weights = new Float64Array(lines.length + 1);
  const deltas = new Float64Array(lines.length + 1);
  for (const [k, i] of lines.entries()) {
    weights[k + 1] = weights[k]! + weight[i]!;
    deltas[k + 1] = deltas[k]! + delta[i]!;
  }
  return { order: Int32Array.from(lines), weight: weights, delta: deltas, settled, settledMicros };
}

/** Both prices straight: alpha + beta × (milligrams of shared lines at the first), from `low` to `high`. */
interface Stretch {
  readonly low: number;
  readonly high: number;
  readonly alpha: number;
  readonly beta: number;
  readonly bound: number;
}

function openStretches(pair: Pair, ladder: Ladder, limit: number): Stretch[] {
  const shared = ladder.weight.at(-1)!;
  const total = pair.firstBase + pair.secondBase + shared;
  const stretches: Stretch[] = [];
  for (const first of pair.first) {
    for (const second of pair.second) {
      let s = second.length - 1;
      for (const a of first) {
        if (a.high < pair.firstBase) continue;
        if (a.low > pair.firstBase + shared) break;
        while (s >= 0 && total - second[s]!.low < a.low) s--;
        for (let k = s; k >= 0; k--) {
          const b = second[k]!;
          if (total - b.high > a.high) break;
          const low = Math.max(a.low, total - b.high, pair.firstBase) - pair.firstBase;
          const high = Math.min(a.high, total - b.low, pair.firstBase + shared) - pair.firstBase;
          if (low > high) continue;
          const alpha =
            a.alpha + a.beta * pair.firstBase + b.alpha + b.beta * (total - pair.firstBase) + ladder.settledMicros;
          const beta = a.beta - b.beta;
          const bound = alpha + relaxed(ladder, low, high, beta).micros;
          if (bound < limit) stretches.push({ low, high, alpha, beta, bound });
        }
      }
    }
  }
  return stretches.sort((x, y) => x.bound - y.bound);
}

/** The knapsack with its lines divisible: how many whole lines of the ladder are taken, the ratio at which it stops. */
function relaxed(
  ladder: Ladder,
  low: number,
  high: number,
  beta: number,
): { micros: number; taken: number; ratio: number; whole: boolean } {
  const { weight, delta } = ladder;
  const count = ladder.order.length;
  const ratioOf = (k: number): number => (delta[k + 1]! - delta[k]!) / (weight[k + 1]! - weight[k]!);
  const taken = search(count, (k) => ratioOf(k) < -beta);
  const wanted = weight[taken]!;
  if (wanted >= low && wanted <= high)
    return { micros: delta[taken]! + beta * wanted, taken, ratio: -beta, whole: true };
  const target = wanted < low ? low : high;
  const stop = Math.min(
    Math.max(0, count - 1),
    search(count, (k) => weight[k + 1]! <= target),
  );
  if (count === 0) return { micros: Infinity, taken: 0, ratio: 0, whole: true };
  const ratio = ratioOf(stop);
  const micros = delta[stop]! + ratio * (target - weight[stop]!) + beta * target;
  return { micros, taken: stop, ratio, whole: false };
}

/** The first position for which `holds` is false; it holds for a beginning only. */
function search(count: number, holds: (position: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Filled {
  readonly micros: number;
  readonly atFirst: Uint8Array | undefined;
  readonly exact: boolean;
  readonly work: number;
}

function fillStretch(pair: Pair, ladder: Ladder, stretch: Stretch, limit: number): Filled {
  const start = relaxed(ladder, stretch.low, stretch.high, stretch.beta);
  const atFirst = new Uint8Array(pair.weight.length);
  for (const i of ladder.settled) atFirst[i] = 1;
  for (let k = 0; k < start.taken; k++) atFirst[ladder.order[k]!] = 1;
  if (start.whole) return { micros: stretch.alpha + start.micros, atFirst, exact: true, work: 1 };
  const regrets = Float64Array.from(ladder.order, (i) => Math.abs(pair.delta[i]! - start.ratio * pair.weight[i]!));
  const core: number[] = [];
  for (const [k, regret] of regrets.entries()) if (stretch.bound + regret < limit) core.push(k);
  const exact = core.length <= MAX_CORE;
  if (!exact) {
    core.sort((a, b) => regrets[a]! - regrets[b]! || a - b);
    core.length = TRIED_CORE;
  }
  const inCore = new Uint8Array(ladder.order.length);
  for (const k of core) inCore[k] = 1;
  let fixedWeight = 0;
  let fixedDelta = 0;
  for (let k = 0; k < start.taken; k++) {
    if (inCore[k] === 1) continue;
    fixedWeight += pair.weight[ladder.order[k]!]!;
    fixedDelta += pair.delta[ladder.order[k]!]!;
  }
  const lines = core.map((k) => ladder.order[k]!).sort((a, b) => pair.weight[b]! - pair.weight[a]! || a - b);
  const base = stretch.alpha + fixedDelta + stretch.beta * fixedWeight;
  const met = meetInTheMiddle(
    pair,
    lines,
    stretch.low - fixedWeight,
    stretch.high - fixedWeight,
    stretch.beta,
    limit - base,
  );
  const work = 1 + (1 << Math.max(0, (lines.length >> 1) - 3));
  if (met === undefined) return { micros: Infinity, atFirst: undefined, exact, work };
  for (const [position, i] of lines.entries()) atFirst[i] = met.chosen[position]!;
  return { micros: base + met.micros, atFirst, exact, work };
}

/** All subsets of some lines by rising weight. */
interface Subsets {
  readonly weight: Float64Array;
  readonly micros: Float64Array;
  readonly mask: Int32Array;
}

function subsetsOf(pair: Pair, lines: readonly number[], beta: number): Subsets {
  let subsets: Subsets = { weight: new Float64Array(1), micros: new Float64Array(1), mask: new Int32Array(1) };
  for (const [bit, i] of lines.entries()) {
    const size = subsets.weight.length;
    const own = pair.weight[i]!;
    const micros = pair.delta[i]! + beta * own;
    const next: Subsets = {
      weight: new Float64Array(size * 2),
      micros: new Float64Array(size * 2),
      mask: new Int32Array(size * 2),
    };
    for (let without = 0, withIt = 0, at = 0; at < size * 2; at++) {
      const takes = without === size || (withIt < size && subsets.weight[withIt]! + own < subsets.weight[without]!);
      const from = takes ? withIt++ : without++;
      next.weight[at] = subsets.weight[from]! + (takes ? own : 0);
      next.micros[at] = subsets.micros[from]! + (takes ? micros : 0);
      next.mask[at] = subsets.mask[from]! | (takes ? 1 << bit : 0);
    }
    subsets = next;
  }
  return subsets;
}

/** The subset of `lines` within a range of weight that costs least, below `limit`. */
function meetInTheMiddle(
  pair: Pair,
  lines: readonly number[],
  low: number,
  high: number,
  beta: number,
  limit: number,
): { chosen: Uint8Array; micros: number } | undefined {
  const evens = lines.filter((_, position) => position % 2 === 0);
  const odds = lines.filter((_, position) => position % 2 === 1);
  const a = subsetsOf(pair, evens, beta);
  const b = subsetsOf(pair, odds, beta);
  const queue = new Int32Array(b.weight.length);
  let head = 0;
  let tail = 0;
  let next = b.weight.length - 1;
  let best = limit;
  let bestA = -1;
  let bestB = -1;
  for (let i = 0; i < a.weight.length; i++) {
    const least = low - a.weight[i]!;
    const most = high - a.weight[i]!;
    for (; next >= 0 && b.weight[next]! >= least; next--) {
      while (tail > head && b.micros[queue[tail - 1]!]! >= b.micros[next]!) tail--;
      queue[tail++] = next;
    }
    while (head < tail && b.weight[queue[head]!]! > most) head++;
    if (head === tail) continue;
    const micros = a.micros[i]! + b.micros[queue[head]!]!;
    if (micros < best) [best, bestA, bestB] = [micros, i, queue[head]!];
  }
  if (bestA < 0) return undefined;
  const chosen = Uint8Array.from(lines, (_, position) => {
    const mask = position % 2 === 0 ? a.mask[bestA]! : b.mask[bestB]!;
    return (mask >> (position >> 1)) & 1;
  });
  return { chosen, micros: best };
}
