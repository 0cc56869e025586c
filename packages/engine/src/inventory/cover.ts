// Decides how long stock lasts: weeks of the expected demand, before a plan and after it.
import type { OrderPlan } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** Over all items that a node's own customers are expected to ask for. */
export interface NodeCover {
  readonly weeksBefore: number;
  readonly weeksAfter: number;
}

/** Units ÷ (7 × demand a day); null where no demand is known, or none expected. */
export function coverWeeks(units: number, demandPerDay: number | undefined): number | null {
  return demandPerDay === undefined || demandPerDay === 0 ? null : Math.max(0, units) / (7 * demandPerDay);
}

/** By node id: units of all such items ÷ their demand a week. Units are on hand − allocated − reserved; receipts to come are not counted. */
export function coverByNode(plans: readonly OrderPlan[], { stock }: Snapshot): ReadonlyMap<string, NodeCover> {
  const taken = new Map<string, number>();
  for (const { shipments } of plans) {
    for (const { nodeId, lines } of shipments) {
      for (const { sku, quantity } of lines) {
        const key = `${sku}\n${nodeId}`;
        taken.set(key, (taken.get(key) ?? 0) + quantity);
      }
    }
  }
  const sums = new Map<string, { before: number; after: number; demandPerDay: number }>();
  for (const { sku, nodeId, onHand, allocated = 0, reserved = 0, demandPerDay = 0 } of stock) {
    if (demandPerDay === 0) continue;
    const units = onHand - allocated - reserved;
    const sum = sums.get(nodeId) ?? { before: 0, after: 0, demandPerDay: 0 };
    sum.before += Math.max(0, units);
    sum.after += Math.max(0, units - (taken.get(`${sku}\n${nodeId}`) ?? 0));
    sum.demandPerDay += demandPerDay;
    sums.set(nodeId, sum);
  }
  return new Map(
    [...sums].map(([nodeId, { before, after, demandPerDay }]) => [
      nodeId,
      { weeksBefore: coverWeeks(before, demandPerDay)!, weeksAfter: coverWeeks(after, demandPerDay)! },
    ]),
  );
}
