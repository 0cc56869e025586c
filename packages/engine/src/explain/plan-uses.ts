// Decides what the other orders of a plan take of the items and nodes that one order may have; looked up, not added up anew for each.
import { dayNumber } from '../base/time.ts';
import { Ledger } from '../inventory/ledger.ts';
import type { Network } from '../model/network.ts';
import type { OrderPlan, Plan } from '../model/plan.ts';
import type { ShowDay } from '../solve/order-view.ts';

/** What the others take of a node on a day: its work, and units of the items asked for. */
export interface Taken {
  readonly nodeId: string;
  readonly day: number;
  shipments: number;
  units: number;
  readonly bySku: Map<string, number>;
}

export interface PlanUses {
  /** What all orders but this one take; only those before it where orders are decided in turn. */
  othersOf(position: number, skus: ReadonlySet<string>): readonly Taken[];
  /** Position of the last other order that takes the sku there; −1 where none does. */
  lastTaker(position: number, nodeId: string, sku: string): number;
}

interface Use {
  readonly position: number;
  readonly nodeId: string;
  /** Which node and day it is. */
  readonly at: number;
  readonly units: number;
}

export function createPlanUses({ orders, strategy }: Plan): PlanUses {
  const together = strategy === 'optimal';
  const shipments: Use[] = [];
  const bySku = new Map<string, Use[]>();
  const nodeDays: { readonly nodeId: string; readonly day: number }[] = [];
  const placeOf = new Map<string, number>();
  for (const [position, order] of orders.entries()) {
    for (const { nodeId, shipOn, lines } of order.shipments) {
      const key = `${nodeId} ${shipOn}`;
      const at = placeOf.get(key) ?? nodeDays.push({ nodeId, day: dayNumber(shipOn) }) - 1;
      placeOf.set(key, at);
      let units = 0;
      for (const { sku, quantity } of lines) {
        units += quantity;
        const use = { position, nodeId, at, units: quantity };
        const uses = bySku.get(sku);
        if (uses) uses.push(use);
        else bySku.set(sku, [use]);
      }
      shipments.push({ position, nodeId, at, units });
    }
  }
  const isOther = (use: Use, position: number): boolean =>
    use.position < position || (together && use.position > position);
  return {
    othersOf: (position, skus) => {
      const found = new Map<number, Taken>();
      for (const use of shipments) {
        if (!isOther(use, position)) continue;
        let entry = found.get(use.at);
        if (!entry) {
          entry = { ...nodeDays[use.at]!, shipments: 0, units: 0, bySku: new Map() };
          found.set(use.at, entry);
        }
        entry.shipments += 1;
        entry.units += use.units;
      }
      for (const sku of skus) {
        for (const use of bySku.get(sku) ?? []) {
          if (!isOther(use, position)) continue;
          const entry = found.get(use.at)!;
          entry.bySku.set(sku, (entry.bySku.get(sku) ?? 0) + use.units);
        }
      }
      return [...found.values()];
    },
    lastTaker: (position, nodeId, sku) =>
      bySku.get(sku)?.findLast((use) => use.nodeId === nodeId && isOther(use, position))?.position ?? -1,
  };
}

const BY_NODE = new WeakMap<readonly Taken[], ReadonlyMap<string, readonly Taken[]>>();

/** On all days. */
function usesAt(taken: readonly Taken[], nodeId: string): readonly Taken[] {
  let byNode = BY_NODE.get(taken);
  if (!byNode) BY_NODE.set(taken, (byNode = Map.groupBy(taken, (use) => use.nodeId)));
  return byNode.get(nodeId) ?? [];
}

/** Units of an item that the others take at a node, whatever the day. */
export function unitsTaken(taken: readonly Taken[], nodeId: string, sku: string): number {
  let units = 0;
  for (const { bySku } of usesAt(taken, nodeId)) units += bySku.get(sku) ?? 0;
  return units;
}

/** What is left to an order; only of nodes in the network. Throws `InvariantError` where the network does not have what they take. */
export function ledgerAfter(network: Network, taken: readonly Taken[]): Ledger {
  const ledger = new Ledger(network);
  for (const { nodeId, day, shipments, units, bySku } of taken) {
    const node = network.nodeAt.get(nodeId);
    if (node === undefined) continue;
    ledger.addShipment(node, day, units, shipments);
    for (const [sku, quantity] of bySku) {
      ledger.take(network.rowsOf.get(sku)!.find((row) => row.node === node)!, day, quantity);
    }
  }
  return ledger;
}

/** The days on which an order was sent: they are open to it, also where it need not have waited for them. A wave may have, to leave the room to others. */
export function daysOf({ shipments }: OrderPlan, network: Network): ShowDay {
  const used = new Set(shipments.map(({ nodeId, shipOn }) => `${nodeId} ${dayNumber(shipOn)}`));
  return (node, day) => used.has(`${network.nodes[node]!.nodeId} ${day}`);
}
