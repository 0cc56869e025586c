// Decides the one reason given for units that stay unsourced, by the precedence of UNSOURCED_REASONS.
import type { UnsourcedReason } from '../model/plan.ts';
import type { Decision } from '../solve/solver.ts';

export function reasonFor(demand: number, { view, solution }: Decision): UnsourcedReason {
  const { candidates, problem } = view;
  const { rows, quantity } = candidates.demands[demand]!;
  if (!rows.some((row) => (row.level?.onHand ?? 0) > 0 || row.receipts.length > 0)) return 'not-stocked';
  const eligible = candidates.nodes.filter((candidate) => candidate.rows[demand]);
  if (eligible.length === 0) return 'no-eligible-node';
  if (reachableUnits(demand, view) < quantity) {
    const shown = new Set(problem.sources.map((source) => source.node));
    const full = eligible.some(
      (candidate) => !shown.has(candidate.node) && (candidate.rows[demand]?.level?.onHand ?? 0) > 0,
    );
    return full ? 'no-capacity-left' : 'no-stock-left';
  }
  if ((problem.shipComplete || !problem.partial) && solution.shipments.length === 0) return 'ship-complete';
  if (solution.shipments.length >= problem.maxShipments) return 'max-shipments';
  return 'costs-more-than-penalty';
}

/** Units that the order could have had of a demand: of each node what its best day gives. */
function reachableUnits(demand: number, { problem }: Decision['view']): number {
  const byNode = new Map<number, number>();
  for (const source of problem.sources) {
    byNode.set(source.node, Math.max(byNode.get(source.node) ?? 0, source.available[demand]!));
  }
  return [...byNode.values()].reduce((sum, units) => sum + units, 0);
}
