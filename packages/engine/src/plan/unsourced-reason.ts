// Decides the one reason given for units that stay unsourced, by the precedence of UNSOURCED_REASONS.
import type { UnsourcedReason } from '../model/plan.ts';
import type { OrderProblem, Source } from '../solve/order/order-problem.ts';
import type { Decision } from '../solve/solver.ts';

export function reasonFor(demand: number, decision: Decision): UnsourcedReason {
  if (decision.skipped) return 'not-looked-for';
  const { view, solution } = decision;
  const { candidates, problem } = view;
  const { rows, quantity } = candidates.demands[demand]!;
  if (!rows.some((row) => (row.level?.onHand ?? 0) > 0 || row.receipts.length > 0)) return 'not-stocked';
  if (!candidates.nodes.some((candidate) => candidate.rows[demand])) return 'no-eligible-node';
  if (reachableUnits(problem, demand, () => Infinity) < quantity) {
    return view.heldByCapacity[demand]!.size > 0 ? 'no-capacity-left' : 'no-stock-left';
  }
  if (roomIsShort(demand, decision)) return 'no-capacity-left';
  const whole = problem.shipComplete || !problem.partial;
  if (whole && solution.shipments.length === 0 && !(solution.proven && couldGoWhole(problem))) return 'ship-complete';
  if (solution.shipments.length >= problem.maxShipments) return 'max-shipments';
  return decision.exact ? 'costs-more-than-penalty' : 'not-looked-for';
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
