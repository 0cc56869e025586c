// Decides what one order costs at least whatever other orders take: the bound of a wave is the sum of these.
// Where lines may be split, stock may force any of them to be, so every quantity is taken as divisible; that only lowers the bound.
import { rootTables } from './open-set-search.ts';
import { type OrderModel, unsourcedMicros } from './order-model.ts';
import type { OrderProblem, Source } from './order-problem.ts';
import { createSearch } from './search-state.ts';
import { sourceBound } from './source-bound.ts';

/**
 * Micros that no plan for the order goes below, on the availability of `problem` or any part of it.
 *
 * Either every unit is sourced, and then the parcel count of the whole order binds, or at least one unit is left and its
 * penalty is paid: the lesser of the two bounds holds.
 */
export function boundOrder(problem: OrderProblem): number {
  const nothing = unsourcedMicros(problem);
  const model = divisibleModel(problem);
  if (model.lineCount === 0) return nothing;
  const partial = relax(model, nothing);
  const some = partial.micros + (model.lostMicros > 0 ? 0 : partial.leavingMicros);
  const all = coversEverything(model) ? relax({ ...model, allOrNothing: true }, nothing).micros : Infinity;
  return Math.max(0, Math.min(nothing, some, all));
}

interface Relaxed {
  readonly micros: number;
  /** What leaving one unit adds at least: the least reduced cost, penalty less the line's value, of any unit. */
  readonly leavingMicros: number;
}

function relax(model: OrderModel, nothing: number): Relaxed {
  const search = createSearch(model, nothing, 1);
  const free = new Uint8Array(model.sourceCount);
  let best: Relaxed = { micros: -Infinity, leavingMicros: 0 };
  for (const tables of rootTables(search)) {
    const bound = sourceBound(model, tables, free);
    // The first shipment pays no split penalty; a micro is given back for rounding in doubles.
    const micros = bound.micros - model.splitMicros + model.lostMicros - 1;
    const reduced = bound.value.map((value, i) => Math.max(0, tables.penalty[i]! - value) / model.quantity[i]!);
    if (micros > best.micros) best = { micros, leavingMicros: Math.min(...reduced) };
  }
  return best;
}

/** Every line may be taken in any quantity from every source that has some. */
function divisibleModel(problem: OrderProblem): OrderModel {
  const lines: number[] = [];
  let lostMicros = 0;
  for (const [index, demand] of problem.demands.entries()) {
    if (problem.sources.some((source) => usableUnits(problem, source, index) > 0)) lines.push(index);
    else lostMicros += demand.unsourcedUnitMicros * demand.quantity;
  }
  const kept = undominatedSources(problem);
  const n = lines.length;
  const m = kept.length;
  const amount = new Float64Array(m * n);
  const cost = new Float64Array(m * n).fill(Infinity);
  for (const [j, source] of kept.entries()) {
    for (const [i, line] of lines.entries()) fillCell(problem, amount, cost, j * n + i, problem.sources[source]!, line);
  }
  const divisible = (demand: OrderProblem['demands'][number]): boolean => problem.splitQuantity && demand.quantity > 1;
  const of = <T>(read: (demand: OrderProblem['demands'][number]) => T): T[] =>
    lines.map((line) => read(problem.demands[line]!));
  return {
    problem,
    lineCount: n,
    sourceCount: m,
    demandOf: Int32Array.from(lines),
    sourceOf: Int32Array.from(kept),
    weight: Float64Array.from(of((demand) => demand.weightMilligrams)),
    quantity: Float64Array.from(of((demand) => demand.quantity)),
    penalty: Float64Array.from(of((demand) => demand.unsourcedUnitMicros * demand.quantity)),
    short: Uint8Array.from(of((demand) => (divisible(demand) ? 1 : 0))),
    shortCount: of(divisible).filter(Boolean).length,
    amount,
    cost,
    unitsLeft: new Float64Array(m).fill(Infinity),
    lostMicros,
    allOrNothing: false,
    splitQuantity: problem.splitQuantity,
    maxShipments: Math.max(1, m),
    splitMicros: problem.splitMicros,
    tick: 0,
    grain: 1,
  };
}

/** Without limits on units a later day of a node says something new only where it has more stock or, at prices, costs less. */
function undominatedSources({ sources }: OrderProblem): number[] {
  return [...sources.keys()].filter((index) => !sources.some((other) => dominates(other, sources[index]!)));
}

function dominates(earlier: Source, later: Source): boolean {
  return (
    earlier.node === later.node &&
    earlier.day < later.day &&
    earlier.options.length === later.options.length &&
    later.available.every((units, line) => units <= earlier.available[line]!) &&
    later.unitMicros.every((micros, line) => micros >= earlier.unitMicros[line]!) &&
    later.lineMicros.every((micros, line) => micros >= earlier.lineMicros[line]!) &&
    later.options.every(({ fixedMicros, tariff }, option) => {
      return fixedMicros >= earlier.options[option]!.fixedMicros && tariff === earlier.options[option]!.tariff;
    })
  );
}

function fillCell(
  problem: OrderProblem,
  amount: Float64Array,
  cost: Float64Array,
  cell: number,
  source: Source,
  line: number,
): void {
  const units = usableUnits(problem, source, line);
  if (units === 0) return;
  amount[cell] = units;
  cost[cell] = source.lineMicros[line]! + source.unitMicros[line]! * units;
}

/** What a source has of a line; where lines come whole, all of it or nothing. */
function usableUnits({ demands, splitQuantity }: OrderProblem, source: Source, line: number): number {
  const units = source.available[line]!;
  return splitQuantity || units >= demands[line]!.quantity ? units : 0;
}

function coversEverything(model: OrderModel): boolean {
  if (model.lostMicros > 0) return false;
  for (let i = 0; i < model.lineCount; i++) {
    let units = 0;
    for (let j = 0; j < model.sourceCount; j++) units += model.amount[j * model.lineCount + i]!;
    if (units < model.quantity[i]!) return false;
  }
  return true;
}
