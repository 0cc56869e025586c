// What can be promised to a cart, asked over HTTP: the engine's answer, nothing stored, every problem at once.
import { createPromiser, DEFAULT_LIMITS, parseCart } from '@sourcewright/engine';
import { describe, expect, it } from 'vitest';
import { call, refusal } from './support/client.ts';
import { dump } from './support/dump.ts';
import { makeScenario } from './support/scenario.ts';
import { startTestServer } from './support/server.ts';

const destination = { country: 'GB', region: 'North', lat: 54.9, lon: -1.6 };
const cart = {
  destination,
  lines: [
    { sku: 'sku-0', quantity: 2 },
    { sku: 'sku-1', quantity: 1 },
  ],
};

async function start() {
  const { url, dataFile } = await startTestServer();
  const scenario = makeScenario();
  await call(url, 'createScenario', { body: scenario });
  return { url, dataFile, scenario };
}

describe('a promise', () => {
  it('is the engine’s, and leaves no trace', async () => {
    const { url, dataFile, scenario } = await start();
    const before = dump(dataFile);
    const answer = await call(url, 'createPromise', { body: { scenarioId: 'small', cart, maxOptions: 2 } });
    const order = parseCart(cart, scenario.snapshot);
    const promiser = createPromiser(scenario.snapshot, scenario.policy, DEFAULT_LIMITS);
    if (!order.ok || !promiser.ok) throw new Error('Both are valid.');
    expect(order.value).toMatchObject({
      orderId: 'cart',
      placedAt: scenario.snapshot.asOf,
      lines: [{ lineId: '1' }, { lineId: '2' }],
    });
    const expected = await promiser.value.promise(order.value, { maxOptions: 2 });
    expect(answer).toMatchObject({ ...expected, policyId: 'test-policy', policyVersion: 3 });
    expect(answer.delivery!.whole).not.toBeNull();
    expect(answer.delivery!.lines.every(({ options }) => options.length <= 2)).toBe(true);
    for (const { nodeId } of answer.delivery!.whole!.shipments) expect(answer.nodes[nodeId]).toBeDefined();
    expect(dump(dataFile)).toEqual(before);
  });

  it('is made under a stored policy where one is named', async () => {
    const { url, scenario } = await start();
    const conditions = { all: [{ fact: 'order.country', operator: 'equal', value: 'GB' }] };
    const rules = [
      { name: 'wait', conditions, event: { type: 'hold', params: { because: 'Stock is being counted.' } } },
    ];
    const policy = { ...scenario.policy, policyId: 'counting', rules };
    await call(url, 'createPolicyVersion', { params: { policyId: 'counting' }, body: { policy, author: 'ada' } });
    const body = { scenarioId: 'small', policyRef: 'counting@1', cart };
    for (let asked = 0; asked < 2; asked++) {
      const { delivery, ...answer } = await call(url, 'createPromise', { body });
      expect(answer).toMatchObject({ policyId: 'counting', policyVersion: 1 });
      expect(delivery).toMatchObject({ whole: null, missing: [{ reason: 'held' }, { reason: 'held' }] });
    }
    await refusal(url, 'createPromise', 'policy-not-found', { body: { ...body, policyRef: 'counting@2' } });
  });

  it('is refused with all that is wrong with the cart', async () => {
    const { url } = await start();
    const pathsOf = async (wrong: unknown) => {
      const { issues } = await refusal(url, 'createPromise', 'invalid-input', {
        body: { scenarioId: 'small', cart: wrong },
      });
      return issues.map(({ path }) => path).sort();
    };
    expect(await pathsOf(undefined)).toEqual(['/cart']);
    const bare = await refusal(url, 'createPromise', 'invalid-input', { body: { scenarioId: 'small' } });
    expect(bare.issues[0]!.message).toBe('Missing: give a value.');
    expect(await pathsOf({ lines: [{ sku: 'sku-0' }], colour: 'red' })).toEqual([
      '/cart/colour',
      '/cart/destination',
      '/cart/lines/0/quantity',
    ]);
    const lines = [...cart.lines, { sku: 'unicorn', quantity: 1 }, { lineId: '1', sku: 'sku-0', quantity: 1 }];
    expect(await pathsOf({ destination, lines, fulfilment: 'pickup' })).toEqual([
      '/cart/collectAt',
      '/cart/lines/2/sku',
      '/cart/lines/3/lineId',
    ]);
    const long = Array.from({ length: 201 }, () => cart.lines[0]);
    expect(await pathsOf({ destination, lines: long })).toEqual(['/cart/lines']);
    const body = { scenarioId: 'small', cart, maxOptions: 101, maxNodes: -1, scenario: 1 };
    const { issues } = await refusal(url, 'createPromise', 'invalid-input', { body });
    expect(issues.map(({ path }) => path).sort()).toEqual(['/maxNodes', '/maxOptions', '/scenario']);
    await refusal(url, 'createPromise', 'scenario-not-found', { body: { scenarioId: 'none', cart } });
  });
});
