// Decides how a cost that rises with quantity is held and summed: so much for each of the first units, more for the next.
// Leaves what the units are, and where the steps come from, to its callers.

/** Micros for each of so many units. */
export interface CostStep {
  /** At least 1; Infinity in the last step. */
  readonly units: number;
  readonly perUnitMicros: number;
}

/** Micros a unit never fall from step to step; the last goes on for ever. No steps cost nothing. */
export type CostSteps = readonly CostStep[];

export const NO_STEPS: CostSteps = [];

/** Micros of the first `units`. */
export function stepsMicros(steps: CostSteps, units: number): number {
  let micros = 0;
  let left = units;
  for (const step of steps) {
    if (left <= 0) break;
    const taken = Math.min(left, step.units);
    micros += taken * step.perUnitMicros;
    left -= taken;
  }
  return micros;
}

/** What the units after the first `taken` cost. */
export function stepsAfter(steps: CostSteps, taken: number): CostSteps {
  if (taken === 0) return steps;
  let left = taken;
  for (const [index, step] of steps.entries()) {
    if (left < step.units) return left === 0 ? steps.slice(index) : [shortened(step, left), ...steps.slice(index + 1)];
    left -= step.units;
  }
  return NO_STEPS;
}

/** Micros of the cheapest unit: no number of units costs less for each. */
export function leastUnitMicros(steps: CostSteps): number {
  return steps[0]?.perUnitMicros ?? 0;
}

/** Micros of the dearest unit. */
export function mostUnitMicros(steps: CostSteps): number {
  return steps.at(-1)?.perUnitMicros ?? 0;
}

function shortened(step: CostStep, by: number): CostStep {
  return { ...step, units: step.units - by };
}
