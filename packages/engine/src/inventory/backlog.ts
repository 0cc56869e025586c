// Decides how many days the work takes that waits at a node: by its limits a day, where the days are not stated.
// Once laid in, nothing after it knows of shipments and units that wait.
import type { Node } from '../model/node.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** No node states more. */
const MOST_DAYS = 365;

/** The same snapshot where every node with work waiting states its days; limits are those of its hours, where it has any. */
export function backloggedSnapshot(snapshot: Snapshot): Snapshot {
  if (!snapshot.nodes.some(({ backlog }) => backlog)) return snapshot;
  return { ...snapshot, nodes: snapshot.nodes.map(backloggedNode) };
}

function backloggedNode(node: Node): Node {
  const { backlog, capacity } = node;
  if (!backlog || node.backlogDays !== undefined) return node;
  const days = [daysOf(backlog.shipments, capacity?.shipmentsPerDay), daysOf(backlog.units, capacity?.unitsPerDay)];
  return { ...node, backlogDays: Math.min(MOST_DAYS, Math.max(...days)) };
}

/** Waiting ÷ a day's limit; without a limit it takes no time. */
function daysOf(waiting: number | undefined, limit: number | undefined): number {
  return !waiting || limit === undefined ? 0 : waiting / limit;
}
