// Decides how the plans that large orders have had are put together anew: blocks of orders that contend for the same limits, each an
// exact program over known plans. For waves of mostly large orders, whose plans the master cannot know all of.
import { searchBlocks } from './block-search.ts';
import type { DualResult } from './dual-phase.ts';
import { EffectivePriceTable } from './effective-prices.ts';
import { createHighsRuntime } from './highs-runtime.ts';
import { CutBook } from './parity-cuts.ts';
import { PlanPool } from './plan-pool.ts';
import { addRemembered, fillPool, leastMicros } from './pool-plans.ts';
import type { Ascents } from './price-oracle.ts';
import type { WaveState } from './wave-state.ts';

export interface CombineInput {
  readonly readers: readonly Int32Array[];
  readonly ascents: Ascents;
  readonly dual: DualResult;
  readonly maxWork: number;
  readonly shouldStop: (spent: number, costMicros: number) => boolean | Promise<boolean>;
}

/** Share of what an order costs on average by which a plan may be dearer than the cheapest at the prices. */
const MARGIN = 0.3;
const PLANS_PER_ORDER = 40;
/** Plans of large orders fill many rows: their blocks are smaller. */
const BLOCK_PLANS = [800, 1600];

/** Improves the state in place; returns the work done. */
export async function combinePlans(state: WaveState, input: CombineInput): Promise<number> {
  const { model } = state;
  const { readers, ascents, dual, maxWork, shouldStop } = input;
  const highs = await createHighsRuntime();
  if (!highs) return 0;
  const marginMicros = (MARGIN * state.totalMicros()) / model.views.length;
  const pool = new PlanPool(model);
  fillPool(model, pool, new EffectivePriceTable(model, dual.prices), { marginMicros, plansPerOrder: PLANS_PER_ORDER });
  addRemembered(pool, ascents);
  const { prices } = dual;
  const orderMicros = leastMicros(pool, prices, new Float64Array(model.views.length));
  return searchBlocks(state, {
    model,
    pool,
    book: new CutBook(model, readers),
    master: { prices, orderMicros, cutPrices: new Float64Array(0) },
    highs,
    marginMicros,
    blockPlans: BLOCK_PLANS,
    maxWork,
    shouldStop,
  });
}
