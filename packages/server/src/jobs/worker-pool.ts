// Decides how tasks are shared out to worker threads: one at a time each, first come first served, warm threads preferred.
// A task can be stopped, run out of time or lose its thread; each is an outcome, never an exception.
// Leaves the life of a thread to seat.ts and what a task does to worker.ts.
import { fail, type Result } from '@sourcewright/engine';
import type { RunProgress } from '../contract/index.ts';
import { type Entry, Seat, type TaskFailure, type TaskOutcome } from './seat.ts';
import type { Answers, InterimOf, TaskKind, TaskOf } from './task.ts';

export interface Job<K extends TaskKind> {
  readonly outcome: Promise<Result<Answers[K], TaskFailure>>;
  /** Stops the task, waiting or under way; ends with outcome `cancelled` unless it was answered before. */
  readonly cancel: () => void;
}

export interface JobOptions<K extends TaskKind = TaskKind> {
  /** Tasks with an equal key go to the same worker where there is a choice: it has the data at hand. */
  readonly warmKey?: string;
  /** From now, waiting included. */
  readonly deadlineMs?: number;
  readonly onProgress?: (progress: RunProgress) => void;
  /** Also after the outcome, while the thread is not yet stopped. */
  readonly onInterim?: (interim: InterimOf<K>) => void;
  readonly transfer?: readonly ArrayBuffer[];
}

export interface PoolOptions {
  readonly size: number;
  readonly maxWaiting: number;
  readonly dataFile: string;
  /** Of each thread's heap; one that needs more dies alone. */
  readonly memoryMb: number;
  /** How long a stopped task may go on before its thread is ended. */
  readonly graceMs?: number;
  readonly workerUrl?: URL;
}

export class WorkerPool {
  readonly #seats: readonly Seat[];
  readonly #maxWaiting: number;
  #waiting: readonly Entry[] = [];
  #closed = false;
  #lastTaskId = 0;

  constructor(options: PoolOptions) {
    const { size, dataFile, memoryMb, graceMs = 1500, maxWaiting } = options;
    const workerUrl = options.workerUrl ?? new URL('./worker.ts', import.meta.url);
    const onFree = (): void => this.#next();
    this.#maxWaiting = maxWaiting;
    this.#seats = Array.from({ length: size }, () => new Seat({ workerUrl, dataFile, memoryMb, graceMs, onFree }));
  }

  submit<K extends TaskKind>(task: TaskOf<K>, options: JobOptions<K> = {}): Job<K> {
    if (this.#closed) return refused('closed');
    if (this.#waiting.length >= this.#maxWaiting) return refused('overloaded');
    const { warmKey, deadlineMs, onProgress = () => {}, transfer = [] } = options;
    const onInterim = (options.onInterim ?? (() => {})) as Entry['onInterim'];
    const { promise, resolve } = Promise.withResolvers<TaskOutcome>();
    let settled = false;
    let deadline: NodeJS.Timeout | undefined;
    const settle = (outcome: TaskOutcome): void => {
      if (settled) return;
      settled = true;
      clearTimeout(deadline);
      resolve(outcome);
    };
    const taskId = ++this.#lastTaskId;
    const isSettled = (): boolean => settled;
    const entry: Entry = { taskId, task, warmKey, transfer, onProgress, onInterim, settle, isSettled };
    if (deadlineMs !== undefined) {
      deadline = setTimeout(() => {
        this.#stop(entry, { kind: 'deadline' });
        // Whoever waits is not kept waiting for the thread to stop.
        settle(fail({ kind: 'deadline' }));
      }, deadlineMs);
    }
    this.#waiting = [...this.#waiting, entry];
    this.#next();
    return {
      outcome: promise as Promise<Result<Answers[K], TaskFailure>>,
      cancel: () => this.#stop(entry, { kind: 'cancelled' }),
    };
  }

  /** Whether a task would be begun at once. */
  get hasRoom(): boolean {
    return !this.#closed && this.#waiting.length === 0 && freeSeat(this.#seats, undefined) !== undefined;
  }

  /** Stops everything; what waits or runs ends with outcome `closed`. Resolves when the threads are gone. */
  async close(): Promise<void> {
    this.#closed = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const entry of waiting) entry.settle(fail({ kind: 'closed' }));
    await Promise.all(this.#seats.map((seat) => seat.end({ kind: 'closed' })));
  }

  #next(): void {
    if (this.#closed) return;
    for (let entry = this.#waiting[0]; entry; entry = this.#waiting[0]) {
      const seat = freeSeat(this.#seats, entry.warmKey);
      if (!seat) return;
      this.#waiting = this.#waiting.slice(1);
      seat.begin(entry);
    }
  }

  #stop(entry: Entry, failure: TaskFailure): void {
    if (entry.isSettled()) return;
    if (this.#waiting.includes(entry)) {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
      entry.settle(fail(failure));
      return;
    }
    this.#seats.find((seat) => seat.current === entry)?.stop(failure);
  }
}

/** A warm seat where there is one; else one with a thread, the one where the least is pushed out. */
function freeSeat(seats: readonly Seat[], warmKey: string | undefined): Seat | undefined {
  const free = seats.filter((seat) => seat.current === undefined);
  const warm = warmKey === undefined ? undefined : free.find((seat) => seat.warmKeys.includes(warmKey));
  const rank = (seat: Seat): number => (seat.hasThread ? seat.warmKeys.length : Number.POSITIVE_INFINITY);
  return warm ?? free.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)))[0];
}

function refused<K extends TaskKind>(kind: 'closed' | 'overloaded'): Job<K> {
  return { outcome: Promise.resolve(fail({ kind })), cancel: () => {} };
}
