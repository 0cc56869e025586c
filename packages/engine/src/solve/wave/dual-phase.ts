// Decides prices of scarce stock and capacity by a scaled subgradient method; each round re-solves only orders whose prices moved.
// Any prices of at least 0 give a valid bound; the best one met is kept with its prices.
import { EffectivePriceTable } from './effective-prices.ts';
import type { PriceOracle } from './price-oracle.ts';
import { resourcesMicros, wantedUse } from './rising-use.ts';
import { priceWork } from './work.ts';
import { NO_RESOURCE } from './resource-index.ts';
import type { WaveModel } from './wave-model.ts';

export interface DualResult {
  /** By resource, at least 0; not yet summed along `next`. */
  readonly prices: Float64Array;
  readonly lowerBoundMicros: number;
  readonly rounds: number;
  readonly work: number;
}

export interface DualLimits {
  readonly maxRounds: number;
  /** Work after which no further round starts. */
  readonly maxWork: number;
  /** Rounds without gain after which the step is cut and the best prices are taken up again. */
  readonly patience: number;
  /** Told of the work so far after each round; no further one starts when it answers true. */
  readonly shouldStop?: (work: number) => boolean;
  /** Told of every higher bound. */
  readonly onBound?: (micros: number) => void;
}

const GAIN = 1e-5;
const MOMENTUM = 0.65;
const FIRST_STEP = 1;
const STEP_CUT = 0.7;
/** Shares by which a step aims above the best bound: more as long as the bound comes at least half the way. */
const LEAST_REACH = 0.02;
const MOST_REACH = 1;
const LEAST_STEP = 1e-4;

/** `readers` are those of `readersOf`; `upperMicros` is the cost of a known plan: the aim of the steps. */
export function raisePrices(
  model: WaveModel,
  readers: readonly Int32Array[],
  oracle: PriceOracle,
  upperMicros: number,
  limits: DualLimits,
  start?: Float64Array,
): DualResult {
  const count = model.supply.length;
  const prices = start ? start.slice() : new Float64Array(count);
  const run = new PricedWave(model, readers, oracle);
  const direction = new Float64Array(count);
  let best = { prices: prices.slice(), micros: -Infinity };
  let step = FIRST_STEP;
  let reach = LEAST_REACH;
  let idle = 0;
  let rounds = 0;
  for (; rounds < limits.maxRounds && run.work < limits.maxWork && step > LEAST_STEP; rounds++) {
    const micros = run.boundAt(prices);
    if (limits.shouldStop?.(run.work)) break;
    idle = micros > best.micros + GAIN * Math.abs(best.micros) ? 0 : idle + 1;
    reach = micros > best.micros * (1 + reach / 2) ? Math.min(MOST_REACH, reach * 2) : Math.max(LEAST_REACH, reach / 2);
    if (micros > best.micros) {
      best = { prices: prices.slice(), micros };
      limits.onBound?.(micros);
    }
    if (idle >= limits.patience) {
      step *= STEP_CUT;
      idle = 0;
      prices.set(best.prices);
      direction.fill(0);
      continue;
    }
    const norm = bend(model, run.use, prices, direction);
    if (norm === 0) break;
    const aim = Math.max(1e-3 * Math.abs(upperMicros), Math.min(upperMicros, best.micros * (1 + reach)) - micros);
    const scale = (step * aim) / norm;
    for (let resource = 0; resource < count; resource++) {
      if (direction[resource] === 0) continue;
      const moved = prices[resource]! + (scale * direction[resource]!) / rowScale(model, resource);
      prices[resource] = moved > 0 ? moved : 0;
    }
  }
  return { prices: best.prices, lowerBoundMicros: best.micros, rounds, work: run.work };
}

/** Mixes the new excess into the direction; returns Σ direction² ÷ scale. */
function bend(model: WaveModel, use: Float64Array, prices: Float64Array, direction: Float64Array): number {
  let norm = 0;
  for (let resource = 0; resource < direction.length; resource++) {
    if (model.priced[resource] === 0) continue;
    let excess = use[resource]! - wantedUse(model, resource, prices[resource]!, use[resource]!);
    if (prices[resource] === 0 && excess < 0) excess = 0;
    let mixed = (1 - MOMENTUM) * excess + MOMENTUM * direction[resource]!;
    if (prices[resource] === 0 && mixed < 0) mixed = 0;
    direction[resource] = mixed;
    norm += (mixed * mixed) / rowScale(model, resource);
  }
  return norm;
}

/** Prices of large rows move less: a step is divided by the supply. */
function rowScale(model: WaveModel, resource: number): number {
  return Math.max(1, model.supply[resource]!);
}

/** Holds every order's last cost and use, and solves again only those that a changed price reaches. */
class PricedWave {
  /** By resource: units used by the current plans, cumulated along `next`. */
  readonly use: Float64Array;
  work = 0;
  readonly #model: WaveModel;
  readonly #oracle: PriceOracle;
  readonly #effective: EffectivePriceTable;
  readonly #micros: Float64Array;
  readonly #usedResources: number[][];
  readonly #usedUnits: number[][];
  readonly #readers: readonly Int32Array[];
  readonly #dirty: Uint8Array;

  constructor(model: WaveModel, readers: readonly Int32Array[], oracle: PriceOracle) {
    const orders = model.views.length;
    this.#model = model;
    this.#oracle = oracle;
    this.use = new Float64Array(model.supply.length);
    this.#effective = new EffectivePriceTable(model);
    this.#micros = new Float64Array(orders);
    this.#usedResources = Array.from({ length: orders }, () => []);
    this.#usedUnits = Array.from({ length: orders }, () => []);
    this.#readers = readers;
    this.#dirty = new Uint8Array(orders).fill(1);
  }

  /** The Lagrangian bound at these prices. */
  boundAt(prices: Float64Array): number {
    for (const resource of this.#effective.set(prices))
      for (const order of this.#readers[resource]!) this.#dirty[order] = 1;
    let micros = 0;
    for (let order = 0; order < this.#micros.length; order++) {
      if (this.#dirty[order] === 1) this.#solve(order);
      micros += this.#micros[order]!;
    }
    return micros + resourcesMicros(this.#model, prices);
  }

  #solve(order: number): void {
    const { next } = this.#model;
    const resources = this.#usedResources[order]!;
    const units = this.#usedUnits[order]!;
    for (let index = 0; index < resources.length; index++) this.use[resources[index]!]! -= units[index]!;
    resources.length = 0;
    units.length = 0;
    this.#micros[order] = this.#oracle.solve(order, this.#effective);
    this.#oracle.forEachUse((first, count) => {
      for (let resource = first; resource !== NO_RESOURCE; resource = next[resource]!) {
        resources.push(resource);
        units.push(count);
        this.use[resource]! += count;
      }
    });
    this.#dirty[order] = 0;
    this.work += priceWork(this.#model, order);
  }
}

/** By resource: the orders that could use it. */
export function readersOf(model: WaveModel): Int32Array[] {
  const readers: Set<number>[] = model.resources.map(() => new Set());
  for (let order = 0; order < model.views.length; order++) {
    const lines = model.lineStart[order + 1]! - model.lineStart[order]!;
    for (let source = model.sourceStart[order]!; source < model.sourceStart[order + 1]!; source++) {
      for (const resource of [model.shipmentResource[source]!, model.unitResource[source]!]) {
        if (resource !== NO_RESOURCE) readers[resource]!.add(order);
      }
      for (let line = 0; line < lines; line++) {
        let resource = model.lineResource[model.lineResourceStart[source]! + line]!;
        for (; resource !== NO_RESOURCE; resource = model.next[resource]!) readers[resource]!.add(order);
        const cut = model.lineClass[model.lineResourceStart[source]! + line]!;
        if (cut === NO_RESOURCE) continue;
        for (let at = model.classStart[cut]!; at < model.classStart[cut + 1]!; at++)
          readers[model.classResource[at]!]!.add(order);
      }
    }
  }
  return readers.map((orders) => Int32Array.from([...orders].sort((a, b) => a - b)));
}
