// Decides the exact cost of a finished assignment and puts it into the shape of a solution.
// Leaves finding the assignment, and the bound, to the solvers.
import { createRisingMeter, hasRisingCosts, totalRise } from './rising-micros.ts';
import type { ChosenShipment, OrderProblem, Taken } from './order-problem.ts';
import { cheapestOption, shipmentMicros, takenMilligrams } from './shipment-price.ts';

/** Units by source and demand of the problem: `units[source × demands + demand]`. */
export type Units = Float64Array;

export interface PricedPlan {
  readonly shipments: readonly ChosenShipment[];
  readonly costMicros: number;
}

/** Shipments by source ascending with their cheapest options, and the exact cost of all. */
export function pricedPlan(problem: OrderProblem, units: Units): PricedPlan {
  const count = problem.demands.length;
  const left = problem.demands.map((demand) => demand.quantity);
  const shipments: ChosenShipment[] = [];
  const rise = hasRisingCosts(problem) ? createRisingMeter(problem) : undefined;
  let costMicros = 0;
  for (const [index, source] of problem.sources.entries()) {
    const taken: Taken[] = [];
    let weight = 0;
    for (let demand = 0; demand < count; demand++) {
      const quantity = units[index * count + demand]!;
      if (quantity === 0) continue;
      taken.push({ demand, quantity });
      left[demand]! -= quantity;
      weight += takenMilligrams(problem.demands[demand]!.weightMilligrams, problem.demands[demand]!.quantity, quantity);
      costMicros += source.lineMicros[demand]! + source.unitMicros[demand]! * quantity;
    }
    if (taken.length === 0) continue;
    costMicros += shipmentMicros(source, weight) + (shipments.length > 0 ? problem.splitMicros : 0);
    if (rise) costMicros += totalRise(rise(index, taken));
    shipments.push({ source: index, option: cheapestOption(source, weight), taken });
  }
  for (const [demand, units] of left.entries()) costMicros += units * problem.demands[demand]!.unsourcedUnitMicros;
  return { shipments, costMicros };
}

/** The units of shipments, as `pricedPlan` takes them. */
export function unitsOf({ shipments }: Pick<PricedPlan, 'shipments'>, { demands, sources }: OrderProblem): Units {
  const units = new Float64Array(sources.length * demands.length);
  for (const { source, taken } of shipments) {
    for (const { demand, quantity } of taken) units[source * demands.length + demand] = quantity;
  }
  return units;
}
