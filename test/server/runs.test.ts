// Queuing, following, cancelling and deleting runs.
import { canonicalJson, DEFAULT_LIMITS, parseScenario, source } from '@sourcewright/engine';
import { routes } from '@sourcewright/server/contract';
import { describe, expect, it } from 'vitest';
import { call, computeRun, listen, refusal, send, untilRun } from './support/client.ts';
import { makeScenario } from './support/scenario.ts';
import { startTestServer } from './support/server.ts';

/** Takes seconds to compute; no test waits for its end. */
const LARGE = makeScenario({ scenarioId: 'large', orders: 20_000, linesPerOrder: 6, onHand: 20_000 });

describe('a run', () => {
  it('is queued, computed and shown with the figures of its plan', async () => {
    const { url } = await startTestServer();
    const scenario = makeScenario();
    await call(url, 'createScenario', { body: scenario });
    const queued = await call(url, 'createRun', {
      body: { scenarioId: 'small', strategy: 'fewest-shipments', limits: { seed: 9 } },
    });
    expect(queued).toMatchObject({
      status: 'queued',
      name: 'Test policy, fewest-shipments',
      progress: { stage: null, done: 0, total: 12, costMicros: 0 },
      kpis: null,
      cost: null,
      policy: { policyId: 'test-policy', version: 3, name: 'Test policy' },
    });
    const run = await untilRun(url, queued.runId, 'done');
    const parsed = parseScenario(scenario);
    if (!parsed.ok) throw new Error('The scenario is valid.');
    const limits = { ...DEFAULT_LIMITS, seed: 9 };
    const plan = await source(parsed.value, { ...scenario.policy, strategy: 'fewest-shipments' }, limits);
    if (!plan.ok) throw new Error('It can be planned.');
    const { kpis, cost, proof, basis } = plan.value;
    expect(run).toMatchObject({ kpis, cost, proof, basis, currency: 'GBP', error: null });
    expect(run.progress).toEqual({ stage: null, done: 12, total: 12, costMicros: cost.totalMicros });
    expect(run.elapsedMs).toBe(Date.parse(run.finishedAt!) - Date.parse(run.startedAt!));
  });

  it('has its own policy where one is given', async () => {
    const { url } = await startTestServer();
    const scenario = makeScenario();
    await call(url, 'createScenario', { body: scenario });
    const policy = { ...scenario.policy, policyId: 'other', rules: [noStores] };
    const run = await computeRun(url, { scenarioId: 'small', strategy: 'nearest', policy, name: '  No stores ' });
    expect(run).toMatchObject({ name: 'No stores', policy: { policyId: 'other' } });
    const shipping = run.kpis!.nodes.filter((node) => node.shipments > 0).map((node) => node.nodeId);
    expect(shipping).toEqual(['node-north']);
  });

  it('tells its goals by rank, and why it stopped', async () => {
    const { url } = await startTestServer();
    const scenario = makeScenario();
    await call(url, 'createScenario', { body: scenario });
    const tiers = [
      { name: 'fill', terms: { unsourced: 1 }, tolerancePercent: 5 },
      { name: 'cost', terms: {} },
    ];
    const policy = { ...scenario.policy, goals: { ...scenario.policy.goals, tiers } };
    const run = await computeRun(url, { scenarioId: 'small', strategy: 'fcfs-exact', policy });
    expect(run.tiers!.map(({ name }) => name)).toEqual(['fill', 'cost']);
    const reached = run.tiers!.reduce((sum, { objectiveMicros }) => sum + objectiveMicros, 0);
    expect(reached).toBe(run.cost!.totalMicros);
    expect(run.effort!.stopped).toBe('last-order');
    const twice = { ...policy, goals: { ...policy.goals, tiers: [tiers[0], tiers[0]] } };
    const body = { scenarioId: 'small', strategy: 'optimal', policy: twice };
    expect((await send(url, 'createRun', { body })).status).toBe(400);
  });

  it('comes with an address', async () => {
    const { url } = await startTestServer();
    await call(url, 'createScenario', { body: makeScenario() });
    const response = await send(url, 'createRun', { body: { scenarioId: 'small', strategy: 'nearest' } });
    const { runId } = (await response.json()) as { runId: string };
    expect(response.headers.get('location')).toBe(`/v1/runs/${runId}`);
  });

  it('is listed newest first, by scenario', async () => {
    const { url } = await startTestServer();
    await call(url, 'createScenario', { body: makeScenario() });
    await call(url, 'createScenario', { body: makeScenario({ scenarioId: 'second' }) });
    const first = await computeRun(url, { scenarioId: 'small', strategy: 'nearest' });
    const second = await computeRun(url, { scenarioId: 'second', strategy: 'nearest' });
    const ids = async (query: Record<string, string>): Promise<string[]> =>
      (await call(url, 'listRuns', { query })).runs.map((run) => run.runId);
    expect(await ids({})).toEqual([second.runId, first.runId]);
    expect(await ids({ scenarioId: 'small' })).toEqual([first.runId]);
    expect(await ids({ scenarioId: 'none' })).toEqual([]);
  });

  it('is cancelled while it is computed, and while it waits', async () => {
    const { url } = await startTestServer();
    await call(url, 'createScenario', { body: LARGE });
    const body = { scenarioId: 'large', strategy: 'fcfs-exact' };
    const running = await call(url, 'createRun', { body });
    const waiting = await call(url, 'createRun', { body });
    await untilRun(url, running.runId, 'running');

    // Busy things are not deleted, unfinished things have no results.
    await refusal(url, 'deleteRun', 'run-busy', { params: { runId: running.runId } });
    await refusal(url, 'deleteScenario', 'scenario-busy', { params: { scenarioId: 'large' } });
    for (const id of ['getRunPlan', 'listRunOrders', 'exportRunOrders', 'getRunFlows'] as const) {
      const params = { runId: running.runId };
      expect(routes[id].problems).toContain('run-not-done');
      await refusal(url, id, 'run-not-done', { params });
    }
    const query = { runs: `${running.runId},${waiting.runId}` };
    await refusal(url, 'compareRuns', 'run-not-done', { query });

    const second = await call(url, 'cancelRun', { params: { runId: waiting.runId } });
    expect(second).toMatchObject({ status: 'cancelled', startedAt: null, elapsedMs: 0, kpis: null });
    const first = await call(url, 'cancelRun', { params: { runId: running.runId } });
    expect(first).toMatchObject({ status: 'cancelled', error: null, kpis: null });
    expect(first.progress.done).toBeLessThan(first.progress.total);
    for (const { runId } of [first, second]) {
      await refusal(url, 'cancelRun', 'run-finished', { params: { runId } });
    }

    // The worker is free again.
    await call(url, 'createScenario', { body: makeScenario() });
    await computeRun(url, { scenarioId: 'small', strategy: 'nearest' });
    await call(url, 'deleteScenario', { params: { scenarioId: 'large' } });
  });

  it('is not cancelled when it is done, but can be deleted', async () => {
    const { url } = await startTestServer();
    await call(url, 'createScenario', { body: makeScenario() });
    const { runId } = await computeRun(url, { scenarioId: 'small', strategy: 'nearest' });
    await refusal(url, 'cancelRun', 'run-finished', { params: { runId } });
    await call(url, 'deleteRun', { params: { runId } });
    await refusal(url, 'getRun', 'run-not-found', { params: { runId } });
    await refusal(url, 'getRunPlan', 'run-not-found', { params: { runId } });
  });

  it('that waits is not computed after it was deleted', async () => {
    const { url } = await startTestServer();
    await call(url, 'createScenario', { body: LARGE });
    await call(url, 'createScenario', { body: makeScenario() });
    const running = await call(url, 'createRun', { body: { scenarioId: 'large', strategy: 'fcfs-exact' } });
    const listener = await listen(url);
    const waiting = await call(url, 'createRun', { body: { scenarioId: 'small', strategy: 'nearest' } });
    await call(url, 'deleteRun', { params: { runId: waiting.runId } });
    await listener.next((message) => message.type === 'run-deleted' && message.runId === waiting.runId);
    await call(url, 'cancelRun', { params: { runId: running.runId } });
    await computeRun(url, { scenarioId: 'small', strategy: 'nearest' });
    const statuses = listener.received.flatMap((message) =>
      message.type === 'run' && message.run.runId === waiting.runId ? [message.run.status] : [],
    );
    expect(new Set(statuses)).toEqual(new Set(['queued']));
    listener.socket.close();
  });

  it('is turned away when too many wait', async () => {
    const { url } = await startTestServer({ config: { maxQueuedRuns: 2 } });
    await call(url, 'createScenario', { body: LARGE });
    const body = { scenarioId: 'large', strategy: 'fcfs-exact' };
    const first = await call(url, 'createRun', { body });
    await untilRun(url, first.runId, 'running');
    await call(url, 'createRun', { body });
    await call(url, 'createRun', { body });
    await refusal(url, 'createRun', 'overloaded', { body });
    expect((await call(url, 'listRuns')).runs).toHaveLength(3);
  });

  it('does not hold up other answers', async () => {
    const { url } = await startTestServer();
    await call(url, 'createScenario', { body: LARGE });
    await call(url, 'createScenario', { body: makeScenario() });
    const { runId } = await call(url, 'createRun', { body: { scenarioId: 'large', strategy: 'fcfs-exact' } });
    await untilRun(url, runId, 'running');
    await call(url, 'createPlan', { body: { scenarioId: 'small' } });
    expect(await call(url, 'getRun', { params: { runId } })).toMatchObject({ status: 'running' });
    await call(url, 'cancelRun', { params: { runId } });
  });
});

describe('many clients at once', () => {
  it('each get the run they asked for, and equal runs are equal to the byte', async () => {
    const { url } = await startTestServer({ config: { runWorkers: 2, callWorkers: 2 } });
    await call(url, 'createScenario', { body: makeScenario({ orders: 40 }) });
    const strategies = ['fcfs-exact', 'priority', 'nearest', 'fewest-shipments'];
    const runs = await Promise.all(
      Array.from({ length: 16 }, (_, n) =>
        computeRun(url, { scenarioId: 'small', strategy: strategies[n % 4], name: `n${n}` }),
      ),
    );
    expect(new Set(runs.map((run) => run.runId)).size).toBe(16);
    const plans = await Promise.all(
      runs.map(async (run) => (await send(url, 'getRunPlan', { params: { runId: run.runId } })).text()),
    );
    runs.forEach((run, n) => {
      expect(run).toMatchObject({ name: `n${n}`, strategy: strategies[n % 4] });
      expect(plans[n]).toBe(plans[n % 4]);
      expect(plans[n]).toBe(canonicalJson(JSON.parse(plans[n]!)));
    });
  });
});

const noStores = {
  name: 'No stores',
  conditions: { all: [{ fact: 'node.type', operator: 'equal', value: 'store' }] },
  event: { type: 'exclude', params: { because: 'Stores sell to those who come in.' } },
} as const;
