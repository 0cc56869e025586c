// Decides how the optimiser's plan is made cheaper once there are prices: ruin and recreate, plans of large orders put together anew;
// then, where most orders have tables, the master with its cuts and blocks. Leaves the last look at each order to settle.ts.
import { createPrng } from '../../base/prng.ts';
import type { Limits } from '../../model/limits.ts';
import type { Observer } from '../solver.ts';
import { combinePlans } from './combine-plans.ts';
import type { DualResult } from './dual-phase.ts';
import { hasMaster, runMasterPhase } from './master-phase.ts';
import type { Ascents, PriceOracle } from './price-oracle.ts';
import { ruinAndRecreate } from './ruin-recreate.ts';
import { scaledPrices, zeroPrices } from './start-plans.ts';
import type { Reporter } from './wave-report.ts';
import type { WaveState } from './wave-state.ts';
import { enoughWork } from './work.ts';

/** Share of the work after prices that goes into combining plans that large orders have had. */
const COMBINE_SHARE = 0.25;
/** Shares of the work after prices, and of what is enough, that ruin and recreate gets where the master follows. */
const RUIN_SHARE = 0.3;
const RUIN_ENOUGH = 0.07;
/** Share of what an order costs on average by which a plan may get dearer for a while. */
const FIRST_TEMPERATURE = 0.015;

export interface Improving {
  readonly ascents: Ascents;
  readonly oracle: PriceOracle;
  readonly readers: readonly Int32Array[];
  readonly dual: DualResult;
  /** In all, with what finding prices took. */
  readonly maxWork: number;
  readonly limits: Limits;
  readonly observer: Observer;
  readonly report: Reporter;
}

/** What was proven in the end, and the work it took after the dual phase. */
export interface Improved {
  readonly dual: DualResult;
  readonly work: number;
}

/** Improves the state in place; null where it was cancelled. */
export async function improve(state: WaveState, improving: Improving): Promise<Improved | null> {
  const { model } = state;
  const { dual, maxWork, limits, observer } = improving;
  const mastered = hasMaster(model, state.totalMicros(), dual.lowerBoundMicros);
  const enough = enoughWork(model) * (mastered ? RUIN_ENOUGH : 1);
  const most = Math.min((maxWork - dual.work) * (mastered ? RUIN_SHARE : 1), enough);
  const work = await replan(state, improving, most, mastered);
  if (work === null) return null;
  const open = state.totalMicros() - dual.lowerBoundMicros > limits.targetGap * state.totalMicros();
  if (!mastered || !open) return { dual, work };
  const refined = await refine(state, improving, work);
  return observer.isCancelled?.() ? null : refined;
}

/** The work it took; null where it was cancelled. */
async function replan(
  state: WaveState,
  { ascents, readers, dual, maxWork, limits, observer, report }: Improving,
  work: number,
  mastered: boolean,
): Promise<number | null> {
  const { model } = state;
  const orders = model.views.length;
  const levels = [zeroPrices(model), scaledPrices(model, dual, 0.5), scaledPrices(model, dual, 1)];
  const all = mastered ? maxWork : dual.work + work;
  const combining = mastered || !model.tabled.includes(0) ? 0 : COMBINE_SHARE * work;
  let cancelled = false;
  let spentWork = 0;
  const goesOn = (spent: number, bestMicros: number): boolean => {
    cancelled = observer.isCancelled?.() ?? false;
    report.progress((dual.work + spent) / all, bestMicros);
    return !cancelled && bestMicros - dual.lowerBoundMicros > limits.targetGap * bestMicros;
  };
  await ruinAndRecreate(state, readers, levels, createPrng(limits.seed), {
    work: work - combining,
    firstTemperature: (FIRST_TEMPERATURE * state.totalMicros()) / Math.max(1, orders),
    shouldStop: (spent, bestMicros, best) => {
      spentWork = spent;
      if (!goesOn(spent, bestMicros)) return true;
      return report.plan(bestMicros, best, dual, spent)?.then(() => false) ?? false;
    },
  });
  if (combining > 0 && !cancelled) {
    const ruined = spentWork;
    const shouldStop = (spent: number, micros: number): boolean | Promise<boolean> => {
      if (!goesOn(ruined + spent, micros)) return true;
      return report.plan(micros, () => state, dual, ruined + spent)?.then(() => false) ?? false;
    };
    spentWork += await combinePlans(state, { ascents, readers, dual, maxWork: combining, shouldStop });
  }
  return cancelled ? null : spentWork;
}

/** Has the master raise the bound and improve the state; its prices stay those of the dual phase, which has no cuts to share them with. */
async function refine(
  state: WaveState,
  { oracle, ascents, readers, dual, maxWork, limits, observer, report }: Improving,
  before: number,
): Promise<Improved> {
  const told = (spent: number): void => report.progress((dual.work + before + spent) / maxWork, state.totalMicros());
  const { lowerBoundMicros, work } = await runMasterPhase(state, {
    oracle,
    ascents,
    readers,
    dual,
    maxWork: maxWork - dual.work - before,
    targetGap: limits.targetGap,
    isCancelled: () => observer.isCancelled?.() ?? false,
    onBound: report.bound,
    onWork: told,
    shouldStop: (spent, costMicros, bound) => {
      told(spent);
      const better = { ...dual, lowerBoundMicros: bound };
      return report.plan(costMicros, () => state, better, before + spent)?.then(() => false) ?? false;
    },
  });
  return { dual: { ...dual, lowerBoundMicros }, work: before + work };
}
