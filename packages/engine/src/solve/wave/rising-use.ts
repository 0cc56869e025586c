// Decides what resources cost whose cost rises with use, and how much of one is worth using at a price.
// Leaves where steps come from to inventory/, and who uses the resource to the plans.
import { stepsMicros } from '../../base/cost-steps.ts';
import { NO_RESOURCE } from './resource-index.ts';
import type { WaveModel } from './wave-model.ts';

/** Σ over resources of the least, over any use within the supply, of rising cost − price × use: at most 0. Micros. */
export function resourcesMicros(model: WaveModel, prices: Float64Array): number {
  let micros = 0;
  for (let resource = 0; resource < prices.length; resource++)
    micros += leastMicros(model, resource, prices[resource]!);
  return micros;
}

function leastMicros({ steps, supply }: WaveModel, resource: number, price: number): number {
  const own = steps[resource];
  if (!own) return -price * supply[resource]!;
  let micros = 0;
  let left = supply[resource]!;
  for (const { units, perUnitMicros } of own) {
    if (perUnitMicros >= price || left <= 0) break;
    micros -= Math.min(left, units) * (price - perUnitMicros);
    left -= units;
  }
  return micros;
}

/** Units worth using at a price; where a range of uses is equally good, the one nearest to `use`. */
export function wantedUse({ steps, supply }: WaveModel, resource: number, price: number, use: number): number {
  const own = steps[resource];
  if (!own) return supply[resource]!;
  let least = 0;
  let most = 0;
  for (const { units, perUnitMicros } of own) {
    if (perUnitMicros < price) least += units;
    if (perUnitMicros > price) break;
    most += units;
  }
  const from = Math.min(least, supply[resource]!);
  const to = Math.min(most, supply[resource]!);
  return Math.min(Math.max(use, from), to);
}

/** Micros of the last unit of the supply; 0 where its cost does not rise. */
export function lastUnitMicros({ steps, supply }: WaveModel, resource: number): number {
  const own = steps[resource];
  return own ? stepsMicros(own, supply[resource]!) - stepsMicros(own, supply[resource]! - 1) : 0;
}

/** Keeps the rising costs of a wave while plans come and go. */
export class RisingUse {
  /** By resource: micros that its next unit costs, those of later days of its row with it. */
  readonly next: Float64Array;
  totalMicros = 0;
  readonly #model: WaveModel;
  readonly #before: Int32Array;

  constructor(model: WaveModel) {
    this.#model = model;
    this.next = new Float64Array(model.supply.length);
    this.#before = new Int32Array(model.supply.length).fill(NO_RESOURCE);
    for (const [resource, after] of model.next.entries()) if (after !== NO_RESOURCE) this.#before[after] = resource;
    for (const resource of model.supply.keys()) this.#setNext(resource, 0);
  }

  change(resource: number, usedBefore: number, usedAfter: number): void {
    const own = this.#model.steps[resource];
    if (!own) return;
    this.totalMicros += stepsMicros(own, usedAfter) - stepsMicros(own, usedBefore);
    this.#setNext(resource, usedAfter);
  }

  #setNext(resource: number, used: number): void {
    const own = this.#model.steps[resource];
    if (!own) return;
    const micros = stepsMicros(own, used + 1) - stepsMicros(own, used);
    for (let at = resource; at !== NO_RESOURCE; at = this.#before[at]!) this.next[at] = micros;
  }
}
