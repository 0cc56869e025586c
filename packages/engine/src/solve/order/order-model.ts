// Decides which part of an order problem still has to be searched: useful sources, lines that can be supplied, dense cost tables.
// Leaves searching to the solvers; what nobody can supply is settled here as lost.
import type { OrderProblem } from './order-problem.ts';
import { hasRisingCosts, leastRisingMicros } from './rising-micros.ts';

/** Lines are demands that at least one source can supply, sources those that can supply at least one line; both keep their order. */
export interface OrderModel {
  readonly problem: OrderProblem;
  readonly lineCount: number;
  readonly sourceCount: number;
  /** By line: position of its demand in the problem. */
  readonly demandOf: Int32Array;
  /** By source: position in the problem. */
  readonly sourceOf: Int32Array;
  readonly weight: Float64Array;
  readonly quantity: Float64Array;
  /** By line: micros when it stays unsourced wholly. */
  readonly penalty: Float64Array;
  /** By line: 1 where no single source has the whole quantity. */
  readonly short: Uint8Array;
  readonly shortCount: number;
  /** By source and line: units that may be taken, 0 where none; whole lines have all or nothing. */
  readonly amount: Float64Array;
  /** By source and line: micros for taking `amount`, besides the shipment; Infinity where nothing can be taken. Rising costs at the least. */
  readonly cost: Float64Array;
  /** By source and line: micros for each unit of a part, rising costs at the least. */
  readonly unitCost: Float64Array;
  /** Whether what is taken may cost more than `cost` says. */
  readonly rising: boolean;
  readonly unitsLeft: Float64Array;
  /** Micros of the demands that no source can supply. */
  readonly lostMicros: number;
  /** Every demand is supplied or none is. */
  readonly allOrNothing: boolean;
  /** A short line may come from several sources. */
  readonly splitQuantity: boolean;
  readonly maxShipments: number;
  /** What a part is worth at least; 0 where that does not matter. */
  readonly minPartMicros: number;
  /** By line: goods value; and that of the demands that no source can supply. */
  readonly value: Float64Array;
  readonly lostValueMicros: number;
  /** Split penalty with a fraction of a micro on top, so that of equal costs the one with fewer shipments is less. */
  readonly splitMicros: number;
  /** That fraction. */
  readonly tick: number;
  /** All weights and parcel limits are multiples of this many milligrams. */
  readonly grain: number;
}

/** Micros when nothing is sourced at all. */
export function unsourcedMicros(problem: OrderProblem): number {
  let sum = 0;
  for (const demand of problem.demands) sum += demand.unsourcedUnitMicros * demand.quantity;
  return sum;
}

/** The dense model; undefined where the order cannot go out at all, so that leaving everything is the only answer. */
export function orderModel(problem: OrderProblem): OrderModel | undefined {
  const allOrNothing = problem.shipComplete || !problem.partial;
  const maxShipments = Math.min(problem.maxShipments, problem.sources.length, partLimit(problem));
  const reach = problem.demands.map((_, demand) => reachOf(problem, demand));
  const usable = problem.demands.map((_, demand) => {
    if (reach[demand] === 'none') return false;
    return reach[demand] === 'whole' || problem.splitQuantity;
  });
  if (maxShipments < 1 || (allOrNothing && usable.includes(false)) || !usable.includes(true)) return undefined;
  const lines: number[] = [];
  let lostMicros = 0;
  let lostValueMicros = 0;
  for (const [index, demand] of problem.demands.entries()) {
    if (usable[index]) lines.push(index);
    else {
      lostMicros += demand.unsourcedUnitMicros * demand.quantity;
      lostValueMicros += demand.valueMicros ?? 0;
    }
  }
  const tables = costTables(problem, lines, reach);
  const tick = 2 ** -Math.ceil(Math.log2(maxShipments + 1) + 1);
  const shortCount = tables.short.reduce((sum, flag) => sum + flag, 0);
  return {
    problem,
    lineCount: lines.length,
    demandOf: Int32Array.from(lines),
    weight: Float64Array.from(lines, (line) => problem.demands[line]!.weightMilligrams),
    quantity: Float64Array.from(lines, (line) => problem.demands[line]!.quantity),
    penalty: Float64Array.from(
      lines,
      (line) => problem.demands[line]!.unsourcedUnitMicros * problem.demands[line]!.quantity,
    ),
    ...tables,
    shortCount,
    rising: hasRisingCosts(problem),
    minPartMicros: problem.minPartMicros ?? 0,
    value: Float64Array.from(lines, (line) => problem.demands[line]!.valueMicros ?? 0),
    lostValueMicros,
    lostMicros,
    allOrNothing,
    splitQuantity: problem.splitQuantity,
    maxShipments,
    splitMicros: problem.splitMicros + tick,
    tick,
    grain: grainOf(problem, lines, tables.short),
  };
}

/** Shipments that an order can have when each is worth the minimum; it may always go in one. */
function partLimit({ demands, minPartMicros }: OrderProblem): number {
  if (!minPartMicros) return Infinity;
  const worth = demands.reduce((sum, demand) => sum + (demand.valueMicros ?? 0), 0);
  return worth < minPartMicros ? 1 : Infinity;
}

type Reach = 'none' | 'whole' | 'short';

/** Whether a source can send the whole quantity, some of it, or nothing: by its stock and by the units it can handle. */
function reachOf(problem: OrderProblem, demand: number): Reach {
  const quantity = problem.demands[demand]!.quantity;
  let reach: Reach = 'none';
  for (const source of problem.sources) {
    const units = Math.min(source.available[demand]!, source.unitsLeft);
    if (units >= quantity) return 'whole';
    if (units >= 1) reach = 'short';
  }
  return reach;
}

function costTables(problem: OrderProblem, lines: readonly number[], reach: readonly Reach[]) {
  const short = Uint8Array.from(lines, (line) => (reach[line] === 'short' ? 1 : 0));
  const useful: number[] = [];
  for (const [index, source] of problem.sources.entries()) {
    if (lines.some((line, i) => amountOf(problem, source, line, short[i] === 1) > 0)) useful.push(index);
  }
  const n = lines.length;
  const amount = new Float64Array(useful.length * n);
  const cost = new Float64Array(useful.length * n).fill(Infinity);
  const unitCost = new Float64Array(useful.length * n);
  for (const [j, index] of useful.entries()) {
    const source = problem.sources[index]!;
    for (let i = 0; i < n; i++) {
      const units = amountOf(problem, source, lines[i]!, short[i] === 1);
      if (units === 0) continue;
      amount[j * n + i] = units;
      const line = lines[i]!;
      const rising = leastRisingMicros(source, line, units, short[i] === 1);
      cost[j * n + i] = source.lineMicros[line]! + source.unitMicros[line]! * units + rising;
      unitCost[j * n + i] = source.unitMicros[line]! + leastRisingMicros(source, line, 1, true);
    }
  }
  const sourceOf = Int32Array.from(useful);
  const unitsLeft = Float64Array.from(useful, (index) => problem.sources[index]!.unitsLeft);
  return { short, amount, cost, unitCost, sourceOf, sourceCount: useful.length, unitsLeft };
}

function amountOf(
  problem: OrderProblem,
  source: OrderProblem['sources'][number],
  line: number,
  short: boolean,
): number {
  const quantity = problem.demands[line]!.quantity;
  const available = source.available[line]!;
  if (short) return Math.max(0, Math.min(available, quantity, Math.floor(source.unitsLeft)));
  return available >= quantity && quantity <= source.unitsLeft ? quantity : 0;
}

function grainOf(problem: OrderProblem, lines: readonly number[], short: Uint8Array): number {
  let grain = 0;
  for (const [i, line] of lines.entries()) {
    const { weightMilligrams, quantity } = problem.demands[line]!;
    const unit =
      short[i] === 0 ? weightMilligrams : weightMilligrams % quantity === 0 ? weightMilligrams / quantity : 1;
    grain = greatestCommonDivisor(unit, grain);
  }
  for (const source of problem.sources) {
    for (const option of source.options) {
      const limit = option.tariff.maxParcelMilligrams;
      if (grain !== 1 && limit !== Infinity) grain = greatestCommonDivisor(limit, grain);
    }
  }
  return Math.max(1, grain);
}

function greatestCommonDivisor(a: number, b: number): number {
  let [high, low] = [a, b];
  while (low > 0) [high, low] = [low, high % low];
  return high;
}
