// Decides small orders of whole lines exactly, by a program over subsets of lines.
// Where parts have a least value, every set of lines that may be supplied is weighed, and only shipments worth enough make it up.
// Leaves larger orders and quantities from several sources to the open-set search.
import { stepsMicros } from '../../base/cost-steps.ts';
import { tariffMicros, type Tariff } from '../../costs/tariff.ts';
import type { OrderModel } from './order-model.ts';

export const MAX_SUBSET_LINES = 10;

/** One source's lines, as a bit mask. */
export interface Part {
  readonly source: number;
  readonly lines: number;
}

export interface SubsetAnswer {
  readonly parts: readonly Part[];
  readonly work: number;
}

/** The best parts for a model of at most ten lines, none of them short. At least one part, where one is possible: the caller compares with leaving everything. */
export function subsetProgram(model: OrderModel): SubsetAnswer {
  const oracle = shipmentOracle(model);
  const full = (1 << model.lineCount) - 1;
  const supplies = suppliesOf(model, full);
  const free = partition(model, oracle, full, supplies);
  if (isProper(free.parts, model.maxShipments)) return free;
  const counted = countedPartition(model, oracle, full, supplies);
  if (isProper(counted.parts, model.maxShipments)) return { parts: counted.parts, work: free.work + counted.work };
  const distinct = distinctSources(model, oracle, full, supplies);
  return { parts: distinct.parts, work: free.work + counted.work + distinct.work };
}

/** A source may appear once only; the partition programs do not see to it, because merging hardly ever costs more. */
function isProper(parts: readonly Part[], maxShipments: number): boolean {
  return parts.length <= maxShipments && new Set(parts.map((part) => part.source)).size === parts.length;
}

/** Lines that are supplied or left by the program, and what leaving all other lines costs. */
interface Supply {
  readonly lines: number;
  readonly leftMicros: number;
}

/** All lines, each to be supplied or left; where parts have a least value, each set that leaves nothing or enough. */
function suppliesOf(model: OrderModel, full: number): Supply[] {
  if (model.minPartMicros === 0 || model.allOrNothing) return [{ lines: full, leftMicros: 0 }];
  const worth = maskSums(model.value, full + 1);
  const penalty = maskSums(model.penalty, full + 1);
  const supplies: Supply[] = [];
  for (let lines = full; lines > 0; lines--) {
    const left = full ^ lines;
    const restMicros = worth[left]! + model.lostValueMicros;
    if (restMicros <= 0 || restMicros >= model.minPartMicros) supplies.push({ lines, leftMicros: penalty[left]! });
  }
  return supplies;
}

interface Oracle {
  /** By source, then by mask: micros of that shipment with its lines, split penalty included; Infinity where impossible. */
  readonly micros: readonly Float64Array[];
  /** By mask: the least over the sources, and which source. */
  readonly best: Float64Array;
  readonly bestSource: Int16Array;
}

function shipmentOracle(model: OrderModel): Oracle {
  const size = 1 << model.lineCount;
  const weights = maskSums(model.weight, size);
  const units = maskSums(model.quantity, size);
  const worth = model.minPartMicros > 0 ? maskSums(model.value, size) : undefined;
  const least = partMicros(model);
  const byTariff = new Map<Tariff, Float64Array>();
  const pricesOf = (tariff: Tariff): Float64Array => {
    let prices = byTariff.get(tariff);
    if (prices === undefined) {
      prices = Float64Array.from(weights, (weight) => tariffMicros(tariff, weight));
      byTariff.set(tariff, prices);
    }
    return prices;
  };
  const best = new Float64Array(size).fill(Infinity);
  const bestSource = new Int16Array(size).fill(-1);
  const micros: Float64Array[] = [];
  for (let j = 0; j < model.sourceCount; j++) {
    const prices = sourceOracle(model, j, units, pricesOf);
    for (let mask = 1; mask < size; mask++) {
      if (worth && worth[mask]! < least) prices[mask] = Infinity;
      if (prices[mask]! < best[mask]!) {
        best[mask] = prices[mask]!;
        bestSource[mask] = j;
      }
    }
    micros.push(prices);
  }
  return { micros, best, bestSource };
}

function sourceOracle(
  model: OrderModel,
  j: number,
  units: Float64Array,
  pricesOf: (tariff: Tariff) => Float64Array,
): Float64Array {
  const n = model.lineCount;
  const size = 1 << n;
  const linear = new Float64Array(size);
  const strain = model.problem.sources[model.sourceOf[j]!]!.unitSteps;
  let reach = 0;
  for (let i = 0; i < n; i++) if (model.amount[j * n + i]! > 0) reach |= 1 << i;
  const options = model.problem.sources[model.sourceOf[j]!]!.options;
  const tables = options.map((option) => pricesOf(option.tariff));
  const prices = new Float64Array(size).fill(Infinity);
  linear[0] = model.splitMicros;
  for (let mask = 1; mask < size; mask++) {
    if ((mask & ~reach) !== 0) continue;
    const low = 31 - Math.clz32(mask & -mask);
    linear[mask] = linear[mask & (mask - 1)]! + model.cost[j * n + low]!;
    // The cost of a line holds what its own units add; those of all lines together may add more.
    if (strain) linear[mask]! -= stepsMicros(strain, model.quantity[low]!);
    if (units[mask]! > model.unitsLeft[j]!) continue;
    let shipment = Infinity;
    for (let option = 0; option < tables.length; option++) {
      const total = options[option]!.fixedMicros + tables[option]![mask]!;
      if (total < shipment) shipment = total;
    }
    prices[mask] = shipment + linear[mask]! + (strain ? stepsMicros(strain, units[mask]!) : 0);
  }
  return prices;
}

function maskSums(values: Float64Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (let mask = 1; mask < size; mask++) {
    sums[mask] = sums[mask & (mask - 1)]! + values[31 - Math.clz32(mask & -mask)]!;
  }
  return sums;
}

/** What a shipment is worth at least: the minimum, or, where the whole order is worth less, all that it is worth. */
function partMicros({ minPartMicros, value, lostValueMicros }: OrderModel): number {
  return Math.min(
    minPartMicros,
    value.reduce((sum, micros) => sum + micros, lostValueMicros),
  );
}

/** Micros of leaving out the lowest line of a mask; where parts have a least value the lines left out are chosen first. */
function leavingOf(model: OrderModel, mask: number): number {
  return model.allOrNothing || model.minPartMicros > 0 ? Infinity : model.penalty[31 - Math.clz32(mask & -mask)]!;
}

/** best[S] = min over T within S that hold the lowest line of S, or that line left out. */
function partition(model: OrderModel, oracle: Oracle, full: number, supplies: readonly Supply[]): SubsetAnswer {
  const value = new Float64Array(full + 1);
  const choice = new Int32Array(full + 1);
  let work = 0;
  for (let mask = 1; mask <= full; mask++) {
    const low = mask & -mask;
    const others = mask ^ low;
    let best = leavingOf(model, mask) + value[others]!;
    let taken = 0;
    for (let rest = others; ; rest = (rest - 1) & others) {
      const total = oracle.best[mask ^ rest]! + value[rest]!;
      work++;
      if (total < best) {
        best = total;
        taken = mask ^ rest;
      }
      if (rest === 0) break;
    }
    value[mask] = best;
    choice[mask] = taken;
  }
  const { first, lines } = firstPart(oracle, value, 0, supplies);
  if (first === 0) return { parts: [], work };
  const parts: Part[] = [{ source: oracle.bestSource[first]!, lines: first }];
  for (let mask = lines ^ first; mask > 0; ) {
    const taken = choice[mask]!;
    if (taken > 0) parts.push({ source: oracle.bestSource[taken]!, lines: taken });
    mask ^= taken > 0 ? taken : mask & -mask;
  }
  return { parts, work };
}

/** The best part to begin with: every part carries a split penalty, so that plans with none are compared apart. 0 where none fits. */
function firstPart(
  oracle: Oracle,
  value: Float64Array,
  offset: number,
  supplies: readonly Supply[],
): { readonly first: number; readonly lines: number } {
  let best = Infinity;
  let choice = { first: 0, lines: 0 };
  for (const { lines, leftMicros } of supplies) {
    for (let taken = lines; taken > 0; taken = (taken - 1) & lines) {
      const total = oracle.best[taken]! + value[offset + (lines ^ taken)]! + leftMicros;
      if (total < best) [best, choice] = [total, { first: taken, lines }];
    }
  }
  return choice;
}

/** The same with the number of shipments as a dimension. */
function countedPartition(model: OrderModel, oracle: Oracle, full: number, supplies: readonly Supply[]): SubsetAnswer {
  const size = full + 1;
  const limit = Math.min(model.maxShipments, model.lineCount);
  const value = new Float64Array(size * (limit + 1)).fill(Infinity);
  const choice = new Int32Array(size * (limit + 1));
  let work = 0;
  for (let count = 0; count <= limit; count++) {
    value[count * size] = 0;
    for (let mask = 1; mask < size; mask++) {
      const others = mask & (mask - 1);
      let best = leavingOf(model, mask) + value[count * size + others]!;
      let taken = 0;
      if (count > 0) {
        for (let rest = others; ; rest = (rest - 1) & others) {
          const total = oracle.best[mask ^ rest]! + value[(count - 1) * size + rest]!;
          work++;
          if (total < best) {
            best = total;
            taken = mask ^ rest;
          }
          if (rest === 0) break;
        }
      }
      value[count * size + mask] = best;
      choice[count * size + mask] = taken;
    }
  }
  const { first, lines } = firstPart(oracle, value, (limit - 1) * size, supplies);
  if (first === 0) return { parts: [], work };
  const parts: Part[] = [{ source: oracle.bestSource[first]!, lines: first }];
  for (let mask = lines ^ first, count = limit - 1; mask > 0; ) {
    const taken = choice[count * size + mask]!;
    if (taken > 0) {
      parts.push({ source: oracle.bestSource[taken]!, lines: taken });
      count--;
    }
    mask ^= taken > 0 ? taken : mask & -mask;
  }
  return { parts, work };
}

/** Source after source, each at most once and the number of shipments exact: for tariffs under which two shipments of one source are cheaper than one. */
function distinctSources(model: OrderModel, oracle: Oracle, full: number, supplies: readonly Supply[]): SubsetAnswer {
  const size = full + 1;
  const limit = Math.min(model.maxShipments, model.lineCount);
  let value = new Float64Array(size * (limit + 1)).fill(Infinity);
  value[0] = 0;
  for (let mask = 1; mask < size; mask++) value[mask] = value[mask & (mask - 1)]! + leavingOf(model, mask);
  const choices: Int32Array[] = [];
  let work = 0;
  for (const micros of oracle.micros) {
    const next = value.slice();
    const choice = new Int32Array(next.length);
    for (let mask = 1; mask < size; mask++) {
      for (let taken = mask; taken > 0; taken = (taken - 1) & mask) {
        if (micros[taken] === Infinity) continue;
        for (let count = 1; count <= limit; count++) {
          const total = micros[taken]! + value[(count - 1) * size + (mask ^ taken)]!;
          work++;
          if (total < next[count * size + mask]!) {
            next[count * size + mask] = total;
            choice[count * size + mask] = taken;
          }
        }
      }
    }
    choices.push(choice);
    value = next;
  }
  let least = Infinity;
  let best = { count: 0, lines: 0 };
  for (const { lines, leftMicros } of supplies) {
    for (let count = 1; count <= limit; count++) {
      const total = value[count * size + lines]! + leftMicros;
      if (total < least) [least, best] = [total, { count, lines }];
    }
  }
  const parts: Part[] = [];
  for (let j = choices.length - 1, mask = best.lines, count = best.count; j >= 0 && count > 0; j--) {
    const taken = choices[j]![count * size + mask]!;
    if (taken === 0) continue;
    parts.push({ source: j, lines: taken });
    mask ^= taken;
    count--;
  }
  return { parts, work };
}
