// Solvers that throw, lie, die, hang or need too long: who named a deadline has a verified plan by then, which says what it is.
import { parseScenario, type Plan, type Policy, type Scenario, verify } from '@sourcewright/engine';
import { describe, expect, it } from 'vitest';
import { call, computeRun, refusal, send, untilRun } from './support/client.ts';
import { makeScenario, policy } from './support/scenario.ts';
import { startTestServer, type TestServer } from './support/server.ts';

const workerUrl = new URL('./support/faulty-solver-worker.ts', import.meta.url);
const SCENARIO = makeScenario({ orders: 30, onHand: 6 });
/** Time enough for a thread to start on a busy machine. */
const SOON_MS = 2500;

async function startFaulty(): Promise<TestServer> {
  const server = await startTestServer({ workerUrl });
  await call(server.url, 'createScenario', { body: SCENARIO });
  return server;
}

function faulty(policyId: string): Policy {
  return { ...policy, policyId };
}

async function violationsOf(plan: Plan, scenario: Scenario, by: Policy): Promise<readonly string[]> {
  const parsed = parseScenario(scenario);
  if (!parsed.ok) throw new Error('The scenario is valid.');
  return verify(plan, parsed.value, by);
}

describe('a call for a plan whose solver', () => {
  it.each([
    ['throws', 'solver-error'],
    ['oversells', 'invalid-answer'],
    ['miscounts', 'invalid-answer'],
    ['exits', 'worker-died'],
    ['hangs', 'deadline'],
    ['dies-at-once', 'worker-died'],
  ] as const)('%s is answered with a verified plan', async (fault, reason) => {
    const { url } = await startFaulty();
    const body = { scenarioId: 'small', policy: faulty(fault), deadlineMs: SOON_MS };
    const { plan, degraded, explanations } = await call(url, 'createPlan', { body: { ...body, explain: true } });
    expect(degraded).toMatchObject({ reason, gap: plan.proof.gap });
    expect(degraded!.message).not.toContain('secret');
    expect(explanations).toBeUndefined();
    expect(await violationsOf(plan, SCENARIO, faulty(fault))).toEqual([]);
    // Better than nothing: the list of nodes was gone through.
    expect(plan.kpis.shipments).toBeGreaterThan(0);
    expect(plan.orders).toHaveLength(30);
    // The next call finds a thread that works.
    const next = await call(url, 'createPlan', { body: { scenarioId: 'small' } });
    expect(next.degraded).toBeUndefined();
  });

  it('found a better plan and then hangs is answered with that plan', async () => {
    const { url } = await startFaulty();
    const body = { scenarioId: 'small', policy: faulty('improves-and-hangs'), deadlineMs: SOON_MS };
    const { plan, degraded } = await call(url, 'createPlan', { body });
    const whole = await call(url, 'createPlan', { body: { scenarioId: 'small' } });
    expect(plan.cost).toEqual(whole.plan.cost);
    expect(plan.proof).toEqual(whole.plan.proof);
    expect(degraded).toMatchObject({ reason: 'deadline', gap: whole.plan.proof.gap });
  });

  it('fails is not told what is wrong with the solver when the input is wrong', async () => {
    const { url } = await startFaulty();
    const body = { scenarioId: 'small', policy: faulty('dies-at-once'), orderIds: ['none'], deadlineMs: SOON_MS };
    const { issues } = await refusal(url, 'createPlan', 'invalid-input', { body });
    expect(issues).toMatchObject([{ code: 'unknown-reference', path: '/orderIds/0' }]);
  });
});

describe('a run with a deadline whose solver', () => {
  it.each([
    ['throws', 'solver-error'],
    ['oversells', 'invalid-answer'],
    ['exits', 'worker-died'],
    ['hangs', 'deadline'],
    ['dies-at-once', 'worker-died'],
  ] as const)('%s is done with a verified plan, and says so', async (fault, reason) => {
    const { url } = await startFaulty();
    const body = { scenarioId: 'small', strategy: 'fcfs-exact', policy: faulty(fault), deadlineMs: SOON_MS };
    const run = await computeRun(url, body);
    const params = { runId: run.runId };
    const plan = await call(url, 'getRunPlan', { params });
    expect(run).toMatchObject({ deadlineMs: SOON_MS, degraded: { reason, gap: run.proof!.gap }, error: null });
    expect(await violationsOf(plan, SCENARIO, faulty(fault))).toEqual([]);
    expect(run).toMatchObject({ cost: plan.cost, kpis: plan.kpis, proof: plan.proof });
    expect((await call(url, 'listRunOrders', { params })).total).toBe(30);
    const again = await computeRun(url, { scenarioId: 'small', strategy: 'nearest' });
    expect(again).toMatchObject({ deadlineMs: null, degraded: null });
  });

  it('is quick enough is the run it would be without', async () => {
    const { url } = await startFaulty();
    const body = { scenarioId: 'small', strategy: 'optimal', limits: { waveWork: 20_000 } };
    const bytes = async (deadlineMs?: number): Promise<string> => {
      const { runId, degraded } = await computeRun(url, { ...body, ...(deadlineMs && { deadlineMs }) });
      expect(degraded).toBeNull();
      return (await send(url, 'getRunPlan', { params: { runId } })).text();
    };
    expect(await bytes(60_000)).toBe(await bytes());
  });

  it('can be cancelled while its solver hangs', async () => {
    const { url } = await startFaulty();
    const body = { scenarioId: 'small', strategy: 'nearest', policy: faulty('hangs'), deadlineMs: 600_000 };
    const { runId } = await call(url, 'createRun', { body });
    await untilRun(url, runId, 'running');
    const run = await call(url, 'cancelRun', { params: { runId } });
    expect(run).toMatchObject({ status: 'cancelled', kpis: null, degraded: null });
  });
});

describe('a run without a deadline whose solver', () => {
  it('throws fails: nobody takes its plan for the strategy’s', async () => {
    const { url } = await startFaulty();
    const body = { scenarioId: 'small', strategy: 'nearest', policy: faulty('throws') };
    const { runId } = await call(url, 'createRun', { body });
    const run = await untilRun(url, runId, 'failed', 'done');
    expect(run).toMatchObject({ status: 'failed', kpis: null, degraded: null });
  });
});

describe('the trace of a run', () => {
  it('has costs that fall and bounds that rise, and ends with the result', async () => {
    const { url } = await startTestServer();
    await call(url, 'createScenario', { body: SCENARIO });
    const run = await computeRun(url, { scenarioId: 'small', strategy: 'optimal', limits: { waveWork: 50_000 } });
    const { points, currency } = await call(url, 'getRunTrace', { params: { runId: run.runId } });
    expect(currency).toBe('GBP');
    expect(points.length).toBeGreaterThan(1);
    for (const [index, point] of points.entries()) {
      const before = points[index - 1];
      if (!before) continue;
      expect(point.elapsedMs).toBeGreaterThanOrEqual(before.elapsedMs);
      expect(point.costMicros ?? Infinity).toBeLessThanOrEqual(before.costMicros ?? Infinity);
      expect(point.lowerBoundMicros ?? 0).toBeGreaterThanOrEqual(before.lowerBoundMicros ?? 0);
    }
    expect(points.at(-1)).toMatchObject({
      costMicros: run.cost!.totalMicros,
      lowerBoundMicros: run.proof!.lowerBoundMicros,
    });
  });
});
