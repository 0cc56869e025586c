// Decides what a node's hours of work cost and allow, counted anew from the cheapest hour on, and how many days its waiting work takes.
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

/** Days for which work waits at a node: stated, or shipments and units that wait by what it does in a day. */
export function waitingDays(node: Node): number {
  if (node.backlogDays !== undefined) return node.backlogDays;
  const { shipments = 0, units = 0 } = node.backlog ?? {};
  const unitsPerDay = Math.min(labourOf(node).most, node.capacity?.unitsPerDay ?? Infinity);
  const byShipments = shipments > 0 ? shipments / (node.capacity?.shipmentsPerDay ?? Infinity) : 0;
  const byUnits = units > 0 ? units / unitsPerDay : 0;
  return Math.min(365, Math.max(byShipments, byUnits));
}
