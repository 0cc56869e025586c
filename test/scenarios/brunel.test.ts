// The Brunel scenario against its published tables, read again here without the generator's code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { compilePolicy, DEFAULT_LIMITS, parseScenario, type Scenario } from '@sourcewright/engine';
import { beforeAll, expect, test } from 'vitest';
import type { OrderCandidates } from '../../packages/engine/src/candidates/candidate.ts';
import { createEnumerator } from '../../packages/engine/src/candidates/enumerate.ts';
import { compileTariff, tariffMicros } from '../../packages/engine/src/costs/tariff.ts';
import { indexNetwork } from '../../packages/engine/src/model/network.ts';
import { brunel } from '../../scripts/scenarios/brunel/build.ts';

type Row = Record<string, string>;

/** The published files have no quoted cell. */
function published(name: string): Row[] {
  const file = join(import.meta.dirname, `../../scenarios/brunel/raw/${name}.csv.gz`);
  const [header, ...lines] = gunzipSync(readFileSync(file)).toString().trim().split('\n');
  const names = header!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index]!, cell])));
}

const ORDERS = published('orders');
const RATES = published('freight_rates');
const VMI = published('vmi_customers');
const STOCKED = new Set(published('products_per_plant').map((row) => `${row['product_id']} ${row['plant']}`));
const PLANTS = published('wh_capacities').map((row) => row['plant']!);
const PORTS = published('plant_ports');

/** Published rates for an order from a plant, whatever the weight; null where it is the customer's own freight. */
function ratesFor(order: Row, plant: string): Row[] | null {
  if (order['service_level'] === 'CRF') return null;
  const ports = PORTS.filter((row) => row['plant'] === plant).map((row) => row['port']);
  return RATES.filter((rate) => ports.includes(rate['orig_port']) && rate['service'] === order['service_level']);
}

const covers = (rate: Row, kilograms: number): boolean =>
  Number(rate['min_weight']) <= kilograms && kilograms <= Number(rate['max_weight']);

function mayServe(order: Row, plant: string): boolean {
  if (!STOCKED.has(`${order['product_id']} ${plant}`)) return false;
  const kept = VMI.filter((row) => row['plant'] === plant).map((row) => row['customer_id']);
  if (kept.length > 0 && !kept.includes(order['customer_id'])) return false;
  return ratesFor(order, plant)?.some((rate) => covers(rate, Number(order['weight']))) ?? true;
}

let scenario: Scenario;
let candidates: Map<string, OrderCandidates>;
beforeAll(async () => {
  const parsed = parseScenario(brunel());
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error.slice(0, 5)));
  scenario = parsed.value;
  const compiled = compilePolicy(scenario.policy, '/policy');
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const network = indexNetwork(scenario.snapshot);
  const enumerator = createEnumerator(network, scenario.policy, compiled.value.book, DEFAULT_LIMITS);
  candidates = new Map();
  for (const order of scenario.orders) candidates.set(order.orderId, await enumerator.candidatesOf(order));
});

test('every order may leave from exactly the plants that the published tables allow', () => {
  const sizes = new Map<number, number>();
  for (const order of ORDERS) {
    const ours = candidates.get(order['order_id']!)!.nodes.map(({ node }) => scenario.snapshot.nodes[node]!.nodeId);
    const theirs = PLANTS.filter((plant) => mayServe(order, plant));
    expect(ours.sort(), order['order_id']).toEqual(theirs.sort());
    sizes.set(theirs.length, (sizes.get(theirs.length) ?? 0) + 1);
  }
  expect([...sizes].sort(([a], [b]) => a - b)).toEqual([
    [1, 7562],
    [2, 1587],
    [3, 66],
  ]);
});

test('each order costs from each plant what the cheapest published row asks', () => {
  let pairs = 0;
  let inGaps = 0;
  for (const order of ORDERS) {
    const kilograms = Number(order['weight']);
    for (const candidate of candidates.get(order['order_id']!)!.nodes) {
      const rates = ratesFor(order, scenario.snapshot.nodes[candidate.node]!.nodeId);
      const ours = Math.min(
        ...candidate.shipDays[0]!.services.map(({ service }) =>
          tariffMicros(compileTariff(service.zone.bands, service.card.maxParcelGrams), Math.round(kilograms * 1e6)),
        ),
      );
      const theirs = rates
        ? Math.min(
            ...rates
              .filter((rate) => covers(rate, kilograms))
              .map((rate) => Math.max(Number(rate['min_cost']), Number(rate['rate_per_weight']) * kilograms)),
          )
        : 0;
      pairs++;
      // Both in micros; a published rate has at most six decimals, so that half a micro is rounding.
      if (Math.abs(ours - theirs * 1e6) > 0.51) {
        expect(ours, `${order['order_id']} is cheaper only by a weight between two bands`).toBeLessThan(theirs * 1e6);
        expect(isBetweenBands(rates!, kilograms)).toBe(true);
        inGaps++;
      }
    }
  }
  expect([pairs, inGaps]).toEqual([10_934, 35]);
});

/** Whether some carrier publishes rows below and above this weight but none for it. */
function isBetweenBands(rates: readonly Row[], kilograms: number): boolean {
  const contracts = Map.groupBy(rates, (rate) => `${rate['carrier']} ${rate['orig_port']} ${rate['transit_days']}`);
  return [...contracts.values()].some(
    (rows) =>
      !rows.some((rate) => covers(rate, kilograms)) &&
      rows.some((rate) => Number(rate['max_weight']) < kilograms) &&
      rows.some((rate) => Number(rate['min_weight']) > kilograms),
  );
}

test('nothing of the orders is lost', () => {
  const units = ORDERS.reduce((sum, order) => sum + Number(order['units']), 0);
  const ours = scenario.orders.flatMap((order) => order.lines);
  expect([scenario.orders.length, ours.length]).toEqual([9215, 9215]);
  expect(ours.reduce((sum, line) => sum + line.quantity, 0)).toBe(units);
  expect(scenario.snapshot.nodes.map((node) => node.capacity!.shipmentsPerDay).reduce((a, b) => a! + b!)).toBe(
    published('wh_capacities').reduce((sum, row) => sum + Number(row['orders_per_day']), 0),
  );
});
