// Decides what an order costs and uses at given prices, for the dual phase: from its tables, or by bound and search.
import { boundOrder } from '../order/bound-order.ts';
import { solveOrder } from '../order/solve-order.ts';
import type { ChosenShipment } from '../order/order-problem.ts';
import { pricedProblem } from './priced-problem.ts';
import { createTablePricing, type EffectivePrices } from './table-pricing.ts';
import { NO_RESOURCE, type WaveModel } from './wave-model.ts';

/** Solves one order at effective prices and says what it uses. */
export interface PriceOracle {
  /** Micros of the cheapest plan at these prices, or a bound below every plan at them. */
  solve(order: number, prices: EffectivePrices): number;
  /** Calls back for each resource the last solved plan uses directly, cuts included. */
  forEachUse(visit: (resource: number, units: number) => void): void;
}

/** `orderWork` is spent on a searched order; its plan only guides the prices, the bound is proven apart. */
export function createPriceOracle(model: WaveModel, orderWork: number): PriceOracle {
  const pricing = createTablePricing(model);
  let current = 0;
  let searched: readonly ChosenShipment[] | null = null;
  return {
    solve: (order, prices) => {
      current = order;
      searched = null;
      if (model.tabled[order] === 1) return pricing.price(order, prices, null);
      const problem = pricedProblem(model, order, prices, null);
      searched = solveOrder(problem, orderWork).shipments;
      return boundOrder(problem);
    },
    forEachUse: (visit) => {
      if (searched) visitSearched(model, current, searched, visit);
      else visitTabled(model, current, pricing, visit);
    },
  };
}

function visitSearched(
  model: WaveModel,
  order: number,
  shipments: readonly ChosenShipment[],
  visit: (resource: number, units: number) => void,
): void {
  for (const { source, taken } of shipments) {
    const at = model.sourceStart[order]! + source;
    let units = 0;
    for (const { demand, quantity } of taken) {
      units += quantity;
      visitIf(model.lineResource[model.lineResourceStart[at]! + demand]!, quantity, visit);
    }
    visitIf(model.shipmentResource[at]!, 1, visit);
    visitIf(model.unitResource[at]!, units, visit);
  }
}

function visitTabled(
  model: WaveModel,
  order: number,
  { plan }: ReturnType<typeof createTablePricing>,
  visit: (resource: number, units: number) => void,
): void {
  const firstLine = model.lineStart[order]!;
  for (let part = 0; part < plan.parts; part++) {
    const source = plan.source[part]!;
    const start = model.lineResourceStart[source]!;
    let units = 0;
    for (let line = 0, rest = plan.mask[part]!; rest !== 0; line++, rest >>= 1) {
      if ((rest & 1) === 0) continue;
      const wanted = model.lineUnits[firstLine + line]!;
      units += wanted;
      visitIf(model.lineResource[start + line]!, wanted, visit);
      const cut = model.lineClass[start + line]!;
      if (cut === NO_RESOURCE) continue;
      for (let at = model.classStart[cut]!; at < model.classStart[cut + 1]!; at++) {
        visit(model.classResource[at]!, model.classCount[at]!);
      }
    }
    visitIf(model.shipmentResource[source]!, 1, visit);
    visitIf(model.unitResource[source]!, units, visit);
  }
}

function visitIf(resource: number, units: number, visit: (resource: number, units: number) => void): void {
  if (resource !== NO_RESOURCE) visit(resource, units);
}
