// Orders that customers collect: in the list of a run, its filter and its CSV, and on the map at the node where they are collected.
import type { Scenario } from '@sourcewright/engine';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, computeRun } from './support/client.ts';
import { makeScenario } from './support/scenario.ts';
import { closeTestServer, openTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
let url: string;
let runId: string;

/** Of three orders the second is kept at the West place, the third is sent there from another. */
const scenario: Scenario = ((): Scenario => {
  const base = structuredClone(makeScenario({ orders: 3, linesPerOrder: 1 }));
  const { snapshot, orders } = base;
  const bands = [{ fixedMicros: 1_000_000, perKgMicros: 0 }];
  const card = {
    service: 'collect',
    deliveryWeekdays: [1, 2, 3, 4, 5],
    zones: [{ zone: 'all', transitDays: 1, bands }],
  };
  const nodes = snapshot.nodes.map((node) => ({ ...node, rateCardIds: [...node.rateCardIds, 'counter', 'van'] }));
  const rateCards = [
    ...snapshot.rateCards,
    { ...card, rateCardId: 'counter', name: 'Counter', kind: 'pickup' as const },
    { ...card, rateCardId: 'van', name: 'Van', kind: 'transfer' as const },
  ];
  const [first, second, third] = orders as [(typeof orders)[0], (typeof orders)[0], (typeof orders)[0]];
  const line = (sku: string) => [{ lineId: '1', sku, quantity: 1 }];
  return {
    ...base,
    snapshot: { ...snapshot, nodes, rateCards },
    orders: [
      first,
      { ...second, fulfilment: 'pickup', collectAt: 'node-west', lines: line('sku-0') },
      // The West place has no sku-2.
      { ...third, fulfilment: 'ship-to-store', collectAt: 'node-west', lines: line('sku-2') },
    ],
  };
})();

beforeAll(async () => {
  server = await openTestServer();
  ({ url } = server);
  await call(url, 'createScenario', { body: scenario });
  ({ runId } = await computeRun(url, { scenarioId: 'small', strategy: 'fcfs-exact' }));
});
afterAll(() => closeTestServer(server));

it('are counted by the scenario, listed with the node, and filtered', async () => {
  const { scenarios } = await call(url, 'listScenarios', {});
  expect(scenarios).toMatchObject([{ orders: 3, collectedOrders: 2 }]);
  const collected = async (query: Readonly<Record<string, string>>) =>
    (await call(url, 'listRunOrders', { params: { runId }, query })).orders.map((row) => [
      row.orderId,
      row.fulfilment,
      row.collectAt,
      row.nodeIds.includes('node-west'),
    ]);
  const both = [
    [scenario.orders[1]!.orderId, 'pickup', 'node-west', true],
    [scenario.orders[2]!.orderId, 'ship-to-store', 'node-west', false],
  ];
  expect(await collected({ filter: 'collected' })).toEqual(both);
  expect(await collected({ q: 'NODE-WEST' })).toEqual(both);
  expect((await collected({}))[0]!.slice(1, 3)).toEqual(['ship', null]);
});

it('lie on the map at the node where they are collected', async () => {
  const { areas, flows } = await call(url, 'getRunFlows', { params: { runId } });
  const [place] = areas.filter(({ collectAt }) => collectAt !== null);
  expect(place).toMatchObject({ areaId: 'collect:node-west', collectAt: 'node-west', orders: 2, units: 2 });
  expect([place!.lat, place!.lon]).toEqual([51.5, -2.6]);
  const into = flows.filter(({ areaId }) => areaId === 'collect:node-west').map(({ nodeId }) => nodeId);
  expect(into).toHaveLength(2);
  expect(into).toContain('node-west');
});
