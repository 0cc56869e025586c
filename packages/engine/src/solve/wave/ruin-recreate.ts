// Decides how a feasible plan gets cheaper: a few orders that want the same scarce units give all up and are planned anew,
// at no prices, half prices or full prices; worse outcomes are kept at times, less and less (simulated annealing).
import type { Prng } from '../../base/prng.ts';
import type { EffectivePrices } from './table-pricing.ts';
import { NO_RESOURCE } from './resource-index.ts';
import type { WaveModel } from './wave-model.ts';
import { solveWork } from './work.ts';
import { planCopy, type WaveState } from './wave-state.ts';

const LEAST_RUINED = 3;
const MOST_RUINED = 12;

export interface AnnealOptions {
  readonly work: number;
  /** Micros; falls to a hundredth over the work. */
  readonly firstTemperature: number;
  /** Told now and then of the best cost so far; ends the search when it answers true. `best` copies the plan behind it. */
  readonly shouldStop: (spent: number, bestMicros: number, best: () => WaveState) => boolean | Promise<boolean>;
}

/** Moves between two calls of `shouldStop`. */
const REPORT_MOVES = 64;

/** Improves `state` in place and leaves it at the best plan met. `levels` are effective prices, cheapest first. */
export async function ruinAndRecreate(
  state: WaveState,
  readers: readonly Int32Array[],
  levels: readonly EffectivePrices[],
  prng: Prng,
  options: AnnealOptions,
): Promise<void> {
  const { model } = state;
  const contested = contestedResources(state, levels.at(-1)!.ofResource, readers);
  if (contested.length === 0) return;
  const orders = new Int32Array(MOST_RUINED);
  const before = planCopy(MOST_RUINED);
  const inMove = new Uint8Array(model.views.length);
  let now = state.totalMicros();
  let best = now;
  const keeper = new BestKeeper(state);
  let spent = 0;
  for (let move = 0; spent < options.work; move++) {
    if (move % REPORT_MOVES === 0) {
      const stop = options.shouldStop(spent, best, () => keeper.best());
      if (typeof stop === 'boolean' ? stop : await stop) break;
    }
    const temperature = options.firstTemperature * 0.01 ** (spent / options.work);
    const count = pickOrders(model, readers, contested, prng, orders, inMove);
    if (count === 0) spent += 1;
    let old = state.risingMicros();
    for (let index = 0; index < count; index++) {
      const order = orders[index]!;
      inMove[order] = 0;
      state.copyTo(order, before, index);
      old += state.micros(order);
      spent += solveWork(model, order);
      state.remove(order);
    }
    const prices = levels[Math.floor(prng.next() * levels.length)]!;
    const shift = Math.floor(prng.next() * count);
    let fresh = 0;
    for (let index = 0; index < count; index++) {
      const order = orders[(index + shift) % count]!;
      state.insert(order, prices);
      fresh += state.micros(order);
    }
    const worse = fresh + state.risingMicros() - old;
    if (worse <= 0 || prng.next() < Math.exp(-worse / temperature)) {
      now += worse;
      for (let index = 0; index < count; index++) keeper.touch(orders[index]!);
      if (now < best - 0.5) {
        best = now;
        keeper.keep();
      }
    } else for (let index = 0; index < count; index++) state.restore(orders[index]!, before, index);
  }
  keeper.goBack();
}

/** What has a price or is used up, and more than one order could use. */
function contestedResources(
  { model, left }: WaveState,
  prices: Float64Array,
  readers: readonly Int32Array[],
): Int32Array {
  const found: number[] = [];
  for (let resource = 0; resource < model.resources.length; resource++) {
    if (readers[resource]!.length > 1 && (prices[resource]! > 0 || left[resource]! < 1)) found.push(resource);
  }
  return Int32Array.from(found);
}

/** Orders that could use one contested resource, and from the first of them orders of another resource it could use. */
function pickOrders(
  model: WaveModel,
  readers: readonly Int32Array[],
  contested: Int32Array,
  prng: Prng,
  orders: Int32Array,
  inMove: Uint8Array,
): number {
  const wanted = prng.integer(LEAST_RUINED, MOST_RUINED);
  let count = 0;
  let resource = contested[Math.floor(prng.next() * contested.length)]!;
  for (let attempt = 0; attempt < 4 * wanted && count < wanted; attempt++) {
    const group = readers[resource]!;
    const order = group[Math.floor(prng.next() * group.length)]!;
    if (inMove[order] === 0) {
      inMove[order] = 1;
      orders[count++] = order;
    }
    if (prng.next() < 0.3 && count > 0)
      resource = resourceOf(model, orders[Math.floor(prng.next() * count)]!, prng, resource);
  }
  return count;
}

/** A stock resource that the order could use, or `otherwise`. */
function resourceOf(model: WaveModel, order: number, prng: Prng, otherwise: number): number {
  const first = model.sourceStart[order]!;
  const sources = model.sourceStart[order + 1]! - first;
  if (sources === 0) return otherwise;
  const lines = model.lineStart[order + 1]! - model.lineStart[order]!;
  const source = first + Math.floor(prng.next() * sources);
  const resource = model.lineResource[model.lineResourceStart[source]! + Math.floor(prng.next() * lines)]!;
  return resource === NO_RESOURCE ? otherwise : resource;
}

/** Remembers the best plan by the orders that have changed since it was met. */
class BestKeeper {
  readonly #state: WaveState;
  readonly #best: ReturnType<typeof planCopy>;
  readonly #touched: Uint8Array;
  readonly #list: Int32Array;
  #count = 0;

  constructor(state: WaveState) {
    const orders = state.model.views.length;
    this.#state = state;
    this.#best = planCopy(orders);
    this.#touched = new Uint8Array(orders);
    this.#list = new Int32Array(orders);
    for (let order = 0; order < orders; order++) state.copyTo(order, this.#best, order);
  }

  touch(order: number): void {
    if (this.#touched[order] === 1) return;
    this.#touched[order] = 1;
    this.#list[this.#count++] = order;
  }

  keep(): void {
    for (let index = 0; index < this.#count; index++) {
      this.#state.copyTo(this.#list[index]!, this.#best, this.#list[index]!);
      this.#touched[this.#list[index]!] = 0;
    }
    this.#count = 0;
  }

  /** A copy; the state goes on as it is. */
  best(): WaveState {
    const { model, plans } = this.#state;
    const copy = this.#state.fresh();
    for (let order = 0; order < model.views.length; order++) {
      copy.restore(order, this.#touched[order] === 1 ? this.#best : plans, order);
    }
    return copy;
  }

  goBack(): void {
    for (let index = 0; index < this.#count; index++) this.#state.remove(this.#list[index]!);
    for (let index = 0; index < this.#count; index++)
      this.#state.restore(this.#list[index]!, this.#best, this.#list[index]!);
    this.#count = 0;
  }
}
