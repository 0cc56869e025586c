// What can be asked of a finished run: orders, one order, CSV, flows, prices. Every figure is checked against the plan itself.
import { createExplainer, type Plan, type Scenario } from '@sourcewright/engine';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderRow } from '@sourcewright/server/contract';
import { call, computeRun, refusal, send } from './support/client.ts';
import { makeScenario } from './support/scenario.ts';
import { closeTestServer, openTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
let url: string;
let runId: string;
let plan: Plan;
let rows: OrderRow[];
const scenario: Scenario = ((): Scenario => {
  const base = structuredClone(makeScenario({ orders: 120, onHand: 35 }));
  base.orders[0]!.destination.postcode = '=1+2';
  base.orders[1]!.destination.region = 'Here, "there"';
  base.orders[2]!.orderId = 'A/B 7';
  base.orders[3]!.promiseBy = '2026-03-02';
  return base;
})();

beforeAll(async () => {
  server = await openTestServer();
  ({ url } = server);
  await call(url, 'createScenario', { body: scenario });
  ({ runId } = await computeRun(url, { scenarioId: 'small', strategy: 'fcfs-exact' }));
  plan = await call(url, 'getRunPlan', { params: { runId } });
  rows = (await call(url, 'listRunOrders', { params: { runId }, query: { limit: 500 } })).orders;
});
afterAll(() => closeTestServer(server));

const list = (query: Record<string, string | number>) => call(url, 'listRunOrders', { params: { runId }, query });

describe('the orders of a run', () => {
  it('have the figures of the plan', () => {
    expect(rows).toHaveLength(120);
    expect(plan.kpis).toMatchObject({ orders: 120 });
    // The data shows every kind of order, else the filters below would prove nothing.
    expect(plan.kpis.splitOrders).toBeGreaterThan(0);
    expect(plan.kpis.ordersWithUnsourced).toBeGreaterThan(0);
    expect(plan.kpis.lateOrders).toBeGreaterThan(0);
    for (const order of plan.orders) {
      const row = rows.find((each) => each.orderId === order.orderId)!;
      const given = scenario.orders.find((each) => each.orderId === order.orderId)!;
      expect(row).toEqual({
        orderId: order.orderId,
        placedAt: given.placedAt,
        region: given.destination.region,
        postcode: given.destination.postcode,
        fulfilment: 'ship',
        collectAt: null,
        lines: given.lines.length,
        units: given.lines.reduce((sum, line) => sum + line.quantity, 0),
        shipments: order.shipments.length,
        nodeIds: [...new Set(order.shipments.map((shipment) => shipment.nodeId))],
        costMicros: order.cost.totalMicros,
        unsourcedUnits: order.unsourced.reduce((sum, line) => sum + line.quantity, 0),
        lateDays: Math.max(0, ...order.shipments.map((shipment) => shipment.lateDays)),
        deliveryDays:
          order.shipments.length === 0 ? null : Math.max(...order.shipments.map((each) => each.deliveryDays)),
        gap: order.proof.gap,
        proven: order.proof.proven,
      });
    }
    expect(rows.reduce((sum, row) => sum + row.costMicros, 0)).toBe(plan.cost.totalMicros);
  });

  it.each([
    ['all', () => true],
    ['split', (row: OrderRow) => row.shipments > 1],
    ['late', (row: OrderRow) => row.lateDays > 0],
    ['unsourced', (row: OrderRow) => row.unsourcedUnits > 0],
    ['unproven', (row: OrderRow) => !row.proven],
  ] as const)('are filtered: %s', async (filter, fits) => {
    const page = await list({ filter, limit: 500 });
    expect(page.orders).toEqual(rows.filter(fits));
    expect(page.total).toBe(page.orders.length);
  });

  it('are filtered by node and found by id, region, sku and item name in any case', async () => {
    const ids = async (query: Record<string, string>): Promise<string[]> =>
      (await list({ ...query, limit: 500 })).orders.map((row) => row.orderId);
    const wanted = (fits: (order: Scenario['orders'][number]) => boolean): string[] =>
      scenario.orders
        .filter(fits)
        .map((order) => order.orderId)
        .sort();
    expect(await ids({ nodeId: 'node-west' })).toEqual(
      rows.filter((row) => row.nodeIds.includes('node-west')).map((row) => row.orderId),
    );
    expect(await ids({ q: 'o-00042' })).toEqual(['O-00042']);
    expect(await ids({ q: 'SOUTH' })).toEqual(wanted((order) => order.destination.region === 'South'));
    expect(await ids({ q: 'sku-5' })).toEqual(wanted((order) => order.lines.some((line) => line.sku === 'sku-5')));
    expect(await ids({ q: ' fine TEAPOT ' })).toEqual(
      wanted((order) => order.lines.some((line) => line.sku === 'sku-7')),
    );
    expect(await ids({ q: 'nothing of this name' })).toEqual([]);
  });

  it.each(['cost', 'shipments', 'days', 'late', 'orderId'] as const)('are sorted by %s, ties by id', async (sort) => {
    const keyOf = {
      cost: 'costMicros',
      shipments: 'shipments',
      days: 'deliveryDays',
      late: 'lateDays',
      orderId: 'orderId',
    }[sort] as keyof OrderRow;
    for (const dir of ['asc', 'desc'] as const) {
      const sign = dir === 'asc' ? 1 : -1;
      const expected = [...rows].sort((a, b) => {
        const [x, y] = [a[keyOf], b[keyOf]];
        if (x !== y && (x === null || y === null)) return x === null ? 1 : -1;
        if (x !== y) return (x! < y! ? -1 : 1) * sign;
        return a.orderId < b.orderId ? -1 : 1;
      });
      const got = (await list({ sort, dir, limit: 500 })).orders;
      expect(got.map((row) => row.orderId)).toEqual(expected.map((row) => row.orderId));
    }
  });

  it('come in pages that join without a seam', async () => {
    const whole = (await list({ sort: 'cost', dir: 'desc', limit: 500 })).orders;
    const seen: OrderRow[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof list>> = await list({
        sort: 'cost',
        dir: 'desc',
        limit: 50,
        ...(cursor ? { cursor } : {}),
      });
      expect(page.total).toBe(120);
      seen.push(...page.orders);
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(whole);
    expect((await list({ offset: 100, limit: 50 })).orders).toEqual(rows.slice(100));
    expect(await list({ offset: 5000 })).toEqual({ orders: [], total: 120, nextCursor: null });
  });

  it('refuse a cursor of another question', async () => {
    const { nextCursor } = await list({ sort: 'cost', limit: 10 });
    const base = { sort: 'cost', limit: 10 };
    for (const query of [
      { ...base, sort: 'late' },
      { ...base, filter: 'split' },
      { ...base, q: 'x' },
      { ...base, dir: 'desc' },
    ]) {
      const call = { params: { runId }, query: { ...query, cursor: nextCursor! } };
      const { issues } = await refusal(url, 'listRunOrders', 'invalid-input', call);
      expect(issues).toMatchObject([{ path: '?/cursor' }]);
    }
    const forged = { params: { runId }, query: { ...base, cursor: 'LTEuYWJj' } };
    await refusal(url, 'listRunOrders', 'invalid-input', forged);
  });
});

describe('the CSV of a run', () => {
  const read = async (query: Record<string, string>): Promise<Record<string, string>[]> => {
    const text = await call(url, 'exportRunOrders', { params: { runId }, query });
    return parse(text, { columns: true, relax_column_count: false });
  };

  it('has all matching orders, with the figures of the list', async () => {
    const records = await read({});
    expect(records.map((record) => record['orderId'])).toEqual(rows.map((row) => row.orderId));
    records.forEach((record, index) => {
      const row = rows[index]!;
      expect(record).toMatchObject({
        costMicros: String(row.costMicros),
        nodeIds: row.nodeIds.join(' '),
        deliveryDays: row.deliveryDays === null ? '' : String(row.deliveryDays),
        gap: String(row.gap),
        proven: String(row.proven),
        currency: 'GBP',
      });
    });
    const split = await read({ filter: 'split', sort: 'cost', dir: 'desc' });
    const page = await list({ filter: 'split', sort: 'cost', dir: 'desc', limit: 500 });
    expect(split.map((record) => record['orderId'])).toEqual(page.orders.map((row) => row.orderId));
  });

  it('guards cells that a spreadsheet would run, and quotes what needs it', async () => {
    const records = await read({});
    const record = (orderId: string): Record<string, string> => records.find((each) => each['orderId'] === orderId)!;
    expect(record('O-00001')['postcode']).toBe("'=1+2");
    expect(record('O-00002')['region']).toBe('Here, "there"');
  });

  it('is offered as a file', async () => {
    const response = await send(url, 'exportRunOrders', { params: { runId } });
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename=${runId}-orders.csv`);
    await response.text();
  });
});

describe('one order of a run', () => {
  it('comes with its plan and the explanation of the engine', async () => {
    const explainer = createExplainer(scenario, scenario.policy, plan);
    for (const { orderId } of [plan.orders[0]!, plan.orders[57]!, plan.orders[119]!]) {
      const detail = await call(url, 'getRunOrder', { params: { runId, orderId } });
      const order = scenario.orders.find((each) => each.orderId === orderId)!;
      expect(detail.order).toEqual(order);
      expect(detail.orderPlan).toEqual(plan.orders.find((each) => each.orderId === orderId));
      const explanation = await explainer.explain(orderId, { counterfactuals: true });
      expect(detail.explanation).toEqual(JSON.parse(JSON.stringify(explanation)));
      expect(detail.diff).toBeUndefined();
      expect(Object.keys(detail.items).sort()).toEqual([...new Set(order.lines.map((line) => line.sku))].sort());
      expect(detail.nodes['node-south']).toEqual({
        name: 'South place',
        type: 'store',
        location: { lat: 50.9, lon: -1.4 },
        cutoff: expect.stringMatching(/^\d\d:\d\d$/),
      });
      expect(detail.currency).toBe('GBP');
    }
  });

  it('tells what would flip one line, and what is other in another run', async () => {
    const { orderId } = plan.orders[57]!;
    const order = scenario.orders.find((each) => each.orderId === orderId)!;
    const { lineId } = order.lines[0]!;
    const one = await call(url, 'getRunOrder', { params: { runId, orderId }, query: { lineId } });
    expect(one.explanation.counterfactuals!.every((flip) => flip.lineId === lineId)).toBe(true);
    const same = await call(url, 'getRunOrder', { params: { runId, orderId }, query: { against: runId } });
    expect(same.diff).toMatchObject({ orderId, moved: [], changes: [], cost: { totalMicros: 0 } });
    const asked = { params: { runId, orderId }, query: { effort: 'thorough' } } as const;
    const thorough = await call(url, 'getRunOrder', asked);
    const explainer = createExplainer(scenario, { ...scenario.policy, strategy: 'fcfs-exact' }, plan);
    expect(thorough.explanation).toEqual(
      JSON.parse(JSON.stringify(await explainer.explain(orderId, { counterfactuals: true, effort: 'thorough' }))),
    );
    await refusal(url, 'getRunOrder', 'invalid-input', {
      params: { runId, orderId },
      query: { effort: 'endless' as never },
    });
    const query = { against: 'r-0000000000' };
    await refusal(url, 'getRunOrder', 'run-not-found', { params: { runId, orderId }, query });
  });

  it('is found under an id with a slash and a blank', async () => {
    const detail = await call(url, 'getRunOrder', { params: { runId, orderId: 'A/B 7' } });
    expect(detail.order.orderId).toBe('A/B 7');
  });

  it('is not found when the run does not have it', async () => {
    await refusal(url, 'getRunOrder', 'order-not-found', { params: { runId, orderId: 'O-99999' } });
  });
});

describe('the flows of a run', () => {
  it('sum to the plan', async () => {
    const map = await call(url, 'getRunFlows', { params: { runId } });
    const shipments = plan.orders.flatMap((order) => order.shipments);
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
    const cost = sum(shipments.map((shipment) => shipment.cost.totalMicros));
    const units = plan.kpis.units - plan.kpis.unsourcedUnits;
    expect(sum(map.flows.map((flow) => flow.shipments))).toBe(shipments.length);
    for (const figures of [map.flows, map.areas]) {
      expect(sum(figures.map((each) => each.costMicros))).toBe(cost);
      expect(sum(figures.map((each) => each.units))).toBe(units);
      expect(sum(figures.map((each) => each.lateShipments))).toBe(plan.kpis.lateShipments);
    }
    expect(sum(map.areas.map((area) => area.orders))).toBe(120);
    expect(map.areas.map((area) => area.areaId)).toEqual(['Here, "there"', 'North', 'South', 'West']);
    const west = map.areas.find((area) => area.areaId === 'West')!;
    expect([west.lat, west.lon]).toEqual([expect.closeTo(51.5, 9), expect.closeTo(-2.6, 9)]);
    for (const node of map.nodes) {
      expect(node.kpis).toEqual(plan.kpis.nodes.find((each) => each.nodeId === node.nodeId));
      expect(sum(map.flows.filter((flow) => flow.nodeId === node.nodeId).map((flow) => flow.units))).toBe(
        node.kpis.units,
      );
    }
  });

  it('of one node are its own', async () => {
    const whole = await call(url, 'getRunFlows', { params: { runId } });
    const map = await call(url, 'getRunFlows', { params: { runId }, query: { nodeId: 'node-west' } });
    expect(map.flows).toEqual(whole.flows.filter((flow) => flow.nodeId === 'node-west'));
    expect(map.nodes.map((node) => node.nodeId)).toEqual(['node-west']);
    for (const flow of map.flows) {
      const { units, costMicros, lateShipments } = flow;
      expect(map.areas.find((area) => area.areaId === flow.areaId)).toMatchObject({ units, costMicros, lateShipments });
    }
    expect(map.areas).toHaveLength(map.flows.length);
    const unknown = { params: { runId }, query: { nodeId: 'node-moon' } };
    const { issues } = await refusal(url, 'getRunFlows', 'invalid-input', unknown);
    expect(issues).toMatchObject([{ code: 'unknown-reference', path: '?/nodeId' }]);
  });
});

describe('the prices of a run', () => {
  it('are those of the plan, with the names of items and nodes', async () => {
    const base = makeScenario({ scenarioId: 'tight', orders: 60, onHand: 15 });
    const tight: Scenario = {
      ...base,
      snapshot: {
        ...base.snapshot,
        nodes: base.snapshot.nodes.map((node) => ({ ...node, capacity: { shipmentsPerDay: 6 } })),
      },
    };
    await call(url, 'createScenario', { body: tight });
    const optimal = await computeRun(url, { scenarioId: 'tight', strategy: 'optimal' });
    const params = { runId: optimal.runId };
    const { prices } = await call(url, 'getRunPlan', { params });
    const { nodes, items } = tight.snapshot;
    const named = prices.map((price) => ({
      ...price,
      name: items.find((item) => item.sku === price.sku)?.name ?? null,
      nodeName: nodes.find((node) => node.nodeId === price.nodeId)!.name,
    }));
    // Both kinds are there, else names and days would prove nothing.
    expect(named.some((price) => price.kind === 'stock' && price.name?.startsWith('Fine '))).toBe(true);
    expect(named.some((price) => price.kind === 'shipments' && price.shipOn !== null)).toBe(true);
    const whole = await call(url, 'getRunPrices', { params, query: { limit: 500 } });
    expect(whole).toEqual({ currency: 'GBP', total: prices.length, prices: named, nextCursor: null });
    const page = await call(url, 'getRunPrices', { params, query: { limit: 2 } });
    expect(page).toEqual({ ...whole, prices: named.slice(0, 2), nextCursor: expect.any(String) as string });
    const rest = await call(url, 'getRunPrices', { params, query: { limit: 500, cursor: page.nextCursor! } });
    expect(rest).toEqual({ ...whole, prices: named.slice(2) });
    const others = { params, query: { nodeId: 'node-south', cursor: page.nextCursor! } };
    await refusal(url, 'getRunPrices', 'invalid-input', others);
    const south = named.filter((price) => price.nodeId === 'node-south');
    expect(south.length).toBeGreaterThan(1);
    expect(await call(url, 'getRunPrices', { params, query: { nodeId: 'node-south', limit: 1 } })).toEqual({
      currency: 'GBP',
      total: south.length,
      prices: south.slice(0, 1),
      nextCursor: expect.any(String) as string,
    });
  });

  it('are none where the strategy takes one order after another', async () => {
    expect(await call(url, 'getRunPrices', { params: { runId } })).toEqual({
      currency: 'GBP',
      total: 0,
      prices: [],
      nextCursor: null,
    });
  });

  it('are not asked of a node that is not there, or without end', async () => {
    const unknown = { params: { runId }, query: { nodeId: 'node-moon' } };
    const { issues } = await refusal(url, 'getRunPrices', 'invalid-input', unknown);
    expect(issues).toMatchObject([{ code: 'unknown-reference', path: '?/nodeId' }]);
    await refusal(url, 'getRunPrices', 'invalid-input', { params: { runId }, query: { limit: 501 } });
    await refusal(url, 'getRunPrices', 'run-not-found', { params: { runId: 'r-none' } });
  });
});

describe('finished runs', () => {
  it('are compared in total and order by order', async () => {
    const nearest = await computeRun(url, { scenarioId: 'small', strategy: 'nearest' });
    const same = await computeRun(url, { scenarioId: 'small', strategy: 'fcfs-exact' });
    const other = await call(url, 'getRunPlan', { params: { runId: nearest.runId } });
    const query = { runs: [runId, nearest.runId, same.runId].join() };
    const compared = await call(url, 'compareRuns', { query });
    expect(compared.baselineRunId).toBe(runId);
    expect(compared.runs.map((run) => run.runId)).toEqual([runId, nearest.runId, same.runId]);
    const costOf = new Map(plan.orders.map((order) => [order.orderId, order.cost.totalMicros]));
    const deltas = other.orders.map((order) => order.cost.totalMicros - costOf.get(order.orderId)!);
    const [toNearest, toSame] = compared.comparisons;
    expect(toNearest).toMatchObject({
      runId: nearest.runId,
      deltaMicros: other.cost.totalMicros - plan.cost.totalMicros,
      cheaperOrders: deltas.filter((delta) => delta < 0).length,
      dearerOrders: deltas.filter((delta) => delta > 0).length,
    });
    expect(toNearest!.dearerOrders).toBeGreaterThan(0);
    for (const { steps, deltaMicros } of compared.comparisons) {
      expect(steps.reduce((sum, step) => sum + step.deltaMicros, 0)).toBe(deltaMicros);
    }
    expect(toSame).toMatchObject({ deltaMicros: 0, changedOrders: 0, cheaperOrders: 0, dearerOrders: 0 });

    const base = { baseline: runId, run: nearest.runId };
    const page = await call(url, 'compareOrders', { query: { ...base, sort: 'delta', dir: 'asc', limit: 500 } });
    expect(page.orders.map((order) => order.deltaMicros)).toEqual(
      page.orders.map((order) => order.deltaMicros).sort((a, b) => a - b),
    );
    expect(page.orders.reduce((sum, order) => sum + order.deltaMicros, 0)).toBe(toNearest!.deltaMicros);
    expect(page.total).toBeGreaterThanOrEqual(toNearest!.changedOrders);
    const first = await call(url, 'compareOrders', { query: { ...base, limit: 1 } });
    expect(Math.abs(first.orders[0]!.deltaMicros)).toBe(Math.max(...deltas.map(Math.abs)));
    const second = await call(url, 'compareOrders', { query: { ...base, limit: 1, cursor: first.nextCursor! } });
    expect(second.orders[0]!.orderId).not.toBe(first.orders[0]!.orderId);
    const wrong = { query: { ...base, sort: 'delta', cursor: first.nextCursor! } };
    await refusal(url, 'compareOrders', 'invalid-input', wrong);
    const none = await call(url, 'compareOrders', { query: { baseline: runId, run: same.runId } });
    expect(none).toEqual({ orders: [], total: 0, nextCursor: null });
  });

  it('of different scenarios are not compared', async () => {
    await call(url, 'createScenario', { body: makeScenario({ scenarioId: 'foreign' }) });
    const foreign = await computeRun(url, { scenarioId: 'foreign', strategy: 'nearest' });
    await refusal(url, 'compareRuns', 'runs-not-comparable', { query: { runs: `${runId},${foreign.runId}` } });
    await refusal(url, 'compareOrders', 'runs-not-comparable', { query: { baseline: runId, run: foreign.runId } });
  });

  it('of one run alone are compared with nothing', async () => {
    expect((await call(url, 'compareRuns', { query: { runs: runId } })).comparisons).toEqual([]);
  });
});
