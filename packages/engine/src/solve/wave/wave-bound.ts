// Decides what a whole wave costs at least: every order alone on the untouched stock, scarce units at a price.
import { boundOrder } from '../order/bound-order.ts';
import type { OrderProblem } from '../order/order-problem.ts';
import { type OrderView, viewOrder } from '../order-view.ts';
import type { WaveInput } from '../solver.ts';
import { type ScarcityPrices, scarcityPrices } from './scarcity-prices.ts';

/**
 * Σ over orders of the cheapest way at stock prices − Σ price × supply.
 * Holds for every plan of the wave, whatever strategy made it. Micros. `onOrder` is told how many orders are weighed.
 */
export function boundWave(input: WaveInput, onOrder?: (done: number, total: number) => void): number {
  const untouched = input.createLedger();
  const views = input.orders.map((candidates) => viewOrder(candidates, untouched, input.pricer, input.policy));
  const prices = scarcityPrices(views);
  let micros = 0;
  for (const [index, view] of views.entries()) {
    onOrder?.(index, views.length);
    micros += boundOrder(prices.size === 0 ? view.problem : pricedProblem(view, prices));
  }
  for (const { priceMicros, supplyUnits } of prices.values()) micros -= priceMicros * supplyUnits;
  return Math.max(0, micros);
}

/** The same problem with the price of each scarce sku added to its units. */
function pricedProblem({ candidates, problem }: OrderView, prices: ScarcityPrices): OrderProblem {
  const added = candidates.demands.map((demand) => prices.get(demand.sku)?.priceMicros ?? 0);
  if (added.every((micros) => micros === 0)) return problem;
  const sources = problem.sources.map((source) => ({
    ...source,
    unitMicros: source.unitMicros.map((micros, demand) => micros + added[demand]!),
  }));
  return { ...problem, sources };
}
