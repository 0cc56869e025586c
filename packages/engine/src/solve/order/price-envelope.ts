// Decides how a source's shipment price, a function of weight with steps and drops, is bounded from below by lines.
// Leaves choosing the slopes to the bounds that use it.
import { perThousand } from '../../base/money.ts';
import { tariffMicros } from '../../costs/tariff.ts';
import type { ServiceOption, Source } from './order-problem.ts';
import { shipmentMicros } from './shipment-price.ts';

/**
 * Corners of a shipment's price over [low, high] milligrams, ascending. Between neighbouring weights of an interval, price minus any line
 * is least at an end of the interval or at a corner inside it. `cells` counts the parcels of `parcelMilligrams` a corner needs:
 * a price less `cells × rebate` has the same corners.
 */
export interface Envelope {
  readonly source: Source;
  readonly low: number;
  readonly high: number;
  readonly weights: Float64Array;
  readonly micros: Float64Array;
  readonly cells: Float64Array;
  readonly parcelMilligrams: number;
  /** Micros by which rounding may put a price below its corners' lines. */
  readonly error: number;
}

interface Corner {
  readonly weight: number;
  readonly micros: number;
  readonly cells: number;
}

/** Weights are multiples of `grain`. `parcelMilligrams` may be Infinity: then every shipment is one cell. */
export function priceEnvelope(
  source: Source,
  low: number,
  high: number,
  grain: number,
  parcelMilligrams: number,
): Envelope {
  let corners: readonly Corner[] = [];
  let error = 0;
  for (const option of source.options) {
    const own = optionCorners(option, low, high, grain, parcelMilligrams);
    corners = corners.length === 0 ? own : mergeCorners(corners, own);
    for (const band of option.tariff.bands) if ((band.perKgMicros * grain) % 1_000_000 !== 0) error = 1;
  }
  return {
    source,
    low,
    high,
    weights: Float64Array.from(corners, (corner) => corner.weight),
    micros: Float64Array.from(corners, (corner) => corner.micros),
    cells: Float64Array.from(corners, (corner) => corner.cells),
    parcelMilligrams,
    error,
  };
}

/** Parcels of `parcelMilligrams` for a weight, at least one: Σ over shipments is never less than that of their sum. */
export function cellCount(weight: number, parcelMilligrams: number): number {
  return Math.max(1, Math.ceil(weight / parcelMilligrams));
}

/** Both ends of every stretch on which the option's price is one straight line, and the kink where a minimum stops to bind. */
function optionCorners(option: ServiceOption, low: number, high: number, grain: number, parcel: number): Corner[] {
  const { bands, maxParcelMilligrams } = option.tariff;
  const fullMicros = maxParcelMilligrams === Infinity ? 0 : tariffMicros(option.tariff, maxParcelMilligrams);
  const corners: Corner[] = [];
  for (let full = 0; full === 0 || full * maxParcelMilligrams < high; full++) {
    const base = full === 0 ? 0 : full * maxParcelMilligrams;
    const paid = option.fixedMicros + full * fullMicros;
    let from = base;
    for (const band of bands) {
      const upto = base + Math.min(band.uptoMilligrams, maxParcelMilligrams);
      const first = Math.max(low, full === 0 && from === base ? 0 : nextWeight(from, grain));
      const last = Math.min(high, upto);
      if (first <= last) {
        const micros = (weight: number) =>
          paid + Math.max(band.minimumMicros, band.fixedMicros + perThousand(band.perKgMicros, (weight - base) / 1000));
        const kink = base + ((band.minimumMicros - band.fixedMicros) * 1_000_000) / band.perKgMicros;
        addStretch(corners, first, last, kink, micros, parcel, grain);
      }
      from = Math.max(from, upto);
      if (from >= high || band.uptoMilligrams >= maxParcelMilligrams) break;
    }
    if (maxParcelMilligrams === Infinity) break;
  }
  return corners;
}

/** One stretch, cut where a cell ends. */
function addStretch(
  corners: Corner[],
  first: number,
  last: number,
  kink: number,
  micros: (weight: number) => number,
  parcel: number,
  grain: number,
): void {
  for (let from = first; from <= last; ) {
    const cells = cellCount(from, parcel);
    const to = parcel === Infinity ? last : Math.min(last, cells * parcel);
    corners.push({ weight: from, micros: micros(from), cells });
    if (kink > from && kink < to) corners.push({ weight: kink, micros: micros(kink), cells });
    if (to > from) corners.push({ weight: to, micros: micros(to), cells });
    from = nextWeight(to, grain);
  }
}

/** The least weight above. */
function nextWeight(weight: number, grain: number): number {
  return (Math.floor(weight / grain) + 1) * grain;
}

function mergeCorners(a: readonly Corner[], b: readonly Corner[]): Corner[] {
  const merged: Corner[] = [];
  for (let i = 0, k = 0; i < a.length || k < b.length; ) {
    if (k === b.length || (i < a.length && a[i]!.weight <= b[k]!.weight)) merged.push(a[i++]!);
    else merged.push(b[k++]!);
  }
  return merged;
}

/** Lower convex hull of the corners less `rebate` a cell: weights ascending, slopes between them rising. */
export interface Hull {
  readonly weights: Float64Array;
  readonly micros: Float64Array;
}

export function lowerHull(envelope: Envelope, rebate: number): Hull {
  const weights: number[] = [];
  const micros: number[] = [];
  for (let index = 0; index < envelope.weights.length; index++) {
    const x = envelope.weights[index]!;
    const y = envelope.micros[index]! - rebate * envelope.cells[index]! - envelope.error;
    if (weights.length > 0 && weights.at(-1) === x) {
      if (y >= micros.at(-1)!) continue;
      weights.pop();
      micros.pop();
    }
    while (weights.length > 1 && !turnsUp(weights, micros, x, y)) {
      weights.pop();
      micros.pop();
    }
    weights.push(x);
    micros.push(y);
  }
  return { weights: Float64Array.from(weights), micros: Float64Array.from(micros) };
}

function turnsUp(weights: readonly number[], micros: readonly number[], x: number, y: number): boolean {
  const last = weights.length - 1;
  const slope = (micros[last]! - micros[last - 1]!) / (weights[last]! - weights[last - 1]!);
  return (y - micros[last]!) / (x - weights[last]!) > slope;
}

/** Greatest `a` with a + slope × weight never above the hull. */
export function hullIntercept(hull: Hull, slope: number): number {
  let best = Infinity;
  for (let index = 0; index < hull.weights.length; index++) {
    const value = hull.micros[index]! - slope * hull.weights[index]!;
    if (value < best) best = value;
  }
  return best;
}

/** Slopes of the hull's segments; 0 where it is a single point. */
export function hullSlopes(hull: Hull): number[] {
  const slopes: number[] = [];
  for (let index = 1; index < hull.weights.length; index++) {
    slopes.push((hull.micros[index]! - hull.micros[index - 1]!) / (hull.weights[index]! - hull.weights[index - 1]!));
  }
  return slopes.length === 0 ? [0] : slopes;
}

/** Slope of the hull's longest segment. */
export function mainSlope(hull: Hull): number {
  let longest = 0;
  let slope = 0;
  for (let index = 1; index < hull.weights.length; index++) {
    const span = hull.weights[index]! - hull.weights[index - 1]!;
    if (span <= longest) continue;
    longest = span;
    slope = (hull.micros[index]! - hull.micros[index - 1]!) / span;
  }
  return slope;
}

/** Least of price − rebate × cells − slope × weight for weights from `from` to `to`. */
export function rangeIntercept(envelope: Envelope, from: number, to: number, slope: number, rebate: number): number {
  const atFrom =
    shipmentMicros(envelope.source, from) - rebate * cellCount(from, envelope.parcelMilligrams) - slope * from;
  if (to <= from) return atFrom;
  const atTo = shipmentMicros(envelope.source, to) - rebate * cellCount(to, envelope.parcelMilligrams) - slope * to;
  let best = atFrom < atTo ? atFrom : atTo;
  const { weights, micros, cells } = envelope;
  let index = firstAbove(weights, from);
  const end = weights.length;
  for (; index < end; index++) {
    const weight = weights[index]!;
    if (weight >= to) break;
    const value = micros[index]! - rebate * cells[index]! - slope * weight;
    if (value < best) best = value;
  }
  return best - envelope.error;
}

function firstAbove(weights: Float64Array, from: number): number {
  let low = 0;
  let high = weights.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (weights[middle]! > from) high = middle;
    else low = middle + 1;
  }
  return low;
}
