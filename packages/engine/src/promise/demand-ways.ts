// Decides how units of one demand could come when nothing else is in the cart: by node, day and service, and the earliest day for all.
// Leaves what the lines of a cart take from each other to whole-cart.ts.
import type { CandidateNode, OrderCandidates, ServiceDay, ShipDay } from '../candidates/candidate.ts';
import type { Ledger } from '../inventory/ledger.ts';
import type { Policy } from '../model/policy.ts';

/** One service on one ship day of a node that has units. */
export interface DemandWay {
  readonly candidate: CandidateNode;
  readonly shipDay: ShipDay;
  readonly on: ServiceDay;
  /** What the node has for that day, and what it can handle on it. */
  readonly stock: number;
  readonly room: number;
  /** The lesser of both. */
  readonly units: number;
}

export function waysOf(demand: number, { nodes }: OrderCandidates, ledger: Ledger): DemandWay[] {
  return nodes.flatMap((candidate) => {
    const row = candidate.rows[demand];
    if (!row) return [];
    return candidate.shipDays.flatMap((shipDay) => {
      if (ledger.shipmentsLeft(candidate.node, shipDay.day) < 1) return [];
      const stock = ledger.available(row, shipDay.day);
      const room = ledger.unitsLeft(candidate.node, shipDay.day);
      const units = Math.min(stock, room);
      return units < 1 ? [] : shipDay.services.map((on) => ({ candidate, shipDay, on, stock, room, units }));
    });
  });
}

/**
 * The earliest day on which all of a demand can be there; null where there is none. It comes whole from one node and day where
 * any of them could send it, as sourcing has it; else together from several where the policy lets it.
 */
export function earliestDay(ways: readonly DemandWay[], quantity: number, policy: Policy): number | null {
  const whole = ways.filter(({ units }) => units >= quantity);
  if (whole.length > 0) return Math.min(...whole.map(({ on }) => on.deliverDay));
  if (policy.allow.splitQuantity === 'never') return null;
  const days = [...new Set(ways.map(({ on }) => on.deliverDay))].sort((a, b) => a - b);
  return days.find((day) => unitsBy(ways, day) >= quantity) ?? null;
}

/** Units from all nodes by a day: each gives its stock once, day after day as much as it can handle. */
function unitsBy(ways: readonly DemandWay[], day: number): number {
  const byNode = new Map<number, Map<number, DemandWay>>();
  for (const way of ways) {
    if (way.on.deliverDay > day) continue;
    const days = byNode.get(way.candidate.node) ?? new Map<number, DemandWay>();
    byNode.set(way.candidate.node, days.set(way.shipDay.day, way));
  }
  let units = 0;
  for (const days of byNode.values()) {
    let sent = 0;
    const inOrder = [...days.values()].sort((a, b) => a.shipDay.day - b.shipDay.day);
    for (const { stock, room } of inOrder) sent += Math.max(0, Math.min(room, stock - sent));
    units += sent;
  }
  return units;
}
