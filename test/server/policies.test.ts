// Stored policies: versions, their way to publication, roll back, differences, and runs that name them.
import type { Policy, Rule } from '@sourcewright/engine';
import { type RuleCostsLine, ruleCostsLineSchema } from '@sourcewright/server/contract';
import { describe, expect, it } from 'vitest';
import { call, refusal } from './support/client.ts';
import { makeScenario } from './support/scenario.ts';
import { startTestServer } from './support/server.ts';

const noStores: Rule = {
  name: 'no stores',
  conditions: { all: [{ fact: 'node.type', operator: 'equal', value: 'store' }] },
  event: { type: 'exclude', params: { because: 'Stores are being counted.' } },
};
const params = { policyId: 'house' };
const plain: Policy = { ...makeScenario().policy, policyId: 'house', rules: [] };
const strict: Policy = { ...plain, rules: [noStores] };

async function create(url: string, policy: Policy = plain, author = 'Ada') {
  return call(url, 'createPolicyVersion', { params, body: { policy, author, comment: 'New.' } });
}

async function publish(url: string, version: number, author = 'Grace') {
  for (const to of ['tested', 'approved', 'published']) {
    await call(url, 'movePolicyVersion', { params: { ...params, version: `${version}` }, body: { to, author } });
  }
}

const versionsOf = async (url: string) =>
  (await call(url, 'listPolicyVersions', { params })).versions.map(({ version, status }) => `${version} ${status}`);

describe('a policy', () => {
  it('goes from draft to published, with its history', async () => {
    const { url } = await startTestServer();
    expect(await call(url, 'listPolicies')).toEqual({ policies: [] });
    expect(await create(url)).toMatchObject({ version: 1, status: 'draft', policy: { ...plain, version: 1 } });
    await publish(url, 1);
    const published = await call(url, 'getPolicyVersion', { params: { ...params, version: '1' } });
    expect(published.events.map(({ action, author }) => `${action} by ${author}`)).toEqual([
      'created by Ada',
      'tested by Grace',
      'approved by Grace',
      'published by Grace',
    ]);
    await create(url, strict);
    await publish(url, 2);
    expect(await versionsOf(url)).toEqual(['2 published', '1 retired']);
    expect(await call(url, 'listPolicies')).toMatchObject({
      policies: [{ policyId: 'house', latestVersion: 2, publishedVersion: 2 }],
    });
  });

  it('is a draft again when it is edited, and does not change once published', async () => {
    const { url } = await startTestServer();
    await create(url);
    const first = { ...params, version: '1' };
    await call(url, 'movePolicyVersion', { params: first, body: { to: 'tested', author: 'Ada' } });
    const edited = await call(url, 'editPolicyVersion', { params: first, body: { policy: strict, author: 'Grace' } });
    expect(edited).toMatchObject({ status: 'draft', author: 'Grace', policy: { ...strict, version: 1 } });
    await publish(url, 1);
    await refusal(url, 'editPolicyVersion', 'policy-immutable', {
      params: first,
      body: { policy: plain, author: 'Ada' },
    });
    expect(await call(url, 'getPolicyVersion', { params: first })).toMatchObject({ policy: { rules: [noStores] } });
  });

  it('takes no step out of turn', async () => {
    const { url } = await startTestServer();
    await create(url);
    const move = (to: string) => ({ params: { ...params, version: '1' }, body: { to, author: 'Ada' } });
    for (const to of ['draft', 'approved', 'published', 'retired']) {
      await refusal(url, 'movePolicyVersion', 'policy-move-refused', move(to));
    }
    await call(url, 'movePolicyVersion', move('tested'));
    expect(await call(url, 'movePolicyVersion', move('draft'))).toMatchObject({ status: 'draft' });
  });

  it('is not tested while the linter finds errors in it', async () => {
    const { url } = await startTestServer();
    const both = ['store', 'dc'].map((value) => ({ fact: 'node.type', operator: 'equal', value }));
    await create(url, { ...plain, rules: [{ ...noStores, conditions: { all: both } }] });
    const move = { params: { ...params, version: '1' }, body: { to: 'tested', author: 'Ada' } };
    const problem = await refusal(url, 'movePolicyVersion', 'policy-move-refused', move);
    expect(problem.detail).toContain('/rules/0');
  });

  it('needs a second person to approve it where the server asks for one', async () => {
    const { url } = await startTestServer({ config: { secondPerson: true } });
    await create(url);
    const move = (to: string, author: string) => ({ params: { ...params, version: '1' }, body: { to, author } });
    await call(url, 'movePolicyVersion', move('tested', 'Ada'));
    const problem = await refusal(url, 'movePolicyVersion', 'second-person-needed', move('approved', 'Ada'));
    expect(problem.detail).toContain('Another person');
    await call(url, 'movePolicyVersion', move('approved', 'Grace'));
    expect(await call(url, 'movePolicyVersion', move('published', 'Ada'))).toMatchObject({ status: 'published' });
  });

  it('is rolled back to as a new version', async () => {
    const { url } = await startTestServer();
    await create(url);
    await publish(url, 1);
    await create(url, strict);
    const back = { params, body: { version: 1, author: 'Grace', comment: 'Too few nodes.' } };
    await refusal(url, 'rollBackPolicy', 'policy-move-refused', back);
    await publish(url, 2);
    const again = await call(url, 'rollBackPolicy', back);
    expect(again).toMatchObject({
      version: 3,
      status: 'published',
      comment: 'Back to version 1. Too few nodes.',
      policy: { ...plain, version: 3 },
    });
    expect(await versionsOf(url)).toEqual(['3 published', '2 retired', '1 retired']);
    const query = { from: 2, to: 3 };
    const { changes } = await call(url, 'diffPolicyVersions', { params, query });
    expect(changes.map(({ sentence }) => sentence)).toEqual([`Rule "${noStores.name}" was removed.`]);
    expect((await call(url, 'diffPolicyVersions', { params, query: { from: 1, to: 3 } })).changes).toEqual([]);
  });

  it('is refused with every issue where it does not compile or has another id', async () => {
    const { url } = await startTestServer();
    const wrong = { ...noStores, conditions: { all: [{ fact: 'node.tpye', operator: 'equal', value: 'store' }] } };
    const body = { policy: { ...plain, rules: [wrong] }, author: 'Ada' };
    const bad = await refusal(url, 'createPolicyVersion', 'invalid-input', { params, body });
    expect(bad.issues).toMatchObject([{ code: 'bad-rule', path: '/policy/rules/0/conditions/all/0/fact' }]);
    const other = { params: { policyId: 'other' }, body: { policy: plain, author: 'Ada' } };
    const named = await refusal(url, 'createPolicyVersion', 'invalid-input', other);
    expect(named.issues).toMatchObject([{ path: '/policy/policyId' }]);
    expect(await call(url, 'listPolicies')).toEqual({ policies: [] });
  });

  it('is not found where it is not', async () => {
    const { url } = await startTestServer();
    await create(url);
    const body = { policy: plain, author: 'Ada' };
    const missing = { ...params, version: '9' };
    await refusal(url, 'listPolicyVersions', 'policy-not-found', { params: { policyId: 'none' } });
    await refusal(url, 'getPolicyVersion', 'policy-not-found', { params: missing });
    await refusal(url, 'editPolicyVersion', 'policy-not-found', { params: missing, body });
    await refusal(url, 'movePolicyVersion', 'policy-not-found', {
      params: missing,
      body: { to: 'tested', author: 'A' },
    });
    await refusal(url, 'rollBackPolicy', 'policy-not-found', { params, body: { version: 9, author: 'A' } });
    await refusal(url, 'diffPolicyVersions', 'policy-not-found', { params, query: { from: 1, to: 9 } });
    await refusal(url, 'getPolicyVersion', 'invalid-input', { params: { ...params, version: '0' } });
  });
});

describe('a run', () => {
  const run = { scenarioId: 'small', strategy: 'nearest' };

  it('names a stored policy by its version, or the one that is published', async () => {
    const { url } = await startTestServer();
    await call(url, 'createScenario', { body: makeScenario() });
    await create(url);
    await create(url, { ...strict, name: 'Strict' });
    await publish(url, 1);
    const named = await call(url, 'createRun', { body: { ...run, policyRef: 'house@2' } });
    expect(named.policy).toEqual({ policyId: 'house', version: 2, name: 'Strict' });
    const published = await call(url, 'createRun', { body: { ...run, policyRef: 'house@published' } });
    expect(published.policy).toMatchObject({ policyId: 'house', version: 1 });
  });

  it('is refused where there is no such version, or two policies', async () => {
    const { url } = await startTestServer();
    await call(url, 'createScenario', { body: makeScenario() });
    await create(url);
    await refusal(url, 'createRun', 'policy-not-found', { body: { ...run, policyRef: 'house@published' } });
    await refusal(url, 'createRun', 'policy-not-found', { body: { ...run, policyRef: 'house@7' } });
    const two = await refusal(url, 'createRun', 'invalid-input', {
      body: { ...run, policyRef: 'house@1', policy: plain },
    });
    expect(two.issues).toMatchObject([{ path: '/policyRef' }]);
  });
});

describe('the cost of rules', () => {
  const params = { scenarioId: 'small' };
  const linesOf = (text: string): RuleCostsLine[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => ruleCostsLineSchema.parse(JSON.parse(line)));

  it('is told line by line, with progress', async () => {
    const { url } = await startTestServer();
    await call(url, 'createScenario', { body: makeScenario() });
    const idle = {
      ...noStores,
      name: 'idle',
      conditions: { all: [{ fact: 'node.type', operator: 'equal', value: 'vendor' }] },
    };
    const policy = { ...strict, rules: [noStores, idle] };
    const lines = linesOf(await call(url, 'computeRuleCosts', { params, body: { policy, strategy: 'nearest' } }));
    expect(lines.slice(0, -1)).toContainEqual({ type: 'progress', done: 2, total: 2 });
    const last = lines.at(-1)!;
    if (last.type !== 'rule-costs') throw new Error('The last line has the figures.');
    expect(last.rules.map(({ rule, replanned }) => [rule, replanned])).toEqual(
      expect.arrayContaining([
        ['no stores', true],
        ['idle', false],
      ]),
    );
    expect(last.rules.find(({ rule }) => rule === 'no stores')!.movedOrders).toBeGreaterThan(0);
  });

  it('takes a stored version, and is refused where there is none', async () => {
    const { url } = await startTestServer();
    await call(url, 'createScenario', { body: makeScenario() });
    await create(url, strict);
    const text = await call(url, 'computeRuleCosts', { params, body: { policyRef: 'house@1', lastOrders: 3 } });
    expect(linesOf(text).at(-1)).toMatchObject({ type: 'rule-costs', rules: [{ rule: 'no stores' }] });
    await refusal(url, 'computeRuleCosts', 'policy-not-found', { params, body: { policyRef: 'house@2' } });
    await refusal(url, 'computeRuleCosts', 'scenario-not-found', { params: { scenarioId: 'none' }, body: {} });
    const two = { params, body: { policyRef: 'house@1', policy: plain } };
    await refusal(url, 'computeRuleCosts', 'invalid-input', two);
  });
});
