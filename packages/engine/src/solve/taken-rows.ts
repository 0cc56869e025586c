// Decides what a decision takes out of a ledger and gives back to it, and how its order looks on what all others leave.
// Leaves what is done with that to its callers.
import type { CandidateNode } from '../candidates/candidate.ts';
import type { Pricer } from '../costs/price.ts';
import type { Ledger } from '../inventory/ledger.ts';
import type { StockRow } from '../model/network.ts';
import type { Policy } from '../model/policy.ts';
import type { OrderSolution, Taken } from './order/order-problem.ts';
import { type OrderView, viewOrder } from './order-view.ts';

type Decided = { readonly view: OrderView; readonly solution: Pick<OrderSolution, 'shipments'> };

/** The rows of stock that a shipment of a node takes its units from. */
export function rowsTaken(
  candidate: CandidateNode,
  taken: readonly Taken[],
): { readonly row: StockRow; readonly units: number }[] {
  return taken.map(({ demand, quantity }) => ({ row: candidate.rows[demand]!, units: quantity }));
}

export function shipDecision({ view, solution }: Decided, ledger: Ledger): void {
  for (const { source, taken } of solution.shipments) {
    const { candidate, shipDay } = view.refs[source]!;
    ledger.ship(candidate.node, shipDay.day, rowsTaken(candidate, taken));
  }
}

export function unshipDecision({ view, solution }: Decided, ledger: Ledger): void {
  for (const { source, taken } of solution.shipments) {
    const { candidate, shipDay } = view.refs[source]!;
    ledger.unship(candidate.node, shipDay.day, rowsTaken(candidate, taken));
  }
}

/** The order on what all others leave, the days of its own shipments open to it. `ledger` has what all take, this order too, and has it again afterwards. */
export function viewOnRest(decision: Decided, ledger: Ledger, pricer: Pricer, policy: Policy): OrderView {
  const { view, solution } = decision;
  const used = new Set(
    solution.shipments.map(({ source }) => {
      const { candidate, shipDay } = view.refs[source]!;
      return `${candidate.node} ${shipDay.day}`;
    }),
  );
  unshipDecision(decision, ledger);
  const rest = viewOrder(view.candidates, ledger, pricer, policy, (node, day) => used.has(`${node} ${day}`));
  shipDecision(decision, ledger);
  return rest;
}
