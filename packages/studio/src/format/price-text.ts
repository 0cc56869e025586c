// Decides how a scarce resource reads: what one more of it is.
import type { PriceRow } from '@sourcewright/server/contract';
import { dayText } from './date.ts';

export interface PriceText {
  /** What stands before the thing: `One more unit of`, or all of it for capacity. */
  readonly lead: string;
  /** The item; null for capacity. */
  readonly item: string | null;
  /** `on Tue 15 Nov` for capacity, empty for stock. */
  readonly day: string;
}

/** `One more unit of` LANTERN, or `Room for one more shipment` with its day. The place stands between item and day. */
export function priceText(price: PriceRow): PriceText {
  if (price.kind === 'stock') return { lead: 'One more unit of', item: price.name ?? price.sku, day: '' };
  const lead = `Room for one more ${price.kind === 'shipments' ? 'shipment' : 'unit'}`;
  return { lead, item: null, day: price.shipOn === null ? '' : `on ${dayText(price.shipOn)}` };
}

export function priceKey({ kind, nodeId, sku, shipOn }: PriceRow): string {
  return `${kind} ${nodeId} ${sku ?? shipOn}`;
}
