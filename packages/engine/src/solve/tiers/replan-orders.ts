// Decides a last improvement of a tier: each order in turn is planned anew on what the others leave it.
import { solveOrder } from '../order/solve-order.ts';
import { viewOrder } from '../order-view.ts';
import type { WaveInput } from '../solver.ts';
import { choiceOf, type PlanBook } from './plan-book.ts';
import { type GoalLimits, tryChoice } from './relink.ts';

/** Search nodes for one order. */
const ORDER_WORK = 500;

/** `weighted` is what orders are planned by, `input` what they cost. Answers the work done; stops early where `stop` says so. */
export function replanOrders(
  book: PlanBook,
  input: WaveInput,
  weighted: WaveInput,
  goals: GoalLimits,
  stop: () => boolean,
): number {
  const { pricer, policy } = weighted;
  let work = 0;
  for (const [order, candidates] of input.orders.entries()) {
    if (stop()) break;
    const view = book.without(order, (ledger) => viewOrder(candidates, ledger, pricer, policy));
    const solution = solveOrder(view.problem, Math.min(ORDER_WORK, input.limits.orderWork));
    work += solution.work;
    tryChoice(book, order, choiceOf({ view, solution, exact: true }, input.pricer), goals);
  }
  return work;
}
