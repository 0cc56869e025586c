// Decides what one order costs at least whatever other orders take: the bound of a wave is the sum of these.
// Where lines may be split, stock may force any of them to be, so every quantity is taken as divisible; that only lowers the bound.
import { leastUnitMicros, stepsMicros } from '../../base/cost-steps.ts';
import { mergeTogether } from './merge-together.ts';
import { mergesFreely } from './merges-freely.ts';
import { boundBySearch, rootTables } from './open-set-search.ts';
import { type OrderModel, unsourcedMicros } from './order-model.ts';
import type { OrderProblem, Source } from './order-problem.ts';
import { leastRisingMicros } from './rising-micros.ts';
import { createSearch } from './search-state.ts';
import { sourceBound } from './source-bound.ts';

/**
 * Micros that no plan for the order goes below, on the availability of `problem` or any part of it.
 *
 * Either every unit is sourced, and then the parcel count of the whole order binds, or at least one unit is left and its
 * penalty is paid: the lesser of the two bounds holds.
 */
export function boundOrder(problem: OrderProblem): number {
  return boundMerged(mergeTogether(problem)?.problem ?? problem);
}

function boundMerged(problem: OrderProblem): number {
  const nothing = unsourcedMicros(problem);
  const model = divisibleModel(problem);
  if (model.lineCount === 0) return nothing;
  const partial = relax(model, nothing);
  const some = partial.micros + (model.lostMicros > 0 ? 0 : partial.leavingMicros);
  const all = coversEverything(model) ? relax({ ...model, allOrNothing: true }, nothing).micros : Infinity;
  return Math.max(0, Math.min(nothing, some, all));
}

/**
 * The same by branch and bound over the sources that open, as far as `work` reaches: never below `boundOrder`. `knownMicros` is the
 * cost of any plan for the order; the search goes no further than that.
 */
export function boundOrderBySearch(problem: OrderProblem, knownMicros: number, work: number): number {
  const merged = mergeTogether(problem)?.problem ?? problem;
  const quick = boundMerged(merged);
  const model = divisibleModel(merged);
  if (model.lineCount === 0 || quick >= knownMicros) return Math.min(quick, knownMicros);
  // At high prices the known plan may be dearer than sending nothing, which the search does not weigh.
  const least = Math.min(knownMicros, unsourcedMicros(merged));
  return Math.max(quick, Math.min(least, boundBySearch(model, least, work)));
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
  const unitCost = new Float64Array(m * n);
  for (const [j, source] of kept.entries()) {
    for (const [i, line] of lines.entries()) {
      const of = problem.sources[source]!;
      const units = usableUnits(problem, of, line);
      if (units === 0) continue;
      amount[j * n + i] = units;
      cost[j * n + i] = relaxedMicros(problem, of, line, units);
      unitCost[j * n + i] = of.unitMicros[line]! + leastRisingMicros(of, line, 1, true);
    }
  }
  const short = lines.map((line) => isDivisible(problem, line));
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
    short: Uint8Array.from(short, (flag) => (flag ? 1 : 0)),
    shortCount: short.filter(Boolean).length,
    amount,
    cost,
    unitCost,
    rising: false,
    minPartMicros: 0,
    value: new Float64Array(n),
    lostValueMicros: 0,
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

/**
 * Without limits on units a later day of a node says something new only where it has more stock or, at prices, costs less,
 * or where two shipments may cost less than one.
 */
function undominatedSources(problem: OrderProblem): number[] {
  const { sources } = problem;
  return [...sources.keys()].filter((index) => !sources.some((other) => dominates(problem, other, sources[index]!)));
}

function dominates(problem: OrderProblem, earlier: Source, later: Source): boolean {
  return (
    earlier.node === later.node &&
    earlier.day < later.day &&
    earlier.options.length === later.options.length &&
    later.available.every((units, line) => units <= earlier.available[line]!) &&
    later.unitMicros.every((micros, line) => micros >= earlier.unitMicros[line]!) &&
    later.lineMicros.every((micros, line) => micros >= earlier.lineMicros[line]!) &&
    noDearerToFill(problem, earlier, later) &&
    mergesFreely(problem, earlier) &&
    later.options.every(({ fixedMicros, tariff }, option) => {
      return fixedMicros >= earlier.options[option]!.fixedMicros && tariff === earlier.options[option]!.tariff;
    })
  );
}

/** Both days draw on the same stock, but a node may have more to do on the earlier. */
function noDearerToFill(problem: OrderProblem, earlier: Source, later: Source): boolean {
  if (earlier.unitSteps === undefined) return true;
  return problem.demands.every(({ quantity }, line) => {
    const [own, other] = isDivisible(problem, line)
      ? [leastUnitMicros(earlier.unitSteps!), leastUnitMicros(later.unitSteps ?? [])]
      : [stepsMicros(earlier.unitSteps!, quantity), stepsMicros(later.unitSteps ?? [], quantity)];
    return own <= other;
  });
}

/** What units of a line cost besides their shipment, rising costs at the least. */
function relaxedMicros(problem: OrderProblem, source: Source, line: number, units: number): number {
  const rising = leastRisingMicros(source, line, units, isDivisible(problem, line));
  return source.lineMicros[line]! + source.unitMicros[line]! * units + rising;
}

function isDivisible({ demands, splitQuantity }: OrderProblem, line: number): boolean {
  return splitQuantity && demands[line]!.quantity > 1;
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
