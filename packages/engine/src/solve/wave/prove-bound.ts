// Decides the bound a wave answers with: at the best prices found, every large order is bounded by search instead of by ascent.
// Leaves finding the prices to dual-phase.ts.
import { boundOrderBySearch } from '../order/bound-order.ts';
import { pricedPlan, unitsOf } from '../order/priced-plan.ts';
import type { DualResult } from './dual-phase.ts';
import { EffectivePriceTable } from './effective-prices.ts';
import type { PriceOracle } from './price-oracle.ts';
import { pricedProblem } from './priced-problem.ts';
import { resourcesMicros } from './rising-use.ts';
import type { WaveModel } from './wave-model.ts';
import type { WaveState } from './wave-state.ts';

/** Σ over orders of the least each costs at the prices, with what the resources then cost at least; micros. `state` holds a known plan of each order. */
export function proveBound(
  model: WaveModel,
  oracle: PriceOracle,
  { prices, lowerBoundMicros }: DualResult,
  state: WaveState,
  orderWork: number,
): number {
  if (!model.tabled.includes(0)) return lowerBoundMicros;
  const effective = new EffectivePriceTable(model, prices);
  let micros = 0;
  for (let order = 0; order < model.views.length; order++) {
    const least = oracle.solve(order, effective);
    micros += model.tabled[order] === 1 ? least : Math.max(least, searched(model, order, effective, state, orderWork));
  }
  return Math.max(lowerBoundMicros, micros + resourcesMicros(model, prices));
}

function searched(
  model: WaveModel,
  order: number,
  effective: EffectivePriceTable,
  state: WaveState,
  orderWork: number,
): number {
  const problem = pricedProblem(model, order, effective, null);
  const units = unitsOf(state.planOf(order), problem);
  return boundOrderBySearch(problem, pricedPlan(problem, units).costMicros, orderWork);
}
