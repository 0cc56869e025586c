// Decides a price a unit for skus that the wave asks for more of than there is, so that the bound knows some must stay unsourced.
// Any prices of at least 0 give a valid bound (Lagrangian relaxation of the stock rows); good ones give a high one.
import { sourceableBy } from '../../inventory/sourceable.ts';
import type { StockRow } from '../../model/network.ts';
import type { OrderView } from '../order-view.ts';

/** By sku: micros a unit. Skus with enough stock are not in it. */
export type ScarcityPrices = ReadonlyMap<string, { readonly priceMicros: number; readonly supplyUnits: number }>;

/**
 * For a sku with demand D above supply S: the price at which just S units are still worth sourcing, taking a unit's worth as
 * its penalty less what its cheapest source charges for the line. Prices are whole micros.
 */
export function scarcityPrices(views: readonly OrderView[]): ScarcityPrices {
  const wanted = new Map<string, { worthMicros: number; units: number }[]>();
  const supply = new Map<string, Map<number, number>>();
  for (const { candidates, problem } of views) {
    for (const [index, demand] of candidates.demands.entries()) {
      const worthMicros = worthOf(index, problem);
      if (worthMicros > 0) listIn(wanted, demand.sku).push({ worthMicros, units: demand.quantity });
      const rows = supply.get(demand.sku) ?? new Map<number, number>();
      supply.set(demand.sku, rows);
      for (const candidate of candidates.nodes) {
        const row = candidate.rows[index];
        if (row) rows.set(row.row, supplyOf(row));
      }
    }
  }
  const prices = new Map<string, { priceMicros: number; supplyUnits: number }>();
  for (const [sku, asks] of wanted) {
    const supplyUnits = [...supply.get(sku)!.values()].reduce((sum, units) => sum + units, 0);
    const priceMicros = marginalWorth(asks, supplyUnits);
    if (priceMicros > 0) prices.set(sku, { priceMicros, supplyUnits });
  }
  return prices;
}

/** Penalty of a unit less the least that lines and units cost at any source, shipping left out. */
function worthOf(index: number, problem: OrderView['problem']): number {
  const { unsourcedUnitMicros, quantity } = problem.demands[index]!;
  let least = Infinity;
  for (const source of problem.sources) {
    if (source.available[index]! > 0) {
      least = Math.min(least, source.unitMicros[index]! + source.lineMicros[index]! / quantity);
    }
  }
  return least === Infinity ? 0 : Math.floor(unsourcedUnitMicros - least);
}

/** All that can ever be taken from a row. */
function supplyOf(row: StockRow): number {
  return Math.max(0, sourceableBy(row.level, row.receipts, Infinity));
}

/** The worth of the first unit beyond the supply, asks served by falling worth; 0 where all can be served. */
function marginalWorth(asks: { worthMicros: number; units: number }[], supplyUnits: number): number {
  let left = supplyUnits;
  for (const ask of [...asks].sort((a, b) => b.worthMicros - a.worthMicros)) {
    left -= ask.units;
    if (left < 0) return ask.worthMicros;
  }
  return 0;
}

function listIn<K, V>(map: Map<K, V[]>, key: K): V[] {
  let list = map.get(key);
  if (!list) map.set(key, (list = []));
  return list;
}
