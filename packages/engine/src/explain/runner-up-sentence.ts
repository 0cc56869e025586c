// Decides how the next best of an order is said: what would be other than planned, and what that costs more or less.
import { dateOf } from '../base/time.ts';
import type { Network } from '../model/network.ts';
import type { DraftOrder } from './draft-order.ts';
import { amountText, listed, type Missed, numbered, units } from './text.ts';

/** Another plan for an order, and how it comes about. */
export type OtherPlan = {
  readonly plan: DraftOrder;
  /** Those that come from elsewhere. */
  readonly demands: readonly number[];
} & (
  | { readonly kind: 'any' }
  | {
      /** Lines move, or all that one source sends, or what one source sends of a line. */
      readonly kind: 'lines' | 'shipment' | 'part';
      readonly from: readonly number[];
      readonly target: number;
    }
);

export function runnerUpSentence(
  draft: DraftOrder,
  other: OtherPlan,
  marginMicros: number,
  network: Network,
  missed: Missed,
): string {
  const what = whatMoves(draft, other, network);
  if (marginMicros === 0) return `${what}: the same cost.`;
  if (marginMicros > 0) return `${what}: ${amountText(marginMicros)} more.`;
  return `${what}: ${amountText(marginMicros)} cheaper, but ${missed}.`;
}

/** In the order's own order. */
export function linesOf({ view: { candidates } }: DraftOrder, demands: Iterable<number>): string[] {
  const moved = new Set([...demands].flatMap((at) => candidates.demands[at]!.lines.map(({ lineId }) => lineId)));
  return candidates.order.lines.flatMap(({ lineId }) => (moved.has(lineId) ? [lineId] : []));
}

function whatMoves(draft: DraftOrder, other: OtherPlan, network: Network): string {
  const { plan, demands } = other;
  const nameOf = placeNames(draft, plan, network);
  const linesText = (of: Iterable<number>): string => {
    return numbered(linesOf(draft, of), draft.view.candidates.order.lines.length);
  };
  const [only] = plan.taken.keys();
  const more = openUnits(plan) - openUnits(draft);
  if (plan.taken.size === 1 && more === 0) {
    return `All${openUnits(plan) === 0 ? '' : ' that is sent,'} from ${nameOf(only!)}`;
  }
  if (other.kind === 'any') {
    const shipments = [...plan.taken].sort(([a], [b]) => a - b);
    const from = shipments.map(([source, byDemand]) => `${nameOf(source)} (${linesText(byDemand.keys())})`);
    const open = more === 0 ? '' : `, and ${units(Math.abs(more))} ${more > 0 ? 'more' : 'fewer'} unsourced`;
    return `Sent by ${listed(from)}${open}`;
  }
  const { kind, from, target } = other;
  if (kind === 'part') {
    const part = units(draft.taken.get(from[0]!)!.get(demands[0]!)!);
    return `As planned, but ${part} of ${linesText(demands)} from ${nameOf(target)} instead of ${nameOf(from[0]!)}`;
  }
  const { refs } = draft.view;
  const [at, was] = [refs[target]!, refs[from[0]!]!];
  if (from.length === 1 && at.candidate.node === was.candidate.node) {
    const { name } = network.nodes[at.candidate.node]!;
    const what =
      kind === 'shipment' ? `all that ${name} sends (${linesText(demands)})` : `${linesText(demands)} from ${name}`;
    return `As planned, but ${what} on ${dateOf(at.shipDay.day)} instead of ${dateOf(was.shipDay.day)}`;
  }
  return kind === 'shipment'
    ? `As planned, but all that ${nameOf(from[0]!)} sends (${linesText(demands)}) from ${nameOf(target)}`
    : `As planned, but ${linesText(demands)} from ${nameOf(target)} instead of ${listed(from.map(nameOf))}`;
}

/** By source: its node's name, with the day where the node is spoken of on several. */
function placeNames(draft: DraftOrder, plan: DraftOrder, network: Network): (source: number) => string {
  const { refs } = draft.view;
  const involved = [...new Set([...draft.taken.keys(), ...plan.taken.keys()])];
  return (source) => {
    const { candidate, shipDay } = refs[source]!;
    const { name } = network.nodes[candidate.node]!;
    const isAlone = involved.every((one) => one === source || refs[one]!.candidate.node !== candidate.node);
    return isAlone ? name : `${name} on ${dateOf(shipDay.day)}`;
  };
}

function openUnits({ view, taken }: DraftOrder): number {
  let open = 0;
  for (const { quantity } of view.problem.demands) open += quantity;
  for (const byDemand of taken.values()) for (const quantity of byDemand.values()) open -= quantity;
  return open;
}
