// Whatever text an order holds, it comes back from the CSV, and no cell can be taken for a formula.
import { parse } from 'csv-parse/sync';
import { assert, property, string, tuple } from 'fast-check';
import { expect, it } from 'vitest';
import type { OrderRow } from '../contract/index.ts';
import { ORDERS_CSV_HEADER, orderCsvLine } from './orders-csv.ts';

const row: OrderRow = {
  orderId: 'O-1',
  placedAt: '2026-03-02T08:00:00Z',
  region: null,
  postcode: null,
  fulfilment: 'ship',
  collectAt: null,
  lines: 1,
  units: 2,
  shipments: 1,
  nodeIds: ['A', 'B'],
  costMicros: -5,
  unsourcedUnits: 0,
  lateDays: 0,
  deliveryDays: null,
  gap: 0.25,
  proven: false,
};

it('writes numbers as they are, nothing for null, node ids with blanks', () => {
  expect(orderCsvLine(row, 'GBP')).toBe('O-1,2026-03-02T08:00:00Z,,,ship,,1,2,1,A B,-5,GBP,0,0,,0.25,false\r\n');
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', "'+", "''=1", '\tx', '\rx', '\nx'])('guards %j', (postcode) => {
  const [record] = parse(ORDERS_CSV_HEADER + orderCsvLine({ ...row, postcode }, 'GBP'), { columns: true }) as [
    Record<string, string>,
  ];
  expect(record['postcode']).toBe(`'${postcode}`);
});

it('gives any text back', () => {
  const text = string({ unit: 'grapheme', maxLength: 30 });
  assert(
    property(tuple(text, text), ([region, postcode]) => {
      const csv = ORDERS_CSV_HEADER + orderCsvLine({ ...row, region, postcode }, 'GBP');
      const records = parse(csv, { columns: true }) as Record<string, string>[];
      expect(records).toHaveLength(1);
      for (const [given, got] of [
        [region, records[0]!['region']!],
        [postcode, records[0]!['postcode']!],
      ] as const) {
        expect(got.replace(/^'(?='*[=+\-@\t\r\n])/, '')).toBe(given);
        expect(got).not.toMatch(/^[=+\-@\t\r\n]/);
      }
    }),
    { seed: 11, numRuns: 1000 },
  );
});
