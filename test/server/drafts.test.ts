// Policies that are being written: what the linter says and what they change, on a stored scenario, without a trace.
import type { Policy } from '@sourcewright/engine';
import { describe, expect, it } from 'vitest';
import { call, readProblem, send } from './support/client.ts';
import { dump } from './support/dump.ts';
import { makeScenario } from './support/scenario.ts';
import { startTestServer } from './support/server.ts';

const params = { scenarioId: 'small' };

function without(policy: Policy, nodeId: string, fact = 'node.nodeId'): Policy {
  const conditions = { all: [{ fact, operator: 'equal', value: nodeId }] };
  const event = { type: 'exclude', params: { because: 'It is full.' } } as const;
  return { ...policy, rules: [...(policy.rules ?? []), { name: 'not from there', conditions, event }] };
}

async function start() {
  const { url, dataFile } = await startTestServer();
  const scenario = makeScenario();
  await call(url, 'createScenario', { body: scenario });
  return { url, dataFile, scenario, policy: { ...scenario.policy, strategy: 'fcfs-exact' } as Policy };
}

describe('a draft', () => {
  it('is linted in the light of the last orders, whatever its shape', async () => {
    const { url, dataFile, scenario, policy } = await start();
    const before = dump(dataFile);
    const fine = await call(url, 'lintDraft', { params, body: { policy, lastOrders: 5 } });
    expect(fine).toMatchObject({ runs: true, orders: 5 });
    const misspelt = without(policy, 'x', 'node.nodeIdd');
    const wrong = await call(url, 'lintDraft', { params, body: { policy: misspelt } });
    expect(wrong).toMatchObject({ runs: false, orders: 0 });
    expect(wrong.findings[0]).toMatchObject({ code: 'unknown-fact', fix: { patch: [{ value: 'node.nodeId' }] } });
    const shapeless = await send(url, 'lintDraft', { params, body: { policy: { name: 3 } } });
    const report = (await shapeless.json()) as typeof wrong;
    expect(report).toMatchObject({ runs: false, orders: 0 });
    expect(report.findings.map(({ path }) => path)).toContain('/policyId');
    expect(scenario.orders.length).toBeGreaterThan(5);
    expect(dump(dataFile)).toEqual(before);
  });

  it('shows what it changes against the scenario’s policy, or another', async () => {
    const { url, dataFile, scenario, policy } = await start();
    const before = dump(dataFile);
    const nodeId = scenario.snapshot.nodes[0]!.nodeId;
    const body = { policy: without(policy, nodeId), withinMs: 30_000, changes: 200 };
    const effect = await call(url, 'draftEffect', { params, body });
    expect(effect).toMatchObject({ orders: scenario.orders.length, currency: 'GBP', strategy: 'fcfs-exact' });
    expect(effect.decided).toBe(effect.touched);
    expect(effect.changed).toBeGreaterThan(0);
    expect(effect.changes.length).toBe(effect.changesTotal);
    expect(effect.changes.every(({ after }) => !after.nodeIds.includes(nodeId))).toBe(true);
    const delta = effect.changes.reduce((sum, { before: old, after }) => sum + after.costMicros - old.costMicros, 0);
    expect(effect.after.costMicros - effect.before.costMicros).toBe(delta);
    const none = await call(url, 'draftEffect', { params, body: { ...body, against: body.policy } });
    expect(none).toMatchObject({ touched: 0, changed: 0, changes: [] });
    expect(dump(dataFile)).toEqual(before);
  });

  it('that cannot be run has no effect, but issues', async () => {
    const { url, policy } = await start();
    const bad = without(policy, 'x', 'node.nodeIdd');
    const one = await readProblem(await send(url, 'draftEffect', { params, body: { policy: bad } }), 'invalid-input');
    expect(one).toMatchObject({ status: 400, issues: [{ path: expect.stringMatching(/^\/policy\/rules\//) }] });
    const two = await readProblem(
      await send(url, 'draftEffect', { params, body: { policy, against: bad } }),
      'invalid-input',
    );
    expect(two).toMatchObject({ status: 400, issues: [{ path: expect.stringMatching(/^\/against\/rules\//) }] });
  });

  it('of a scenario that is not there is a problem', async () => {
    const { url, policy } = await start();
    for (const operation of ['lintDraft', 'draftEffect'] as const) {
      const answer = await send(url, operation, { params: { scenarioId: 'none' }, body: { policy } });
      expect(await readProblem(answer, 'scenario-not-found')).toMatchObject({ status: 404 });
    }
  });
});
