// Decides how each task is done, in a worker thread: the only place of the server that calls the engine to source or explain.
import {
  canonicalJson,
  createExplainer,
  fail,
  type Issue,
  type Order,
  parsePolicy,
  parseScenario,
  parseWave,
  policyIssuesFor,
  type Policy,
  type Result,
  type Scenario,
  source,
  succeed,
  type Wave,
} from '@sourcewright/engine';
import { MAX_EXPLAINED_ORDERS, type OrderDetail, type PlanEnvelope, type RunProgress } from '../contract/index.ts';
import { loadScenarioFolder } from '../scenario-files/load-scenario-folder.ts';
import type { Store } from '../store/store.ts';
import { completeLimits } from './complete-limits.ts';
import { readJson } from './read-json.ts';
import { runRecord } from './run-record.ts';
import { scenarioRecord } from './scenario-record.ts';
import type { Answers, Exists, Json, Refused, Stored, TaskKind, TaskOf } from './task.ts';
import type { WarmData } from './warm-data.ts';

export interface TaskContext {
  readonly store: Store;
  readonly warm: WarmData;
  readonly isStopped: () => boolean;
  readonly onProgress: (progress: RunProgress) => void;
}

/** The task was asked to stop. Thrown past the engine, caught by the worker's loop. */
export class Stopped extends Error {
  override name = 'Stopped';
}

export const TASKS: { readonly [K in TaskKind]: (task: TaskOf<K>, context: TaskContext) => Promise<Answers[K]> } = {
  import: async ({ bytes, createdAt }, context) => {
    const read = readJson(bytes);
    if (!read.ok) return { outcome: 'malformed', message: read.error };
    const parsed = parseScenario(read.value);
    return parsed.ok ? storeScenario(parsed.value, createdAt, context) : refused(parsed.error);
  },

  'import-files': async ({ path, createdAt }, context) => {
    const loaded = await loadScenarioFolder(path);
    return loaded.ok ? storeScenario(loaded.value, createdAt, context) : refused(loaded.error);
  },

  run: async ({ runId, scenarioId, policy, limits }, context) => {
    const warm = await context.warm.scenario(scenarioId);
    if (!warm) return { outcome: 'unknown', what: 'scenario' };
    const { orders, snapshot } = warm.scenario;
    const result = await source({ orders, snapshot }, policy, limits, {
      isCancelled: context.isStopped,
      onProgress: (done, total, costMicros) => context.onProgress({ done, total, costMicros }),
    });
    if (context.isStopped()) throw new Stopped();
    if (!result.ok) return refused(result.error);
    const record = runRecord(runId, result.value, orders, new Date().toISOString());
    if (context.isStopped()) throw new Stopped();
    const saved = await context.store.saveResult(record);
    return saved ? { outcome: 'saved' } : { outcome: 'unknown', what: 'run' };
  },

  plan: async ({ request }, context) => {
    const startedAt = performance.now();
    const input = await planInput(request, context.warm);
    if (input === undefined) return { outcome: 'unknown', what: 'scenario' };
    if (!input.ok) return refused(input.error);
    const { wave, policy } = input.value;
    const limits = completeLimits(request.limits);
    const result = await source(wave, policy, limits, { isCancelled: context.isStopped });
    if (context.isStopped()) throw new Stopped();
    if (!result.ok) return refused(result.error);
    const plan = result.value;
    let text = `{"plan":${canonicalJson(plan)}`;
    if (request.explain) {
      const explainer = createExplainer(wave, policy, plan);
      const explanations = [];
      for (const { orderId } of wave.orders) {
        if (context.isStopped()) throw new Stopped();
        explanations.push(await explainer.explain(orderId));
      }
      text += `,"explanations":${JSON.stringify(explanations)}`;
    }
    return json(`${text},"elapsedMs":${Math.round(performance.now() - startedAt)}}`);
  },

  'order-detail': async ({ runId, scenarioId, policy, orderId }, context) => {
    const warm = await context.warm.scenario(scenarioId);
    if (!warm) return { outcome: 'unknown', what: 'scenario' };
    const { orders, snapshot } = warm.scenario;
    const run = await context.warm.run(runId, { orders, snapshot }, policy);
    if (!run) return { outcome: 'unknown', what: 'run' };
    const order = warm.orderById.get(orderId);
    const orderPlan = run.orderPlanById.get(orderId);
    const explanation = await run.explainer.explain(orderId);
    if (!order || !orderPlan || !explanation) return { outcome: 'unknown', what: 'order' };
    const detail: OrderDetail = {
      order,
      orderPlan,
      explanation,
      items: itemNames(order, warm.scenario),
      nodes: Object.fromEntries(
        snapshot.nodes.map(({ nodeId, name, type, location }) => [nodeId, { name, type, location: location ?? null }]),
      ),
      currency: snapshot.currency,
    };
    return json(JSON.stringify(detail));
  },
};

async function storeScenario(scenario: Scenario, createdAt: string, context: TaskContext): Promise<Stored | Exists> {
  const record = scenarioRecord(scenario, createdAt);
  const inserted = await context.store.insertScenario(record);
  if (inserted === 'exists') return { outcome: 'exists', scenarioId: scenario.scenarioId };
  return { outcome: 'stored', summary: record.summary };
}

interface PlanInput {
  readonly wave: Wave;
  readonly policy: Policy;
}

/** What is to be planned, or all that is wrong with it; nothing when the scenario is unknown. */
async function planInput(request: PlanEnvelope, warmData: WarmData): Promise<Result<PlanInput, Issue[]> | undefined> {
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
  if (issues.length > 0 || !wave || !policy) return fail(issues);
  return succeed({ wave, policy: request.strategy ? { ...policy, strategy: request.strategy } : policy });
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

function itemNames(order: Order, scenario: Scenario): OrderDetail['items'] {
  const skus = new Set(order.lines.map((line) => line.sku));
  const items = scenario.snapshot.items.filter((item) => skus.has(item.sku));
  return Object.fromEntries(items.map((item) => [item.sku, { name: item.name ?? item.sku }]));
}

function refused(issues: readonly Issue[]): Refused {
  return { outcome: 'refused', issues };
}

function json(text: string): Json {
  return { outcome: 'json', bytes: new TextEncoder().encode(text) };
}
