// Costs and feasibility of every Brunel order and route by the engine, against what the published tables say read on their own;
// and what history paid, so that a saving is a saving against what really happened.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compilePolicy, DEFAULT_LIMITS, parseScenario, type Plan, type Scenario, source } from '@sourcewright/engine';
import { beforeAll, expect, test } from 'vitest';
import { createEnumerator } from '../../packages/engine/src/candidates/enumerate.ts';
import { createPricer } from '../../packages/engine/src/costs/price.ts';
import { indexNetwork } from '../../packages/engine/src/model/network.ts';
import { brunel } from '../../scripts/scenarios/brunel/build.ts';
import { cheapestPlant, historical, historyTable, total } from './history.ts';
import { DAILY_ORDERS, handlingOf, ORDERS, plantsFor, routesFor } from './published.ts';

/** A published amount has at most six decimals a kilogram, so that what differs by less than a micro is rounding. */
const ROUNDING_MICROS = 0.51;

let scenario: Scenario;
beforeAll(() => {
  const parsed = parseScenario(brunel());
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error.slice(0, 5)));
  scenario = parsed.value;
});

async function sourced(of: Scenario): Promise<Plan> {
  const policy = { ...of.policy, strategy: 'fcfs-exact' as const };
  const plan = await source({ orders: of.orders, snapshot: of.snapshot }, policy, DEFAULT_LIMITS);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

test('every order costs by every route what the published tables ask, and no other route is open', async () => {
  const compiled = compilePolicy(scenario.policy, '/policy');
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const network = indexNetwork(scenario.snapshot);
  const enumerator = createEnumerator(network, scenario.policy, compiled.value.book, DEFAULT_LIMITS);
  const pricer = createPricer(network, scenario.policy);
  const orders = new Map(scenario.orders.map((order) => [order.orderId, order]));
  let routes = 0;
  let inGaps = 0;
  for (const published of ORDERS) {
    const candidates = await enumerator.candidatesOf(orders.get(published.orderId)!);
    const ours = candidates.nodes.map(({ node }) => scenario.snapshot.nodes[node]!.nodeId);
    expect(ours.sort(), published.orderId).toEqual(plantsFor(published).sort());
    for (const candidate of candidates.nodes) {
      const plant = scenario.snapshot.nodes[candidate.node]!.nodeId;
      const byContract = new Map<string, number>();
      for (const on of candidate.shipDays[0]!.services) {
        const all = [{ demand: 0, quantity: published.units }];
        const cost = pricer.shipmentCost(candidates, candidate, on, all, true);
        const handling = handlingOf(published, plant);
        expect(Math.abs(cost.handlingMicros - handling * 1e6)).toBeLessThan(published.units * ROUNDING_MICROS);
        expect(cost.totalMicros).toBe(cost.shippingMicros + cost.handlingMicros);
        // Rows of one contract that overlap stand in cards of their own, numbered at the end of the id.
        const contract = on.service.card.service === 'CRF' ? 'own' : on.service.card.rateCardId.replace(/\/\d+$/, '');
        byContract.set(contract, Math.min(byContract.get(contract) ?? Infinity, cost.shippingMicros));
      }
      const theirs = routesFor(published, plant);
      expect([...byContract.keys()].sort(), published.orderId).toEqual(theirs.map(({ contract }) => contract).sort());
      for (const { contract, freight, inGap } of theirs) {
        const difference = Math.abs(byContract.get(contract)! - freight * 1e6);
        if (difference > ROUNDING_MICROS) expect([published.orderId, contract, difference]).toEqual([]);
        routes += 1;
        inGaps += inGap ? 1 : 0;
      }
    }
  }
  expect({ routes, inGaps }).toMatchInlineSnapshot(`
    {
      "inGaps": 2898,
      "routes": 39723,
    }
  `);
});

test('each order really left by a contract that is published, from a plant that may serve it', () => {
  const inGap = ORDERS.filter((order) => historical(order).inGap).length;
  expect(ORDERS.filter((order) => !plantsFor(order).includes(order.history.plant))).toEqual([]);
  expect(inGap).toMatchInlineSnapshot(`1364`);
  const from03 = ORDERS.filter((order) => order.history.plant === 'PLANT03').length;
  expect([from03, DAILY_ORDERS.get('PLANT03')]).toEqual([8541, 1013]);
});

test('without capacities the engine chooses what costs least by the published tables, to two micros an order', async () => {
  const { snapshot } = scenario;
  const nodes = snapshot.nodes.map(
    (node) => Object.fromEntries(Object.entries(node).filter(([name]) => name !== 'capacity')) as typeof node,
  );
  const plan = await sourced({ ...scenario, snapshot: { ...snapshot, nodes } });
  const least = total(ORDERS, cheapestPlant);
  expect(plan.kpis.ordersShipped).toBe(least.orders);
  expect(Math.abs(plan.cost.totalMicros - (least.freight + least.handling) * 1e6)).toBeLessThan(ORDERS.length * 2);
});

test('with capacities the orders that the engine ships cost less than they did', async () => {
  const plan = await sourced(scenario);
  const shipped = new Set(plan.orders.filter(({ shipments }) => shipments.length > 0).map(({ orderId }) => orderId));
  const was = total(
    ORDERS.filter(({ orderId }) => shipped.has(orderId)),
    historical,
  );
  const { shippingMicros, handlingMicros } = plan.cost;
  const figures = [was.freight + was.handling, (shippingMicros + handlingMicros) / 1e6].map(Math.round);
  expect([shipped.size, ...figures]).toMatchInlineSnapshot(`
    [
      2434,
      2977230,
      2878644,
    ]
  `);
});

test('the table of the scenario’s README is the one computed', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../scenarios/brunel/README.md'), 'utf8');
  expect(readme).toContain(historyTable());
});
