// Decides how a command runs the engine: one call to source() with progress, timed; with a deadline in a thread that can be ended.
import { type Limits, type Plan, type Policy, type Progress, type Scenario, source } from '@sourcewright/engine';
import type { Degraded, PlanEnvelope, PlanResponse, RunProgress } from '../contract/index.ts';
import { planByDeadline } from '../jobs/plan-by-deadline.ts';
import { WorkerPool } from '../jobs/worker-pool.ts';
import { CommandFailure } from './failure.ts';
import { money } from './figures.ts';
import { createProgress } from './progress.ts';

export interface TimedPlan {
  readonly plan: Plan;
  readonly elapsedMs: number;
  /** Set where the strategy was stopped before its end. */
  readonly degraded?: Degraded;
}

/** Of each thread; a wave that needs more ends its thread, not the command. */
const MEMORY_MB = 8192;
/** Past a deadline that was too short for any plan: the command still ends with one. */
const SPARE_MS = 30_000;

/** `deadlineMs` counts from this call. */
export async function runSource(
  scenario: Scenario,
  policy: Policy,
  limits: Limits,
  deadlineMs?: number,
): Promise<TimedPlan> {
  const progress = createProgress(`Sourcing ${scenario.scenarioId} (${policy.strategy})`);
  const began = performance.now();
  const onProgress = ({ stage, done, total, costMicros }: Progress | RunProgress): void => {
    const cost = costMicros > 0 ? `${money(costMicros)} ${scenario.snapshot.currency} so far` : '';
    progress.report(done, total, cost, STAGE_TEXT[stage ?? 'solve']);
  };
  try {
    if (deadlineMs !== undefined) return await withDeadline(scenario, policy, limits, deadlineMs, onProgress);
    const result = await source(scenario, policy, limits, { onProgress });
    if (!result.ok) throw new CommandFailure('The wave cannot be sourced.', result.error);
    return { plan: result.value, elapsedMs: performance.now() - began };
  } finally {
    progress.finish();
  }
}

const STAGE_TEXT: Readonly<Record<Progress['stage'], string>> = {
  enumerate: 'who may ship',
  solve: 'solving',
  bound: 'proving the bound',
  build: 'building the plan',
  verify: 'verifying the plan',
};

async function withDeadline(
  { snapshot, orders }: Scenario,
  policy: Policy,
  limits: Limits,
  deadlineMs: number,
  onProgress: (progress: RunProgress) => void,
): Promise<TimedPlan> {
  const began = performance.now();
  const options = { size: 1, maxWaiting: 1, memoryMb: MEMORY_MB, dataFile: ':memory:' };
  const pools = { pool: new WorkerPool(options), spare: new WorkerPool(options) };
  const request: PlanEnvelope = { snapshot, orders, policy, limits, deadlineMs, explain: false };
  const outcome = await planByDeadline(pools, request, { spareMs: SPARE_MS, onProgress }).outcome;
  const elapsedMs = performance.now() - began;
  void Promise.all([pools.pool.close(), pools.spare.close()]);
  if (!outcome.ok) {
    const { error } = outcome;
    throw new Error(error.kind === 'crashed' ? error.message : `The thread was ${error.kind}.`);
  }
  if (outcome.value.outcome === 'refused')
    throw new CommandFailure('The wave cannot be sourced.', outcome.value.issues);
  if (outcome.value.outcome !== 'json') throw new Error(`The ${outcome.value.what} is gone.`);
  const { plan, degraded } = JSON.parse(Buffer.from(outcome.value.bytes).toString('utf8')) as PlanResponse;
  return { plan, elapsedMs, ...(degraded && { degraded }) };
}
