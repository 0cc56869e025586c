// Decides how choices become a solver's decisions again: each order at its turn, at plain money, with a bound of its own.
import { boundOrder } from '../order/bound-order.ts';
import type { ChosenShipment } from '../order/order-problem.ts';
import { type OrderView, viewOrder } from '../order-view.ts';
import type { Decision, WaveInput } from '../solver.ts';
import { invariant } from '../../base/invariant.ts';
import { type Choice, type ChoiceShipment, PlanBook } from './plan-book.ts';
import { COST_TERMS } from '../../model/cost-terms.ts';

export function finalDecisions(choices: readonly Choice[], input: WaveInput): Decision[] {
  const book = new PlanBook([], input.createLedger());
  return input.orders.map((candidates, order): Decision => {
    const { shipments, method, exact, skipped } = choices[order]!;
    const shown = new Set(shipments.map(({ candidate, shipDay }) => `${candidate.node} ${shipDay.day}`));
    const view = viewOrder(candidates, book.ledger, input.pricer, input.policy, (node, day) =>
      shown.has(`${node} ${day}`),
    );
    const before = sum(book);
    book.add(choices[order]!);
    const costMicros = sum(book) - before;
    const chosen = shipments.map((shipment) => chosenIn(view, shipment)).sort((a, b) => a.source - b.source);
    const lowerBoundMicros = Math.min(costMicros, boundOrder(view.problem));
    const proven = lowerBoundMicros === costMicros;
    const solution = { shipments: chosen, costMicros, lowerBoundMicros, proven, method, work: 1 };
    return { view, solution, exact, ...(skipped ? { skipped } : {}) };
  });
}

function sum({ totals }: PlanBook): number {
  return COST_TERMS.reduce((micros, term) => micros + totals[term], 0);
}

function chosenIn({ refs }: OrderView, { candidate, shipDay, option, taken }: ChoiceShipment): ChosenShipment {
  const source = refs.findIndex((ref) => ref.candidate === candidate && ref.shipDay === shipDay);
  invariant(source >= 0, `Node ${candidate.node} is not shown on day ${shipDay.day} to an order that it supplies.`);
  return { source, option, taken };
}
