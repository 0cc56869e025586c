// Decides how much of a sku a node may promise and how much it may be asked for, now and by a day.
// Two sums: the selling buffer is withheld from promises, the sourcing buffer from sourcing.
import type { DatedQuantity } from '../model/network.ts';
import type { StockLevel } from '../model/stock-level.ts';

/** Units that channels may promise by a day: on hand − allocated − reserved − selling buffer + receipts due; never below 0. */
export function availableToPromise(
  level: StockLevel | undefined,
  receipts: readonly DatedQuantity[],
  byDay: number,
): number {
  return Math.max(0, uncommitted(level) - (level?.sellingBuffer ?? 0) + dueBy(receipts, byDay));
}

/** Units that sourcing may take for shipping on a day, before this wave takes any; may be negative. */
export function sourceableBy(level: StockLevel | undefined, receipts: readonly DatedQuantity[], byDay: number): number {
  return sourceableNow(level) + dueBy(receipts, byDay);
}

/** The same without what is due. */
export function sourceableNow(level: StockLevel | undefined): number {
  return uncommitted(level) - (level?.sourcingBuffer ?? 0);
}

/** On hand − allocated − reserved; negative when more is committed than is there. */
function uncommitted(level: StockLevel | undefined): number {
  return level ? level.onHand - (level.allocated ?? 0) - (level.reserved ?? 0) : 0;
}

/** Units of receipts that are due by a day. */
export function dueBy(receipts: readonly DatedQuantity[], byDay: number): number {
  let units = 0;
  for (const receipt of receipts) if (receipt.day <= byDay) units += receipt.quantity;
  return units;
}
