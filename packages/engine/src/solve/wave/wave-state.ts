// Decides how a feasible plan of a wave is held while it is improved: what each order takes and what is left.
// Every change keeps it feasible; the cost of an order is always its real one, without prices.
import type { Taken } from '../order/order-problem.ts';
import { type PricedPlan, pricedPlan, unitsOf } from '../order/priced-plan.ts';
import { solveOrder } from '../order/solve-order.ts';
import type { BasketAscent } from './basket-ascent.ts';
import { isQuick, quickPlan } from './basket-plan.ts';
import { pricedProblem } from './priced-problem.ts';
import { RisingUse } from './rising-use.ts';
import { createTablePricing, type EffectivePrices, type TablePricing } from './table-pricing.ts';
import { NO_RESOURCE } from './resource-index.ts';
import { MAX_TABLE_LINES, type WaveModel } from './wave-model.ts';

/** Plans of the orders that tables hold, in slots; those of large orders beside them. */
export interface PlanCopy {
  readonly parts: Uint8Array;
  readonly source: Int32Array;
  readonly mask: Uint8Array;
  readonly micros: Float64Array;
  readonly large: (PricedPlan | null)[];
}

export function planCopy(slots: number): PlanCopy {
  return {
    parts: new Uint8Array(slots),
    source: new Int32Array(slots * MAX_TABLE_LINES),
    mask: new Uint8Array(slots * MAX_TABLE_LINES),
    micros: new Float64Array(slots),
    large: Array.from<PricedPlan | null>({ length: slots }).fill(null),
  };
}

export class WaveState {
  readonly model: WaveModel;
  /** By resource: units nobody takes. */
  readonly left: Float64Array;
  /** By order. */
  readonly plans: PlanCopy;
  /** Costs that rise with use, where the wave has any. */
  readonly #rising: RisingUse | undefined;
  readonly #pricing: TablePricing;
  readonly #ascents: readonly (BasketAscent | null)[];
  readonly #orderWork: number;

  /** Large orders with an ascent are planned quickly by it; `orderWork` is spent where one must be searched. */
  constructor(model: WaveModel, ascents: readonly (BasketAscent | null)[], orderWork: number) {
    this.model = model;
    this.#ascents = ascents;
    this.left = model.supply.slice();
    this.#rising = model.steps.some((steps) => steps !== undefined) ? new RisingUse(model) : undefined;
    this.plans = planCopy(model.views.length);
    this.#pricing = createTablePricing(model);
    this.#orderWork = orderWork;
  }

  /** One of the same wave that holds no plans. */
  fresh(): WaveState {
    return new WaveState(this.model, this.#ascents, this.#orderWork);
  }

  micros(order: number): number {
    return this.plans.micros[order]!;
  }

  totalMicros(): number {
    let sum = 0;
    for (const micros of this.plans.micros) sum += micros;
    return sum + this.risingMicros();
  }

  /** What the plans together pay for costs that rise with use; no order's own micros hold them. */
  risingMicros(): number {
    return this.#rising?.totalMicros ?? 0;
  }

  /** Gives the order its cheapest plan at effective prices out of what is left; it must hold none. */
  insert(order: number, prices: EffectivePrices): void {
    if (this.model.tabled[order] === 1) this.#insertTabled(order, prices);
    else this.#insertLarge(order, prices);
    this.#change(order, -1);
  }

  /** Gives the order a plan made elsewhere; false where not all of it is there, and then it holds none. */
  adopt(order: number, plan: PricedPlan): boolean {
    this.#hold(order, plan);
    if (this.#isThere(order)) {
      this.#change(order, -1);
      return true;
    }
    this.plans.large[order] = null;
    this.plans.micros[order] = 0;
    return false;
  }

  /** Takes the order's plan away and gives back what it held. */
  remove(order: number): void {
    this.#change(order, 1);
    this.plans.parts[order] = 0;
    this.plans.micros[order] = 0;
    this.plans.large[order] = null;
  }

  /** Puts back a plan that was copied with `copyTo`. */
  restore(order: number, from: PlanCopy, slot: number): void {
    this.#change(order, 1);
    copySlot(from, slot, this.plans, order);
    this.#change(order, -1);
  }

  copyTo(order: number, to: PlanCopy, slot: number): void {
    copySlot(this.plans, order, to, slot);
  }

  /** The order's plan priced exactly. */
  planOf(order: number): PricedPlan {
    const large = this.plans.large[order];
    if (large) return large;
    const { problem } = this.model.views[order]!;
    const count = problem.demands.length;
    const units = new Float64Array(problem.sources.length * count);
    this.#forEachLine(order, (source, line) => {
      units[(source - this.model.sourceStart[order]!) * count + line] = problem.demands[line]!.quantity;
    });
    return pricedPlan(problem, units);
  }

  #insertTabled(order: number, prices: EffectivePrices): void {
    const { plan } = this.#pricing;
    this.#pricing.price(order, prices, this.left, this.#rising?.next);
    if (plan.isShort) {
      this.#hold(order, this.#searched(order, prices));
      return;
    }
    const base = order * MAX_TABLE_LINES;
    for (let part = 0; part < plan.parts; part++) {
      this.plans.source[base + part] = plan.source[part]!;
      this.plans.mask[base + part] = plan.mask[part]!;
    }
    this.plans.parts[order] = plan.parts;
    this.plans.micros[order] = plan.micros;
  }

  #insertLarge(order: number, prices: EffectivePrices): void {
    const ascent = this.#ascents[order];
    if (ascent && isQuick(ascent.basket.problem)) {
      this.#hold(order, pricedPlan(ascent.basket.problem, quickPlan(ascent, prices, this.left, this.#rising?.next)));
      if (this.#isThere(order)) return;
    }
    this.#hold(order, this.#searched(order, prices));
  }

  #searched(order: number, prices: EffectivePrices): PricedPlan {
    const { problem } = this.model.views[order]!;
    const found = solveOrder(pricedProblem(this.model, order, prices, this.left, this.#rising?.next), this.#orderWork);
    return pricedPlan(problem, unitsOf(found, problem));
  }

  #hold(order: number, plan: PricedPlan): void {
    this.#ascents[order]?.memory.remember(plan);
    this.plans.large[order] = plan;
    this.plans.micros[order] = plan.costMicros;
  }

  /** Whether all that a large order's plan takes is still there; it is not taken yet. */
  #isThere(order: number): boolean {
    this.#change(order, -1);
    const { shipmentResource, unitResource, lineResource, lineResourceStart, next, sourceStart } = this.model;
    const short = (resource: number): boolean => resource !== NO_RESOURCE && this.left[resource]! < 0;
    const isShort = this.plans.large[order]!.shipments.some(({ source, taken }) => {
      const at = sourceStart[order]! + source;
      if (short(shipmentResource[at]!) || short(unitResource[at]!)) return true;
      return taken.some(({ demand }) => {
        let resource = lineResource[lineResourceStart[at]! + demand]!;
        while (resource !== NO_RESOURCE && !short(resource)) resource = next[resource]!;
        return resource !== NO_RESOURCE;
      });
    });
    this.#change(order, 1);
    return !isShort;
  }

  #change(order: number, sign: number): void {
    const { lineUnits, lineStart, shipmentResource, unitResource } = this.model;
    const large = this.plans.large[order];
    if (large) {
      for (const { source, taken } of large.shipments) this.#changeShipment(order, source, taken, sign);
      return;
    }
    const firstLine = lineStart[order]!;
    this.#forEachLine(order, (source, line) => {
      const wanted = lineUnits[firstLine + line]!;
      this.#changeLine(source, line, sign * wanted);
      this.#giveBack(unitResource[source]!, sign * wanted);
    });
    const base = order * MAX_TABLE_LINES;
    for (let part = 0; part < this.plans.parts[order]!; part++) {
      this.#giveBack(shipmentResource[this.plans.source[base + part]!]!, sign);
    }
  }

  #changeShipment(order: number, local: number, taken: readonly Taken[], sign: number): void {
    const source = this.model.sourceStart[order]! + local;
    let units = 0;
    for (const { demand, quantity } of taken) {
      units += quantity;
      this.#changeLine(source, demand, sign * quantity);
    }
    const { shipmentResource, unitResource } = this.model;
    this.#giveBack(shipmentResource[source]!, sign);
    this.#giveBack(unitResource[source]!, sign * units);
  }

  #changeLine(source: number, line: number, units: number): void {
    const { lineResource, lineResourceStart, next } = this.model;
    for (
      let resource = lineResource[lineResourceStart[source]! + line]!;
      resource !== NO_RESOURCE;
      resource = next[resource]!
    ) {
      this.#giveBack(resource, units);
    }
  }

  /** Takes where `units` is negative. */
  #giveBack(resource: number, units: number): void {
    if (resource === NO_RESOURCE) return;
    const before = this.left[resource]!;
    this.left[resource] = before + units;
    if (this.#rising) {
      const supply = this.model.supply[resource]!;
      this.#rising.change(resource, supply - before, supply - before - units);
    }
  }

  #forEachLine(order: number, visit: (source: number, line: number) => void): void {
    const base = order * MAX_TABLE_LINES;
    for (let part = 0; part < this.plans.parts[order]!; part++) {
      const source = this.plans.source[base + part]!;
      for (let line = 0, rest = this.plans.mask[base + part]!; rest !== 0; line++, rest >>= 1) {
        if ((rest & 1) === 1) visit(source, line);
      }
    }
  }
}

function copySlot(from: PlanCopy, slot: number, to: PlanCopy, target: number): void {
  const start = slot * MAX_TABLE_LINES;
  const base = target * MAX_TABLE_LINES;
  to.parts[target] = from.parts[slot]!;
  to.micros[target] = from.micros[slot]!;
  to.large[target] = from.large[slot]!;
  for (let part = 0; part < MAX_TABLE_LINES; part++) {
    to.source[base + part] = from.source[start + part]!;
    to.mask[base + part] = from.mask[start + part]!;
  }
}
