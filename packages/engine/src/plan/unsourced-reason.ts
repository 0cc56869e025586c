// Decides the one reason given for units that stay unsourced: what holds for most of them, by the precedence of UNSOURCED_REASONS.
// Leaves how the units stand and what sending them would cost to more-units.ts.
import type { Pricer } from '../costs/price.ts';
import type { Ledger } from '../inventory/ledger.ts';
import type { OrderPlan, UnsourcedReason } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { OrderProblem, Source, Taken } from '../solve/order/order-problem.ts';
import type { Decision } from '../solve/solver.ts';
import { viewOnRest } from '../solve/taken-rows.ts';
import { companyOf, goesWhole, holdsAll, leftUnits, netMicros, waysToSend } from './more-units.ts';
import type { Sent } from './shipment-change.ts';

/** On the stock and room of the decision's view. */
export function reasonFor(demand: number, decision: Decision): UnsourcedReason {
  return reasonOf(demand, decision, { view: decision.view, taken: takenIn(decision) });
}

/**
 * The plan of an order that was weighed with all others, with reasons that hold on what they leave. `ledger` has what all orders
 * take, this one too, and has it again afterwards.
 */
export function withReasonsAfterAll(
  plan: OrderPlan,
  decision: Decision,
  ledger: Ledger,
  pricer: Pricer,
  policy: Policy,
): OrderPlan {
  if (plan.unsourced.length === 0 || decision.skipped) return plan;
  const { view, solution } = decision;
  const { candidates } = view;
  const after = viewOnRest(decision, ledger, pricer, policy);
  const taken = new Map(
    solution.shipments.map(({ source, taken: lines }) => {
      const { candidate, shipDay } = view.refs[source]!;
      const there = after.refs.findIndex(
        (ref) => ref.candidate.node === candidate.node && ref.shipDay.day === shipDay.day,
      );
      return [there, unitsByDemand(lines)];
    }),
  );
  const demandOf = new Map(candidates.demands.map(({ sku }, demand) => [sku, demand]));
  return {
    ...plan,
    unsourced: plan.unsourced.map((line) => ({
      ...line,
      reason: reasonOf(demandOf.get(line.sku)!, decision, { view: after, taken }),
    })),
  };
}

function takenIn({ solution }: Decision): Sent['taken'] {
  return new Map(solution.shipments.map(({ source, taken }) => [source, unitsByDemand(taken)]));
}

function unitsByDemand(taken: readonly Taken[]): ReadonlyMap<number, number> {
  return new Map(taken.map(({ demand, quantity }) => [demand, quantity]));
}

function reasonOf(demand: number, decision: Decision, sent: Sent): UnsourcedReason {
  if (decision.skipped) return 'not-looked-for';
  const { candidates, problem } = sent.view;
  const { rows } = candidates.demands[demand]!;
  if (candidates.terms.heldBy !== null) return 'held';
  if (!rows.some((row) => (row.level?.onHand ?? 0) > 0 || row.receipts.length > 0)) return 'not-stocked';
  if (!candidates.nodes.some((candidate) => candidate.rows[demand])) return 'no-eligible-node';
  const { nowhere, noRoom, sendable } = leftUnits(sent, demand);
  if (nowhere >= noRoom && nowhere >= sendable) return 'no-stock-left';
  if (noRoom >= sendable) return 'no-capacity-left';
  return whyNotSent(demand, decision, sent) ?? (problem.splitQuantity ? 'not-looked-for' : 'no-capacity-left');
}

/** Why units that could be sent are not; undefined where no source by itself could send any. */
function whyNotSent(demand: number, decision: Decision, sent: Sent): UnsourcedReason | undefined {
  const { problem } = sent.view;
  const { exact, solution } = decision;
  const ways = waysToSend(sent, demand);
  if (ways.length === 0 && goesWhole(problem)) {
    return solution.proven && couldGoWhole(problem) ? 'costs-more-than-penalty' : 'ship-complete';
  }
  const company = companyOf(problem, demand);
  if (company && !problem.sources.some((source) => holdsAll(problem, source, company))) return 'ship-together';
  if (ways.length === 0) return undefined;
  const within = ways.filter(({ isNewShipment }) => !isNewShipment || sent.taken.size < problem.maxShipments);
  if (within.length === 0) return 'max-shipments';
  const [best] = within.filter(({ isWorthEnough }) => isWorthEnough);
  if (!best) return 'min-part-value';
  if (netMicros(best) < 0) return 'not-looked-for';
  if (within.some((way) => netMicros(way) < 0)) return 'min-part-value';
  return exact ? 'costs-more-than-penalty' : 'not-looked-for';
}

/** Whether the whole order surely could go out in several shipments: each sku from its own source. */
function couldGoWhole({ demands, sources, maxShipments }: OrderProblem): boolean {
  const holds = (source: Source, demand: number): boolean => source.available[demand]! >= demands[demand]!.quantity;
  const unlimited = sources.filter((source) => source.unitsLeft === Infinity);
  return (
    maxShipments >= demands.length && demands.every((_, demand) => unlimited.some((source) => holds(source, demand)))
  );
}
