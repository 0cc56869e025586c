// Decides what an order line is worth and weighs where the line itself does not say.
import type { Item } from '../model/item.ts';
import type { OrderLine } from '../model/order.ts';

/** The line's own price, else the item's usual one, else 0. */
export function unitPriceMicros(line: OrderLine, item: Item | undefined): number {
  return line.unitPriceMicros ?? item?.priceMicros ?? 0;
}

/** The line's own weight, else the item's × quantity. Rounded to a milligram. */
export function lineWeightGrams(line: OrderLine, item: Item | undefined): number {
  return Math.round((line.lineWeightGrams ?? (item?.weightGrams ?? 0) * line.quantity) * 1000) / 1000;
}
