// Decides what one order pays for costs that rise with use: units a node is short of, units a node has to handle on a day.
// A shipment's own share of a rising cost for shipments is in its options; leaves where the steps begin to order-view.ts.
import { leastUnitMicros, stepsAfter, stepsMicros } from '../../base/cost-steps.ts';
import type { OrderProblem, Source, Taken } from './order-problem.ts';

export interface RisingShipment {
  readonly unitsMicros: number;
  readonly stockOutMicros: number;
}

export function totalRise({ unitsMicros, stockOutMicros }: RisingShipment): number {
  return unitsMicros + stockOutMicros;
}

/** Whether any cost of the problem rises with what is taken. */
export function hasRisingCosts({ sources }: OrderProblem): boolean {
  return sources.some((source) => source.unitSteps !== undefined || source.stockOutSteps !== undefined);
}

/** Prices the shipments of one plan one after another: days of one node share the units it is short of. */
export function createRisingMeter({
  sources,
}: OrderProblem): (source: number, taken: readonly Taken[]) => RisingShipment {
  const before = new Map<string, number>();
  return (position, taken) => {
    const source = sources[position]!;
    let units = 0;
    let stockOutMicros = 0;
    for (const { demand, quantity } of taken) {
      units += quantity;
      const steps = source.stockOutSteps?.[demand];
      if (!steps) continue;
      const key = `${source.node} ${demand}`;
      const used = before.get(key) ?? 0;
      stockOutMicros += stepsMicros(stepsAfter(steps, used), quantity);
      before.set(key, used + quantity);
    }
    return { unitsMicros: source.unitSteps ? stepsMicros(source.unitSteps, units) : 0, stockOutMicros };
  };
}

/**
 * What `units` of a demand add to the rising costs of a source at least, whatever else the order takes there.
 * All of it when the source sends nothing else; `part` where the units may be some of those that the node gives.
 */
export function leastRisingMicros(source: Source, demand: number, units: number, part: boolean): number {
  const stockOut = source.stockOutSteps?.[demand];
  if (part) {
    return (leastUnitMicros(stockOut ?? []) + leastUnitMicros(source.unitSteps ?? [])) * units;
  }
  return stepsMicros(stockOut ?? [], units) + stepsMicros(source.unitSteps ?? [], units);
}
