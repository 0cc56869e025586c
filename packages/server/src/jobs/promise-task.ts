// Decides how a promise to a cart is worked out on a stored scenario, in a worker thread, with what was compiled for the carts before it.
import {
  createPromiser,
  DEFAULT_LIMITS,
  fail,
  type Issue,
  parseCart,
  type Policy,
  policyIssuesFor,
  type Promiser,
  type Result,
  type Scenario,
  succeed,
} from '@sourcewright/engine';
import type { PromiseEnvelope, PromiseResponse } from '../contract/index.ts';
import type { TaskContext } from './task-context.ts';

/** What can be promised, or all that is wrong; nothing when the scenario is unknown. Without a policy, the scenario's. */
export async function promiseToCart(
  policy: Policy | undefined,
  { scenarioId, cart, maxOptions, maxNodes }: PromiseEnvelope,
  { warm }: TaskContext,
): Promise<Result<PromiseResponse, Issue[]> | undefined> {
  const startedAt = performance.now();
  const known = await warm.scenario(scenarioId);
  if (!known) return undefined;
  const { scenario } = known;
  const promiser = promiserOf(scenario, policy);
  const order = parseCart(cart, scenario.snapshot, '/cart');
  if (!promiser.ok || !order.ok) return fail([promiser, order].flatMap((outcome) => (outcome.ok ? [] : outcome.error)));
  const promise = await promiser.value.promise(order.value, { maxOptions, maxNodes });
  const { policyId, version } = policy ?? scenario.policy;
  return succeed({
    ...promise,
    policyId,
    policyVersion: version,
    nodes: namesOf(promise, scenario),
    elapsedMs: Math.round((performance.now() - startedAt) * 10) / 10,
  });
}

const KEPT_PROMISERS = 3;
/** What is remembered of days and promises grows with the carts asked about; then it is forgotten. */
const MOST_CARTS = 5000;

interface Kept {
  readonly promiser: Promiser;
  carts: number;
}

/** By policy; gone with the scenario. */
const kept = new WeakMap<Scenario, Map<string, Kept>>();

function promiserOf(scenario: Scenario, policy: Policy | undefined): Result<Promiser, Issue[]> {
  let byPolicy = kept.get(scenario);
  if (!byPolicy) kept.set(scenario, (byPolicy = new Map()));
  const key = policy === undefined ? '' : JSON.stringify(policy);
  const known = byPolicy.get(key);
  byPolicy.delete(key);
  if (known && known.carts < MOST_CARTS) {
    known.carts += 1;
    byPolicy.set(key, known);
    return succeed(known.promiser);
  }
  const strangers = policy === undefined ? [] : policyIssuesFor(policy, scenario);
  if (strangers.length > 0) return fail(strangers.map((issue) => ({ ...issue, path: '/policyRef' })));
  const created = createPromiser(scenario.snapshot, policy ?? scenario.policy, DEFAULT_LIMITS);
  if (!created.ok) return created;
  byPolicy.set(key, { promiser: created.value, carts: 1 });
  const [oldest] = byPolicy.keys();
  if (byPolicy.size > KEPT_PROMISERS) byPolicy.delete(oldest!);
  return created;
}

function namesOf({ delivery, collection }: Pick<PromiseResponse, 'delivery' | 'collection'>, { snapshot }: Scenario) {
  const carts = [
    delivery,
    ...(delivery?.services ?? []),
    ...collection.flatMap((one) => [one.pickup, one.shipToStore]),
  ];
  const named = new Set([
    ...carts.flatMap((cart) => cart?.whole?.shipments.map(({ nodeId }) => nodeId) ?? []),
    ...(delivery?.lines ?? []).flatMap(({ options }) => options.map(({ nodeId }) => nodeId)),
    ...collection.map(({ nodeId }) => nodeId),
  ]);
  const nodes = snapshot.nodes.filter(({ nodeId }) => named.has(nodeId));
  return Object.fromEntries(nodes.map(({ nodeId, name, type }) => [nodeId, { name, type }]));
}
