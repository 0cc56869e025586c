// Decides, for a fixed set of open sources, the slopes under which the Lagrangian bound on assigning lines is greatest.
// Leaves using them to prune to assignment-search.ts.
import { cellCount, rangeIntercept } from './price-envelope.ts';
import type { Search } from './search-state.ts';
import { countedWeight } from './source-bound.ts';

/** Line costs at given slopes: `level[line × open + position]` with weight priced in, Infinity where not available. */
export interface Pricing {
  readonly rebate: number;
  /** By open source. */
  readonly slope: Float64Array;
  readonly level: Float64Array;
  /** By line: what missing it costs, less the parcels it would have needed. */
  readonly penalty: Float64Array;
  readonly constant: number;
  readonly micros: number;
}

/** Whole lines and short lines together, quantities of short lines anywhere between none and all that is available. */
export function bestPricing(search: Search, open: readonly number[], rebate: number): Pricing {
  const base = startPricing(search, open, rebate);
  const bounds = open.map((j) => slopeBounds(search, j, rebate));
  for (const [s, [low, high]] of bounds.entries()) base.slope[s] = (low + high) / 2;
  const rounds = open.length === 1 ? 1 : 2;
  let micros = -Infinity;
  const kept = base.slope.slice();
  for (let round = 0; round < rounds; round++) {
    for (let s = 0; s < open.length; s++) {
      let [low, high] = bounds[s]!;
      for (let step = 0; step < 9 && high > low; step++) {
        const value = pricingMicros(search, open, base);
        if (value > micros) {
          micros = value;
          kept.set(base.slope);
        }
        if (assignedWeight(search, open, base, s) > turningWeight(search, open[s]!, base.slope[s]!, rebate)) low = base.slope[s]!;
        else high = base.slope[s]!;
        base.slope[s] = (low + high) / 2;
      }
      base.slope.set(kept);
    }
  }
  base.slope.set(kept);
  const level = levels(search, open, base.slope);
  return { ...base, level, micros: Math.max(micros, pricingMicros(search, open, base)) };
}

interface Draft {
  readonly rebate: number;
  readonly slope: Float64Array;
  readonly penalty: Float64Array;
  readonly constant: number;
}

function startPricing(search: Search, open: readonly number[], rebate: number): Draft {
  const { model, penalty, envelopes } = search;
  const parcel = envelopes[0]!.parcelMilligrams;
  return {
    rebate,
    slope: new Float64Array(open.length),
    penalty: penalty.map((micros, i) => (model.short[i] === 1 ? micros : micros - rebate * cellCount(model.weight[i]!, parcel))),
    constant: rebate * cellCount(countedWeight(model), parcel) + open.length * model.splitMicros,
  };
}

/** Least and greatest slope between neighbouring corners: beyond them the bound only falls. */
function slopeBounds(search: Search, j: number, rebate: number): [number, number] {
  const { weights, micros, cells } = search.envelopes[j]!;
  const last = weights.length - 1;
  const value = (index: number) => micros[index]! - rebate * cells[index]!;
  let low = Infinity;
  let high = -Infinity;
  for (let index = 1; index <= last; index++) {
    if (weights[index]! > weights[0]!) low = Math.min(low, (value(index) - value(0)) / (weights[index]! - weights[0]!));
    if (weights[last]! > weights[index - 1]!) {
      high = Math.max(high, (value(last) - value(index - 1)) / (weights[last]! - weights[index - 1]!));
    }
  }
  return low <= high ? [low, high] : [0, 0];
}

function pricingMicros(search: Search, open: readonly number[], draft: Draft): number {
  const { model, envelopes } = search;
  const n = model.lineCount;
  let micros = draft.constant;
  for (const [s, j] of open.entries()) {
    const envelope = envelopes[j]!;
    micros += rangeIntercept(envelope, envelope.low, envelope.high, draft.slope[s]!, draft.rebate);
  }
  for (let i = 0; i < n; i++) {
    if (model.short[i] === 1) {
      micros += shortLevel(search, open, draft, i);
      continue;
    }
    let best = draft.penalty[i]!;
    for (let s = 0; s < open.length; s++) {
      const level = model.cost[open[s]! * n + i]! + draft.slope[s]! * model.weight[i]!;
      if (level < best) best = level;
    }
    micros += best;
  }
  return micros;
}

/** A short line at the slopes: cheapest share first. */
function shortLevel(search: Search, open: readonly number[], draft: Draft, i: number): number {
  const { model } = search;
  const n = model.lineCount;
  const unitPenalty = draft.penalty[i]! / model.quantity[i]!;
  const offers: { unit: number; amount: number }[] = [];
  let rounding = 0;
  for (let s = 0; s < open.length; s++) {
    const amount = model.amount[open[s]! * n + i]!;
    if (amount === 0) continue;
    const unit = model.cost[open[s]! * n + i]! / amount + (draft.slope[s]! * model.weight[i]!) / model.quantity[i]!;
    if (model.weight[i]! % model.quantity[i]! !== 0) rounding += Math.abs(draft.slope[s]!) / 2;
    if (unit < unitPenalty) offers.push({ unit, amount });
  }
  offers.sort((a, b) => a.unit - b.unit);
  let left = model.quantity[i]!;
  let micros = -rounding;
  for (const { unit, amount } of offers) {
    const taken = Math.min(left, amount);
    micros += unit * taken;
    left -= taken;
  }
  return micros + left * unitPenalty;
}

/** Milligrams assigned to one source at the slopes. */
function assignedWeight(search: Search, open: readonly number[], draft: Draft, target: number): number {
  const { model } = search;
  const n = model.lineCount;
  let weight = 0;
  for (let i = 0; i < n; i++) {
    const own = model.cost[open[target]! * n + i]!;
    if (own === Infinity) continue;
    if (model.short[i] === 1) {
      weight += (model.weight[i]! * model.amount[open[target]! * n + i]!) / model.quantity[i]!;
      continue;
    }
    const level = own + draft.slope[target]! * model.weight[i]!;
    let first = level < draft.penalty[i]!;
    for (let s = 0; s < open.length && first; s++) {
      first = s === target || level < model.cost[open[s]! * n + i]! + draft.slope[s]! * model.weight[i]!;
    }
    if (first) weight += model.weight[i]!;
  }
  return weight;
}

/** The weight at which price less slope × weight is least. */
function turningWeight(search: Search, j: number, slope: number, rebate: number): number {
  const { weights, micros, cells } = search.envelopes[j]!;
  let best = Infinity;
  let at = 0;
  for (let index = 0; index < weights.length; index++) {
    const value = micros[index]! - rebate * cells[index]! - slope * weights[index]!;
    if (value < best) {
      best = value;
      at = weights[index]!;
    }
  }
  return at;
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
