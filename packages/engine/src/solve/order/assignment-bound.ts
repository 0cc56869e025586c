// Decides, for a fixed set of open sources, the slopes under which the Lagrangian bound on assigning lines is greatest.
// Leaves using them to prune to assignment-search.ts.
import { cellCount, lowerHull, mainSlope } from './price-envelope.ts';
import { cutoff, type Search } from './search-state.ts';
import { shortLevelMicros, wholeIntervals, type Intervals, type ShortLine } from './short-line.ts';
import { countedWeight } from './source-bound.ts';

/** Line costs at given slopes: `level[line × open + position]` with weight priced in, Infinity where not available. */
export interface Pricing {
  readonly rebate: number;
  /** By open source: micros a milligram. */
  readonly slope: Float64Array;
  readonly level: Float64Array;
  /** By line: what missing it costs, less the parcels it would have needed. */
  readonly penalty: Float64Array;
  readonly constant: number;
  /** The bound. */
  readonly micros: number;
}

const STEPS = 24;
const PATIENCE = 3;

/**
 * Subgradient steps (Polyak) on the slopes, until the bound reaches the cutoff or gains no more.
 * Quantities of short lines may lie anywhere between none and all that is available.
 */
export function bestPricing(
  search: Search,
  open: readonly number[],
  shorts: readonly ShortLine[],
  rebate: number,
): Pricing {
  const { model, penalty, envelopes } = search;
  const parcel = envelopes[0]!.parcelMilligrams;
  const draft: Draft = {
    search,
    open,
    shorts,
    intervals: shorts.map(wholeIntervals),
    targets: shorts.map((short) => new Float64Array(short.cells.length)),
    rebate,
    slope: Float64Array.from(open, (j) => mainSlope(lowerHull(envelopes[j]!, rebate))),
    penalty: penalty.map((micros, i) =>
      model.short[i] === 1 ? micros : micros - rebate * cellCount(model.weight[i]!, parcel),
    ),
    constant: rebate * cellCount(countedWeight(model), parcel) + open.length * model.splitMicros,
    excess: new Float64Array(open.length),
  };
  const kept = draft.slope.slice();
  let best = -Infinity;
  let pace = 1;
  for (let step = 0, stale = 0; step < STEPS; step++) {
    const micros = evaluate(draft);
    if (micros > best) {
      stale = micros > best + 1e-4 * Math.abs(best) ? 0 : stale + 1;
      best = micros;
      kept.set(draft.slope);
    } else stale++;
    if (best >= cutoff(search)) break;
    if (stale >= PATIENCE) {
      stale = 0;
      pace /= 2;
      if (pace < 0.1) break;
    }
    let norm = 0;
    for (const excess of draft.excess) norm += excess * excess;
    if (norm === 0) break;
    const stride = (pace * (cutoff(search) - micros)) / norm;
    for (let s = 0; s < open.length; s++) draft.slope[s]! += stride * draft.excess[s]!;
  }
  return {
    rebate,
    slope: kept,
    level: levels(search, open, kept),
    penalty: draft.penalty,
    constant: draft.constant,
    micros: best,
  };
}

interface Draft {
  readonly search: Search;
  readonly open: readonly number[];
  readonly shorts: readonly ShortLine[];
  readonly intervals: readonly Intervals[];
  readonly targets: readonly Float64Array[];
  readonly rebate: number;
  readonly slope: Float64Array;
  readonly penalty: Float64Array;
  readonly constant: number;
  /** By open source: milligrams assigned less milligrams at which the price is furthest below its line; the gradient of the bound. */
  readonly excess: Float64Array;
}

function evaluate(draft: Draft): number {
  const { search, open, shorts, slope, penalty, excess } = draft;
  const { model } = search;
  const n = model.lineCount;
  let micros = draft.constant;
  for (let s = 0; s < open.length; s++) micros += leastBelow(draft, s);
  for (let i = 0; i < n; i++) {
    if (model.short[i] === 1) continue;
    let best = penalty[i]!;
    let at = -1;
    for (let s = 0; s < open.length; s++) {
      const level = model.cost[open[s]! * n + i]! + slope[s]! * model.weight[i]!;
      if (level < best) [best, at] = [level, s];
    }
    micros += best;
    if (at >= 0) excess[at]! += model.weight[i]!;
  }
  for (const [k, short] of shorts.entries()) {
    const target = draft.targets[k]!;
    micros += shortLevelMicros(short, slope, draft.intervals[k]!, target);
    for (const [c, cell] of short.cells.entries()) excess[cell.position]! += target[c]! * short.unitMilligrams;
  }
  return micros;
}

/** Least of price − rebate × cells − slope × weight over the source's weights; notes the weight in `excess`. */
function leastBelow(draft: Draft, s: number): number {
  const { weights, micros, cells, error } = draft.search.envelopes[draft.open[s]!]!;
  const slope = draft.slope[s]!;
  let best = Infinity;
  let at = 0;
  for (let index = 0; index < weights.length; index++) {
    const value = micros[index]! - draft.rebate * cells[index]! - slope * weights[index]!;
    if (value < best) [best, at] = [value, weights[index]!];
  }
  draft.excess[s] = -at;
  return best - error;
}

function levels(search: Search, open: readonly number[], slope: Float64Array): Float64Array {
  const { model } = search;
  const n = model.lineCount;
  const p = open.length;
  const level = new Float64Array(n * p);
  for (let i = 0; i < n; i++) {
    for (let s = 0; s < p; s++) level[i * p + s] = model.cost[open[s]! * n + i]! + slope[s]! * model.weight[i]!;
  }
  return level;
}
