// Decides the one reason given for units that stay unsourced, by the precedence of UNSOURCED_REASONS.
import type { UnsourcedReason } from '../model/plan.ts';
import { planIsWorthEnough } from '../solve/order/part-values.ts';
import { pricedPlan } from '../solve/order/priced-plan.ts';
import type { OrderProblem, Source } from '../solve/order/order-problem.ts';
import type { Decision } from '../solve/solver.ts';

export function reasonFor(demand: number, decision: Decision): UnsourcedReason {
  if (decision.skipped) return 'not-looked-for';
  const { view, solution } = decision;
  const { candidates, problem } = view;
  const { rows, quantity } = candidates.demands[demand]!;
  if (candidates.terms.heldBy !== null) return 'held';
  if (!rows.some((row) => (row.level?.onHand ?? 0) > 0 || row.receipts.length > 0)) return 'not-stocked';
  if (!candidates.nodes.some((candidate) => candidate.rows[demand])) return 'no-eligible-node';
  if (reachableUnits(problem, demand, () => Infinity) < quantity) {
    return view.heldByCapacity[demand]!.size > 0 ? 'no-capacity-left' : 'no-stock-left';
  }
  const group = problem.together?.find((own) => own.includes(demand));
  if (group && !problem.sources.some((source) => holdsAll(problem, source, group))) return 'ship-together';
  if (roomIsShort(demand, decision)) return 'no-capacity-left';
  const whole = problem.shipComplete || !problem.partial;
  if (whole && solution.shipments.length === 0 && !(solution.proven && couldGoWhole(problem))) return 'ship-complete';
  if (solution.shipments.length >= problem.maxShipments) return 'max-shipments';
  if (partsStandInTheWay(decision, group ?? [demand])) return 'min-part-value';
  return decision.exact ? 'costs-more-than-penalty' : 'not-looked-for';
}

function holdsAll({ demands }: OrderProblem, { available, unitsLeft }: Source, group: readonly number[]): boolean {
  const units = group.reduce((sum, demand) => sum + demands[demand]!.quantity, 0);
  return units <= unitsLeft && group.every((demand) => available[demand]! >= demands[demand]!.quantity);
}

/** Whether the demands could be added to the plan from one source at less than their penalty, but for the worth of its parts. */
function partsStandInTheWay({ view: { problem }, solution }: Decision, group: readonly number[]): boolean {
  if (!problem.minPartMicros) return false;
  const count = problem.demands.length;
  const now = new Float64Array(problem.sources.length * count);
  for (const { source, taken } of solution.shipments) {
    for (const { demand, quantity } of taken) now[source * count + demand] = quantity;
  }
  for (const [at, source] of problem.sources.entries()) {
    if (!holdsAll(problem, source, group)) continue;
    const units = now.slice();
    for (const demand of group) {
      for (let other = 0; other < problem.sources.length; other++) units[other * count + demand] = 0;
      units[at * count + demand] = problem.demands[demand]!.quantity;
    }
    const plan = pricedPlan(problem, units);
    if (plan.costMicros < solution.costMicros && !planIsWorthEnough(problem, plan)) return true;
  }
  return false;
}

/** Units that the order could have had: of each node its stock within the room of its days; of one node only where quantities stay whole. */
function reachableUnits(
  problem: OrderProblem,
  demand: number,
  roomAt: (source: Source, index: number) => number,
): number {
  const byNode = new Map<number, { stock: number; room: number }>();
  for (const [index, source] of problem.sources.entries()) {
    const of = byNode.get(source.node) ?? { stock: 0, room: 0 };
    const stock = Math.max(of.stock, source.available[demand]!);
    byNode.set(source.node, { stock, room: of.room + roomAt(source, index) });
  }
  const units = [...byNode.values()].map(({ stock, room }) => Math.min(stock, room));
  return problem.splitQuantity ? units.reduce((sum, of) => sum + of, 0) : Math.max(0, ...units);
}

/** Whether what the order itself sends leaves the sources too little capacity for the units that are missing. */
function roomIsShort(demand: number, { view: { problem }, solution }: Decision): boolean {
  const used = problem.sources.map(() => 0);
  const taken = problem.sources.map(() => 0);
  for (const shipment of solution.shipments) {
    for (const { demand: of, quantity } of shipment.taken) {
      used[shipment.source]! += quantity;
      if (of === demand) taken[shipment.source]! += quantity;
    }
  }
  const room = (source: Source, index: number): number => source.unitsLeft - used[index]! + taken[index]!;
  return reachableUnits(problem, demand, room) < problem.demands[demand]!.quantity;
}

/** Whether the whole order surely could go out: from one source, or each sku from its own. */
function couldGoWhole({ demands, sources, maxShipments }: OrderProblem): boolean {
  const units = demands.reduce((sum, { quantity }) => sum + quantity, 0);
  const holds = (source: Source, demand: number): boolean => source.available[demand]! >= demands[demand]!.quantity;
  if (sources.some((source) => source.unitsLeft >= units && demands.every((_, demand) => holds(source, demand))))
    return true;
  const unlimited = sources.filter((source) => source.unitsLeft === Infinity);
  return (
    maxShipments >= demands.length && demands.every((_, demand) => unlimited.some((source) => holds(source, demand)))
  );
}
