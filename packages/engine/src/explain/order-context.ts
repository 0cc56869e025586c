// Decides what is at hand when one order of a plan is explained: how it stood at its turn, and what it was given, as sums that can be changed.
import { invariant } from '../base/invariant.ts';
import { dayNumber } from '../base/time.ts';
import { createEnumerator, type Enumerator } from '../candidates/enumerate.ts';
import { waveNetwork } from '../candidates/wave-rules.ts';
import { createPricer, type Pricer } from '../costs/price.ts';
import type { Network } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { OrderPlan, Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Wave } from '../model/wave.ts';
import { compilePolicy } from '../rules/compile-policy.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import { type OrderView, viewOrder } from '../solve/order-view.ts';
import type { DraftOrder } from './draft-order.ts';
import { createPlanUses, daysOf, ledgerAfter, type PlanUses, type Taken } from './plan-uses.ts';

export interface PlanContext {
  readonly plan: Plan;
  readonly policy: Policy;
  readonly network: Network;
  readonly pricer: Pricer;
  readonly enumerator: Enumerator;
  readonly book: RuleBook;
  readonly uses: PlanUses;
  /** Undefined where the plan has no such order. */
  orderOf(orderId: string): Promise<OrderContext | undefined>;
}

export interface OrderContext {
  readonly order: Order;
  readonly orderPlan: OrderPlan;
  /** Where it stands in the plan. */
  readonly position: number;
  /** What others have, which it had to leave alone. */
  readonly taken: readonly Taken[];
  readonly view: OrderView;
  readonly draft: DraftOrder;
}

/** For a plan and exactly the wave and policy it came from. */
export function createPlanContext(wave: Wave, policy: Policy, plan: Plan): PlanContext {
  const compiled = compilePolicy(policy);
  invariant(compiled.ok, 'A plan exists, so its policy compiles.');
  const { book } = compiled.value;
  const network = waveNetwork(wave.snapshot, policy, book);
  const pricer = createPricer(network, policy);
  const enumerator = createEnumerator(network, policy, book, plan.basis.limits);
  const orders = new Map(wave.orders.map((order) => [order.orderId, order]));
  const positions = new Map(plan.orders.map(({ orderId }, position) => [orderId, position]));
  const uses = createPlanUses(plan);
  const orderOf = async (orderId: string): Promise<OrderContext | undefined> => {
    const position = positions.get(orderId);
    const order = orders.get(orderId);
    if (position === undefined || !order) return undefined;
    const orderPlan = plan.orders[position]!;
    const taken = uses.othersOf(position, new Set(order.lines.map(({ sku }) => sku)));
    const ledger = ledgerAfter(network, taken);
    const candidates = await enumerator.candidatesOf(order);
    const view = viewOrder(candidates, ledger, pricer, policy, daysOf(orderPlan, network));
    return { order, orderPlan, position, taken, view, draft: draftOf(orderPlan, view, network) };
  };
  return { plan, policy, network, pricer, enumerator, book, uses, orderOf };
}

/** The plan's shipments as units by source and demand of the order's problem. */
function draftOf(orderPlan: OrderPlan, view: OrderView, network: Network): DraftOrder {
  const demandOf = new Map(view.candidates.demands.map((demand, index) => [demand.sku, index]));
  const taken = new Map<number, Map<number, number>>();
  for (const shipment of orderPlan.shipments) {
    const node = network.nodeAt.get(shipment.nodeId);
    const day = dayNumber(shipment.shipOn);
    const source = view.refs.findIndex((ref) => ref.candidate.node === node && ref.shipDay.day === day);
    invariant(
      source >= 0,
      `${shipment.shipmentId} was not open to this order: the plan belongs to another wave or policy.`,
    );
    const byDemand = new Map<number, number>();
    for (const line of shipment.lines) {
      const demand = demandOf.get(line.sku)!;
      byDemand.set(demand, (byDemand.get(demand) ?? 0) + line.quantity);
    }
    taken.set(source, byDemand);
  }
  return { view, taken };
}
