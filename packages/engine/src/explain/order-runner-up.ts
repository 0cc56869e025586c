// Decides what came second for a whole order: the cheapest plan that sends one line or one shipment from elsewhere, or all from one node.
// Leaves what moving one line costs to runner-up.ts, and what moving a shipment costs to shipment-moves.ts.
import { dateOf } from '../base/time.ts';
import { sumBreakdowns } from '../costs/breakdown.ts';
import type { OrderRunnerUp } from '../model/explanation.ts';
import type { CostBreakdown } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { type DraftOrder, gatherAt, groupOf, moveDemand, moveShipment } from './draft-order.ts';
import { type Alternative, changedCost, type CostContext, shipmentOf } from './runner-up.ts';
import { cheapestShipmentMoves } from './shipment-moves.ts';
import { amountText, listed, type Missed, missedBy, numbered } from './text.ts';

/** Another plan for the order. */
interface Other {
  readonly marginMicros: number;
  /** What moves, and where it was. */
  readonly demands: readonly number[];
  readonly from: readonly number[];
  readonly target: number;
  /** All of one shipment. */
  readonly isShipment: boolean;
  readonly plan: () => DraftOrder;
}

export interface RunnerUpContext extends CostContext {
  readonly policy: Policy;
}

/** `alternatives` by demand, cheapest first; `gathering` is the cheapest. Null where there is no other plan. */
export function orderRunnerUp(
  draft: DraftOrder,
  alternatives: readonly (readonly Alternative[])[],
  gathering: Alternative | undefined,
  cost: CostBreakdown,
  of: RunnerUpContext,
): OrderRunnerUp | null {
  const all = [...demandMoves(draft, alternatives), ...shipmentMoves(draft)];
  if (gathering && draft.taken.size > 1) all.push(gatherMove(draft, gathering));
  const best =
    cheapest(all.filter((one) => one.marginMicros < 0 || !isThere(draft, one.from, one.target))) ?? cheapest(all);
  if (!best) return null;
  const plan = best.plan();
  const margin = changedCost(draft, plan, of);
  const sources = [...plan.taken.keys()].sort((a, b) => a - b);
  return {
    sentence: sentenceOf(draft, best, plan, of, missedBy(of.policy)),
    lineIds: linesOf(draft, best.demands),
    shipments: sources.map((source) => shipmentOf(plan, source, of.network)),
    cost: sumBreakdowns([cost, margin]),
    margin,
  };
}

/** For each demand that is supplied: the cheapest, and the cheapest from another node. */
function demandMoves(draft: DraftOrder, alternatives: readonly (readonly Alternative[])[]): Other[] {
  const found: Other[] = [];
  for (const [demand, own] of alternatives.entries()) {
    const from = holdersOf(draft, [demand]);
    if (from.length === 0) continue;
    const demands = groupOf(draft, demand);
    const moveTo = ({ source: target, marginMicros }: Alternative): Other => {
      return { marginMicros, demands, from, target, isShipment: false, plan: () => moveDemand(draft, demand, target) };
    };
    const elsewhere = own.find(({ source }) => !isThere(draft, from, source));
    if (elsewhere) found.push(moveTo(elsewhere));
    if (own[0] && own[0] !== elsewhere) found.push(moveTo(own[0]));
  }
  return found;
}

function shipmentMoves(draft: DraftOrder): Other[] {
  const { elsewhere, otherDay } = cheapestShipmentMoves(draft);
  return [elsewhere, otherDay].flatMap((move) => {
    if (!move) return [];
    const { from, target, marginMicros } = move;
    const demands = [...draft.taken.get(from)!.keys()];
    const plan = (): DraftOrder => moveShipment(draft, from, target);
    return [{ marginMicros, demands, from: [from], target, isShipment: true, plan }];
  });
}

function gatherMove(draft: DraftOrder, { source: target, marginMicros }: Alternative): Other {
  const from = [...draft.taken.keys()].filter((source) => source !== target);
  const demands = [...new Set(from.flatMap((source) => [...draft.taken.get(source)!.keys()]))];
  return { marginMicros, demands, from, target, isShipment: false, plan: () => gatherAt(draft, target) };
}

/** Ties to the first. */
function cheapest(all: readonly Other[]): Other | undefined {
  let best: Other | undefined;
  for (const one of all) if (!best || one.marginMicros < best.marginMicros) best = one;
  return best;
}

/** Only days would be other, not nodes. */
function isThere({ view: { problem } }: DraftOrder, from: readonly number[], target: number): boolean {
  return from.every((source) => problem.sources[source]!.node === problem.sources[target]!.node);
}

function holdersOf({ taken }: DraftOrder, demands: readonly number[]): number[] {
  return [...taken].filter(([, own]) => demands.some((demand) => own.has(demand))).map(([source]) => source);
}

/** In the order's own order. */
function linesOf({ view: { candidates } }: DraftOrder, demands: readonly number[]): string[] {
  const moved = new Set(demands.flatMap((demand) => candidates.demands[demand]!.lines.map(({ lineId }) => lineId)));
  return candidates.order.lines.flatMap(({ lineId }) => (moved.has(lineId) ? [lineId] : []));
}

function sentenceOf(draft: DraftOrder, best: Other, plan: DraftOrder, of: RunnerUpContext, missed: Missed): string {
  const { marginMicros } = best;
  const what = whatMoves(draft, best, plan, of);
  if (marginMicros === 0) return `${what}: the same cost.`;
  if (marginMicros > 0) return `${what}: ${amountText(marginMicros)} more.`;
  return `${what}: ${amountText(marginMicros)} less, but ${missed}.`;
}

function whatMoves(draft: DraftOrder, best: Other, plan: DraftOrder, { network }: RunnerUpContext): string {
  const { refs, candidates, problem } = draft.view;
  const { demands, from, target, isShipment } = best;
  const involved = [...new Set([target, ...draft.taken.keys()])];
  const nameOf = (source: number): string => {
    const { candidate, shipDay } = refs[source]!;
    const { name } = network.nodes[candidate.node]!;
    const isAlone = involved.every((other) => other === source || refs[other]!.candidate.node !== candidate.node);
    return isAlone ? name : `${name} on ${dateOf(shipDay.day)}`;
  };
  if (plan.taken.size === 1) {
    const sent = [...plan.taken.get(target)!];
    const isAll =
      sent.length === problem.demands.length &&
      sent.every(([demand, quantity]) => quantity === problem.demands[demand]!.quantity);
    return `All${isAll ? '' : ' that is sent,'} from ${nameOf(target)}`;
  }
  const lines = numbered(linesOf(draft, demands), candidates.order.lines.length);
  return isShipment
    ? `As planned, but all that ${nameOf(from[0]!)} sends (${lines}) from ${nameOf(target)}`
    : `As planned, but ${lines} from ${nameOf(target)} instead of ${listed(from.map(nameOf))}`;
}
