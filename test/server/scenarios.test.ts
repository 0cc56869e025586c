// Storing, showing and deleting scenarios over HTTP.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { call, computeRun, refusal, send } from './support/client.ts';
import { dump } from './support/dump.ts';
import { makeScenario } from './support/scenario.ts';
import { startTestServer } from './support/server.ts';

describe('scenarios', () => {
  it('are stored, listed, shown and deleted', async () => {
    const { url } = await startTestServer();
    expect(await call(url, 'listScenarios')).toEqual({ scenarios: [] });
    const scenario = makeScenario();
    const summary = await call(url, 'createScenario', { body: scenario });
    expect(summary).toMatchObject({
      scenarioId: 'small',
      title: 'Small',
      currency: 'GBP',
      orders: 12,
      lines: 36,
      nodes: 3,
      items: 8,
      firstPlacedAt: '2026-03-02T08:00:00.000Z',
      lastPlacedAt: '2026-03-02T09:50:00.000Z',
    });
    expect(await call(url, 'listScenarios')).toEqual({ scenarios: [summary] });

    const detail = await call(url, 'getScenario', { params: { scenarioId: 'small' } });
    const { policy, nodeList, ...rest } = detail;
    expect(rest).toEqual(summary);
    expect(policy).toEqual(scenario.policy);
    const stocked = scenario.snapshot.stock.filter((level) => level.nodeId === 'node-south');
    expect(nodeList[1]).toEqual({
      nodeId: 'node-south',
      name: 'South place',
      type: 'store',
      status: 'open',
      region: 'South',
      postcode: null,
      location: { lat: 50.9, lon: -1.4 },
      capacity: { shipmentsPerDay: 40, unitsPerDay: null },
      skusStocked: stocked.length,
      unitsOnHand: stocked.length * 12,
      services: ['standard'],
    });

    await call(url, 'deleteScenario', { params: { scenarioId: 'small' } });
    expect(await call(url, 'listScenarios')).toEqual({ scenarios: [] });
    await refusal(url, 'getScenario', 'scenario-not-found', { params: { scenarioId: 'small' } });
    await refusal(url, 'deleteScenario', 'scenario-not-found', { params: { scenarioId: 'small' } });
  });

  it('come with an address', async () => {
    const { url } = await startTestServer();
    const response = await send(url, 'createScenario', { body: makeScenario() });
    expect(response.status).toBe(201);
    const shown = await fetch(url + response.headers.get('location')!);
    expect(await shown.json()).toMatchObject({ scenarioId: 'small' });
  });

  it('may be sent as gzip', async () => {
    const { url } = await startTestServer();
    const bytes = gzipSync(JSON.stringify(makeScenario({ orders: 300 })));
    const summary = await call(url, 'createScenario', { bytes, headers: { 'content-encoding': 'gzip' } });
    expect(summary.orders).toBe(300);
  });

  it('keep the first of two with one id, also when both come at once', async () => {
    const { url, dataFile } = await startTestServer({ config: { callWorkers: 2 } });
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map((title) => send(url, 'createScenario', { body: makeScenario({ title }) })),
    );
    expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([201, 409, 409, 409]);
    const winner = (await answers.find((answer) => answer.status === 201)!.json()) as { title: string };
    expect((await call(url, 'listScenarios')).scenarios.map((each) => each.title)).toEqual([winner.title]);
    const before = dump(dataFile);
    await refusal(url, 'createScenario', 'scenario-exists', { body: makeScenario({ title: 'E' }) });
    expect(dump(dataFile)).toEqual(before);
  });

  it('take their runs with them', async () => {
    const { url, dataFile } = await startTestServer();
    await call(url, 'createScenario', { body: makeScenario() });
    const run = await computeRun(url, { scenarioId: 'small', strategy: 'nearest' });
    await call(url, 'deleteScenario', { params: { scenarioId: 'small' } });
    await refusal(url, 'getRun', 'run-not-found', { params: { runId: run.runId } });
    const rows = Object.entries(dump(dataFile)).filter(([table]) => !table.startsWith('sqlite'));
    expect(rows.filter(([, each]) => each.length > 0)).toEqual([]);
  });

  it('planned by a warm worker are those stored now, not those deleted', async () => {
    const { url } = await startTestServer();
    const unitsPlanned = async (): Promise<number> => {
      const { plan } = await call(url, 'createPlan', { body: { scenarioId: 'small' } });
      return plan.kpis.orders;
    };
    await call(url, 'createScenario', { body: makeScenario({ orders: 5 }) });
    expect(await unitsPlanned()).toBe(5);
    await call(url, 'deleteScenario', { params: { scenarioId: 'small' } });
    await call(url, 'createScenario', { body: makeScenario({ orders: 9 }) });
    expect(await unitsPlanned()).toBe(9);
  });
});
