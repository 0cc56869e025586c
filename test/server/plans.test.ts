// Plans on the spot: the same bytes as elsewhere, by the deadline, without a trace.
import { canonicalJson, DEFAULT_LIMITS, type Plan, type Policy, source, type Wave } from '@sourcewright/engine';
import { MAX_EXPLAINED_ORDERS } from '@sourcewright/server/contract';
import { describe, expect, it } from 'vitest';
import { call, computeRun, readProblem, refusal, send } from './support/client.ts';
import { dump } from './support/dump.ts';
import { holdPost } from './support/raw.ts';
import { makeScenario } from './support/scenario.ts';
import { startTestServer } from './support/server.ts';

async function planOf(wave: Wave, policy: Policy): Promise<Plan> {
  const plan = await source(wave, policy, DEFAULT_LIMITS);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

describe('a plan', () => {
  it('of a scenario is the plan of the engine and of a run, byte for byte, and leaves no trace', async () => {
    const { url, dataFile } = await startTestServer();
    const scenario = makeScenario();
    await call(url, 'createScenario', { body: scenario });
    const { runId } = await computeRun(url, { scenarioId: 'small', strategy: 'fcfs-exact' });
    const before = dump(dataFile);
    const expected = canonicalJson(await planOf(scenario, scenario.policy));
    const text = await (await send(url, 'createPlan', { body: { scenarioId: 'small' } })).text();
    expect(text.startsWith(`{"plan":${expected},"elapsedMs":`)).toBe(true);
    expect(await (await send(url, 'getRunPlan', { params: { runId } })).text()).toBe(expected);
    const plain = await send(url, 'getRunPlan', { params: { runId }, headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(expected);
    expect(dump(dataFile)).toEqual(before);
  });

  it('of some orders is on the untouched stock, in the order of the scenario', async () => {
    const { url } = await startTestServer();
    const scenario = makeScenario();
    await call(url, 'createScenario', { body: scenario });
    const orderIds = ['O-00007', 'O-00002'];
    const { plan } = await call(url, 'createPlan', { body: { scenarioId: 'small', orderIds, strategy: 'nearest' } });
    const orders = scenario.orders.filter((order) => orderIds.includes(order.orderId));
    const policy: Policy = { ...scenario.policy, strategy: 'nearest' };
    expect(plan).toEqual(await planOf({ orders, snapshot: scenario.snapshot }, policy));
    expect(plan.orders.map((order) => order.orderId)).toEqual(['O-00002', 'O-00007']);
  });

  it('of a snapshot needs no scenario', async () => {
    const { url } = await startTestServer();
    const { snapshot, orders, policy } = makeScenario();
    const { plan } = await call(url, 'createPlan', { body: { snapshot, orders, policy, strategy: 'priority' } });
    expect(plan).toEqual(await planOf({ snapshot, orders }, { ...policy, strategy: 'priority' }));
  });

  it('explains every order when asked', async () => {
    const { url } = await startTestServer();
    const scenario = makeScenario();
    await call(url, 'createScenario', { body: scenario });
    const { plan, explanations } = await call(url, 'createPlan', { body: { scenarioId: 'small', explain: true } });
    expect(explanations!.map((each) => each.orderId)).toEqual(scenario.orders.map((order) => order.orderId));
    for (const explanation of explanations!) {
      const order = plan.orders.find((each) => each.orderId === explanation.orderId)!;
      expect(explanation.cost).toEqual(order.cost);
    }
  });

  it('sources one order with changes to what it meets, and refuses them for more', async () => {
    const { url } = await startTestServer();
    const scenario = makeScenario();
    await call(url, 'createScenario', { body: scenario });
    const orderId = scenario.orders[0]!.orderId;
    const now = await call(url, 'createPlan', { body: { scenarioId: 'small', orderIds: [orderId] } });
    const [shipment] = now.plan.orders[0]!.shipments;
    const change = {
      kind: 'rate',
      rateCardId: shipment!.rateCardId,
      zone: shipment!.zone,
      from: 0,
      to: 250_000,
    } as const;
    const body = { scenarioId: 'small', orderIds: [orderId], changes: [change] };
    const { plan } = await call(url, 'createPlan', { body });
    expect(plan.cost.totalMicros).toBeGreaterThan(now.plan.cost.totalMicros);
    const { issues } = await refusal(url, 'createPlan', 'invalid-input', {
      body: { scenarioId: 'small', changes: [change] },
    });
    expect(issues).toMatchObject([{ code: 'inconsistent', path: '/changes' }]);
    const wrong = { ...body, changes: [{ kind: 'stock', nodeId: 'no-such-node', sku: 'x', to: 1 }] };
    expect((await refusal(url, 'createPlan', 'invalid-input', { body: wrong })).issues![0]!.path).toMatch(/^\/changes/);
  });

  it('does not explain more orders than it says', async () => {
    const { url } = await startTestServer();
    await call(url, 'createScenario', { body: makeScenario({ orders: MAX_EXPLAINED_ORDERS + 1 }) });
    const body = { scenarioId: 'small', explain: true };
    const { issues } = await refusal(url, 'createPlan', 'invalid-input', { body });
    expect(issues).toMatchObject([{ code: 'too-large', path: '/explain' }]);
  });

  it('that no thread can make by its deadline is given up', async () => {
    // Threads that are silent when asked to explain: neither the first nor the one that stands in tells of any plan.
    const workerUrl = new URL('./support/failing-worker.ts', import.meta.url);
    const { url } = await startTestServer({ workerUrl });
    const body = { scenarioId: 'any', explain: true, deadlineMs: 30 };
    const late = await send(url, 'createPlan', { body });
    expect(late.headers.get('retry-after')).toBe('1');
    const { detail } = await readProblem(late, 'deadline-exceeded');
    expect(detail).toContain('deadlineMs');
  });

  it('that nobody waits for any more is given up', async () => {
    // This thread is silent when asked to explain: only giving up the first call lets the second be answered.
    const workerUrl = new URL('./support/failing-worker.ts', import.meta.url);
    const { url } = await startTestServer({ workerUrl });
    const held = await holdPost(`${url}/v1/plans`);
    await held.abandon(JSON.stringify({ scenarioId: 'any', explain: true, deadlineMs: 600_000 }));
    await refusal(url, 'createPlan', 'worker-failed', { body: { scenarioId: 'any', deadlineMs: 600_000 } });
  });

  it('is turned away when too many calls wait', async () => {
    const { url } = await startTestServer({ config: { maxWaitingCalls: 1 } });
    await call(url, 'createScenario', { body: makeScenario({ orders: 2000 }) });
    const body = { scenarioId: 'small' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(url, 'createPlan', { body })));
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(1);
    const refused = answers.filter((answer) => answer.status === 503);
    expect(refused.length).toBeGreaterThanOrEqual(1);
    for (const answer of refused) {
      expect(answer.headers.get('retry-after')).toBe('5');
      expect(await answer.json()).toMatchObject({ type: expect.stringMatching(/overloaded$/) });
    }
  });
});
