// Decides what an order would cost if one thing about its plan were different: shipments as sums that can be changed and re-priced.
// Runs no solver: it prices what it is told.
import { cheapestOption, shipmentMicros, takenMilligrams } from '../solve/order/shipment-price.ts';
import type { OrderView } from '../solve/order-view.ts';

/** Units by source and demand of one order, with the sums that pricing needs. */
export interface DraftOrder {
  readonly view: OrderView;
  /** By source: units by demand; only sources that ship something. */
  readonly taken: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

/** What the demand takes anywhere, or all that is wanted where it takes nothing, comes from `target` instead. */
export function moveDemand(draft: DraftOrder, demand: number, target: number): DraftOrder {
  const taken = new Map<number, ReadonlyMap<number, number>>();
  let units = 0;
  for (const [source, byDemand] of draft.taken) {
    units += byDemand.get(demand) ?? 0;
    const rest = new Map([...byDemand].filter(([other]) => other !== demand));
    if (rest.size > 0) taken.set(source, rest);
  }
  if (units === 0) units = draft.view.problem.demands[demand]!.quantity;
  taken.set(target, new Map(taken.get(target)).set(demand, units));
  return { view: draft.view, taken };
}

/** All that is shipped comes from one source. */
export function gatherAt(draft: DraftOrder, target: number): DraftOrder {
  const all = new Map<number, number>();
  for (const byDemand of draft.taken.values()) {
    for (const [demand, units] of byDemand) all.set(demand, (all.get(demand) ?? 0) + units);
  }
  return { view: draft.view, taken: new Map([[target, all]]) };
}

/** Whether a source has the stock and the capacity for everything the draft takes from it. */
export function fits(draft: DraftOrder, source: number): boolean {
  const of = draft.view.problem.sources[source]!;
  let units = 0;
  for (const [demand, quantity] of draft.taken.get(source) ?? []) {
    if (of.available[demand]! < quantity) return false;
    units += quantity;
  }
  return units <= of.unitsLeft;
}

/** Micros of all shipments and splits, each shipment by its cheapest service; unsourced units are not in it. */
export function draftMicros(draft: DraftOrder): number {
  const { problem } = draft.view;
  let micros = Math.max(0, draft.taken.size - 1) * problem.splitMicros;
  for (const [source, byDemand] of draft.taken) {
    const of = problem.sources[source]!;
    for (const [demand, units] of byDemand) micros += of.lineMicros[demand]! + of.unitMicros[demand]! * units;
    micros += shipmentMicros(of, weightAt(draft, byDemand));
  }
  return micros;
}

/** Position of the cheapest service of a source's shipment. */
export function draftOption(draft: DraftOrder, source: number): number {
  return cheapestOption(draft.view.problem.sources[source]!, weightAt(draft, draft.taken.get(source)!));
}

function weightAt(draft: DraftOrder, byDemand: ReadonlyMap<number, number>): number {
  let weight = 0;
  for (const [demand, units] of byDemand) {
    const { weightMilligrams, quantity } = draft.view.problem.demands[demand]!;
    weight += takenMilligrams(weightMilligrams, quantity, units);
  }
  return weight;
}
