// Decides what a node could give of a line of which it lacks a part: as much as a chosen node gives, in its place, or some of what is left out.
// Prices each by itself, all else left as planned; of lines that come whole from one node nothing is a part.
import { companyOf, netMicros, waysToSend } from '../plan/more-units.ts';
import { joiningMicros, leavingMicros, roomAt, unitsAtNode, unitsSent } from '../plan/shipment-change.ts';
import type { Source } from '../solve/order/order-problem.ts';
import { type DraftOrder, isAllowed } from './draft-order.ts';

export interface Part {
  readonly units: number;
  /** What the order would cost more; below 0 where it would cost less. */
  readonly marginMicros: number;
  /** The node that would no longer give them; null where nobody does. */
  readonly insteadOf: number | null;
}

export interface PlacedSource {
  readonly source: Source;
  readonly index: number;
}

/** By node that gives none of a demand: its cheapest part; undefined where it has too little, or no room, for any. */
export function cheapestParts(draft: DraftOrder, demand: number): (at: readonly PlacedSource[]) => Part | undefined {
  const { problem } = draft.view;
  if (!problem.splitQuantity || companyOf(problem, demand)) return () => undefined;
  const isShort = unitsSent(draft, demand) < problem.demands[demand]!.quantity;
  let ways: ReturnType<typeof waysToSend> | undefined;
  return (at) => {
    if (at.every(({ source }) => source.available[demand] === 0)) return undefined;
    return cheapestPart(draft, demand, at, isShort ? (ways ??= waysToSend(draft, demand)) : []);
  };
}

function cheapestPart(
  draft: DraftOrder,
  demand: number,
  at: readonly PlacedSource[],
  ways: ReturnType<typeof waysToSend>,
): Part | undefined {
  const { problem } = draft.view;
  let best: Part | undefined;
  const offer = (part: Part): void => {
    if (!best || part.marginMicros < best.marginMicros) best = part;
  };
  for (const way of ways) {
    const isOpen = way.isWorthEnough && (!way.isNewShipment || draft.taken.size < problem.maxShipments);
    if (!isOpen || !at.some(({ index }) => index === way.source)) continue;
    offer({ units: way.units, marginMicros: netMicros(way), insteadOf: null });
  }
  for (const [from, byDemand] of draft.taken) {
    const units = byDemand.get(demand);
    if (units === undefined) continue;
    for (const { source, index } of at) {
      if (source.available[demand]! < units || roomAt(draft, index) < units) continue;
      const marginMicros = swapMicros(draft, demand, from, index);
      if (marginMicros === undefined) continue;
      offer({ units, marginMicros, insteadOf: problem.sources[from]!.node });
    }
  }
  return best;
}

/** What one source gives of a demand comes from another instead. */
export interface Swap {
  readonly demand: number;
  readonly from: number;
  readonly to: number;
  readonly marginMicros: number;
}

/** The cheapest for the demands that several sources give; from another node, ties to the first. Undefined where there is none. */
export function cheapestSwap(draft: DraftOrder): Swap | undefined {
  const { problem } = draft.view;
  const givers = new Map<number, number>();
  for (const byDemand of draft.taken.values()) {
    for (const demand of byDemand.keys()) givers.set(demand, (givers.get(demand) ?? 0) + 1);
  }
  let best: Swap | undefined;
  for (const [demand, count] of givers) {
    if (count < 2 || !problem.splitQuantity || companyOf(problem, demand)) continue;
    for (const [from, byDemand] of draft.taken) {
      const units = byDemand.get(demand);
      if (units === undefined) continue;
      for (const [to, source] of problem.sources.entries()) {
        if (source.node === problem.sources[from]!.node || !hasUnits(draft, demand, units, to)) continue;
        const marginMicros = swapMicros(draft, demand, from, to);
        if (marginMicros === undefined || (best && marginMicros >= best.marginMicros)) continue;
        best = { demand, from, to, marginMicros };
      }
    }
  }
  return best;
}

/** Beside what its node gives already. */
function hasUnits(draft: DraftOrder, demand: number, units: number, to: number): boolean {
  const { node, available } = draft.view.problem.sources[to]!;
  return available[demand]! - unitsAtNode(draft, node, demand) >= units && roomAt(draft, to) >= units;
}

/** The least that it adds when the units that a node gives of a demand come from another node instead; undefined where none could give as many. */
export function cheapestElsewhere(draft: DraftOrder, demand: number, node: number): number | undefined {
  const { sources } = draft.view.problem;
  if (!draft.view.problem.splitQuantity || companyOf(draft.view.problem, demand)) return undefined;
  let least: number | undefined;
  for (const [from, byDemand] of draft.taken) {
    const units = byDemand.get(demand);
    if (units === undefined || sources[from]!.node !== node) continue;
    for (const [to, source] of sources.entries()) {
      if (source.node === node || !hasUnits(draft, demand, units, to)) continue;
      const micros = swapMicros(draft, demand, from, to);
      if (micros !== undefined && (least === undefined || micros < least)) least = micros;
    }
  }
  return least;
}

/** What giving a shipment's units of a demand to another node's adds, in micros; undefined where the order may not go like that. */
function swapMicros(draft: DraftOrder, demand: number, from: number, to: number): number | undefined {
  const { problem } = draft.view;
  const { taken } = draft;
  const leaving = taken.get(from)!;
  const units = leaving.get(demand)!;
  const isEmptied = leaving.size === 1;
  const isNew = !taken.has(to);
  if (isNew && !isEmptied && taken.size >= problem.maxShipments) return undefined;
  if (problem.minPartMicros && !isAllowed(swapped(draft, demand, from, to))) return undefined;
  // The only shipment moves: there is no further one before or after.
  const split = isNew && isEmptied && taken.size === 1 ? problem.splitMicros : 0;
  return joiningMicros(draft, to, [[demand, units]]) - leavingMicros(draft, from, demand) - split;
}

/** The plan with that. */
export function swapped({ view, taken }: DraftOrder, demand: number, from: number, to: number): DraftOrder {
  const after = new Map(taken);
  const rest = new Map(taken.get(from));
  const units = rest.get(demand)!;
  rest.delete(demand);
  if (rest.size > 0) after.set(from, rest);
  else after.delete(from);
  const there = new Map(after.get(to));
  after.set(to, there.set(demand, (there.get(demand) ?? 0) + units));
  return { view, taken: after };
}
