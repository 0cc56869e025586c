// Decides how a plan made on one view of an order reads on another view of it, whose sources are others.
import type { ChosenShipment } from '../order/order-problem.ts';
import { type PricedPlan, pricedPlan, unitsOf } from '../order/priced-plan.ts';
import type { OrderView } from '../order-view.ts';
import type { Decision } from '../solver.ts';

/** A decision's plan, priced in the sources of the other view; undefined where one of its ship days is not shown there. */
export function translatePlan({ view, solution }: Decision, to: OrderView): PricedPlan | undefined {
  const shipments: ChosenShipment[] = [];
  for (const shipment of solution.shipments) {
    const { candidate, shipDay } = view.refs[shipment.source]!;
    const source = to.refs.findIndex((ref) => ref.candidate === candidate && ref.shipDay === shipDay);
    if (source < 0) return undefined;
    shipments.push({ ...shipment, source });
  }
  return pricedPlan(to.problem, unitsOf({ shipments }, to.problem));
}
