// Decides that a call for a plan has one by its deadline, whatever becomes of the thread that looks for it:
// the best verified plan told so far, else one that a spare thread makes without the strategy.
import { fail, type Result, succeed } from '@sourcewright/engine';
import type { Degraded, PlanEnvelope } from '../contract/index.ts';
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

/** Past the deadline, for a plan without a strategy when no plan was told. */
const SPARE_MS = 200;

export function planByDeadline({ pool, spare }: PlanPools, request: PlanEnvelope): PlanJob {
  const { deadlineMs } = request;
  const began = performance.now();
  const deadlineAt = Date.now() + deadlineMs;
  const options = request.scenarioId === undefined ? {} : { warmKey: request.scenarioId };
  let best: PlanInHand | undefined;
  let cause: TaskFailure | undefined;
  const onInterim = (plan: PlanInHand): void => {
    best = plan;
  };
  let job: Job<'plan'> = pool.submit(
    { kind: 'plan', request, deadlineAt, quick: false },
    { ...options, deadlineMs, onInterim },
  );
  const outcome = async (): Promise<Result<Answers['plan'], TaskFailure>> => {
    const first = await job.outcome;
    if (first.ok) return first;
    const reason = degradedReason(first.error);
    if (reason === undefined) return first;
    if (!best) {
      const leftMs = Math.max(0, Math.ceil(began + deadlineMs - performance.now())) + SPARE_MS;
      const task = { kind: 'plan', request: { ...request, explain: false }, deadlineAt, quick: true } as const;
      job = spare.submit(task, { ...options, deadlineMs: leftMs, onInterim });
      const second = await job.outcome;
      // What is wrong with the input is known only now.
      if (second.ok && second.value.outcome !== 'json') return second;
      if (!second.ok && (second.error.kind === 'cancelled' || second.error.kind === 'closed') && !best) return second;
    }
    if (!best) return fail(first.error);
    cause = first.error;
    return succeed(stand(best, degradedBy(reason, best.gap), performance.now() - began));
  };
  return { outcome: outcome(), cancel: () => job.cancel(), cause: () => cause };
}

/** The JSON of an answer around the plan's own bytes. */
function stand({ plan }: PlanInHand, degraded: Degraded, elapsedMs: number): Answers['plan'] {
  const tail = `,"degraded":${JSON.stringify(degraded)},"elapsedMs":${Math.round(elapsedMs)}}`;
  return { outcome: 'json', bytes: Buffer.concat([Buffer.from('{"plan":'), plan, Buffer.from(tail)]) };
}
