// Decides one order by a list of sources: each demand goes whole to the first source on the list that has it.
// What simple order management systems do; leaves the list to the baseline.
import { mergeTogether } from '../order/merge-together.ts';
import { planIsWorthEnough } from '../order/part-values.ts';
import type { OrderProblem, OrderSolution, Taken } from '../order/order-problem.ts';
import { ListDraft } from './list-draft.ts';
import { priceShipments } from './price-shipments.ts';

/**
 * Fills demands in the order's own order from `ranking` (positions of sources, first wanted first); what ships together is one
 * demand. A plan whose parts are worth too little is given up for the first source that has everything, else for nothing.
 */
export function cascade(problem: OrderProblem, ranking: readonly number[], method: string): OrderSolution {
  const merged = mergeTogether(problem);
  const plan = fill(merged?.problem ?? problem, ranking);
  const shipments = merged ? plan.map(({ source, taken }) => ({ source, taken: merged.split(taken) })) : plan;
  return priceShipments(problem, shipments, method);
}

interface Filled {
  readonly source: number;
  readonly taken: Taken[];
}

function fill(problem: OrderProblem, ranking: readonly number[]): Filled[] {
  const draft = new ListDraft(problem);
  for (let demand = 0; demand < problem.demands.length; demand++) {
    if (!draft.takeWhole(demand, ranking)) draft.takeParts(demand, ranking);
  }
  const allOrNothing = problem.shipComplete || !problem.partial;
  if (allOrNothing && !draft.complete()) return [];
  const shipments = draft.shipments();
  return planIsWorthEnough(problem, { shipments }) ? shipments : allFromOne(problem, ranking);
}

/** Everything from the first source that has it, in one part. */
function allFromOne(problem: OrderProblem, ranking: readonly number[]): Filled[] {
  const { demands, sources } = problem;
  const units = demands.reduce((sum, { quantity }) => sum + quantity, 0);
  const source = ranking.find((at) => {
    const { available, unitsLeft } = sources[at]!;
    return unitsLeft >= units && demands.every(({ quantity }, demand) => available[demand]! >= quantity);
  });
  if (source === undefined) return [];
  return [{ source, taken: demands.map(({ quantity }, demand) => ({ demand, quantity })) }];
}
