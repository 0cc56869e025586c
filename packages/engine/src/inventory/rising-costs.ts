// Decides which costs rise with use: taking a sku where it runs short, giving a node and day more than it does with ease.
// Leaves how much is taken to the ledger.
import { type CostSteps, NO_STEPS } from '../base/cost-steps.ts';
import type { Node } from '../model/node.ts';
import type { StockLevel } from '../model/stock-level.ts';

/** Steps as they are used, by steps as they are stated. */
const known = new WeakMap<object, CostSteps>();

/** What the wave pays for the stock it takes from one row, from the first unit on. */
export function stockOutStepsOf(level: StockLevel | undefined): CostSteps {
  const steps = level?.stockOutSteps;
  if (!steps) return NO_STEPS;
  let endless = known.get(steps);
  if (!endless) {
    endless = steps.map((step, index) => (index === steps.length - 1 ? { ...step, units: Infinity } : step));
    known.set(steps, endless);
  }
  return endless;
}

/** What a node's shipments on one day cost besides all else, from the first on. */
export function shipmentStepsOf({ capacity }: Node): CostSteps {
  return aboveSteps(
    capacity?.soft?.shipmentsPerDay?.map(({ above, perShipmentMicros }) => [above, perShipmentMicros] as const),
  );
}

/** What a node's units on one day cost besides all else, from the first on. */
export function unitStepsOf({ capacity }: Node): CostSteps {
  return aboveSteps(capacity?.soft?.unitsPerDay?.map(({ above, perUnitMicros }) => [above, perUnitMicros] as const));
}

/** Nothing up to the first threshold, from each threshold to the next its charge. */
function aboveSteps(thresholds: readonly (readonly [number, number])[] | undefined): CostSteps {
  if (!thresholds || thresholds.length === 0) return NO_STEPS;
  const free = thresholds[0]![0] > 0 ? [{ units: thresholds[0]![0], perUnitMicros: 0 }] : [];
  const charged = thresholds.map(([above, perUnitMicros], index) => ({
    units: (thresholds[index + 1]?.[0] ?? Infinity) - above,
    perUnitMicros,
  }));
  return [...free, ...charged];
}
