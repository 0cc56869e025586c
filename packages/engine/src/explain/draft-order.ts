// Decides what an order would cost if one thing about its plan were different: shipments as sums that can be changed and re-priced.
// Runs no solver: it prices what it is told.
import type { RisingCosts } from '../costs/price.ts';
import { planIsWorthEnough } from '../solve/order/part-values.ts';
import { createRisingMeter, hasRisingCosts, totalRise } from '../solve/order/rising-micros.ts';
import { cheapestOption, shipmentMicros, takenMilligrams } from '../solve/order/shipment-price.ts';
import type { OrderView } from '../solve/order-view.ts';

/** Units by source and demand of one order, with the sums that pricing needs. */
export interface DraftOrder {
  readonly view: OrderView;
  /** By source: units by demand; only sources that ship something. */
  readonly taken: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

/** The demands that go where a demand goes. */
export function groupOf(draft: DraftOrder, demand: number): readonly number[] {
  return draft.view.problem.together?.find((group) => group.includes(demand)) ?? [demand];
}

/** Whether nothing is shipped but the demand and what goes where it goes. */
export function isAllShipped(draft: DraftOrder, demand: number): boolean {
  const group = groupOf(draft, demand);
  for (const byDemand of draft.taken.values()) {
    for (const other of byDemand.keys()) if (!group.includes(other)) return false;
  }
  return true;
}

/**
 * What the demand takes anywhere, or all that is wanted where it takes nothing, comes from `target` instead; so does what ships
 * together with it.
 */
export function moveDemand(draft: DraftOrder, demand: number, target: number): DraftOrder {
  return groupOf(draft, demand).reduce((moved, member) => moveOne(moved, member, target), draft);
}

function moveOne(draft: DraftOrder, demand: number, target: number): DraftOrder {
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

/** All that one source sends comes from another, which may send something already. */
export function moveShipment({ view, taken }: DraftOrder, from: number, target: number): DraftOrder {
  const moved = new Map(taken.get(target));
  for (const [demand, units] of taken.get(from)!) moved.set(demand, (moved.get(demand) ?? 0) + units);
  const rest = new Map(taken);
  rest.delete(from);
  return { view, taken: rest.set(target, moved) };
}

/** All that is shipped comes from one source. */
export function gatherAt(draft: DraftOrder, target: number): DraftOrder {
  return gathering(draft)(target);
}

/** The same for many targets. */
export function gathering({ view, taken }: DraftOrder): (target: number) => DraftOrder {
  const all = new Map<number, number>();
  for (const byDemand of taken.values()) {
    for (const [demand, units] of byDemand) all.set(demand, (all.get(demand) ?? 0) + units);
  }
  return (target) => ({ view, taken: new Map([[target, all]]) });
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

/** Whether the order may be sent in these shipments and leave the rest. */
export function isAllowed(draft: DraftOrder): boolean {
  return hasFewEnough(draft) && isWorthEnough(draft);
}

/** Whether only the worth of a part stands against the shipments. */
export function isPartTooPoor(draft: DraftOrder): boolean {
  return hasFewEnough(draft) && !isWorthEnough(draft);
}

function hasFewEnough({ view: { problem }, taken }: DraftOrder): boolean {
  return taken.size <= problem.maxShipments;
}

function isWorthEnough({ view: { problem }, taken }: DraftOrder): boolean {
  const shipments = [...taken.values()].map((byDemand) => ({
    taken: [...byDemand].map(([demand, quantity]) => ({ demand, quantity })),
  }));
  return planIsWorthEnough(problem, { shipments });
}

/** What each shipment, by source, pays for what was taken before it: by the order itself and by those before it. */
export function risingCosts({ view: { problem, refs }, taken }: DraftOrder): ReadonlyMap<number, RisingCosts> {
  const rise = createRisingMeter(problem);
  return new Map(
    [...taken.keys()]
      .sort((a, b) => a - b)
      .map((source): [number, RisingCosts] => {
        const own = [...taken.get(source)!].map(([demand, quantity]) => ({ demand, quantity }));
        const { unitsMicros, stockOutMicros } = rise(source, own);
        return [source, { capacityMicros: refs[source]!.nextShipmentMicros + unitsMicros, stockOutMicros }];
      }),
  );
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
  if (!hasRisingCosts(problem)) return micros;
  const rise = createRisingMeter(problem);
  for (const [source, byDemand] of draft.taken) {
    const own = [...byDemand].map(([demand, quantity]) => ({ demand, quantity }));
    micros += totalRise(rise(source, own));
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
