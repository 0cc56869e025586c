// Decides the value of every fact of the catalogue for an order, a line, a node, a lane and a stock row.
// Leaves distances to candidates/ and sums of stock to inventory/: both are handed in.
import type { LocalTime } from '../base/time.ts';
import { isoWeekday } from '../base/time.ts';
import type { Item } from '../model/item.ts';
import type { Node } from '../model/node.ts';
import type { Order, OrderLine } from '../model/order.ts';

export type FactValues = Readonly<Record<string, unknown>>;

const NONE: readonly string[] = [];

export function orderFacts(order: Order, placed: LocalTime, items: ReadonlyMap<string, Item>): FactValues {
  let valueMicros = 0;
  let units = 0;
  let weightGrams = 0;
  for (const line of order.lines) {
    const item = items.get(line.sku);
    valueMicros += unitPriceMicros(line, item) * line.quantity;
    units += line.quantity;
    weightGrams += lineWeightGrams(line, item);
  }
  return {
    'order.orderId': order.orderId,
    'order.channel': order.channel,
    'order.country': order.destination.country,
    'order.region': order.destination.region,
    'order.postcode': order.destination.postcode,
    'order.priority': order.priority ?? 0,
    'order.customerId': order.customerId,
    'order.customerTier': order.customerTier,
    'order.tags': order.tags ?? NONE,
    'order.services': order.services ?? NONE,
    'order.valueMicros': valueMicros,
    'order.units': units,
    'order.lineCount': order.lines.length,
    'order.weightGrams': weightGrams,
    'order.placedWeekday': isoWeekday(placed.day),
    'order.placedHour': Math.floor(placed.minute / 60),
  };
}

export function lineFacts(line: OrderLine, item: Item | undefined): FactValues {
  const price = unitPriceMicros(line, item);
  return {
    'line.quantity': line.quantity,
    'line.unitPriceMicros': price,
    'line.valueMicros': price * line.quantity,
    'line.weightGrams': lineWeightGrams(line, item),
    'item.sku': line.sku,
    'item.category': item?.category,
    'item.weightGrams': item?.weightGrams,
    'item.priceMicros': item?.priceMicros,
    'item.hazmat': item?.hazmat ?? false,
    'item.tags': item?.tags ?? NONE,
  };
}

export function nodeFacts(node: Node): FactValues {
  return {
    'node.nodeId': node.nodeId,
    'node.type': node.type,
    'node.region': node.region,
    'node.groups': node.groups ?? NONE,
    'node.tags': node.tags ?? NONE,
  };
}

/** `sourceable` is what the row can give when the wave starts. */
export function candidateFacts(distanceKm: number | null, onHand: number, sourceable: number): FactValues {
  return {
    'lane.distanceKm': distanceKm ?? undefined,
    'stock.onHand': onHand,
    'stock.sourceable': sourceable,
    'stock.lastUnit': sourceable === 1,
  };
}

/** The line's own price, else the item's usual one, else 0. */
export function unitPriceMicros(line: OrderLine, item: Item | undefined): number {
  return line.unitPriceMicros ?? item?.priceMicros ?? 0;
}

/** The line's own weight, else the item's × quantity. Rounded to a milligram. */
export function lineWeightGrams(line: OrderLine, item: Item | undefined): number {
  return Math.round((line.lineWeightGrams ?? (item?.weightGrams ?? 0) * line.quantity) * 1000) / 1000;
}
