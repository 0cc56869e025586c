// Decides how a feasible plan of all tabled orders is held while it is improved: what each order takes and what is left.
// Every change keeps it feasible; costs are re-added from the tables, never from differences alone.
import { createTablePricing, type EffectivePrices, type TablePricing } from './table-pricing.ts';
import { MAX_TABLE_LINES, NO_RESOURCE, type WaveModel } from './wave-model.ts';

export class WaveState {
  readonly model: WaveModel;
  /** By resource: units nobody takes. */
  readonly left: Float64Array;
  /** By order: number of parts, and `MAX_TABLE_LINES` slots of source and mask. */
  readonly parts: Uint8Array;
  readonly source: Int32Array;
  readonly mask: Uint8Array;
  readonly micros: Float64Array;
  readonly #pricing: TablePricing;

  constructor(model: WaveModel) {
    const orders = model.views.length;
    this.model = model;
    this.left = model.supply.slice();
    this.parts = new Uint8Array(orders);
    this.source = new Int32Array(orders * MAX_TABLE_LINES);
    this.mask = new Uint8Array(orders * MAX_TABLE_LINES);
    this.micros = new Float64Array(orders);
    this.#pricing = createTablePricing(model);
  }

  /** Gives the order its cheapest plan at effective prices out of what is left; it must hold none. */
  insert(order: number, prices: EffectivePrices): void {
    const { plan } = this.#pricing;
    this.#pricing.price(order, prices, this.left);
    const base = order * MAX_TABLE_LINES;
    for (let part = 0; part < plan.parts; part++) {
      this.source[base + part] = plan.source[part]!;
      this.mask[base + part] = plan.mask[part]!;
    }
    this.parts[order] = plan.parts;
    this.micros[order] = plan.micros;
    this.#change(order, -1);
  }

  /** Takes the order's plan away and gives back what it held. */
  remove(order: number): void {
    this.#change(order, 1);
    this.parts[order] = 0;
    this.micros[order] = 0;
  }

  /** Puts back a plan that was copied with `copyTo`. */
  restore(order: number, from: PlanCopy, slot: number): void {
    this.#change(order, 1);
    const base = order * MAX_TABLE_LINES;
    const start = slot * MAX_TABLE_LINES;
    this.parts[order] = from.parts[slot]!;
    this.micros[order] = from.micros[slot]!;
    for (let part = 0; part < MAX_TABLE_LINES; part++) {
      this.source[base + part] = from.source[start + part]!;
      this.mask[base + part] = from.mask[start + part]!;
    }
    this.#change(order, -1);
  }

  copyTo(order: number, to: PlanCopy, slot: number): void {
    const base = order * MAX_TABLE_LINES;
    const start = slot * MAX_TABLE_LINES;
    to.parts[slot] = this.parts[order]!;
    to.micros[slot] = this.micros[order]!;
    for (let part = 0; part < MAX_TABLE_LINES; part++) {
      to.source[start + part] = this.source[base + part]!;
      to.mask[start + part] = this.mask[base + part]!;
    }
  }

  totalMicros(): number {
    let sum = 0;
    for (const micros of this.micros) sum += micros;
    return sum;
  }

  #change(order: number, sign: number): void {
    const { lineStart, lineUnits, lineResourceStart, lineResource, shipmentResource, unitResource, next } = this.model;
    const firstLine = lineStart[order]!;
    const base = order * MAX_TABLE_LINES;
    for (let part = 0; part < this.parts[order]!; part++) {
      const source = this.source[base + part]!;
      const start = lineResourceStart[source]!;
      let units = 0;
      for (let line = 0, rest = this.mask[base + part]!; rest !== 0; line++, rest >>= 1) {
        if ((rest & 1) === 0) continue;
        const wanted = lineUnits[firstLine + line]!;
        units += wanted;
        for (let resource = lineResource[start + line]!; resource !== NO_RESOURCE; resource = next[resource]!) {
          this.left[resource]! += sign * wanted;
        }
      }
      if (shipmentResource[source] !== NO_RESOURCE) this.left[shipmentResource[source]!]! += sign;
      if (unitResource[source] !== NO_RESOURCE) this.left[unitResource[source]!]! += sign * units;
    }
  }
}

/** Room for the plans of a few orders. */
export interface PlanCopy {
  readonly parts: Uint8Array;
  readonly source: Int32Array;
  readonly mask: Uint8Array;
  readonly micros: Float64Array;
}

export function planCopy(slots: number): PlanCopy {
  return {
    parts: new Uint8Array(slots),
    source: new Int32Array(slots * MAX_TABLE_LINES),
    mask: new Uint8Array(slots * MAX_TABLE_LINES),
    micros: new Float64Array(slots),
  };
}
