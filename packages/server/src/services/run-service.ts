// Decides how runs are queued, shown, cancelled and deleted.
import { randomBytes } from 'node:crypto';
import { type Issue, parsePolicy, type Policy, policyIssuesFor, type Snapshot, succeed } from '@sourcewright/engine';
import type { CreateRun, NodeView, Run } from '../contract/index.ts';
import { completeLimits } from '../jobs/complete-limits.ts';
import type { RunQueue } from '../jobs/run-queue.ts';
import type { Store, StoredRun, StoredScenario } from '../store/store.ts';
import { type Failure, type Outcome, refuse, refuseInput } from './failure.ts';
import { policyByRef, TWO_POLICIES } from './policy-service.ts';
import { unknownScenario } from './scenario-service.ts';

export interface RunService {
  create(request: CreateRun): Promise<Outcome<Run>>;
  list(scenarioId?: string): Promise<readonly Run[]>;
  find(runId: string): Promise<Outcome<Run>>;
  cancel(runId: string): Promise<Outcome<Run>>;
  remove(runId: string): Promise<Outcome<null>>;
}

interface Needs {
  readonly store: Store;
  readonly queue: RunQueue;
  readonly maxQueuedRuns: number;
  readonly onRunChanged: (runId: string) => void;
  readonly onRunDeleted: (runId: string) => void;
}

export function createRunService({ store, queue, maxQueuedRuns, onRunChanged, onRunDeleted }: Needs): RunService {
  const view = (run: StoredRun): Run => runView(run, queue);
  return {
    create: async (request) => {
      const scenario = await store.findScenario(request.scenarioId);
      if (!scenario) return unknownScenario(request.scenarioId);
      if (request.policy !== undefined && request.policyRef !== undefined) return refuseInput([TWO_POLICIES]);
      const named = request.policyRef === undefined ? undefined : await policyByRef(store, request.policyRef);
      if (named && !named.ok) return named;
      const given = named ? named.value : request.policy;
      const issues = policyIssues(given, scenario);
      if (issues.length > 0) return refuseInput(issues);
      if (queue.waiting() >= maxQueuedRuns) {
        return refuse('overloaded', `${queue.waiting()} runs are waiting. Cancel some or wait, then queue this one.`);
      }
      const policy: Policy = { ...(given ?? scenario.policy), strategy: request.strategy };
      const runId = `r-${randomBytes(8).toString('hex')}`;
      const inserted = await store.insertRun({
        runId,
        scenarioId: request.scenarioId,
        name: request.name ?? `${policy.name}, ${request.strategy}`,
        strategy: request.strategy,
        policy,
        limits: completeLimits(request.limits),
        deadlineMs: request.deadlineMs ?? null,
        createdAt: new Date().toISOString(),
      });
      if (inserted === 'unknown-scenario') return unknownScenario(request.scenarioId);
      const queued = view((await store.findRun(runId))!);
      onRunChanged(runId);
      queue.enqueue(runId);
      return succeed(queued);
    },

    list: async (scenarioId) => (await store.listRuns(scenarioId)).map(view),

    find: async (runId) => {
      const run = await store.findRun(runId);
      return run ? succeed(view(run)) : unknownRun(runId);
    },

    cancel: async (runId) => {
      const before = await store.findRun(runId);
      if (!before) return unknownRun(runId);
      if (before.finishedAt !== null) return runFinished(before);
      await queue.cancel(runId);
      const after = await store.findRun(runId);
      if (!after) return unknownRun(runId);
      return after.status === 'cancelled' ? succeed(view(after)) : runFinished(after);
    },

    remove: async (runId) => {
      const deleted = await store.deleteRun(runId);
      if (deleted === 'unknown') return unknownRun(runId);
      if (deleted === 'busy') return refuse('run-busy', `Run ${runId} is running. Cancel it first, then delete it.`);
      queue.drop(runId);
      onRunDeleted(runId);
      return succeed(null);
    },
  };
}

/** A run as the wire shows it, with live progress where it is under way. */
export function runView(run: StoredRun, queue: RunQueue): Run {
  const { runId, scenarioId, name, strategy, status, createdAt, startedAt, finishedAt, error, currency, figures } = run;
  const { policyId, version, name: policyName } = run.policy;
  return {
    runId,
    scenarioId,
    name,
    strategy,
    status,
    progress: (status === 'running' ? queue.progressOf(runId) : undefined) ?? run.progress,
    createdAt,
    startedAt,
    finishedAt,
    elapsedMs: finishedAt === null ? null : Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt ?? finishedAt)),
    error,
    deadlineMs: run.deadlineMs,
    degraded: figures?.degraded ?? null,
    currency,
    kpis: figures?.kpis ?? null,
    cost: figures?.cost ?? null,
    proof: figures?.proof ?? null,
    tiers: figures?.tiers ?? null,
    effort: figures?.effort ?? null,
    basis: figures?.basis ?? null,
    policy: { policyId, version, name: policyName },
  };
}

export function unknownRun(runId: string): { readonly ok: false; readonly error: Failure } {
  return refuse('run-not-found', `There is no run ${runId}. GET /v1/runs lists those there are.`);
}

function runFinished(run: StoredRun): { readonly ok: false; readonly error: Failure } {
  return refuse('run-finished', `Run ${run.runId} is ${run.status} already; there is nothing to cancel.`);
}

function policyIssues(policy: unknown, scenario: StoredScenario): Issue[] {
  if (policy === undefined) return [];
  const parsed = parsePolicy(policy, '/policy');
  if (!parsed.ok) return parsed.error;
  return policyIssuesFor(parsed.value, { orders: [], snapshot: outline(scenario) });
}

/** A snapshot that has the nodes and nothing else: all that a policy's references are checked against. */
function outline({ summary, nodeList }: StoredScenario): Snapshot {
  const { currency, timeZone, asOf } = summary;
  const node = ({ nodeId, name, type }: NodeView): Snapshot['nodes'][number] => ({
    nodeId,
    name,
    type,
    calendarId: '-',
    rateCardIds: [],
  });
  return { currency, timeZone, asOf, nodes: nodeList.map(node), items: [], stock: [], calendars: [], rateCards: [] };
}
