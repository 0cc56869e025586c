// Decides what came second for a whole order: the cheapest plan that sends one line, a part of one or one shipment from elsewhere, or all from one
// node, or that a tried change of a charge led to. Leaves what moves cost to runner-up.ts and shipment-moves.ts.
import { breakdown, sumBreakdowns } from '../costs/breakdown.ts';
import type { OrderRunnerUp } from '../model/explanation.ts';
import type { CostBreakdown } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { type DraftOrder, draftMicros, gatherAt, groupOf, moveDemand, moveShipment } from './draft-order.ts';
import { linesOf, type OtherPlan, runnerUpSentence } from './runner-up-sentence.ts';
import type { Outcome } from './resource-order.ts';
import { cheapestSwap, swapped } from './parts.ts';
import { type Alternative, changedCost, type CostContext, shipmentOf } from './runner-up.ts';
import { cheapestShipmentMoves } from './shipment-moves.ts';
import { missedBy } from './text.ts';

/** Another plan for the order, drafted only when it is the cheapest. */
interface Other {
  readonly marginMicros: number;
  readonly drafted: () => OtherPlan;
  /** Only days would be other, not nodes. */
  readonly sameNodes: boolean;
}

export interface RunnerUpContext extends CostContext {
  readonly policy: Policy;
}

/**
 * `alternatives` by demand, cheapest first; `gathering` is the cheapest; `tried` are plans that stand as things are.
 * Null where there is no other plan.
 */
export function orderRunnerUp(
  draft: DraftOrder,
  alternatives: readonly (readonly Alternative[])[],
  gathering: Alternative | undefined,
  tried: readonly Outcome[],
  cost: CostBreakdown,
  of: RunnerUpContext,
): OrderRunnerUp | null {
  const all = [
    ...demandMoves(draft, alternatives),
    ...shipmentMoves(draft),
    ...swaps(draft),
    ...(gathering && draft.taken.size > 1 ? [gatherMove(draft, gathering)] : []),
    ...tried.flatMap((outcome) => triedPlan(draft, outcome, of)),
  ];
  const best = cheapest(all.filter((one) => one.marginMicros < 0 || !one.sameNodes)) ?? cheapest(all);
  if (!best) return null;
  const other = best.drafted();
  const { plan, demands } = other;
  const moreUnsourcedMicros = unsourcedMicros(plan) - unsourcedMicros(draft);
  const margin = sumBreakdowns([changedCost(draft, plan, of), breakdown({ unsourced: moreUnsourcedMicros })]);
  const sources = [...plan.taken.keys()].sort((a, b) => a - b);
  return {
    sentence: runnerUpSentence(draft, other, margin.totalMicros, of.network, missedBy(of.policy)),
    lineIds: linesOf(draft, demands),
    shipments: sources.map((source) => shipmentOf(plan, source, of.network)),
    cost: sumBreakdowns([cost, margin]),
    margin,
  };
}

/** For each demand that is supplied: the cheapest, and the cheapest from another node. */
function demandMoves(draft: DraftOrder, alternatives: readonly (readonly Alternative[])[]): Other[] {
  const found: Other[] = [];
  for (const [demand, own] of alternatives.entries()) {
    const from: number[] = [];
    for (const [source, taken] of draft.taken) if (taken.has(demand)) from.push(source);
    if (from.length === 0) continue;
    const moveTo = ({ source: target, marginMicros }: Alternative, sameNodes: boolean): Other => {
      const drafted = (): OtherPlan => {
        return {
          kind: 'lines',
          demands: groupOf(draft, demand),
          from,
          target,
          plan: moveDemand(draft, demand, target),
        };
      };
      return { marginMicros, sameNodes, drafted };
    };
    const elsewhere = own.find(({ source }) => !isThere(draft, from, source));
    if (elsewhere) found.push(moveTo(elsewhere, false));
    if (own[0] && own[0] !== elsewhere) found.push(moveTo(own[0], true));
  }
  return found;
}

function shipmentMoves(draft: DraftOrder): Other[] {
  const { elsewhere, otherDay } = cheapestShipmentMoves(draft);
  return [elsewhere, otherDay].flatMap((move) => {
    if (!move) return [];
    const { from, target, marginMicros } = move;
    const demands = [...draft.taken.get(from)!.keys()];
    const drafted = (): OtherPlan => {
      return { kind: 'shipment', demands, from: [from], target, plan: moveShipment(draft, from, target) };
    };
    return [{ marginMicros, sameNodes: move === otherDay, drafted }];
  });
}

/** Of a line that several nodes supply, what one of them gives. */
function swaps(draft: DraftOrder): Other[] {
  const swap = cheapestSwap(draft);
  if (!swap) return [];
  const { demand, from, to: target, marginMicros } = swap;
  const drafted = (): OtherPlan => {
    const plan = swapped(draft, demand, from, target);
    return { kind: 'part', demands: [demand], from: [from], target, plan };
  };
  return [{ marginMicros, sameNodes: false, drafted }];
}

function gatherMove(draft: DraftOrder, { source: target, marginMicros }: Alternative): Other {
  const from = [...draft.taken.keys()].filter((source) => source !== target);
  const demands = [...new Set(from.flatMap((source) => [...draft.taken.get(source)!.keys()]))];
  const drafted = (): OtherPlan => ({ kind: 'lines', demands, from, target, plan: gatherAt(draft, target) });
  return { marginMicros, sameNodes: isThere(draft, from, target), drafted };
}

/** None where a node would send on a day that the order as it is has no use for. */
function triedPlan(draft: DraftOrder, { sent }: Outcome, { network }: RunnerUpContext): Other[] {
  const { refs, candidates } = draft.view;
  const demandOf = new Map(candidates.demands.map(({ sku }, demand) => [sku, demand]));
  const taken = new Map<number, ReadonlyMap<number, number>>();
  for (const { nodeId, day, units } of sent) {
    const node = network.nodeAt.get(nodeId);
    const source = refs.findIndex(({ candidate, shipDay }) => candidate.node === node && shipDay.day === day);
    if (source < 0) return [];
    taken.set(source, new Map([...units].map(([sku, quantity]) => [demandOf.get(sku)!, quantity])));
  }
  if (taken.size === 0) return [];
  const plan: DraftOrder = { view: draft.view, taken };
  const demands = [...candidates.demands.keys()].filter((demand) => heldBy(draft, demand) !== heldBy(plan, demand));
  const marginMicros = draftMicros(plan) + unsourcedMicros(plan) - draftMicros(draft) - unsourcedMicros(draft);
  return [{ marginMicros, sameNodes: false, drafted: () => ({ kind: 'any', demands, plan }) }];
}

/** Where the demand comes from and how much of it, as one text. */
function heldBy({ taken }: DraftOrder, demand: number): string {
  const own = [...taken].filter(([, byDemand]) => byDemand.has(demand)).sort(([a], [b]) => a - b);
  return own.map(([source, byDemand]) => `${source} ${byDemand.get(demand)}`).join(', ');
}

/** What the policy charges for the units that nothing supplies. */
function unsourcedMicros({ view, taken }: DraftOrder): number {
  const left = view.problem.demands.map(({ quantity }) => quantity);
  for (const byDemand of taken.values()) {
    for (const [demand, units] of byDemand) left[demand]! -= units;
  }
  return view.problem.demands.reduce((sum, { unsourcedUnitMicros }, demand) => {
    return sum + unsourcedUnitMicros * left[demand]!;
  }, 0);
}

/** Ties to the first. */
function cheapest(all: readonly Other[]): Other | undefined {
  let best: Other | undefined;
  for (const one of all) if (!best || one.marginMicros < best.marginMicros) best = one;
  return best;
}

function isThere({ view: { problem } }: DraftOrder, from: readonly number[], target: number): boolean {
  return from.every((source) => problem.sources[source]!.node === problem.sources[target]!.node);
}
