// Decides where an order stands in a sorted list of which only some pages were fetched: pages are halved until one holds it.
// Leaves fetching to its caller.
import type { OrderRow, OrderSort } from '@sourcewright/server/contract';

export interface Sorting {
  readonly sort?: OrderSort | undefined;
  readonly dir?: 'asc' | 'desc' | undefined;
}

export interface SortedPages {
  readonly pages: number;
  readonly pageAt: (page: number) => Promise<readonly OrderRow[]>;
}

export interface PlaceInList {
  readonly page: number;
  /** In its page. */
  readonly at: number;
}

const VALUES: Readonly<Record<Exclude<OrderSort, 'orderId'>, (row: OrderRow) => number | null>> = {
  cost: (row) => row.costMicros,
  shipments: (row) => row.shipments,
  days: (row) => row.deliveryDays,
  late: (row) => row.lateDays,
};

/** Null where the list does not hold it. */
export async function findOrder(wanted: OrderRow, sorting: Sorting, list: SortedPages): Promise<PlaceInList | null> {
  let [low, high] = [0, list.pages - 1];
  while (low <= high) {
    const page = Math.floor((low + high) / 2);
    const rows = await list.pageAt(page);
    const at = rows.findIndex(({ orderId }) => orderId === wanted.orderId);
    if (at >= 0) return { page, at };
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last || compareRows(wanted, first, sorting) < 0) high = page - 1;
    else if (compareRows(wanted, last, sorting) > 0) low = page + 1;
    else return null;
  }
  return null;
}

/** As the server sorts: rows without a value last, and rows alike by their ids. */
export function compareRows(a: OrderRow, b: OrderRow, { sort = 'orderId', dir = 'asc' }: Sorting): number {
  const way = dir === 'desc' ? -1 : 1;
  const byId = a.orderId < b.orderId ? -1 : a.orderId > b.orderId ? 1 : 0;
  if (sort === 'orderId') return way * byId;
  const [left, right] = [VALUES[sort](a), VALUES[sort](b)];
  if (left === null || right === null) return Number(left === null) - Number(right === null) || byId;
  return way * (left - right) || byId;
}
