// Decides what chosen shipments cost as an answer to an order problem, each by its cheapest service.
import { boundOrder } from '../order/bound-order.ts';
import type { OrderProblem, OrderSolution, Taken } from '../order/order-problem.ts';
import { pricedPlan } from '../order/priced-plan.ts';

/** A solution that looked for nothing better; its lower bound is that of any plan for the order. */
export function priceShipments(
  problem: OrderProblem,
  shipments: readonly { readonly source: number; readonly taken: readonly Taken[] }[],
  method: string,
): OrderSolution {
  const units = new Float64Array(problem.sources.length * problem.demands.length);
  for (const { source, taken } of shipments) {
    for (const { demand, quantity } of taken) units[source * problem.demands.length + demand]! += quantity;
  }
  const plan = pricedPlan(problem, units);
  const lowerBoundMicros = Math.min(plan.costMicros, boundOrder(problem));
  return { ...plan, lowerBoundMicros, proven: lowerBoundMicros === plan.costMicros, method, work: 1 };
}
