// Decides which rates of one order can be turned, how far, and what turning one means as a change.
import type { Change, OrderPlan, Policy } from '@sourcewright/engine';

export interface Dial {
  readonly id: string;
  readonly label: string;
  /** The change without its amount. */
  readonly change: Pick<Change, 'kind' | 'rateCardId' | 'zone'>;
  /** Micros: what is, and how far it may go. */
  readonly from: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

const TENTH_MICROS = 100_000;

/** The rate of each shipment's zone, and what splits and late days are charged. */
export function dialsOf({ shipments }: OrderPlan, goals: Policy['goals']): readonly Dial[] {
  const rates = new Map<string, Dial>();
  for (const { rateCardId, zone, cost, parcels } of shipments) {
    const id = `rate ${rateCardId} ${zone}`;
    const reach = roundUp(cost.shippingMicros / Math.max(1, parcels));
    rates.set(id, {
      id,
      label: `A parcel by ${rateCardId} to zone ${zone}`,
      change: { kind: 'rate', rateCardId, zone },
      from: 0,
      least: -reach,
      most: 2 * reach,
      step: TENTH_MICROS,
    });
  }
  return [
    ...rates.values(),
    charge('split-charge', 'Each further shipment', goals.splitMicros),
    charge('late-charge', 'Each day late', goals.latenessPerDayMicros),
  ];
}

function charge(kind: Change['kind'], label: string, from: number): Dial {
  return {
    id: kind,
    label,
    change: { kind },
    from,
    least: 0,
    most: Math.max(10_000_000, 4 * roundUp(from)),
    step: TENTH_MICROS,
  };
}

function roundUp(micros: number): number {
  return Math.max(TENTH_MICROS, Math.ceil(micros / TENTH_MICROS) * TENTH_MICROS);
}

/** Nothing where the dial stands as it is. */
export function changeAt(dial: Dial, value: number | undefined): Change[] {
  return value === undefined || value === dial.from ? [] : [{ ...dial.change, from: dial.from, to: value }];
}
