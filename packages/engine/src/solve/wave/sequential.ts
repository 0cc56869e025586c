// Decides a wave order by order, first come first served: each order by a given rule on what the earlier ones left.
// Leaves the rule for one order to solve/order and solve/baselines.
import type { Effort } from '../../model/plan.ts';
import type { Strategy } from '../../model/policy.ts';
import type { OrderSolution } from '../order/order-problem.ts';
import { solveOrder } from '../order/solve-order.ts';
import { type OrderView, viewOrder } from '../order-view.ts';
import type { Decision, Observer, WaveInput, WaveSolver } from '../solver.ts';
import { shipDecision } from '../taken-rows.ts';
import { boundWave } from './wave-bound.ts';

/** How one order is decided on the view it gets. */
export type DecideOrder = (view: OrderView, input: WaveInput) => OrderSolution;

export function createSequentialSolver(strategy: Strategy, decide: DecideOrder): WaveSolver {
  return {
    strategy,
    solve: (input, observer) => {
      const decisions = decideInTurn(input, decide, observer);
      if (!decisions) return null;
      const work = decisions.reduce((sum, { solution }) => sum + solution.work, 0);
      const effort: Effort = { work, rounds: 1, stopped: 'last-order' };
      return {
        decisions,
        lowerBoundMicros: boundWave(input, (done, total) => observer.onProving?.(done, total)),
        prices: [],
        effort,
      };
    },
  };
}

/** The decisions alone, without a bound for the wave. Null when it was cancelled. */
export function decideInTurn(input: WaveInput, decide: DecideOrder, observer: Observer): Decision[] | null {
  const ledger = input.createLedger();
  const decisions: Decision[] = [];
  let costMicros = 0;
  for (const candidates of input.orders) {
    if (observer.isCancelled?.()) return null;
    const now = viewOrder(candidates, ledger, input.pricer, input.policy);
    const solution = decide(now, input);
    shipDecision({ view: now, solution }, ledger);
    decisions.push({ view: now, solution, exact: decide === solveExact });
    costMicros += solution.costMicros;
    observer.onProgress?.(decisions.length, input.orders.length, costMicros);
  }
  return decisions;
}

/** The best plan for one order on what is left. */
export const solveExact: DecideOrder = (view, input) => solveOrder(view.problem, input.limits.orderWork);
