// Decides how the master improves a wave that has prices and a plan: first the bound by cuts, then the plan block by block.
// Leaves both to cut-phase.ts and block-search.ts; where HiGHS does not load or fails, the wave stays as it is.
import { runCutPhase } from './cut-phase.ts';
import { searchBlocks } from './block-search.ts';
import type { DualResult } from './dual-phase.ts';
import { EffectivePriceTable } from './effective-prices.ts';
import { createHighsRuntime } from './highs-runtime.ts';
import { PlanPool } from './plan-pool.ts';
import { addRemembered, addStanding, fillPool, leastMicros } from './pool-plans.ts';
import type { Ascents, PriceOracle } from './price-oracle.ts';
import type { WaveModel } from './wave-model.ts';
import type { WaveState } from './wave-state.ts';

export interface MasterPhaseInput {
  readonly readers: readonly Int32Array[];
  readonly oracle: PriceOracle;
  readonly ascents: Ascents;
  readonly dual: DualResult;
  readonly maxWork: number;
  /** Share of the cost. */
  readonly targetGap: number;
  readonly isCancelled: () => boolean;
  readonly onBound: (micros: number) => void;
  /** Told of the work so far while cuts are looked for. */
  readonly onWork: (spent: number) => void;
  /** Told after each block, with the bound so far; ends the search when it answers true. */
  readonly shouldStop: (spent: number, costMicros: number, lowerBoundMicros: number) => boolean | Promise<boolean>;
}

export interface MasterPhaseResult {
  readonly lowerBoundMicros: number;
  readonly work: number;
}

/** Shares of what an order costs on average: how much dearer than its cheapest a plan may be to be known, and to be in a block. */
const POOL_MARGIN = 0.04;
const BLOCK_MARGIN = 0.08;
const PLANS_PER_ORDER = 60;
/** Known plans in one block at most, pass by pass. */
const BLOCK_PLANS = [3000, 6000];
/** A further pass, for waves of so many orders at most: in larger ones it takes as long as all else and gains hundredths of a thousandth. */
const WIDEST_BLOCK_PLANS = 12_000;
const MOST_ORDERS_FOR_WIDEST = 5000;
/** Share of the work for prices and cuts; the rest, and what that leaves, is for blocks. */
const CUT_SHARE = 0.6;

/** Whether most orders have tables, so that the master knows their plans, and prices leave anything open. */
export function hasMaster({ tabled }: WaveModel, costMicros: number, lowerBoundMicros: number): boolean {
  const held = tabled.reduce((sum, one) => sum + one, 0);
  return held >= 2 && 2 * held >= tabled.length && costMicros - lowerBoundMicros >= 1;
}

/** Improves the state in place; a bound below that of `dual` is never answered. */
export async function runMasterPhase(state: WaveState, input: MasterPhaseInput): Promise<MasterPhaseResult> {
  const { model } = state;
  const { dual, maxWork, targetGap } = input;
  const highs = await createHighsRuntime();
  if (!highs) return { lowerBoundMicros: dual.lowerBoundMicros, work: 0 };
  const averageMicros = state.totalMicros() / model.views.length;
  const pool = new PlanPool(model);
  const effective = new EffectivePriceTable(model, dual.prices);
  fillPool(model, pool, effective, { marginMicros: POOL_MARGIN * averageMicros, plansPerOrder: PLANS_PER_ORDER });
  for (const order of model.views.keys()) if (model.tabled[order] === 1) addStanding(pool, state, order);
  const cuts = runCutPhase({
    ...input,
    model,
    highs,
    pool,
    upperMicros: state.totalMicros(),
    targetMicros: Math.max(1, targetGap * state.totalMicros()),
    taken: takenByLarge(state, state.fresh()),
    start: dual,
    maxWork: CUT_SHARE * maxWork,
  });
  const { lowerBoundMicros, book, master } = cuts;
  if (!master || input.isCancelled()) return { lowerBoundMicros, work: cuts.work };
  addRemembered(pool, input.ascents);
  const spent = await searchBlocks(state, {
    model,
    pool,
    book,
    master: { ...master, orderMicros: leastMicros(pool, master.prices, master.orderMicros) },
    blockPlans: model.views.length <= MOST_ORDERS_FOR_WIDEST ? [...BLOCK_PLANS, WIDEST_BLOCK_PLANS] : BLOCK_PLANS,
    highs,
    marginMicros: BLOCK_MARGIN * averageMicros,
    maxWork: maxWork - cuts.work,
    shouldStop: (work, costMicros) =>
      input.isCancelled() ||
      costMicros - lowerBoundMicros <= targetGap * costMicros ||
      input.shouldStop(cuts.work + work, costMicros, lowerBoundMicros),
  });
  return { lowerBoundMicros, work: cuts.work + spent };
}

/** By resource: what orders without tables use. */
function takenByLarge({ model, plans }: WaveState, alone: WaveState): Float64Array {
  for (const order of model.views.keys()) if (model.tabled[order] === 0) alone.restore(order, plans, order);
  return model.supply.map((units, resource) => (alone.left[resource] === units ? 0 : units - alone.left[resource]!));
}
