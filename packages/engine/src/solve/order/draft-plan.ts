// Decides how a plan under construction is held and priced: units by source and line, with exact shipment prices.
// Leaves which plans to look at to the heuristic and the searches.
import type { OrderModel } from './order-model.ts';
import { partsHold } from './part-values.ts';
import { createRisingMeter, totalRise } from './rising-micros.ts';
import { shipmentMicros, takenMilligrams } from './shipment-price.ts';

/** The best plan so far. */
export interface Best {
  /** Shipments with a split penalty each, lines, and what is missing at `Search.penalty`. */
  micros: number;
  /** By source and line; undefined while leaving everything is the best known. */
  units: Float64Array | undefined;
}

/**
 * Micros of a plan: every shipment with its split penalty, missing units at `penalty` (by line, for the whole quantity).
 * Infinity for a plan without shipments, which is compared apart because it has no first shipment to charge, and for one with a
 * part that is worth too little.
 */
export function draftMicros(
  model: OrderModel,
  penalty: Float64Array,
  units: Float64Array,
  open: readonly number[],
): number {
  const n = model.lineCount;
  let micros = 0;
  let shipments = 0;
  for (let i = 0; i < n; i++) {
    let left = model.quantity[i]!;
    for (const j of open) left -= units[j * n + i]!;
    if (left > 0) micros += (penalty[i]! * left) / model.quantity[i]!;
  }
  for (const j of open) {
    let weight = 0;
    let any = false;
    for (let i = 0; i < n; i++) {
      const taken = units[j * n + i]!;
      if (taken === 0) continue;
      any = true;
      weight += takenMilligrams(model.weight[i]!, model.quantity[i]!, taken);
      micros += takenMicros(model, j, i, taken);
    }
    if (!any) continue;
    shipments++;
    micros += model.splitMicros + shipmentMicros(model.problem.sources[model.sourceOf[j]!]!, weight);
  }
  if (shipments === 0 || !partsHold(model, units, open)) return Infinity;
  return model.rising ? micros + risingMicros(model, units, open) : micros;
}

function risingMicros(model: OrderModel, units: Float64Array, open: readonly number[]): number {
  const n = model.lineCount;
  const rise = createRisingMeter(model.problem);
  let micros = 0;
  for (const j of open) {
    const taken = [];
    for (let i = 0; i < n; i++) {
      const quantity = units[j * n + i]!;
      if (quantity > 0) taken.push({ demand: model.demandOf[i]!, quantity });
    }
    if (taken.length > 0) micros += totalRise(rise(model.sourceOf[j]!, taken));
  }
  return micros;
}

/** Micros of taking some units of a line from a source, besides the shipment and, where costs rise, what they add. */
function takenMicros(model: OrderModel, j: number, i: number, taken: number): number {
  if (!model.rising && model.short[i] === 0) return model.cost[j * model.lineCount + i]!;
  const source = model.problem.sources[model.sourceOf[j]!]!;
  const demand = model.demandOf[i]!;
  const unit = model.rising ? source.unitMicros[demand]! : model.unitCost[j * model.lineCount + i]!;
  return source.lineMicros[demand]! + unit * taken;
}

/** Keeps a plan that is better than the best so far; equals do not replace it. */
export function offer(best: Best, micros: number, units: Float64Array): boolean {
  if (micros >= best.micros) return false;
  best.micros = micros;
  best.units = units.slice();
  return true;
}

/** Units of a line that source `j` could still give, when other days of its node have given some already. */
export function stockRoom(model: OrderModel, units: Float64Array, j: number, i: number): number {
  const n = model.lineCount;
  const sources = model.problem.sources;
  const self = sources[model.sourceOf[j]!]!;
  const demand = model.demandOf[i]!;
  let room = model.amount[j * n + i]!;
  for (let other = 0; other < model.sourceCount; other++) {
    const source = sources[model.sourceOf[other]!]!;
    if (source.node !== self.node || source.day < self.day) continue;
    if (other !== j && units[other * n + i] === 0) continue;
    let used = 0;
    for (let k = 0; k < model.sourceCount; k++) {
      const earlier = sources[model.sourceOf[k]!]!;
      if (earlier.node === source.node && earlier.day <= source.day) used += units[k * n + i]!;
    }
    room = Math.min(room, source.available[demand]! - used);
  }
  return Math.max(0, room);
}
