// Decides what a call for a plan means: which orders, on which snapshot, under which policy, or all that is wrong with it.
import {
  applyChange,
  type Change,
  fail,
  type Issue,
  type Order,
  type OrderCase,
  parsePolicy,
  parseWave,
  type Policy,
  policyIssuesFor,
  type Result,
  succeed,
  type Wave,
} from '@sourcewright/engine';
import { MAX_EXPLAINED_ORDERS, type PlanEnvelope } from '../contract/index.ts';
import type { WarmData } from './warm-data.ts';

export interface PlanInput {
  readonly wave: Wave;
  readonly policy: Policy;
}

/** What is to be planned, or all that is wrong with it; nothing when the scenario is unknown. */
export async function planInput(
  request: PlanEnvelope,
  warmData: WarmData,
): Promise<Result<PlanInput, Issue[]> | undefined> {
  const issues: Issue[] = [];
  let wave: Wave | undefined;
  let policy: Policy | undefined;
  if (request.scenarioId !== undefined) {
    const warm = await warmData.scenario(request.scenarioId);
    if (!warm) return undefined;
    const chosen = chosenOrders(request.orderIds, warm.scenario.orders, warm.orderById);
    if (chosen.ok) wave = { orders: chosen.value, snapshot: warm.scenario.snapshot };
    else issues.push(...chosen.error);
    policy = warm.scenario.policy;
  } else {
    const parsed = parseWave({ snapshot: request.snapshot, orders: request.orders });
    if (parsed.ok) wave = parsed.value;
    else issues.push(...parsed.error);
  }
  if (request.policy !== undefined) {
    const parsed = parsePolicy(request.policy, '/policy');
    if (parsed.ok) policy = parsed.value;
    else issues.push(...parsed.error);
    if (parsed.ok && wave) issues.push(...policyIssuesFor(parsed.value, wave));
  } else if (policy === undefined) {
    issues.push({ code: 'missing', path: '/policy', message: 'Missing: a snapshot needs a policy. Give an object.' });
  }
  if (request.explain && wave && wave.orders.length > MAX_EXPLAINED_ORDERS) {
    const message = `${wave.orders.length} orders; at most ${MAX_EXPLAINED_ORDERS} are explained in one call. Name fewer in orderIds.`;
    issues.push({ code: 'too-large', path: '/explain', message });
  }
  if (request.changes && wave?.orders.length !== 1) {
    const message = 'Changes are for one order of a scenario. Name it, and no other, in orderIds.';
    issues.push({ code: 'inconsistent', path: '/changes', message });
  }
  if (issues.length > 0 || !wave || !policy) return fail(issues);
  const asked = { wave, policy: request.strategy ? { ...policy, strategy: request.strategy } : policy };
  return request.changes ? changedInput(asked, request.changes) : succeed(asked);
}

/** With every change made, and checked like any other input. */
function changedInput({ wave, policy }: PlanInput, changes: readonly Change[]): Result<PlanInput, Issue[]> {
  const before: OrderCase = { snapshot: wave.snapshot, order: wave.orders[0]!, policy };
  const after = changes.reduce(applyChange, before);
  const parsed = parseWave({ snapshot: after.snapshot, orders: [after.order] });
  if (!parsed.ok) return fail(parsed.error.map((issue) => ({ ...issue, path: `/changes${issue.path}` })));
  const compiled = parsePolicy(after.policy, '/changes/policy');
  return compiled.ok ? succeed({ wave: parsed.value, policy: compiled.value }) : compiled;
}

/** In the order of the scenario, whatever the order they are named in. */
function chosenOrders(
  orderIds: readonly string[] | undefined,
  orders: readonly Order[],
  orderById: ReadonlyMap<string, Order>,
): Result<readonly Order[], Issue[]> {
  if (orderIds === undefined) return succeed(orders);
  const issues: Issue[] = [];
  const wanted = new Set<string>();
  orderIds.forEach((orderId, index) => {
    const path = `/orderIds/${index}`;
    if (!orderById.has(orderId)) {
      const message = `No order is called ${JSON.stringify(orderId)} in this scenario. Correct the id.`;
      issues.push({ code: 'unknown-reference', path, message });
    } else if (wanted.has(orderId)) {
      issues.push({ code: 'duplicate-id', path, message: `${JSON.stringify(orderId)} is named twice. Name it once.` });
    }
    wanted.add(orderId);
  });
  return issues.length > 0 ? fail(issues) : succeed(orders.filter((order) => wanted.has(order.orderId)));
}
