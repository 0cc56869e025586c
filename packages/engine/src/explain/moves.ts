// Decides what moving one demand of a drafted order to another source changes: in micros, and by term.
// Looks only at what is touched, so that large orders are quick to explain; groups and parts of least worth are left to draft-order.ts.
import { stepsMicros } from '../base/cost-steps.ts';
import { breakdown, type CostParts, subtractBreakdown, termMicros } from '../costs/breakdown.ts';
import type { Pricer } from '../costs/price.ts';
import { tariffMicros } from '../costs/tariff.ts';
import { COST_TERMS, type CostBreakdown } from '../model/plan.ts';
import type { Taken } from '../solve/order/order-problem.ts';
import { cheapestOption, shipmentMicros, takenMilligrams } from '../solve/order/shipment-price.ts';
import type { DraftOrder } from './draft-order.ts';

export interface Moves {
  /** What moving all of the demand to the source adds, in micros; undefined where it may not. */
  microsOf(demand: number, target: number): number | undefined;
  /** The same by term, of a move that may be made. */
  marginOf(demand: number, target: number, pricer: Pricer): CostBreakdown;
  /** Position of the service by which the source would then ship, and its units of the demand. */
  shipmentAt(demand: number, target: number): { readonly option: number; readonly units: number };
}

/** What a shipment carries. */
interface Load {
  readonly units: number;
  readonly weightMilligrams: number;
  /** Of its lines and units; without carriage and what rises with use. */
  readonly linesMicros: number;
}

/** What one source ships before and after a move; undefined where nothing. */
interface Touched {
  readonly source: number;
  readonly before: Load | undefined;
  readonly after: Load | undefined;
  /** Of the demand that moves. */
  readonly unitsBefore: number;
  readonly unitsAfter: number;
}

interface Move {
  readonly touched: readonly Touched[];
  /** Units that move, and units of the target's shipment once they are there. */
  readonly units: number;
  readonly shipmentsBefore: number;
  readonly shipmentsAfter: number;
}

/** Undefined where demands travel together or parts of the order must be worth something: then a move is more than its demand. */
export function createMoves(draft: DraftOrder): Moves | undefined {
  const { problem } = draft.view;
  if (problem.minPartMicros || problem.together) return undefined;
  const loads = new Map<number, Load>();
  for (const [source, byDemand] of draft.taken) loads.set(source, sumOf(draft, source, byDemand));
  const prices = new Map([...loads].map(([source, load]) => [source, loadMicros(draft, source, load)]));

  const moveOf = (demand: number, target: number): Move => {
    const { quantity } = problem.demands[demand]!;
    const touched: Touched[] = [];
    let units = 0;
    let shipments = draft.taken.size;
    let there = loads.get(target);
    let unitsThere = 0;
    for (const [source, byDemand] of draft.taken) {
      const own = byDemand.get(demand);
      if (own === undefined) continue;
      units += own;
      const before = loads.get(source)!;
      const after = byDemand.size === 1 ? undefined : plus(before, lineOf(draft, source, demand, own), -1);
      if (!after) shipments -= 1;
      if (source === target) [there, unitsThere] = [after, own];
      else touched.push({ source, before, after, unitsBefore: own, unitsAfter: 0 });
    }
    if (units === 0) units = quantity;
    if (!there) shipments += 1;
    const moved = lineOf(draft, target, demand, units);
    const after = there ? plus(there, moved, 1) : moved;
    touched.push({ source: target, before: loads.get(target), after, unitsBefore: unitsThere, unitsAfter: units });
    return { touched, units, shipmentsBefore: draft.taken.size, shipmentsAfter: shipments };
  };

  return {
    microsOf: (demand, target) => {
      const move = moveOf(demand, target);
      const { after } = move.touched.at(-1)!;
      const of = problem.sources[target]!;
      if (of.available[demand]! < move.units || after!.units > of.unitsLeft) return undefined;
      if (move.shipmentsAfter > problem.maxShipments) return undefined;
      let micros = splits(move) * problem.splitMicros + stockOutChange(draft, demand, target, move);
      for (const one of move.touched) {
        if (one.after) micros += loadMicros(draft, one.source, one.after);
        if (one.before) micros -= prices.get(one.source)!;
      }
      return micros;
    },
    marginOf: (demand, target, pricer) => {
      const move = moveOf(demand, target);
      const parts: CostParts = {
        split: splits(move) * problem.splitMicros,
        stockOut: stockOutChange(draft, demand, target, move),
      };
      for (const { source, before, after, unitsBefore, unitsAfter } of move.touched) {
        const of = { draft, source, pricer };
        if (after) addTo(parts, shipmentParts(of, after));
        if (before) addTo(parts, shipmentParts(of, before), -1);
        addTo(parts, lineParts(of, demand, unitsAfter));
        addTo(parts, lineParts(of, demand, unitsBefore), -1);
      }
      return breakdown(parts);
    },
    shipmentAt: (demand, target) => {
      const { touched, units } = moveOf(demand, target);
      return { option: cheapestOption(problem.sources[target]!, touched.at(-1)!.after!.weightMilligrams), units };
    },
  };
}

function splits({ shipmentsBefore, shipmentsAfter }: Move): number {
  return Math.max(0, shipmentsAfter - 1) - Math.max(0, shipmentsBefore - 1);
}

/** Days of one node share the units it is short of, so what counts is units by node. */
function stockOutChange(draft: DraftOrder, demand: number, target: number, { touched, units }: Move): number {
  const { sources } = draft.view.problem;
  const stepsOf = (source: number) => sources[source]!.stockOutSteps?.[demand] ?? [];
  const before = new Map<number, { readonly source: number; units: number }>();
  for (const { source, unitsBefore } of touched) {
    const { node } = sources[source]!;
    const known = before.get(node);
    if (known) known.units += unitsBefore;
    else before.set(node, { source, units: unitsBefore });
  }
  let micros = stepsMicros(stepsOf(target), units);
  for (const one of before.values()) micros -= stepsMicros(stepsOf(one.source), one.units);
  return micros;
}

function sumOf(draft: DraftOrder, source: number, byDemand: ReadonlyMap<number, number>): Load {
  let sum: Load = { units: 0, weightMilligrams: 0, linesMicros: 0 };
  for (const [demand, units] of byDemand) sum = plus(sum, lineOf(draft, source, demand, units), 1);
  return sum;
}

function lineOf({ view: { problem } }: DraftOrder, source: number, demand: number, units: number): Load {
  const { weightMilligrams, quantity } = problem.demands[demand]!;
  const of = problem.sources[source]!;
  return {
    units,
    weightMilligrams: takenMilligrams(weightMilligrams, quantity, units),
    linesMicros: of.lineMicros[demand]! + of.unitMicros[demand]! * units,
  };
}

function plus(a: Load, b: Load, sign: 1 | -1): Load {
  return {
    units: a.units + sign * b.units,
    weightMilligrams: a.weightMilligrams + sign * b.weightMilligrams,
    linesMicros: a.linesMicros + sign * b.linesMicros,
  };
}

/** Without what units cost a node that runs short. */
function loadMicros({ view: { problem } }: DraftOrder, source: number, load: Load): number {
  const of = problem.sources[source]!;
  const rising = of.unitSteps ? stepsMicros(of.unitSteps, load.units) : 0;
  return load.linesMicros + shipmentMicros(of, load.weightMilligrams) + rising;
}

interface Priced {
  readonly draft: DraftOrder;
  readonly source: number;
  readonly pricer: Pricer;
}

function addTo(parts: CostParts, more: CostParts, sign: 1 | -1 = 1): void {
  for (const term of COST_TERMS) parts[term] = (parts[term] ?? 0) + sign * (more[term] ?? 0);
}

/** What a shipment costs besides its lines; without what units cost a node that runs short. */
function shipmentParts({ draft, source, pricer }: Priced, { weightMilligrams, units }: Load): CostParts {
  const { problem, refs, candidates } = draft.view;
  const of = problem.sources[source]!;
  const { candidate, shipDay, nextShipmentMicros } = refs[source]!;
  const on = shipDay.services[cheapestOption(of, weightMilligrams)]!;
  return {
    ...partsOf(pricer.shipmentCost(candidates, candidate, on, [], true)),
    shipping: tariffMicros(pricer.tariffOf(on.service.card, on.service.zone), weightMilligrams),
    capacity: nextShipmentMicros + (of.unitSteps ? stepsMicros(of.unitSteps, units) : 0),
  };
}

/** What the line adds to a shipment besides its weight. */
function lineParts({ draft, source, pricer }: Priced, demand: number, quantity: number): CostParts {
  if (quantity === 0) return {};
  const { candidate, shipDay } = draft.view.refs[source]!;
  const costOf = (taken: readonly Taken[]): CostBreakdown =>
    pricer.shipmentCost(draft.view.candidates, candidate, shipDay.services[0]!, taken, true);
  return { ...partsOf(subtractBreakdown(costOf([{ demand, quantity }]), costOf([]))), shipping: 0 };
}

function partsOf(cost: CostBreakdown): CostParts {
  return Object.fromEntries(COST_TERMS.map((term) => [term, termMicros(cost, term)]));
}
