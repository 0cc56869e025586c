// Decides what a shipment from a source costs by its weight alone: its cheapest option.
// Leaves lines, units and the split penalty to the callers.
import { tariffMicros } from '../../costs/tariff.ts';
import type { Source } from './order-problem.ts';

/** Micros of the cheapest option for a shipment of `weightMilligrams`. */
export function shipmentMicros(source: Source, weightMilligrams: number): number {
  const options = source.options;
  let best = options[0]!.fixedMicros + tariffMicros(options[0]!.tariff, weightMilligrams);
  for (let index = 1; index < options.length; index++) {
    const option = options[index]!;
    if (option.fixedMicros >= best) continue;
    const micros = option.fixedMicros + tariffMicros(option.tariff, weightMilligrams);
    if (micros < best) best = micros;
  }
  return best;
}

/** Position of that option; the first of equals. */
export function cheapestOption(source: Source, weightMilligrams: number): number {
  let best = 0;
  let bestMicros = Infinity;
  for (const [index, option] of source.options.entries()) {
    const micros = option.fixedMicros + tariffMicros(option.tariff, weightMilligrams);
    if (micros < bestMicros) [best, bestMicros] = [index, micros];
  }
  return best;
}

/** Milligrams of `taken` units out of a demand. */
export function takenMilligrams(weightMilligrams: number, quantity: number, taken: number): number {
  return taken === quantity ? weightMilligrams : Math.round((weightMilligrams * taken) / quantity);
}
