// Decides what room for more orders a day at a node is worth, from the prices of its days: the most it can save.
import type { PriceRow } from '@sourcewright/server/contract';

export interface RoomWorth {
  readonly orders: number;
  /** Days on which room is scarce. */
  readonly days: number;
  /** Over all those days. Prices are what the first one more saves: many save at most as much each. */
  readonly mostMicros: number;
}

/** `unitsPerOrder` of what the node ships; null where room is not scarce on any day. */
export function roomWorth(prices: readonly PriceRow[], orders: number, unitsPerOrder: number): RoomWorth | null {
  const byDay = new Map<string, number>();
  for (const { kind, shipOn, unitMicros } of prices) {
    if (shipOn === null) continue;
    const each = kind === 'shipments' ? unitMicros : unitMicros * unitsPerOrder;
    byDay.set(shipOn, (byDay.get(shipOn) ?? 0) + each);
  }
  if (byDay.size === 0) return null;
  const mostMicros = Math.round(orders * [...byDay.values()].reduce((sum, micros) => sum + micros, 0));
  return { orders, days: byDay.size, mostMicros };
}
