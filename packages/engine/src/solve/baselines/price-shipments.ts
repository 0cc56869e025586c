// Decides what chosen shipments cost as an answer to an order problem, each by its cheapest service.
import type { OrderProblem, OrderSolution, Taken } from '../order/order-problem.ts';
import { pricedPlan } from '../order/priced-plan.ts';

/** A solution with no proof of its own: its lower bound is 0. */
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
