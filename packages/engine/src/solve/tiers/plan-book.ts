// Decides how the plan of a wave is held between solvers: what each order sends, what that sums to by term, what is left.
// Sums are exact: money at weight 1, and costs that rise with use are those of all orders together.
import type { CandidateNode, OrderCandidates, ShipDay } from '../../candidates/candidate.ts';
import type { Pricer } from '../../costs/price.ts';
import { termMicros } from '../../costs/breakdown.ts';
import type { Ledger } from '../../inventory/ledger.ts';
import { COST_TERMS, type CostTerm } from '../../model/cost-terms.ts';
import type { Taken } from '../order/order-problem.ts';
import type { Decision } from '../solver.ts';
import { rowsTaken } from '../taken-rows.ts';

export interface ChoiceShipment {
  readonly candidate: CandidateNode;
  readonly shipDay: ShipDay;
  /** Position among the services of the ship day. */
  readonly option: number;
  readonly taken: readonly Taken[];
}

/** What one order sends. */
export interface Choice {
  readonly shipments: readonly ChoiceShipment[];
  /** By term, costs that rise with use left out: they are not the order's own. */
  readonly own: Readonly<Record<CostTerm, number>>;
  /** As in the decision that it was. */
  readonly method: string;
  readonly exact: boolean;
  readonly skipped: boolean;
}

export function choiceOf({ view, solution, exact, skipped = false }: Decision, pricer: Pricer): Choice {
  const shipments = solution.shipments.map(({ source, option, taken }): ChoiceShipment => {
    const { candidate, shipDay } = view.refs[source]!;
    return { candidate, shipDay, option, taken };
  });
  const own = ownTerms(view.candidates, shipments, pricer);
  return { shipments, own, method: solution.method, exact, skipped };
}

/** Money at weight 1 of what an order sends and leaves. */
function ownTerms(
  candidates: OrderCandidates,
  shipments: readonly ChoiceShipment[],
  pricer: Pricer,
): Record<CostTerm, number> {
  const sums = Object.fromEntries(COST_TERMS.map((term) => [term, 0])) as Record<CostTerm, number>;
  const left = candidates.demands.map(({ quantity }) => quantity);
  for (const [index, { candidate, shipDay, option, taken }] of shipments.entries()) {
    const cost = pricer.shipmentCost(candidates, candidate, shipDay.services[option]!, taken, index === 0);
    for (const term of COST_TERMS) sums[term] += termMicros(cost, term);
    for (const { demand, quantity } of taken) left[demand]! -= quantity;
  }
  for (const [demand, units] of left.entries()) {
    sums.unsourced += units * pricer.unsourcedUnitMicros(candidates, demand);
  }
  return sums;
}

/** A plan that can change order by order and is feasible at any time. */
export class PlanBook {
  readonly choices: Choice[];
  readonly totals: Record<CostTerm, number>;
  readonly ledger: Ledger;

  /** `ledger` is untouched; the choices fit together. */
  constructor(choices: readonly Choice[], ledger: Ledger) {
    this.ledger = ledger;
    this.choices = [];
    this.totals = Object.fromEntries(COST_TERMS.map((term) => [term, 0])) as Record<CostTerm, number>;
    for (const choice of choices) this.add(choice);
  }

  /** The choice of the next order. */
  add(choice: Choice): void {
    this.choices.push(choice);
    this.#add(choice);
  }

  /** Puts another choice in the place of an order's; false, with nothing changed, where not all of it is there. */
  swap(order: number, to: Choice): boolean {
    const from = this.choices[order]!;
    this.#remove(from);
    for (const [index, shipment] of to.shipments.entries()) {
      if (this.#fits(shipment)) this.#ship(shipment);
      else {
        for (const done of to.shipments.slice(0, index)) this.#unship(done);
        this.#add(from);
        return false;
      }
    }
    this.#count(to, 1);
    this.choices[order] = to;
    return true;
  }

  /** Calls `look` while the order's own stock and capacity lie open. */
  without<T>(order: number, look: (ledger: Ledger) => T): T {
    const own = this.choices[order]!;
    this.#remove(own);
    const answer = look(this.ledger);
    this.#add(own);
    return answer;
  }

  #add(choice: Choice): void {
    for (const shipment of choice.shipments) this.#ship(shipment);
    this.#count(choice, 1);
  }

  #remove(choice: Choice): void {
    for (const shipment of choice.shipments) this.#unship(shipment);
    this.#count(choice, -1);
  }

  #count({ own }: Choice, sign: number): void {
    for (const term of COST_TERMS) this.totals[term] += sign * own[term];
  }

  #fits({ candidate, shipDay, taken }: ChoiceShipment): boolean {
    const { ledger } = this;
    const units = taken.reduce((sum, { quantity }) => sum + quantity, 0);
    if (ledger.shipmentsLeft(candidate.node, shipDay.day) < 1) return false;
    if (ledger.unitsLeft(candidate.node, shipDay.day) < units) return false;
    return taken.every(({ demand, quantity }) => ledger.available(candidate.rows[demand]!, shipDay.day) >= quantity);
  }

  #ship({ candidate, shipDay, taken }: ChoiceShipment): void {
    const { capacityMicros, stockOutMicros } = this.ledger.ship(
      candidate.node,
      shipDay.day,
      rowsTaken(candidate, taken),
    );
    this.totals.capacity += capacityMicros;
    this.totals.stockOut += stockOutMicros;
  }

  #unship({ candidate, shipDay, taken }: ChoiceShipment): void {
    const { capacityMicros, stockOutMicros } = this.ledger.unship(
      candidate.node,
      shipDay.day,
      rowsTaken(candidate, taken),
    );
    this.totals.capacity -= capacityMicros;
    this.totals.stockOut -= stockOutMicros;
  }
}
