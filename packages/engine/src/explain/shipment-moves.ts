// Decides what sending a whole shipment of a drafted order from elsewhere changes, and which such moves are the cheapest.
// Looks only at what is touched, as there may be hundreds of lines; what a move changes by term is left to runner-up.ts.
import { type CostSteps, stepsMicros } from '../base/cost-steps.ts';
import { shipmentMicros, takenMilligrams } from '../solve/order/shipment-price.ts';
import { type DraftOrder, isAllowed, moveShipment } from './draft-order.ts';

export interface ShipmentMove {
  readonly from: number;
  readonly target: number;
  readonly marginMicros: number;
}

type Units = ReadonlyMap<number, number>;

const NOTHING: Units = new Map();

export interface ShipmentMoves {
  readonly elsewhere?: ShipmentMove;
  /** To another day of the same node. */
  readonly otherDay?: ShipmentMove;
}

/** Of one shipment, all of it, to another source, which may ship already: the cheapest; ties to the first. */
export function cheapestShipmentMoves(draft: DraftOrder): ShipmentMoves {
  const { problem } = draft.view;
  let elsewhere: ShipmentMove | undefined;
  let otherDay: ShipmentMove | undefined;
  for (const [from, moved] of draft.taken) {
    const leaving = -loadMicros(draft, from, moved, NOTHING);
    for (const [target, { node }] of problem.sources.entries()) {
      if (target === from || !canTake(draft, from, moved, target)) continue;
      const there = draft.taken.get(target);
      const joins = there ? loadMicros(draft, target, there, NOTHING) + problem.splitMicros : 0;
      const arriving = loadMicros(draft, target, moved, there ?? NOTHING) - joins;
      const marginMicros = leaving + arriving + stockOutMicros(draft, from, moved, target);
      const stays = node === problem.sources[from]!.node;
      const best = stays ? otherDay : elsewhere;
      if (best && marginMicros >= best.marginMicros) continue;
      if (problem.minPartMicros && !isAllowed(moveShipment(draft, from, target))) continue;
      if (stays) otherDay = { from, target, marginMicros };
      else elsewhere = { from, target, marginMicros };
    }
  }
  return { ...(elsewhere && { elsewhere }), ...(otherDay && { otherDay }) };
}

/** Whether the target has the stock and the room. Not asked of a node that sends some of the same on yet another day. */
function canTake({ view, taken }: DraftOrder, from: number, moved: Units, target: number): boolean {
  const { sources } = view.problem;
  const of = sources[target]!;
  const there = taken.get(target);
  let units = 0;
  for (const [demand, quantity] of moved) {
    if (of.available[demand]! < quantity + (there?.get(demand) ?? 0)) return false;
    units += quantity;
  }
  if (of.unitsLeft !== Infinity) {
    for (const quantity of there?.values() ?? []) units += quantity;
    if (units > of.unitsLeft) return false;
  }
  for (const [source, byDemand] of taken) {
    if (source === target || source === from || sources[source]!.node !== of.node) continue;
    for (const demand of moved.keys()) if (byDemand.has(demand)) return false;
  }
  return true;
}

/** What a source's shipment of both costs, without what units cost a node that runs short. */
function loadMicros({ view: { problem } }: DraftOrder, source: number, one: Units, other: Units): number {
  const of = problem.sources[source]!;
  let micros = 0;
  let units = 0;
  let weight = 0;
  const add = (demand: number, quantity: number): void => {
    const { weightMilligrams, quantity: all } = problem.demands[demand]!;
    micros += of.lineMicros[demand]! + of.unitMicros[demand]! * quantity;
    weight += takenMilligrams(weightMilligrams, all, quantity);
    units += quantity;
  };
  for (const [demand, quantity] of one) add(demand, quantity + (other.get(demand) ?? 0));
  for (const [demand, quantity] of other) if (!one.has(demand)) add(demand, quantity);
  return micros + shipmentMicros(of, weight) + (of.unitSteps ? stepsMicros(of.unitSteps, units) : 0);
}

/** Days of one node share the units it is short of: a move between them changes nothing. */
function stockOutMicros(draft: DraftOrder, from: number, moved: Units, target: number): number {
  const { sources } = draft.view.problem;
  const [a, b] = [sources[from]!, sources[target]!];
  if (a.node === b.node) return 0;
  let micros = 0;
  for (const [demand, quantity] of moved) {
    micros += addedMicros(draft, b.node, demand, b.stockOutSteps?.[demand], quantity);
    micros += addedMicros(draft, a.node, demand, a.stockOutSteps?.[demand], -quantity);
  }
  return micros;
}

function addedMicros(
  { view, taken }: DraftOrder,
  node: number,
  demand: number,
  steps: CostSteps | undefined,
  added: number,
): number {
  if (!steps) return 0;
  let units = 0;
  for (const [source, byDemand] of taken) {
    if (view.problem.sources[source]!.node === node) units += byDemand.get(demand) ?? 0;
  }
  return stepsMicros(steps, units + added) - stepsMicros(steps, units);
}
