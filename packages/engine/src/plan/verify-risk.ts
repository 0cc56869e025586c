// Decides what the chance of a rejected line costs when it is worked out anew: counts of sku, category and node, one above the other.
// For the verification only; it shares no code with inventory and costs.
import type { Item } from '../model/item.ts';
import type { Node } from '../model/node.ts';
import type { Policy } from '../model/policy.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** Micros for one sku in a shipment of a node. */
export type LineRisk = (node: Node, sku: string, item: Item | undefined) => number;

export function createLineRisk({ pickHistory = [] }: Snapshot, { goals }: Policy): LineRisk {
  const goal = goals.rejectRisk;
  if (!goal) return () => 0;
  const byNode = Map.groupBy(pickHistory, ({ nodeId }) => nodeId);
  return (node, sku, item) => {
    const own = byNode.get(node.nodeId) ?? [];
    const levels = [
      own.find((counts) => counts.sku === undefined && counts.category === undefined),
      item?.category === undefined ? undefined : own.find((counts) => counts.category === item.category),
      own.find((counts) => counts.sku === sku),
    ];
    let chance = (node.rejectPercent ?? goal.usualPercent) / 100;
    for (const counts of levels) {
      if (!counts) continue;
      chance = (counts.rejects + goal.priorPicks * chance) / (counts.picks + goal.priorPicks);
    }
    return Math.round(chance * goal.perRejectMicros);
  };
}
