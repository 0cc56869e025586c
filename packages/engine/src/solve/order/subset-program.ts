// Decides small orders of whole lines exactly, by a program over subsets of lines.
// Leaves larger orders and quantities from several sources to the open-set search.
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
  const free = partition(model, oracle, full);
  if (isProper(free.parts, model.maxShipments)) return free;
  const counted = countedPartition(model, oracle, full);
  if (isProper(counted.parts, model.maxShipments)) return { parts: counted.parts, work: free.work + counted.work };
  const distinct = distinctSources(model, oracle, full);
  return { parts: distinct.parts, work: free.work + counted.work + distinct.work };
}

/** A source may appear once only; the partition programs do not see to it, because merging hardly ever costs more. */
function isProper(parts: readonly Part[], maxShipments: number): boolean {
  return parts.length <= maxShipments && new Set(parts.map((part) => part.source)).size === parts.length;
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
    if (units[mask]! > model.unitsLeft[j]!) continue;
    let shipment = Infinity;
    for (let option = 0; option < tables.length; option++) {
      const total = options[option]!.fixedMicros + tables[option]![mask]!;
      if (total < shipment) shipment = total;
    }
    prices[mask] = shipment + linear[mask]!;
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

/** Micros of leaving out the lowest line of a mask. */
function leavingOf(model: OrderModel, mask: number): number {
  return model.allOrNothing ? Infinity : model.penalty[31 - Math.clz32(mask & -mask)]!;
}

/** best[S] = min over T within S that hold the lowest line of S, or that line left out. */
function partition(model: OrderModel, oracle: Oracle, full: number): SubsetAnswer {
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
  const first = firstPart(oracle, value, 0, full);
  if (first === 0) return { parts: [], work };
  const parts: Part[] = [{ source: oracle.bestSource[first]!, lines: first }];
  for (let mask = full ^ first; mask > 0; ) {
    const taken = choice[mask]!;
    if (taken > 0) parts.push({ source: oracle.bestSource[taken]!, lines: taken });
    mask ^= taken > 0 ? taken : mask & -mask;
  }
  return { parts, work };
}

/** The best part to begin with: every part carries a split penalty, so that plans with none are compared apart. 0 where none fits. */
function firstPart(oracle: Oracle, value: Float64Array, offset: number, full: number): number {
  let best = Infinity;
  let first = 0;
  for (let taken = full; taken > 0; taken--) {
    const total = oracle.best[taken]! + value[offset + (full ^ taken)]!;
    if (total < best) [best, first] = [total, taken];
  }
  return first;
}

/** The same with the number of shipments as a dimension. */
function countedPartition(model: OrderModel, oracle: Oracle, full: number): SubsetAnswer {
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
  const first = firstPart(oracle, value, (limit - 1) * size, full);
  if (first === 0) return { parts: [], work };
  const parts: Part[] = [{ source: oracle.bestSource[first]!, lines: first }];
  for (let mask = full ^ first, count = limit - 1; mask > 0; ) {
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
function distinctSources(model: OrderModel, oracle: Oracle, full: number): SubsetAnswer {
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
  let best = 0;
  for (let count = 1; count <= limit; count++) {
    if (value[count * size + full]! < (best === 0 ? Infinity : value[best * size + full]!)) best = count;
  }
  const parts: Part[] = [];
  for (let j = choices.length - 1, mask = full, count = best; j >= 0 && count > 0; j--) {
    const taken = choices[j]![count * size + mask]!;
    if (taken === 0) continue;
    parts.push({ source: j, lines: taken });
    mask ^= taken;
    count--;
  }
  return { parts, work };
}
