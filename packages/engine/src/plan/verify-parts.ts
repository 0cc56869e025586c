// Decides whether an order was taken apart as it may be: what ships together does, and every part is worth enough.
// Works from the order, the policy and the plan alone, like the rest of the verification.
import type { Item } from '../model/item.ts';
import type { Order } from '../model/order.ts';
import type { OrderPlan, ShipmentLine } from '../model/plan.ts';

type Report = (sentence: string) => void;

/** All units of a group in one shipment, or all of them unsourced. */
export function checkGroups(plan: OrderPlan, order: Order, report: Report): void {
  for (const skus of skusTogether(order)) {
    const holders = plan.shipments.filter(({ lines }) => lines.some(({ sku }) => skus.has(sku)));
    const left = plan.unsourced.filter(({ sku }) => skus.has(sku));
    if (holders.length > 1 || (holders.length === 1 && left.length > 0)) {
      report(`Order ${plan.orderId}: ${[...skus].join(', ')} ship together, but are taken apart.`);
    }
  }
}

/** Sets of skus, grown until no two share a name or a sku. */
function skusTogether(order: Order): Set<string>[] {
  let groups = order.lines
    .filter(({ shipTogether }) => shipTogether !== undefined)
    .map(({ sku, shipTogether }) => ({ names: new Set([shipTogether!]), skus: new Set([sku]) }));
  for (let before = -1; before !== groups.length; ) {
    before = groups.length;
    const merged: typeof groups = [];
    for (const group of groups) {
      const known = merged.find((other) => shareAny(other.names, group.names) || shareAny(other.skus, group.skus));
      if (!known) merged.push(group);
      for (const name of known ? group.names : []) known!.names.add(name);
      for (const sku of known ? group.skus : []) known!.skus.add(sku);
    }
    groups = merged;
  }
  return groups.map(({ skus }) => skus);
}

function shareAny(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return [...left].some((entry) => right.has(entry));
}

/** An order in one part may be worth anything; of several every one is worth the minimum. `minimumMicros` of 0 asks nothing. */
export function checkParts(
  plan: OrderPlan,
  order: Order,
  minimumMicros: number,
  items: ReadonlyMap<string, Item>,
  report: Report,
): void {
  if (minimumMicros === 0 || plan.shipments.length === 0) return;
  const parts = plan.shipments.map(({ shipmentId, lines }) => ({
    what: shipmentId,
    micros: worth(lines, order, items),
  }));
  const rest = worth(plan.unsourced, order, items);
  if (rest > 0) parts.push({ what: `What order ${plan.orderId} leaves unsourced`, micros: rest });
  if (parts.length < 2) return;
  for (const { what, micros } of parts) {
    if (micros < minimumMicros) report(`${what} is worth ${micros}, a part at least ${minimumMicros}.`);
  }
}

/** A sku's units share its value in the order evenly, to the nearest micro. */
function worth(lines: readonly ShipmentLine[], order: Order, items: ReadonlyMap<string, Item>): number {
  let micros = 0;
  for (const [sku, own] of Map.groupBy(lines, (line) => line.sku)) {
    const ordered = order.lines.filter((line) => line.sku === sku);
    const price = items.get(sku)?.priceMicros ?? 0;
    const value = ordered.reduce((sum, line) => sum + (line.unitPriceMicros ?? price) * line.quantity, 0);
    const units = ordered.reduce((sum, line) => sum + line.quantity, 0);
    const taken = own.reduce((sum, line) => sum + line.quantity, 0);
    micros += taken === units ? value : Math.round((value * taken) / units);
  }
  return micros;
}
