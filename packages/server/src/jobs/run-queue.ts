// Decides when queued runs are computed and how each ends: done, cancelled, failed. The store holds the truth; here is who works on what.
import type { RunProgress } from '../contract/index.ts';
import type { Log } from '../log.ts';
import type { Store, StoredRun } from '../store/store.ts';
import type { Job, TaskFailure, WorkerPool } from './worker-pool.ts';

export const INTERRUPTED = 'The server stopped while this run was running. Queue it again.';

export interface RunQueue {
  /** Takes up what an earlier process left: what ran is failed, what waited goes on. */
  start(): Promise<void>;
  /** The run is stored as queued already. */
  enqueue(runId: string): void;
  waiting(): number;
  /** Live progress of a run under way. */
  progressOf(runId: string): RunProgress | undefined;
  /** Ends a queued or running run; resolves when it has ended, which may be because it got done. */
  cancel(runId: string): Promise<void>;
  /** Forgets a queued run that is deleted. */
  drop(runId: string): void;
  /** Stops; runs under way go back to queued. */
  close(): Promise<void>;
}

export interface RunQueueOptions {
  readonly store: Store;
  readonly pool: WorkerPool;
  readonly size: number;
  readonly log: Log;
  /** After every change of status or progress. */
  readonly onChange: (runId: string) => void;
}

interface Active {
  progress: RunProgress;
  job: Job<'run'> | undefined;
  cancelled: boolean;
  readonly ended: Promise<void>;
}

export function createRunQueue({ store, pool, size, log, onChange }: RunQueueOptions): RunQueue {
  const waiting: string[] = [];
  const active = new Map<string, Active>();
  let closing = false;

  const next = (): void => {
    if (closing) return;
    while (active.size < size) {
      const runId = waiting.shift();
      if (runId === undefined) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const entry: Active = {
        progress: { done: 0, total: 0, costMicros: 0 },
        job: undefined,
        cancelled: false,
        ended: promise,
      };
      active.set(runId, entry);
      void compute(runId, entry)
        .catch((error: unknown) => log.error({ runId, error }, 'a run could not be ended'))
        .finally(() => {
          active.delete(runId);
          resolve();
          if (!closing) onChange(runId);
          next();
        });
    }
  };

  const compute = async (runId: string, entry: Active): Promise<void> => {
    const run = await store.findRun(runId);
    if (!run || !(await store.startRun(runId, now()))) return;
    entry.progress = { ...run.progress };
    onChange(runId);
    const { scenarioId, policy, limits } = run;
    entry.job = pool.submit(
      { kind: 'run', runId, scenarioId, policy, limits },
      {
        warmKey: scenarioId,
        onProgress: (progress) => {
          entry.progress = progress;
          onChange(runId);
        },
      },
    );
    if (entry.cancelled) entry.job.cancel();
    const outcome = await entry.job.outcome;
    if (outcome.ok) {
      const answer = outcome.value;
      if (answer.outcome === 'refused') await end(run, entry, 'failed', firstIssues(answer.issues));
      if (answer.outcome === 'unknown') await end(run, entry, 'failed', `The ${answer.what} is gone.`);
      return;
    }
    if (closing) {
      await store.requeueRun(runId);
      return;
    }
    await settle(run, entry, outcome.error);
  };

  const settle = async (run: StoredRun, entry: Active, failure: TaskFailure): Promise<void> => {
    if (failure.kind === 'cancelled') return end(run, entry, 'cancelled', null);
    if (failure.kind !== 'crashed') return end(run, entry, 'failed', `The run could not be computed: ${failure.kind}.`);
    log.error({ runId: run.runId, stack: failure.stack }, 'a run failed');
    return end(run, entry, 'failed', `The worker stopped: ${failure.message}`.slice(0, 500));
  };

  const end = async (
    run: StoredRun,
    entry: Active,
    status: 'cancelled' | 'failed',
    error: string | null,
  ): Promise<void> => {
    await store.endRun(run.runId, { status, error, finishedAt: now(), progress: entry.progress });
  };

  return {
    start: async () => {
      for (const runId of await store.failInterruptedRuns(INTERRUPTED, now()))
        log.warn({ runId }, 'a run was interrupted');
      for (const run of await store.listQueuedRuns()) waiting.push(run.runId);
      next();
    },

    enqueue: (runId) => {
      waiting.push(runId);
      next();
    },

    waiting: () => waiting.length,

    progressOf: (runId) => active.get(runId)?.progress,

    cancel: async (runId) => {
      const entry = active.get(runId);
      if (entry) {
        entry.cancelled = true;
        entry.job?.cancel();
        await entry.ended;
        return;
      }
      drop(waiting, runId);
      const run = await store.findRun(runId);
      if (!run) return;
      await store.endRun(runId, { status: 'cancelled', error: null, finishedAt: now(), progress: run.progress });
      onChange(runId);
    },

    drop: (runId) => drop(waiting, runId),

    close: async () => {
      closing = true;
      waiting.length = 0;
      const ends = [...active.values()].map((entry) => entry.ended);
      await pool.close();
      await Promise.all(ends);
    },
  };
}

function drop(list: string[], runId: string): void {
  const index = list.indexOf(runId);
  if (index >= 0) list.splice(index, 1);
}

function now(): string {
  return new Date().toISOString();
}

function firstIssues(issues: readonly { readonly path: string; readonly message: string }[]): string {
  const shown = issues.slice(0, 5).map((issue) => `${issue.path}: ${issue.message}`);
  const rest = issues.length - shown.length;
  return [...shown, ...(rest > 0 ? [`And ${rest} more.`] : [])].join('\n');
}
