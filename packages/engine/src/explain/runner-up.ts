// Decides what came second for a line: the cheapest other source with all else left as planned, and by how much it lost.
import { dateOf } from '../base/time.ts';
import { subtractBreakdown, sumBreakdowns } from '../costs/breakdown.ts';
import type { Pricer } from '../costs/price.ts';
import type { Choice, LineExplanation } from '../model/explanation.ts';
import type { Network } from '../model/network.ts';
import type { CostBreakdown } from '../model/plan.ts';
import {
  type DraftOrder,
  draftMicros,
  draftOption,
  fits,
  groupOf,
  isAllowed,
  moveDemand,
  risingCosts,
} from './draft-order.ts';
import { createMoves, type Moves } from './moves.ts';

export interface Alternative {
  readonly source: number;
  readonly marginMicros: number;
}

/**
 * What each other source with the stock and capacity would add to the order's cost, cheapest first; ties by source.
 * For a demand that nothing supplies: what supplying all of it would cost beyond the penalty that it saves.
 */
export function alternativesFor(draft: DraftOrder, demand: number, moves = createMoves(draft)): Alternative[] {
  const { demands, sources, shipComplete, partial } = draft.view.problem;
  const group = groupOf(draft, demand);
  const holders = [...draft.taken].filter(([, byDemand]) => byDemand.has(demand)).map(([source]) => source);
  // An order that goes out whole cannot go out with this demand alone.
  if (holders.length === 0 && demands.length > group.length && (shipComplete || !partial)) return [];
  const penaltyMicros = group.reduce((sum, of) => sum + demands[of]!.unsourcedUnitMicros * demands[of]!.quantity, 0);
  const savedMicros = holders.length > 0 ? 0 : penaltyMicros;
  const now = moves ? 0 : draftMicros(draft) + savedMicros;
  const found: Alternative[] = [];
  for (const source of sources.keys()) {
    if (holders.length === 1 && holders[0] === source) continue;
    if (moves) {
      const marginMicros = moves.microsOf(demand, source);
      if (marginMicros !== undefined) found.push({ source, marginMicros: marginMicros - savedMicros });
      continue;
    }
    const moved = moveDemand(draft, demand, source);
    if (!fits(moved, source) || !isAllowed(moved)) continue;
    found.push({ source, marginMicros: draftMicros(moved) - now });
  }
  return found.sort((a, b) => a.marginMicros - b.marginMicros || a.source - b.source);
}

/** What pricing a draft by term needs. */
export interface CostContext {
  readonly network: Network;
  readonly pricer: Pricer;
}

/** The cheapest alternative with its margin by term. */
export function describeRunnerUp(
  draft: DraftOrder,
  demand: number,
  best: Alternative,
  costs: CostContext,
  moves: Moves | undefined,
): NonNullable<LineExplanation['runnerUp']> {
  const { source, marginMicros } = best;
  if (moves) {
    const { option, units } = moves.shipmentAt(demand, source);
    const margin = moves.marginOf(demand, source, costs.pricer);
    return { ...choiceOf(draft, source, option, units, costs.network), marginMicros, margin };
  }
  const moved = moveDemand(draft, demand, source);
  const quantity = moved.taken.get(source)!.get(demand)!;
  const choice = choiceOf(moved, source, draftOption(moved, source), quantity, costs.network);
  return { ...choice, marginMicros, margin: changedCost(draft, moved, costs) };
}

/** What `to` costs more than `from`, by term. */
export function changedCost(from: DraftOrder, to: DraftOrder, { pricer }: CostContext): CostBreakdown {
  return subtractBreakdown(draftCost(to, pricer), draftCost(from, pricer));
}

/** What a source of a draft sends. */
export function shipmentOf(draft: DraftOrder, source: number, network: Network): Choice {
  const quantity = [...draft.taken.get(source)!.values()].reduce((sum, units) => sum + units, 0);
  return choiceOf(draft, source, draftOption(draft, source), quantity, network);
}

function choiceOf({ view }: DraftOrder, source: number, option: number, quantity: number, network: Network): Choice {
  const { candidate, shipDay } = view.refs[source]!;
  const on = shipDay.services[option]!;
  return {
    nodeId: network.nodes[candidate.node]!.nodeId,
    service: on.service.card.service,
    shipOn: dateOf(shipDay.day),
    deliverOn: dateOf(on.deliverDay),
    quantity,
  };
}

function draftCost(draft: DraftOrder, pricer: Pricer): CostBreakdown {
  const sources = [...draft.taken.keys()].sort((a, b) => a - b);
  const rising = risingCosts(draft);
  return sumBreakdowns(
    sources.map((source, index) => {
      const { candidate, shipDay } = draft.view.refs[source]!;
      const taken = [...draft.taken.get(source)!].map(([demand, quantity]) => ({ demand, quantity }));
      const on = shipDay.services[draftOption(draft, source)]!;
      return pricer.shipmentCost(draft.view.candidates, candidate, on, taken, index === 0, rising.get(source));
    }),
  );
}
