// Decides that a call for a plan has one by its deadline, whatever becomes of the thread that looks for it:
// the best verified plan told so far, else one that a spare thread makes without the strategy.
import { fail, type Result, succeed } from '@sourcewright/engine';
import type { Degraded, DegradedReason, PlanEnvelope, RunProgress } from '../contract/index.ts';
import { degradedBy, degradedReason } from './degraded.ts';
import type { TaskFailure } from './seat.ts';
import type { Answers, PlanInHand } from './task.ts';
import type { Job, WorkerPool } from './worker-pool.ts';

export interface PlanPools {
  readonly pool: WorkerPool;
  /** Kept free for plans without a strategy. */
  readonly spare: WorkerPool;
}

export interface PlanJob {
  readonly outcome: Promise<Result<Answers['plan'], TaskFailure>>;
  readonly cancel: () => void;
  /** Set where the outcome is a plan that stands in for the strategy's, after the outcome. */
  readonly cause: () => TaskFailure | undefined;
}

export interface PlanJobOptions {
  /** Past the deadline, to make a plan without a strategy where there is none yet. */
  readonly spareMs?: number;
  readonly onProgress?: (progress: RunProgress) => void;
}

const SPARE_MS = 200;

export function planByDeadline(pools: PlanPools, request: PlanEnvelope, options: PlanJobOptions = {}): PlanJob {
  const { deadlineMs, scenarioId } = request;
  const began = performance.now();
  const deadlineAt = Date.now() + deadlineMs;
  const warm = scenarioId === undefined ? {} : { warmKey: scenarioId };
  const told = Promise.withResolvers<void>();
  let best: PlanInHand | undefined;
  let cause: TaskFailure | undefined;
  const onInterim = (plan: PlanInHand): void => {
    best = plan;
    told.resolve();
  };
  const task = { kind: 'plan', request, deadlineAt, quick: false } as const;
  const leftMs = (): number => Math.max(0, Math.ceil(began + deadlineMs - performance.now()));
  const startSpare = (ms: number): Job<'plan'> =>
    pools.spare.submit(
      { ...task, request: { ...request, explain: false }, quick: true },
      { ...warm, deadlineMs: ms, onInterim },
    );
  // Who has to wait for a thread may never get one in time.
  let spare = !pools.pool.hasRoom && pools.spare.hasRoom ? startSpare(deadlineMs) : undefined;
  const job = pools.pool.submit(task, { ...warm, deadlineMs, onInterim, ...pick(options) });
  /** A plan without a strategy, or why there is none: what is wrong with the input may be known only now. */
  const standIn = async (reason: DegradedReason): Promise<Result<Answers['plan'], TaskFailure> | undefined> => {
    spare ??= startSpare(leftMs() + (options.spareMs ?? SPARE_MS));
    // The first thread may be about to tell of a plan, too. With time left, the better one of a quick call is waited for.
    const second = await (reason === 'deadline' ? Promise.race([spare.outcome, told.promise]) : spare.outcome);
    if (best || !second) return undefined;
    const gone = !second.ok && (second.error.kind === 'cancelled' || second.error.kind === 'closed');
    return gone || (second.ok && second.value.outcome !== 'json') ? second : undefined;
  };
  const outcome = async (): Promise<Result<Answers['plan'], TaskFailure>> => {
    const first = await job.outcome;
    if (first.ok) return first;
    const reason = degradedReason(first.error);
    if (reason === undefined) return first;
    const other = best ? undefined : await standIn(reason);
    if (other) return other;
    if (!best) return fail(first.error);
    cause = first.error;
    return succeed(stand(best, degradedBy(reason, best.gap), performance.now() - began));
  };
  const cancel = (): void => {
    job.cancel();
    spare?.cancel();
  };
  return { outcome: outcome().finally(() => spare?.cancel()), cancel, cause: () => cause };
}

function pick({ onProgress }: PlanJobOptions): Pick<PlanJobOptions, 'onProgress'> {
  return onProgress ? { onProgress } : {};
}

/** The JSON of an answer around the plan's own bytes. */
function stand({ plan }: PlanInHand, degraded: Degraded, elapsedMs: number): Answers['plan'] {
  const tail = `,"degraded":${JSON.stringify(degraded)},"elapsedMs":${Math.round(elapsedMs)}}`;
  return { outcome: 'json', bytes: Buffer.concat([Buffer.from('{"plan":'), plan, Buffer.from(tail)]) };
}
