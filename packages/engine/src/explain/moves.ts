// Decides what moving one demand of a drafted order to another source changes: in micros, and by term.
// Looks only at what is touched, so that large orders are quick to explain; groups and parts of least worth are left to draft-order.ts.
import { type CostSteps, stepsMicros } from '../base/cost-steps.ts';
import { breakdown, type CostParts, termMicros } from '../costs/breakdown.ts';
import type { Pricer } from '../costs/price.ts';
import { tariffMicros } from '../costs/tariff.ts';
import { COST_TERMS, type CostBreakdown } from '../model/plan.ts';
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

/** A demand taken away from where it is, or supplied from elsewhere. */
interface Move {
  readonly touched: readonly Touched[];
  /** Units that move. */
  readonly units: number;
  /** Shipments of the order after it. */
  readonly shipments: number;
}

/** A demand taken away from all that supply it. */
interface Removal extends Move {
  /** What the order then costs less, below 0; without what units cost a node that runs short. */
  readonly micros: number;
  /** What its units cost nodes that run short. */
  readonly stockOutMicros: number;
}

/** Undefined where demands travel together or parts of the order must be worth something: then a move is more than its demand. */
export function createMoves(draft: DraftOrder): Moves | undefined {
  const { problem } = draft.view;
  if (problem.minPartMicros || problem.together) return undefined;
  const loads = new Map<number, Load>();
  for (const [source, byDemand] of draft.taken) loads.set(source, sumOf(draft, source, byDemand));
  const prices = new Map([...loads].map(([source, load]) => [source, loadMicros(draft, source, load)]));

  const removalOf = lastOnly((demand: number): Removal => {
    const touched: Touched[] = [];
    let micros = 0;
    let units = 0;
    for (const [source, byDemand] of draft.taken) {
      const own = byDemand.get(demand);
      if (own === undefined) continue;
      units += own;
      const before = loads.get(source)!;
      const after = byDemand.size === 1 ? undefined : plus(before, lineOf(draft, source, demand, own), -1);
      micros += (after ? loadMicros(draft, source, after) : 0) - prices.get(source)!;
      touched.push({ source, before, after, unitsBefore: own, unitsAfter: 0 });
    }
    const shipments = draft.taken.size - touched.filter(({ after }) => !after).length;
    const stockOutMicros = stockOutOf(draft, demand, touched);
    return { touched, units: units || problem.demands[demand]!.quantity, shipments, micros, stockOutMicros };
  });

  /** What a source that had so much left ships once it has the units. */
  const loadWith = (there: Load | undefined, demand: number, target: number, units: number): Load => {
    const moved = lineOf(draft, target, demand, units);
    return there ? plus(there, moved, 1) : moved;
  };
  const moveOf = (demand: number, target: number): Move => {
    const { touched, units, shipments } = removalOf(demand);
    const own = touched.find(({ source }) => source === target);
    const there = own ? own.after : loads.get(target);
    const arriving: Touched = {
      source: target,
      before: loads.get(target),
      after: loadWith(there, demand, target, units),
      unitsBefore: own?.unitsBefore ?? 0,
      unitsAfter: units,
    };
    const others = touched.filter((one) => one !== own);
    return { touched: [...others, arriving], units, shipments: shipments + (there ? 0 : 1) };
  };
  const splitMicros = (shipments: number): number =>
    (Math.max(0, shipments - 1) - Math.max(0, draft.taken.size - 1)) * problem.splitMicros;
  /** Days of one node share the units it is short of, so that it does not matter which of them ships. */
  const stockOutMicros = (demand: number, target: number): number => {
    const removal = removalOf(demand);
    const steps = problem.sources[target]!.stockOutSteps?.[demand];
    return (steps ? stepsMicros(steps, removal.units) : 0) - removal.stockOutMicros;
  };

  return {
    microsOf: (demand, target) => {
      const removal = removalOf(demand);
      const of = problem.sources[target]!;
      if (of.available[demand]! < removal.units) return undefined;
      const own = removal.touched.find(({ source }) => source === target);
      const there = own ? own.after : loads.get(target);
      const after = loadWith(there, demand, target, removal.units);
      const shipments = removal.shipments + (there ? 0 : 1);
      if (after.units > of.unitsLeft || shipments > problem.maxShipments) return undefined;
      // What the target loses of its own is in the removal.
      const before = own ? (there ? loadMicros(draft, target, there) : 0) : (prices.get(target) ?? 0);
      const arriving = loadMicros(draft, target, after) - before;
      return removal.micros + arriving + splitMicros(shipments) + stockOutMicros(demand, target);
    },
    marginOf: (demand, target, pricer) => {
      const move = moveOf(demand, target);
      const parts: CostParts = { split: splitMicros(move.shipments), stockOut: stockOutMicros(demand, target) };
      for (const { source, before, after, unitsBefore, unitsAfter } of move.touched) {
        const of = { draft, source, pricer, demand };
        if (after) addShipment(parts, of, after, unitsAfter, 1);
        if (before) addShipment(parts, of, before, unitsBefore, -1);
      }
      return breakdown(parts);
    },
    shipmentAt: (demand, target) => {
      const { touched, units } = moveOf(demand, target);
      return { option: cheapestOption(problem.sources[target]!, touched.at(-1)!.after!.weightMilligrams), units };
    },
  };
}

/** Remembers the last answer: moves of one demand are asked for one after another. */
function lastOnly<T>(answer: (question: number) => T): (question: number) => T {
  let last: { readonly question: number; readonly answer: T } | undefined;
  return (question) => {
    if (last?.question !== question) last = { question, answer: answer(question) };
    return last.answer;
  };
}

/** Days of one node share the units it is short of, so what counts is units by node. */
function stockOutOf({ view }: DraftOrder, demand: number, touched: readonly Touched[]): number {
  const { sources } = view.problem;
  const byNode = new Map<number, { readonly steps: CostSteps; units: number }>();
  for (const { source, unitsBefore } of touched) {
    const { node, stockOutSteps } = sources[source]!;
    const known = byNode.get(node);
    if (known) known.units += unitsBefore;
    else if (stockOutSteps) byNode.set(node, { steps: stockOutSteps[demand]!, units: unitsBefore });
  }
  let micros = 0;
  for (const { steps, units } of byNode.values()) micros += stepsMicros(steps, units);
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
  readonly demand: number;
}

/** By term: a shipment with `units` of the demand, without its other lines and without what units cost a node that runs short. */
function addShipment(
  parts: CostParts,
  of: Priced,
  { weightMilligrams, units: all }: Load,
  units: number,
  sign: 1 | -1,
) {
  const { draft, source, pricer, demand } = of;
  const { problem, refs, candidates } = draft.view;
  const { unitSteps } = problem.sources[source]!;
  const { candidate, shipDay, nextShipmentMicros } = refs[source]!;
  const on = shipDay.services[cheapestOption(problem.sources[source]!, weightMilligrams)]!;
  const taken = units > 0 ? [{ demand, quantity: units }] : [];
  const cost = {
    ...pricer.shipmentCost(candidates, candidate, on, taken, true),
    shippingMicros: tariffMicros(pricer.tariffOf(on.service.card, on.service.zone), weightMilligrams),
    capacityMicros: nextShipmentMicros + (unitSteps ? stepsMicros(unitSteps, all) : 0),
  };
  for (const term of COST_TERMS) parts[term] = (parts[term] ?? 0) + sign * termMicros(cost, term);
}
