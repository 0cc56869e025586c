// Decides what a plan uses of every resource, days after a ship day and quantity classes included.
import type { ChosenShipment } from '../order/order-problem.ts';
import { NO_RESOURCE } from './resource-index.ts';
import type { WaveModel } from './wave-model.ts';

/** Shipments of one order: the lines that each source sends, as bits. */
export interface TableParts {
  readonly parts: number;
  readonly source: ArrayLike<number>;
  readonly mask: ArrayLike<number>;
}

/** Each resource once, with what is used of it. Overwritten by the next plan. */
export class PlanUses {
  readonly resource: number[] = [];
  readonly units: number[] = [];
  readonly #model: WaveModel;
  readonly #at: Int32Array;

  constructor(model: WaveModel) {
    this.#model = model;
    this.#at = new Int32Array(model.supply.length).fill(-1);
  }

  /** `first` is where the order's plan begins in `parts.source` and `parts.mask`. */
  read(order: number, { parts, source, mask }: TableParts, first = 0): void {
    const { lineStart, lineUnits, lineResource, lineResourceStart, lineClass, next } = this.#model;
    const { classStart, classResource, classCount, shipmentResource, unitResource } = this.#model;
    this.resource.length = 0;
    this.units.length = 0;
    const firstLine = lineStart[order]!;
    for (let part = first; part < first + parts; part++) {
      const from = source[part]!;
      const start = lineResourceStart[from]!;
      let units = 0;
      for (let line = 0, rest = mask[part]!; rest !== 0; line++, rest >>= 1) {
        if ((rest & 1) === 0) continue;
        const wanted = lineUnits[firstLine + line]!;
        units += wanted;
        for (let at = lineResource[start + line]!; at !== NO_RESOURCE; at = next[at]!) this.#add(at, wanted);
        const cut = lineClass[start + line]!;
        if (cut === NO_RESOURCE) continue;
        for (let at = classStart[cut]!; at < classStart[cut + 1]!; at++) this.#add(classResource[at]!, classCount[at]!);
      }
      if (shipmentResource[from] !== NO_RESOURCE) this.#add(shipmentResource[from]!, 1);
      if (unitResource[from] !== NO_RESOURCE) this.#add(unitResource[from]!, units);
    }
    for (const at of this.resource) this.#at[at] = -1;
  }

  /** The same for shipments of an order without tables. */
  readLarge(order: number, shipments: readonly ChosenShipment[]): void {
    const { sourceStart, lineResource, lineResourceStart, next, shipmentResource, unitResource } = this.#model;
    this.resource.length = 0;
    this.units.length = 0;
    for (const { source, taken } of shipments) {
      const from = sourceStart[order]! + source;
      let units = 0;
      for (const { demand, quantity } of taken) {
        units += quantity;
        const first = lineResource[lineResourceStart[from]! + demand]!;
        for (let at = first; at !== NO_RESOURCE; at = next[at]!) this.#add(at, quantity);
      }
      if (shipmentResource[from] !== NO_RESOURCE) this.#add(shipmentResource[from]!, 1);
      if (unitResource[from] !== NO_RESOURCE) this.#add(unitResource[from]!, units);
    }
    for (const at of this.resource) this.#at[at] = -1;
  }

  #add(resource: number, units: number): void {
    const at = this.#at[resource]!;
    if (at >= 0) {
      this.units[at]! += units;
      return;
    }
    this.#at[resource] = this.resource.length;
    this.resource.push(resource);
    this.units.push(units);
  }
}
