// Decides a whole wave at once: a first plan, prices for what is scarce with the bound they prove, plans at those prices, improved.
// Leaves tables to wave-model.ts, prices to dual-phase.ts, plans to start-plans.ts, improve.ts and settle.ts, the answer to wave-report.ts.
import type { Network } from '../../model/network.ts';
import type { Observer, WaveInput, WaveSolver } from '../solver.ts';
import { type DualLimits, type DualResult, raisePrices, readersOf } from './dual-phase.ts';
import { improve } from './improve.ts';
import { createPriceOracle, type PriceOracle } from './price-oracle.ts';
import { proveBound } from './prove-bound.ts';
import { bestStart, firstComeFirstServed, type Start, startPrices } from './start-plans.ts';
import { MOST_PASSES, settle, settleWork } from './settle.ts';
import { effortOf, nothingProven, type Reporter, reporterOf } from './wave-report.ts';

/** Share of the work that goes into prices, and in waves with large orders; the rest goes into plans. */
const DUAL_SHARE = 0.3;
const LARGE_DUAL_SHARE = 0.4;
/** Share of the work after prices that may go into sourcing orders again one by one. */
const SETTLE_SHARE = 0.3;
const MAX_ROUNDS = 600;
const PATIENCE = 15;
/** Search nodes on a large order when its share of the bound is proven. */
const PROOF_WORK = 2000;

export function createOptimalSolver(network: Network): WaveSolver {
  return {
    strategy: 'optimal',
    solve: async (input, observer) => {
      const first = firstComeFirstServed(input, network, observer);
      if (!first) return null;
      const { model, ascents, state: myopic } = first;
      const report = reporterOf(model, network, observer);
      report.progress(0, myopic.totalMicros());
      await report.plan(myopic.totalMicros(), () => myopic, nothingProven(model), 0);
      if (observer.isCancelled?.()) return null;
      const oracle = createPriceOracle(model, ascents);
      const readers = readersOf(model);
      const dual = findPrices(first, readers, oracle, input, observer, report);
      if (!dual) return null;
      const state = bestStart(first, input, dual);
      await report.plan(state.totalMicros(), () => state, dual, 0);
      const { limits } = input;
      const settling = Math.min(MOST_PASSES * settleWork(model), SETTLE_SHARE * (limits.waveWork - dual.work));
      const maxWork = limits.waveWork - settling;
      const improved = await improve(state, { ascents, oracle, readers, dual, maxWork, limits, observer, report });
      if (!improved) return null;
      await report.plan(state.totalMicros(), () => state, improved.dual, improved.work);
      const answer = report.answerOf(state, improved.dual);
      const before = improved.dual.work + improved.work;
      const settled = settle(answer.decisions, {
        model,
        input,
        work: settling,
        shouldStop: (spent, savedMicros) => {
          const micros = state.totalMicros() - savedMicros;
          report.progress((before + spent) / limits.waveWork, micros);
          const isNear = micros - improved.dual.lowerBoundMicros <= limits.targetGap * micros;
          return isNear || (observer.isCancelled?.() ?? false);
        },
      });
      if (observer.isCancelled?.()) return null;
      const costMicros = state.totalMicros() - settled.savedMicros;
      observer.onProgress?.(model.views.length, model.views.length, costMicros);
      const effort = effortOf(model, costMicros, improved.dual, improved.work + settled.work, limits);
      return { ...answer, decisions: settled.decisions, effort };
    },
  };
}

/** Prices, with the bound proven at them as well as it can be; null where it was cancelled. */
function findPrices(
  { model, state: myopic }: Start,
  readers: readonly Int32Array[],
  oracle: PriceOracle,
  { limits }: WaveInput,
  observer: Observer,
  report: Reporter,
): DualResult | null {
  const { waveWork, orderWork } = limits;
  const dualLimits: DualLimits = {
    maxRounds: MAX_ROUNDS,
    maxWork: waveWork * (model.tabled.includes(0) ? LARGE_DUAL_SHARE : DUAL_SHARE),
    patience: PATIENCE,
    onBound: report.bound,
    shouldStop: (spent) => {
      report.progress(spent / waveWork, myopic.totalMicros());
      return observer.isCancelled?.() ?? false;
    },
  };
  const raised = raisePrices(model, readers, oracle, myopic.totalMicros(), dualLimits, startPrices(model));
  if (observer.isCancelled?.()) return null;
  const lowerBoundMicros = proveBound(model, oracle, raised, myopic, Math.min(PROOF_WORK, orderWork));
  report.bound(lowerBoundMicros);
  return { ...raised, lowerBoundMicros };
}
