// uk-gifts: every sale line of the real week is there, and the made-up layers keep the promises of its README.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ukGifts } from '../../scripts/scenarios/uk-gifts/build.ts';
import { buildStock } from '../../scripts/scenarios/uk-gifts/stock.ts';
import { buildNetwork } from '../../scripts/scenarios/uk-gifts/network.ts';
import { RAW, readDistricts } from '../../scripts/scenarios/uk-gifts/raw.ts';

const SCENARIO = ukGifts();
const { snapshot, orders } = SCENARIO;

/** order, time, customer, country, sku, quantity, price, cancelled, class: no cell of the week is quoted. */
const WEEK = gunzipSync(readFileSync(join(RAW, 'sample-week.csv.gz')))
  .toString()
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','));
const SALES = WEEK.filter((row) => row[8] === 'product' && row[7] === '0' && Number(row[5]) > 0);

test('the orders are the real sale lines, one for one', () => {
  const key = (cells: readonly (string | number)[]): string => cells.join(' ');
  const theirs = SALES.map((row) =>
    key([row[0]!, row[1]!, row[2]!, row[4]!, row[5]!, Math.round(Number(row[6]) * 1e6)]),
  );
  const ours = orders.flatMap((order) =>
    order.lines.map((line) =>
      key([
        order.orderId,
        order.placedAt.slice(0, 16),
        order.customerId ?? '',
        line.sku,
        line.quantity,
        line.unitPriceMicros!,
      ]),
    ),
  );
  expect(ours.sort()).toEqual(theirs.sort());
  expect([orders.length, ours.length]).toEqual([687, 20_688]);
});

test('orders from abroad are tagged and go to one forwarder; all others to a British district', () => {
  const abroad = new Set(SALES.filter((row) => row[3] !== 'United Kingdom').map((row) => row[0]));
  expect(abroad.size).toBe(86);
  for (const order of orders) {
    expect(order.tags?.includes('export') ?? false).toBe(abroad.has(order.orderId));
    if (abroad.has(order.orderId)) expect(order.destination.postcode).toBe('UB7');
    else expect(order.destination.country).toBe('GB');
    expect(order.destination.region).not.toBe('BT');
  }
});

test('a customer has one district, and districts follow the population', () => {
  const districts = new Map<string, Set<string>>();
  for (const order of orders) {
    if (!order.customerId || order.tags?.includes('export')) continue;
    const seen = districts.get(order.customerId) ?? new Set();
    districts.set(order.customerId, seen.add(order.destination.postcode!));
  }
  expect([...districts.values()].every((seen) => seen.size === 1)).toBe(true);
  const people = (area: (region: string) => boolean): number =>
    readDistricts().reduce((sum, district) => sum + (area(district.area) ? district.population : 0), 0);
  const london = (region: string): boolean => ['E', 'EC', 'N', 'NW', 'SE', 'SW', 'W', 'WC'].includes(region);
  const british = orders.filter((order) => order.destination.country === 'GB');
  const share = british.filter((order) => london(order.destination.region!)).length / british.length;
  const expected = people(london) / people(() => true);
  // Four standard deviations of a draw of that many customers.
  expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / districts.size));
});

test('the network is 24 places with the calendars and limits that the README names', () => {
  const count = (type: string): number => snapshot.nodes.filter((node) => node.type === type).length;
  expect(['dc', '3pl', 'store', 'vendor'].map(count)).toEqual([2, 1, 18, 3]);
  expect(
    snapshot.nodes.every(
      ({ location, capacity, labour }) => location && capacity?.shipmentsPerDay && (capacity.unitsPerDay ?? labour),
    ),
  ).toBe(true);
  const carriers = snapshot.rateCards.filter(({ kind }) => kind === undefined);
  expect(carriers).toHaveLength(7);
  for (const card of carriers) expect(card.maxParcelGrams).toBe(30_000);
});

test('some orders are collected at a store near the customer, as many as the README says', () => {
  const at = (fulfilment: string) => orders.filter((order) => order.fulfilment === fulfilment);
  expect([at('pickup').length, at('ship-to-store').length]).toEqual([8, 39]);
  for (const { collectAt, tags } of [...at('pickup'), ...at('ship-to-store')]) {
    expect(snapshot.nodes.find(({ nodeId }) => nodeId === collectAt)?.type).toBe('store');
    expect(tags).toBeUndefined();
  }
});

test('weights and categories are within what the README says', () => {
  for (const item of snapshot.items) {
    expect(item.weightGrams).toBeGreaterThanOrEqual(50);
    expect(item.weightGrams).toBeLessThanOrEqual(3000);
    expect(item.category).toMatch(/^[a-z]+$/);
  }
  const other = snapshot.items.filter((item) => item.category === 'other').length;
  expect(other / snapshot.items.length).toBeLessThan(0.15);
});

test('stock comes from the weeks before: with no past there is only what vendors make for the first time', () => {
  const { stock, receipts } = buildStock(snapshot.items, new Map(), buildNetwork(readDistricts()));
  expect(receipts).toEqual([]);
  expect(stock.every((level) => level.nodeId.startsWith('VE-') && level.onHand >= 12 && level.onHand <= 36)).toBe(true);
});

test('DCs lack about one sku in eight, hold some stock back and expect receipts, some within the week', () => {
  const sold = new Set(
    gunzipSync(readFileSync(join(RAW, 'demand.csv.gz')))
      .toString()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0]),
  );
  for (const dc of ['DC-DAVENTRY', 'DC-WAKEFIELD']) {
    const carried = snapshot.stock.filter((level) => level.nodeId === dc).length;
    expect(1 - carried / sold.size).toBeGreaterThan(0.1);
    expect(1 - carried / sold.size).toBeLessThan(0.15);
  }
  for (const field of ['allocated', 'reserved', 'sellingBuffer', 'sourcingBuffer'] as const) {
    expect(snapshot.stock.filter((level) => level[field] !== undefined).length, field).toBeGreaterThan(100);
  }
  for (const level of snapshot.stock) {
    const held = (level.allocated ?? 0) + (level.reserved ?? 0) + (level.sourcingBuffer ?? 0);
    expect(held, `${level.sku} at ${level.nodeId}`).toBeLessThanOrEqual(level.onHand);
  }
  const thisWeek = snapshot.receipts!.filter((receipt) => receipt.dueOn <= '2011-11-20').length;
  expect(thisWeek).toBeGreaterThan(50);
  expect(thisWeek).toBeLessThan(snapshot.receipts!.length);
});
