// Decides what an order costs and uses at given prices, for the dual phase: from its tables, or by dual ascent.
import { basketOf } from './basket.ts';
import { BasketAscent } from './basket-ascent.ts';
import { createTablePricing, type EffectivePrices } from './table-pricing.ts';
import { NO_RESOURCE } from './resource-index.ts';
import type { WaveModel } from './wave-model.ts';

/** Solves one order at effective prices and says what it uses. */
export interface PriceOracle {
  /** Micros of the cheapest plan at these prices, or a bound below every plan at them. */
  solve(order: number, prices: EffectivePrices): number;
  /** Calls back for each resource the last solved plan uses directly, cuts included. */
  forEachUse(visit: (resource: number, units: number) => void): void;
}

/** By order: its ascent, or null where it has tables. */
export type Ascents = readonly (BasketAscent | null)[];

export function ascentsOf(model: WaveModel): Ascents {
  return model.views.map((_, order) =>
    model.tabled[order] === 1 ? null : new BasketAscent(model, basketOf(model, order)),
  );
}

export function createPriceOracle(model: WaveModel, ascents: Ascents): PriceOracle {
  const pricing = createTablePricing(model);
  let current = 0;
  return {
    solve: (order, prices) => {
      current = order;
      return ascents[order]?.solve(prices) ?? pricing.price(order, prices, null);
    },
    forEachUse: (visit) => {
      const ascent = ascents[current];
      if (ascent) visitTaken(model, ascent, visit);
      else visitTabled(model, current, pricing, visit);
    },
  };
}

function visitTaken(
  model: WaveModel,
  { basket, taken }: BasketAscent,
  visit: (resource: number, units: number) => void,
): void {
  const units = new Float64Array(basket.sourceCount);
  for (let cell = 0; cell < taken.length; cell++) {
    if (taken[cell] === 0) continue;
    units[basket.sourceOf[cell]!]! += taken[cell]!;
    visitIf(basket.stockOf[cell]!, taken[cell]!, visit);
  }
  for (let j = 0; j < units.length; j++) {
    if (units[j] === 0) continue;
    visitIf(model.shipmentResource[basket.firstSource + j]!, 1, visit);
    visitIf(model.unitResource[basket.firstSource + j]!, units[j]!, visit);
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
