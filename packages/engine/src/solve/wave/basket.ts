// Decides how an order too large for tables is held for quick pricing: its cells, costs, and straight lines below shipment prices.
// Quantities count as divisible wherever lines may be split, for stock may force any of them to be.
import { hullIntercept, hullSlopes, lowerHull, mainSlope, priceEnvelope, type Hull } from '../order/price-envelope.ts';
import type { OrderProblem } from '../order/order-problem.ts';
import { takenMilligrams } from '../order/shipment-price.ts';
import type { WaveModel } from './wave-model.ts';

/** Sources and lines are those of the problem, in its order. A cell is a line at a source that has some of it; cells are by line, then source. */
export interface Basket {
  readonly problem: OrderProblem;
  /** The order's first source in the wave model. */
  readonly firstSource: number;
  readonly lineCount: number;
  readonly sourceCount: number;
  readonly quantity: Float64Array;
  readonly weight: Float64Array;
  /** By line: micros when it stays unsourced wholly. */
  readonly penalty: Float64Array;
  /** By line: its first cell; one past the last line ends the last. */
  readonly cellStart: Int32Array;
  readonly sourceOf: Int32Array;
  /** By cell: units that may be taken on untouched stock. */
  readonly units: Float64Array;
  /** By cell: the stock resource it takes from, or NO_RESOURCE. */
  readonly stockOf: Int32Array;
  /** By cell: micros once when any unit is taken, and for all units of the line. */
  readonly lineMicros: Float64Array;
  readonly goodsMicros: Float64Array;
  /** By source: number of its node within the order. Days of one node share stock. */
  readonly nodeOf: Int32Array;
  readonly nodeCount: number;
  readonly hulls: readonly Hull[];
  /** By source: micros a milligram and micros of a shipment, the split penalty with it: never above the price at any weight. */
  readonly slope: Float64Array;
  readonly fixed: Float64Array;
}

export function basketOf(model: WaveModel, order: number): Basket {
  const { problem } = model.views[order]!;
  const { demands, sources } = problem;
  const firstSource = model.sourceStart[order]!;
  const nodes = [...new Set(sources.map(({ node }) => node))];
  const hulls = sources.map((_, j) => hullOf(problem, j));
  const basket: Basket = {
    problem,
    firstSource,
    lineCount: demands.length,
    sourceCount: sources.length,
    quantity: Float64Array.from(demands, ({ quantity }) => quantity),
    weight: Float64Array.from(demands, ({ weightMilligrams }) => weightMilligrams),
    penalty: Float64Array.from(demands, ({ quantity, unsourcedUnitMicros }) => quantity * unsourcedUnitMicros),
    ...cellsOf(model, firstSource, problem),
    nodeOf: Int32Array.from(sources, ({ node }) => nodes.indexOf(node)),
    nodeCount: nodes.length,
    hulls,
    slope: Float64Array.from(hulls, mainSlope),
    fixed: new Float64Array(sources.length),
  };
  for (let j = 0; j < sources.length; j++) fixAt(basket, j, basket.slope[j]!);
  return basket;
}

function cellsOf(model: WaveModel, firstSource: number, { demands, sources, splitQuantity }: OrderProblem) {
  const cellStart: number[] = [0];
  const sourceOf: number[] = [];
  const units: number[] = [];
  const stockOf: number[] = [];
  const lineMicros: number[] = [];
  const goodsMicros: number[] = [];
  for (const [i, { quantity }] of demands.entries()) {
    for (const [j, source] of sources.entries()) {
      const there = Math.min(quantity, source.available[i]!);
      if (there === 0 || (there < quantity && !splitQuantity)) continue;
      sourceOf.push(j);
      units.push(there);
      stockOf.push(model.lineResource[model.lineResourceStart[firstSource + j]! + i]!);
      lineMicros.push(source.lineMicros[i]!);
      goodsMicros.push(source.unitMicros[i]! * quantity);
    }
    cellStart.push(sourceOf.length);
  }
  return {
    cellStart: Int32Array.from(cellStart),
    sourceOf: Int32Array.from(sourceOf),
    units: Float64Array.from(units),
    stockOf: Int32Array.from(stockOf),
    lineMicros: Float64Array.from(lineMicros),
    goodsMicros: Float64Array.from(goodsMicros),
  };
}

/** Straight lines below the price of any shipment of the source, one unit to all it could send. */
function hullOf({ demands, sources, splitQuantity }: OrderProblem, j: number): Hull {
  const source = sources[j]!;
  let low = Infinity;
  let high = 0;
  for (const [i, { quantity, weightMilligrams }] of demands.entries()) {
    const there = Math.min(quantity, source.available[i]!);
    if (there === 0) continue;
    low = Math.min(low, takenMilligrams(weightMilligrams, quantity, splitQuantity ? 1 : quantity));
    high += takenMilligrams(weightMilligrams, quantity, there);
  }
  return lowerHull(priceEnvelope(source, Math.min(low, high), high, 1, Infinity), 0);
}

/** Takes another slope for a source; parts of a line weigh half a milligram less at most than their share. */
function fixAt({ problem, hulls, slope, fixed, lineCount }: Basket, j: number, at: number): void {
  slope[j] = at;
  fixed[j] = problem.splitMicros + hullIntercept(hulls[j]!, at) - 0.5 * Math.abs(at) * lineCount;
}

/**
 * Gives each source the slope under which it gains least at these line values: that raises the bound.
 * `level` is micros by cell of a whole line at the slopes so far.
 */
export function fitSlopes(basket: Basket, value: Float64Array, level: Float64Array): void {
  const { lineCount: n, sourceCount: m, hulls, units, quantity, weight, cellStart, sourceOf } = basket;
  const cellsAt: [number, number][][] = Array.from({ length: m }, () => []);
  for (let i = 0; i < n; i++) {
    for (let cell = cellStart[i]!; cell < cellStart[i + 1]!; cell++) cellsAt[sourceOf[cell]!]!.push([i, cell]);
  }
  for (let j = 0; j < m; j++) {
    const before = basket.slope[j]!;
    let best = -Infinity;
    let chosen = before;
    for (const slope of hullSlopes(hulls[j]!)) {
      let slack = hullIntercept(hulls[j]!, slope);
      for (const [i, cell] of cellsAt[j]!) {
        const gain = value[i]! - level[cell]! - (slope - before) * weight[i]!;
        if (gain > 0) slack -= (gain * units[cell]!) / quantity[i]!;
      }
      if (slack > best) [best, chosen] = [slack, slope];
    }
    fixAt(basket, j, chosen);
  }
}
