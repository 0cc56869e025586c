// Every order of the small scenario costs what trying every plan for it gives, on the stock and capacity it found.
import { DEFAULT_LIMITS, source } from '@sourcewright/engine';
import { expect, it } from 'vitest';
import { createEnumerator } from '../../packages/engine/src/candidates/enumerate.ts';
import { createPricer } from '../../packages/engine/src/costs/price.ts';
import { Ledger } from '../../packages/engine/src/inventory/ledger.ts';
import { indexNetwork } from '../../packages/engine/src/model/network.ts';
import { compilePolicy } from '../../packages/engine/src/rules/compile-policy.ts';
import { viewOrder } from '../../packages/engine/src/solve/order-view.ts';
import { loadScenarioFolder } from '../../packages/server/src/scenario-files/load-scenario-folder.ts';
import { exhaustiveOptimum } from '../property/exhaustive-order.ts';

it('sources every order of corner-shop at the exhaustive optimum', async () => {
  const loaded = await loadScenarioFolder('scenarios/corner-shop');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const { snapshot, orders, policy } = loaded.value;
  const result = await source(loaded.value, policy, DEFAULT_LIMITS);
  const compiled = compilePolicy(policy);
  if (!result.ok || !compiled.ok) throw new Error('The scenario must be sourceable.');
  const network = indexNetwork(snapshot);
  const enumerator = createEnumerator(network, policy, compiled.value.book, DEFAULT_LIMITS);
  const pricer = createPricer(network, policy);
  const ledger = new Ledger(network);
  const byId = new Map(orders.map((order) => [order.orderId, order]));
  for (const plan of result.value.orders) {
    const candidates = await enumerator.candidatesOf(byId.get(plan.orderId)!);
    const { problem } = viewOrder(candidates, ledger, pricer, policy);
    expect(plan.cost.totalMicros, plan.orderId).toBe(exhaustiveOptimum(problem));
    ledger.commit(plan);
  }
  expect(result.value.orders).toHaveLength(32);
});
