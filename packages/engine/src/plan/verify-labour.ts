// Decides what a node's hours of work cost and allow, counted anew unit by unit from the cheapest hour on.
// For the verification only; it shares no code with inventory.
import type { Node } from '../model/node.ts';

export interface CheckedLabour {
  /** Units a day that all hours together do; Infinity where the node states none. */
  readonly most: number;
  /** Micros of handling for each unit: what it takes of a cheapest hour. */
  readonly perUnitMicros: number;
  /** Micros of capacity for the first `units` of a day: what dearer hours cost beyond cheapest ones. */
  readonly extraMicros: (units: number) => number;
}

export function labourOf({ labour }: Node): CheckedLabour {
  if (!labour) return { most: Infinity, perUnitMicros: 0, extraMicros: () => 0 };
  const { unitsPerHour } = labour;
  const bands = labour.bands.toSorted((a, b) => a.perHourMicros - b.perHourMicros);
  let hours = 0;
  const ends = bands.map((band) => {
    hours += band.hours;
    return { upto: Math.floor(hours * unitsPerHour), micros: Math.round(band.perHourMicros / unitsPerHour) };
  });
  const first = ends.find(({ upto }) => upto > 0) ?? ends.at(-1)!;
  return {
    most: ends.at(-1)!.upto,
    perUnitMicros: first.micros,
    extraMicros: (units) => {
      let sum = 0;
      let from = 0;
      for (const { upto, micros } of ends) {
        sum += Math.max(0, Math.min(units, upto) - from) * (micros - first.micros);
        from = Math.max(from, upto);
      }
      return sum;
    },
  };
}
