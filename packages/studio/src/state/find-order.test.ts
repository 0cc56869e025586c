import type { OrderRow, OrderSort } from '@sourcewright/server/contract';
import { describe, expect, it } from 'vitest';
import { compareRows, findOrder, type Sorting } from './find-order.ts';

const PAGE = 7;
const SORTS: readonly OrderSort[] = ['orderId', 'cost', 'shipments', 'days', 'late'];

const row = (n: number): OrderRow =>
  ({
    orderId: `O-${String(n).padStart(4, '0')}`,
    costMicros: (n * 7919) % 1000,
    shipments: n % 4,
    deliveryDays: n % 5 === 0 ? null : n % 6,
    lateDays: n % 3,
  }) as OrderRow;

const ROWS = Array.from({ length: 100 }, (_, n) => row(n));

function listed(rows: readonly OrderRow[], sorting: Sorting) {
  const sorted = rows.toSorted((a, b) => compareRows(a, b, sorting));
  let asked = 0;
  return {
    sorted,
    asked: () => asked,
    pages: Math.ceil(rows.length / PAGE),
    pageAt: async (page: number) => {
      asked += 1;
      return sorted.slice(page * PAGE, (page + 1) * PAGE);
    },
  };
}

describe('an order in a list of pages', () => {
  for (const sort of SORTS) {
    for (const dir of ['asc', 'desc'] as const) {
      it(`is found wherever it is, by ${sort} ${dir}, in few looks`, async () => {
        for (const wanted of ROWS) {
          const list = listed(ROWS, { sort, dir });
          const found = await findOrder(wanted, { sort, dir }, list);
          expect(list.sorted[found!.page * PAGE + found!.at]).toBe(wanted);
          expect(list.asked()).toBeLessThanOrEqual(4);
        }
      });
    }
  }

  it('is not found where it is not', async () => {
    expect(await findOrder(row(50), {}, listed(ROWS.toSpliced(50, 1), {}))).toBe(null);
    expect(await findOrder(row(200), {}, listed(ROWS, {}))).toBe(null);
    expect(await findOrder(row(1), {}, listed([], {}))).toBe(null);
  });

  it('comes last without a value, whichever way', () => {
    const [none, some] = [row(5), row(6)];
    for (const dir of ['asc', 'desc'] as const) {
      expect(compareRows(none, some, { sort: 'days', dir })).toBeGreaterThan(0);
      expect(compareRows(some, none, { sort: 'days', dir })).toBeLessThan(0);
    }
  });
});
