// Decides how each task is done, in a worker thread: the only place of the server that calls the engine to source or explain.
import {
  canonicalJson,
  createExplainer,
  diffExplanations,
  type Issue,
  type Order,
  parseScenario,
  type Plan,
  type Scenario,
} from '@sourcewright/engine';
import type { OrderDetail } from '../contract/index.ts';
import { loadScenarioFolder } from '../scenario-files/load-scenario-folder.ts';
import type { RunResult } from '../store/store.ts';
import { completeLimits } from './complete-limits.ts';
import { effectOfDraft, lintOfDraft } from './draft-tasks.ts';
import { planInput } from './plan-input.ts';
import { promiseToCart } from './promise-task.ts';
import { readJson } from './read-json.ts';
import { costsOfRules } from './rule-costs-task.ts';
import { runRecord } from './run-record.ts';
import { scenarioRecord } from './scenario-record.ts';
import type { TaskContext } from './task-context.ts';
import { createTracer } from './trace.ts';
import type { Answers, Exists, Json, PlanInHand, Refused, Stored, TaskKind, TaskOf } from './task.ts';
import { watchedSource } from './watched-source.ts';

/** The task was asked to stop. Thrown past the engine, caught by the worker's loop. */
export class Stopped extends Error {
  override name = 'Stopped';
}

type Perform<K extends TaskKind> = (task: TaskOf<K>, context: TaskContext) => Promise<Answers[K]>;

const importScenario: Perform<'import'> = async ({ bytes, createdAt }, context) => {
  const read = readJson(bytes);
  if (!read.ok) return { outcome: 'malformed', message: read.error };
  const parsed = parseScenario(read.value);
  return parsed.ok ? storeScenario(parsed.value, createdAt, context) : refused(parsed.error);
};

const importFiles: Perform<'import-files'> = async ({ path, createdAt }, context) => {
  const loaded = await loadScenarioFolder(path);
  return loaded.ok ? storeScenario(loaded.value, createdAt, context) : refused(loaded.error);
};

const computeRun: Perform<'run'> = async ({ runId, scenarioId, policy, limits, deadlineAt, quick }, context) => {
  const began = performance.now();
  const warm = await context.warm.scenario(scenarioId);
  if (!warm) return { outcome: 'unknown', what: 'scenario' };
  const { orders, snapshot } = warm.scenario;
  const wave = { orders, snapshot };
  const tracer = createTracer(() => performance.now() - began);
  const record = (plan: Plan): RunResult =>
    runRecord(runId, plan, wave, { trace: tracer.points(), finishedAt: new Date().toISOString() });
  const onPlan = (plan: Plan): void => context.onInterim(record(plan));
  const result = await watchedSource(wave, policy, limits, context, { deadlineAt, quick, tracer, onPlan });
  if (!result || context.isStopped()) throw new Stopped();
  if (!result.ok) return refused(result.error);
  const results = record(result.value);
  if (context.isStopped()) throw new Stopped();
  const saved = await context.store.saveResult(results);
  return saved ? { outcome: 'saved' } : { outcome: 'unknown', what: 'run' };
};

const computePlan: Perform<'plan'> = async ({ request, deadlineAt, quick }, context) => {
  const startedAt = performance.now();
  const input = await planInput(request, context.warm);
  if (input === undefined) return { outcome: 'unknown', what: 'scenario' };
  if (!input.ok) return refused(input.error);
  const { wave, policy } = input.value;
  const limits = completeLimits(request.limits);
  const onPlan = (plan: Plan): void => context.onInterim(inHand(plan));
  const result = await watchedSource(wave, policy, limits, context, { deadlineAt, quick, onPlan });
  if (!result || context.isStopped()) throw new Stopped();
  if (!result.ok) return refused(result.error);
  const plan = result.value;
  let text = `{"plan":${canonicalJson(plan)}`;
  if (request.explain) {
    onPlan(plan);
    const explainer = createExplainer(wave, policy, plan);
    const explanations = [];
    for (const { orderId } of wave.orders) {
      if (context.isStopped()) throw new Stopped();
      explanations.push(await explainer.explain(orderId));
    }
    text += `,"explanations":${JSON.stringify(explanations)}`;
  }
  return json(`${text},"elapsedMs":${Math.round(performance.now() - startedAt)}}`);
};

const detailOrder: Perform<'order-detail'> = async (task, context) => {
  const { runId, scenarioId, policy, orderId, lineId, effort = 'quick', against } = task;
  const warm = await context.warm.scenario(scenarioId);
  if (!warm) return { outcome: 'unknown', what: 'scenario' };
  const { orders, snapshot } = warm.scenario;
  const wave = { orders, snapshot };
  const other = against && (await context.warm.run(against.runId, wave, against.policy));
  const run = await context.warm.run(runId, wave, policy);
  if (!run || (against && !other)) return { outcome: 'unknown', what: 'run' };
  const order = warm.orderById.get(orderId);
  const orderPlan = run.orderPlanById.get(orderId);
  const counterfactuals = lineId === undefined ? true : { lineId };
  const explanation = await run.explainer.explain(orderId, { counterfactuals, effort });
  const before = await other?.explainer.explain(orderId);
  if (!order || !orderPlan || !explanation) return { outcome: 'unknown', what: 'order' };
  // What would flip it is not looked for in the other run.
  const { counterfactuals: _, ...after } = explanation;
  const cutoffs = new Map(snapshot.calendars.map(({ calendarId, cutoff }) => [calendarId, cutoff]));
  const detail: OrderDetail = {
    order,
    orderPlan,
    explanation,
    ...(before ? { diff: diffExplanations(before, after) } : {}),
    items: itemNames(order, warm.scenario),
    nodes: Object.fromEntries(
      snapshot.nodes.map(({ nodeId, name, type, location, calendarId }) => [
        nodeId,
        { name, type, location: location ?? null, cutoff: cutoffs.get(calendarId) ?? '00:00' },
      ]),
    ),
    currency: snapshot.currency,
  };
  return json(JSON.stringify(detail));
};

const lintDraft: Perform<'draft-lint'> = async ({ scenarioId, request }, context) => {
  const report = await lintOfDraft(scenarioId, request, context);
  return report ? json(JSON.stringify(report)) : { outcome: 'unknown', what: 'scenario' };
};

const showDraftEffect: Perform<'draft-effect'> = async ({ scenarioId, request }, context) => {
  const report = await effectOfDraft(scenarioId, request, context);
  if (context.isStopped()) throw new Stopped();
  if (!report) return { outcome: 'unknown', what: 'scenario' };
  return report.ok ? json(JSON.stringify(report.value)) : refused(report.error);
};

const computeRuleCosts: Perform<'rule-costs'> = async ({ scenarioId, policy, request }, context) => {
  const figures = await costsOfRules(scenarioId, policy, request, context);
  if (context.isStopped()) throw new Stopped();
  if (!figures) return { outcome: 'unknown', what: 'scenario' };
  return figures.ok ? json(JSON.stringify(figures.value)) : refused(figures.error);
};

const computePromise: Perform<'promise'> = async ({ policy, request }, context) => {
  const promise = await promiseToCart(policy, request, context);
  if (!promise) return { outcome: 'unknown', what: 'scenario' };
  return promise.ok ? json(JSON.stringify(promise.value)) : refused(promise.error);
};

export const TASKS: { readonly [K in TaskKind]: Perform<K> } = {
  import: importScenario,
  'import-files': importFiles,
  run: computeRun,
  plan: computePlan,
  'order-detail': detailOrder,
  'draft-lint': lintDraft,
  'draft-effect': showDraftEffect,
  'rule-costs': computeRuleCosts,
  promise: computePromise,
};

async function storeScenario(scenario: Scenario, createdAt: string, context: TaskContext): Promise<Stored | Exists> {
  const record = scenarioRecord(scenario, createdAt);
  const inserted = await context.store.insertScenario(record);
  if (inserted === 'exists') return { outcome: 'exists', scenarioId: scenario.scenarioId };
  return { outcome: 'stored', summary: record.summary };
}

function itemNames(order: Order, scenario: Scenario): OrderDetail['items'] {
  const skus = new Set(order.lines.map((line) => line.sku));
  const items = scenario.snapshot.items.filter((item) => skus.has(item.sku));
  return Object.fromEntries(items.map((item) => [item.sku, { name: item.name ?? item.sku }]));
}

function refused(issues: readonly Issue[]): Refused {
  return { outcome: 'refused', issues };
}

function inHand(plan: Plan): PlanInHand {
  return { plan: new TextEncoder().encode(canonicalJson(plan)), gap: plan.proof.gap };
}

function json(text: string): Json {
  return { outcome: 'json', bytes: new TextEncoder().encode(text) };
}
