// Decides how long stock lasts: weeks of the expected demand, before a plan and after it.
import type { Plan } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';

export interface CoverChange {
  readonly sku: string;
  readonly nodeId: string;
  /** On hand − allocated − reserved. */
  readonly unitsBefore: number;
  readonly unitsAfter: number;
  /** Null where no demand is known. */
  readonly weeksBefore: number | null;
  readonly weeksAfter: number | null;
}

/** Units ÷ (7 × demand a day); null where no demand is known, or none expected. */
export function coverWeeks(units: number, demandPerDay: number | undefined): number | null {
  return demandPerDay === undefined || demandPerDay === 0 ? null : Math.max(0, units) / (7 * demandPerDay);
}

/** Every row of stock that a plan takes from, in the snapshot's order. Receipts to come are not counted. */
export function coverChanges(plan: Plan, snapshot: Snapshot): readonly CoverChange[] {
  const taken = new Map<string, number>();
  for (const { shipments } of plan.orders) {
    for (const { nodeId, lines } of shipments) {
      for (const { sku, quantity } of lines) {
        const key = `${sku}\n${nodeId}`;
        taken.set(key, (taken.get(key) ?? 0) + quantity);
      }
    }
  }
  return snapshot.stock.flatMap(({ sku, nodeId, onHand, allocated = 0, reserved = 0, demandPerDay }): CoverChange[] => {
    const units = taken.get(`${sku}\n${nodeId}`);
    if (units === undefined) return [];
    const unitsBefore = onHand - allocated - reserved;
    const unitsAfter = unitsBefore - units;
    const weeksBefore = coverWeeks(unitsBefore, demandPerDay);
    return [{ sku, nodeId, unitsBefore, unitsAfter, weeksBefore, weeksAfter: coverWeeks(unitsAfter, demandPerDay) }];
  });
}
