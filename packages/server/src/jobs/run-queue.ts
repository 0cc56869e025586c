// Decides when queued runs are computed and how each ends: done, cancelled, failed. The store holds the truth; here is who works on what.
import type { Issue } from '@sourcewright/engine';
import type { RunProgress } from '../contract/index.ts';
import type { Log } from '../log.ts';
import type { RunResult, Store, StoredRun } from '../store/store.ts';
import { degradedBy, degradedReason } from './degraded.ts';
import type { TaskFailure } from './seat.ts';
import type { Job, WorkerPool } from './worker-pool.ts';

/** For a plan without a strategy, where a run has no other when its time is up. */
const SPARE_MS = 60_000;

export const INTERRUPTED = 'The server stopped while this run was running. Queue it again.';

export interface RunQueueOptions {
  readonly store: Store;
  readonly pool: WorkerPool;
  /** Kept free for plans without a strategy. */
  readonly spare: WorkerPool;
  /** Runs computed at a time. */
  readonly size: number;
  readonly log: Log;
  /** After every change of status or progress. */
  readonly onChange: (runId: string) => void;
}

/** A run under way. */
interface Active {
  progress: RunProgress | undefined;
  /** How far its strategy came. */
  decided: RunProgress | undefined;
  job: Job<'run'> | undefined;
  /** The results of the best verified plan so far; only with a deadline. */
  best: RunResult | undefined;
  cancelled: boolean;
  readonly ended: Promise<void>;
}

interface Begin {
  readonly pool: WorkerPool;
  readonly quick: boolean;
  readonly deadlineMs: number | null;
}

interface Ending {
  readonly status: 'cancelled' | 'failed';
  readonly error: string | null;
}

export class RunQueue {
  readonly #options: RunQueueOptions;
  readonly #waiting: string[] = [];
  readonly #active = new Map<string, Active>();
  #closing = false;

  constructor(options: RunQueueOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier process left: what ran is failed, what waited goes on. */
  async start(): Promise<void> {
    const { store, log } = this.#options;
    for (const runId of await store.failInterruptedRuns(INTERRUPTED, now())) {
      log.warn({ runId }, 'a run was interrupted');
    }
    for (const { runId } of await store.listQueuedRuns()) this.#waiting.push(runId);
    this.#next();
  }

  /** The run is stored as queued already. */
  enqueue(runId: string): void {
    this.#waiting.push(runId);
    this.#next();
  }

  waiting(): number {
    return this.#waiting.length;
  }

  /** Live progress of a run under way. */
  progressOf(runId: string): RunProgress | undefined {
    return this.#active.get(runId)?.progress;
  }

  /** Ends a queued or running run; resolves when it has ended, which may be because it got done. */
  async cancel(runId: string): Promise<void> {
    const { store, onChange } = this.#options;
    const active = this.#active.get(runId);
    if (active) {
      active.cancelled = true;
      active.job?.cancel();
      return active.ended;
    }
    this.drop(runId);
    const run = await store.findRun(runId);
    if (!run) return;
    await this.#end(run, run.progress, { status: 'cancelled', error: null });
    onChange(runId);
  }

  /** Forgets a queued run that is deleted. */
  drop(runId: string): void {
    const index = this.#waiting.indexOf(runId);
    if (index >= 0) this.#waiting.splice(index, 1);
  }

  /** Stops; runs under way go back to queued. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#waiting.length = 0;
    const ends = [...this.#active.values()].map((active) => active.ended);
    await this.#options.pool.close();
    for (const active of this.#active.values()) active.job?.cancel();
    await Promise.all(ends);
  }

  #next(): void {
    if (this.#closing) return;
    while (this.#active.size < this.#options.size) {
      const runId = this.#waiting.shift();
      if (runId === undefined) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const active: Active = {
        progress: undefined,
        decided: undefined,
        job: undefined,
        best: undefined,
        cancelled: false,
        ended: promise,
      };
      this.#active.set(runId, active);
      void this.#compute(runId, active)
        .catch((error: unknown) => this.#options.log.error({ runId, error }, 'a run could not be ended'))
        .finally(() => {
          this.#active.delete(runId);
          resolve();
          if (!this.#closing) this.#options.onChange(runId);
          this.#next();
        });
    }
  }

  async #compute(runId: string, active: Active): Promise<void> {
    const { store, pool, onChange } = this.#options;
    const run = await store.findRun(runId);
    if (!run || !(await store.startRun(runId, now()))) return;
    onChange(runId);
    const outcome = await this.#begin(run, active, { pool, quick: false, deadlineMs: run.deadlineMs });
    if (!outcome.ok && !this.#closing && (await this.#savedInstead(run, active, outcome.error))) return;
    if (!outcome.ok && this.#closing) {
      await store.requeueRun(runId);
      return;
    }
    const ending = outcome.ok ? endingOf(outcome.value) : this.#endingAfter(outcome.error, runId);
    if (ending) await this.#end(run, active.decided ?? run.progress, ending);
  }

  #begin(run: StoredRun, active: Active, how: Begin): Job<'run'>['outcome'] {
    const { runId, scenarioId, policy, limits } = run;
    const { pool, quick, deadlineMs } = how;
    const deadlineAt = deadlineMs === null ? null : Date.now() + deadlineMs;
    const task = { kind: 'run', runId, scenarioId, policy, limits, deadlineAt, quick } as const;
    active.job = pool.submit(task, {
      warmKey: scenarioId,
      ...(deadlineMs === null ? {} : { deadlineMs }),
      onProgress: (progress) => {
        active.progress = progress;
        if (progress.stage === 'solve') active.decided = progress;
        this.#options.onChange(runId);
      },
      onInterim: (result) => {
        active.best = result;
      },
    });
    if (active.cancelled) active.job.cancel();
    return active.job.outcome;
  }

  /** Whether a run with a deadline that failed has the results of another plan: the best so far, else one without a strategy. */
  async #savedInstead(run: StoredRun, active: Active, failure: TaskFailure): Promise<boolean> {
    const { store, spare, log } = this.#options;
    const reason = degradedReason(failure);
    if (run.deadlineMs === null || reason === undefined) return false;
    if (failure.kind === 'crashed')
      log.error({ runId: run.runId, stack: failure.stack }, 'a run failed; it has another plan');
    if (!active.best) await this.#begin(run, active, { pool: spare, quick: true, deadlineMs: SPARE_MS });
    const { best } = active;
    if (!best || active.cancelled) return false;
    const degraded = degradedBy(reason, best.figures.proof.gap);
    return store.saveResult({ ...best, figures: { ...best.figures, degraded }, finishedAt: now() });
  }

  #endingAfter(failure: TaskFailure, runId: string): Ending {
    if (failure.kind === 'cancelled') return { status: 'cancelled', error: null };
    if (failure.kind !== 'crashed') return failed(`The run could not be computed: ${failure.kind}.`);
    this.#options.log.error({ runId, stack: failure.stack }, 'a run failed');
    return failed(`The worker stopped: ${failure.message}`);
  }

  async #end({ runId }: StoredRun, progress: RunProgress, ending: Ending): Promise<void> {
    await this.#options.store.endRun(runId, { ...ending, progress, finishedAt: now() });
  }
}

/** How a run ends that the worker answered without results; nothing when it saved them. */
function endingOf(
  answer:
    | { outcome: 'saved' }
    | { outcome: 'refused'; issues: readonly Issue[] }
    | { outcome: 'unknown'; what: string },
): Ending | undefined {
  if (answer.outcome === 'saved') return undefined;
  return failed(answer.outcome === 'refused' ? firstIssues(answer.issues) : `The ${answer.what} is gone.`);
}

function failed(error: string): Ending {
  return { status: 'failed', error: error.slice(0, 2000) };
}

function firstIssues(issues: readonly Issue[]): string {
  const shown = issues.slice(0, 5).map((issue) => `${issue.path}: ${issue.message}`);
  const rest = issues.length - shown.length;
  return [...shown, ...(rest > 0 ? [`And ${rest} more.`] : [])].join('\n');
}

function now(): string {
  return new Date().toISOString();
}
