// Decides what a source's shipment of an order costs more or less when units of demands join or leave it, all else left as it is.
// Looks only at that shipment; leaves whether the units are there and what else then changes to its callers.
import { stepsMicros } from '../base/cost-steps.ts';
import type { OrderProblem } from '../solve/order/order-problem.ts';
import { shipmentMicros, takenMilligrams } from '../solve/order/shipment-price.ts';
import type { OrderView } from '../solve/order-view.ts';

/** What an order sends, by source and demand, on the stock and room that others leave it. */
export interface Sent {
  readonly view: OrderView;
  readonly taken: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

/** A demand and units of it. */
export type Units = readonly [demand: number, units: number];

export function unitsSent({ taken }: Pick<Sent, 'taken'>, demand: number): number {
  let units = 0;
  for (const byDemand of taken.values()) units += byDemand.get(demand) ?? 0;
  return units;
}

/** From all days of a node: they share its stock. */
export function unitsAtNode({ view, taken }: Sent, node: number, demand: number): number {
  let units = 0;
  for (const [source, byDemand] of taken) {
    if (view.problem.sources[source]!.node === node) units += byDemand.get(demand) ?? 0;
  }
  return units;
}

/** Units that a source can still handle. */
export function roomAt({ view, taken }: Sent, source: number): number {
  return view.problem.sources[source]!.unitsLeft - loadOf(view.problem, taken.get(source)).units;
}

/** In micros, the charge for a shipment more with it. */
export function joiningMicros(sent: Sent, at: number, joining: readonly Units[]): number {
  const { problem } = sent.view;
  const source = problem.sources[at]!;
  const own = sent.taken.get(at);
  const load = loadOf(problem, own);
  let micros = own || sent.taken.size === 0 ? 0 : problem.splitMicros;
  let weight = load.weightMilligrams;
  let more = 0;
  for (const [demand, units] of joining) {
    const before = own?.get(demand) ?? 0;
    weight += milligramsOf(problem, demand, before + units) - milligramsOf(problem, demand, before);
    micros += (before > 0 ? 0 : source.lineMicros[demand]!) + source.unitMicros[demand]! * units;
    const steps = source.stockOutSteps?.[demand];
    const used = steps ? unitsAtNode(sent, source.node, demand) : 0;
    if (steps) micros += stepsMicros(steps, used + units) - stepsMicros(steps, used);
    more += units;
  }
  micros += shipmentMicros(source, weight) - (own ? shipmentMicros(source, load.weightMilligrams) : 0);
  if (source.unitSteps) {
    micros += stepsMicros(source.unitSteps, load.units + more) - stepsMicros(source.unitSteps, load.units);
  }
  return micros;
}

/** What is saved, in micros, when all units of a demand leave a source's shipment: with the charge for a further shipment where nothing is left of it. */
export function leavingMicros(sent: Sent, at: number, demand: number): number {
  const { problem } = sent.view;
  const source = problem.sources[at]!;
  const own = sent.taken.get(at)!;
  const units = own.get(demand)!;
  const load = loadOf(problem, own);
  const rest = load.weightMilligrams - milligramsOf(problem, demand, units);
  const isEmpty = own.size === 1;
  let micros = source.lineMicros[demand]! + source.unitMicros[demand]! * units;
  micros += shipmentMicros(source, load.weightMilligrams) - (isEmpty ? 0 : shipmentMicros(source, rest));
  if (isEmpty && sent.taken.size > 1) micros += problem.splitMicros;
  const steps = source.stockOutSteps?.[demand];
  const used = steps ? unitsAtNode(sent, source.node, demand) : 0;
  if (steps) micros += stepsMicros(steps, used) - stepsMicros(steps, used - units);
  if (source.unitSteps) {
    micros += stepsMicros(source.unitSteps, load.units) - stepsMicros(source.unitSteps, load.units - units);
  }
  return micros;
}

interface Load {
  readonly units: number;
  readonly weightMilligrams: number;
}

const NO_LOAD: Load = { units: 0, weightMilligrams: 0 };
const LOADS = new WeakMap<ReadonlyMap<number, number>, Load>();

/** Added up once a shipment. */
function loadOf(problem: OrderProblem, own: ReadonlyMap<number, number> | undefined): Load {
  if (!own) return NO_LOAD;
  let load = LOADS.get(own);
  if (!load) {
    let [all, weightMilligrams] = [0, 0];
    for (const [demand, units] of own) {
      all += units;
      weightMilligrams += milligramsOf(problem, demand, units);
    }
    LOADS.set(own, (load = { units: all, weightMilligrams }));
  }
  return load;
}

function milligramsOf({ demands }: OrderProblem, demand: number, units: number): number {
  const { weightMilligrams, quantity } = demands[demand]!;
  return takenMilligrams(weightMilligrams, quantity, units);
}
