// Decides what a plan pays for a resource once prices are added up: those of later days of the row, those of the cuts of a class.
import type { EffectivePrices } from './table-pricing.ts';
import { NO_RESOURCE } from './resource-index.ts';
import type { WaveModel } from './wave-model.ts';

export class EffectivePriceTable implements EffectivePrices {
  readonly ofResource: Float64Array;
  readonly ofClass: Float64Array;
  readonly #model: WaveModel;

  constructor(model: WaveModel, prices?: Float64Array) {
    this.#model = model;
    this.ofResource = new Float64Array(model.supply.length).fill(Number.NaN);
    this.ofClass = new Float64Array(model.classStart.length - 1);
    if (prices) this.set(prices);
  }

  /** Takes over prices; returns the resources whose effective price changed. */
  set(prices: Float64Array): number[] {
    const { next, classStart, classResource, classCount } = this.#model;
    const changed: number[] = [];
    // Resources of one row are numbered from the last day to the first, so `next` is always settled before.
    for (let resource = 0; resource < prices.length; resource++) {
      const after = next[resource] === NO_RESOURCE ? 0 : this.ofResource[next[resource]!]!;
      const now = prices[resource]! + after;
      if (now === this.ofResource[resource]) continue;
      this.ofResource[resource] = now;
      changed.push(resource);
    }
    for (let cut = 0; cut < this.ofClass.length; cut++) {
      let sum = 0;
      for (let at = classStart[cut]!; at < classStart[cut + 1]!; at++)
        sum += prices[classResource[at]!]! * classCount[at]!;
      this.ofClass[cut] = sum;
    }
    return changed;
  }
}
