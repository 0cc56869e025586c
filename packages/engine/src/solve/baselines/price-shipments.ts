// Decides what chosen shipments cost as an answer to an order problem, each by its cheapest service.
import { boundOrder } from '../order/bound-order.ts';
import type { OrderProblem, OrderSolution, Taken } from '../order/order-problem.ts';
import { pricedPlan } from '../order/priced-plan.ts';

/** A solution without a proof: its lower bound is 0 until `withBound` gives it one. */
export function priceShipments(
  problem: OrderProblem,
  shipments: readonly { readonly source: number; readonly taken: readonly Taken[] }[],
  method: string,
): OrderSolution {
  const units = new Float64Array(problem.sources.length * problem.demands.length);
  for (const { source, taken } of shipments) {
    for (const { demand, quantity } of taken) units[source * problem.demands.length + demand]! += quantity;
  }
  return { ...pricedPlan(problem, units), lowerBoundMicros: 0, proven: false, method, work: 1 };
}

/** The same solution with the lower bound of any plan for the order. */
export function withBound(problem: OrderProblem, solution: OrderSolution): OrderSolution {
  const lowerBoundMicros = Math.min(solution.costMicros, boundOrder(problem));
  return { ...solution, lowerBoundMicros, proven: lowerBoundMicros === solution.costMicros };
}
