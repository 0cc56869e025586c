// Decides how an order too large for tables is held for quick pricing: dense units, costs and straight lines below shipment prices.
// Quantities count as divisible wherever lines may be split, for stock may force any of them to be.
import { hullIntercept, hullSlopes, lowerHull, mainSlope, priceEnvelope, type Hull } from '../order/price-envelope.ts';
import type { OrderProblem } from '../order/order-problem.ts';
import { takenMilligrams } from '../order/shipment-price.ts';

/** Sources and lines are those of the problem, in its order. Cells are by line, then source. */
export interface Basket {
  readonly problem: OrderProblem;
  readonly lineCount: number;
  readonly sourceCount: number;
  readonly quantity: Float64Array;
  readonly weight: Float64Array;
  /** By line: micros when it stays unsourced wholly. */
  readonly penalty: Float64Array;
  /** By cell: units that may be taken on untouched stock. */
  readonly units: Float64Array;
  /** By cell: micros once when any unit is taken, and for each unit. */
  readonly lineMicros: Float64Array;
  readonly unitMicros: Float64Array;
  /** By source: number of its node within the order. Days of one node share stock. */
  readonly nodeOf: Int32Array;
  readonly nodeCount: number;
  readonly hulls: readonly Hull[];
  /** By source: micros a milligram and micros of a shipment, the split penalty with it: never above the price at any weight. */
  readonly slope: Float64Array;
  readonly fixed: Float64Array;
}

export function basketOf(problem: OrderProblem): Basket {
  const { demands, sources, splitQuantity } = problem;
  const n = demands.length;
  const m = sources.length;
  const units = new Float64Array(n * m);
  const lineMicros = new Float64Array(n * m);
  const unitMicros = new Float64Array(n * m);
  for (const [j, source] of sources.entries()) {
    for (const [i, { quantity }] of demands.entries()) {
      const there = Math.min(quantity, source.available[i]!);
      units[i * m + j] = splitQuantity || there === quantity ? there : 0;
      lineMicros[i * m + j] = source.lineMicros[i]!;
      unitMicros[i * m + j] = source.unitMicros[i]!;
    }
  }
  const nodes = [...new Set(sources.map(({ node }) => node))];
  const hulls = sources.map((_, j) => hullOf(problem, j));
  const basket: Basket = {
    problem,
    lineCount: n,
    sourceCount: m,
    quantity: Float64Array.from(demands, ({ quantity }) => quantity),
    weight: Float64Array.from(demands, ({ weightMilligrams }) => weightMilligrams),
    penalty: Float64Array.from(demands, ({ quantity, unsourcedUnitMicros }) => quantity * unsourcedUnitMicros),
    units,
    lineMicros,
    unitMicros,
    nodeOf: Int32Array.from(sources, ({ node }) => nodes.indexOf(node)),
    nodeCount: nodes.length,
    hulls,
    slope: Float64Array.from(hulls, mainSlope),
    fixed: new Float64Array(m),
  };
  for (let j = 0; j < m; j++) fixAt(basket, j, basket.slope[j]!);
  return basket;
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

/** Gives each source the slope under which it gains least at these line values: that raises the bound. `added` is micros by cell and whole line. */
export function fitSlopes(basket: Basket, value: Float64Array, added: (cell: number) => number): void {
  const { lineCount: n, sourceCount: m, hulls, units, quantity, lineMicros, unitMicros, weight } = basket;
  for (let j = 0; j < m; j++) {
    let best = -Infinity;
    let chosen = basket.slope[j]!;
    for (const slope of hullSlopes(hulls[j]!)) {
      let slack = hullIntercept(hulls[j]!, slope);
      for (let i = 0; i < n; i++) {
        const cell = i * m + j;
        if (units[cell] === 0) continue;
        const share = units[cell]! / quantity[i]!;
        const level =
          lineMicros[cell]! / share + unitMicros[cell]! * quantity[i]! + slope * weight[i]! + added(cell);
        if (value[i]! > level) slack -= (value[i]! - level) * share;
      }
      if (slack > best) [best, chosen] = [slack, slope];
    }
    fixAt(basket, j, chosen);
  }
}
