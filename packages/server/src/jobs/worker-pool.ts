// Decides how tasks are shared out to worker threads: one at a time each, first come first served, warm workers preferred.
// A task can be stopped, run out of time or lose its worker; each is an outcome, never an exception.
// Leaves what a task does to the worker.
import { Worker } from 'node:worker_threads';
import { fail, type Result, succeed } from '@sourcewright/engine';
import type { RunProgress } from '../contract/index.ts';
import type { Answers, Task, TaskKind, TaskOf, WorkerReply, WorkerRequest, WorkerSetup } from './task.ts';

export type TaskFailure =
  | { readonly kind: 'overloaded' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'deadline' }
  /** Something threw in the worker, or the worker died. The message is for people, the stack for the log. */
  | { readonly kind: 'crashed'; readonly message: string; readonly stack: string };

export interface Job<K extends TaskKind> {
  readonly outcome: Promise<Result<Answers[K], TaskFailure>>;
  /** Stops the task, waiting or under way; ends with outcome `cancelled` unless it was answered before. */
  readonly cancel: () => void;
}

export interface JobOptions {
  /** Tasks with an equal key go to the same worker where there is a choice: it has the data at hand. */
  readonly warmKey?: string;
  /** From now, waiting included. */
  readonly deadlineMs?: number;
  readonly onProgress?: (progress: RunProgress) => void;
  readonly transfer?: readonly ArrayBuffer[];
}

export interface WorkerPool {
  submit<K extends TaskKind>(task: TaskOf<K>, options?: JobOptions): Job<K>;
  /** Stops everything; what waits or runs ends with outcome `closed`. */
  close(): Promise<void>;
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

interface Seat {
  worker: Worker | undefined;
  readonly stopFlag: SharedArrayBuffer;
  current: Entry | undefined;
  /** Latest first. */
  warmKeys: string[];
}

interface Entry {
  readonly taskId: number;
  readonly task: Task;
  readonly options: JobOptions;
  readonly settle: (outcome: Result<Answers[TaskKind], TaskFailure>) => void;
  settled: boolean;
}

const REMEMBERED_KEYS = 3;

export function createWorkerPool(options: PoolOptions): WorkerPool {
  const { graceMs = 1500, workerUrl = new URL('./worker.ts', import.meta.url) } = options;
  const seats: Seat[] = Array.from({ length: options.size }, () => ({
    worker: undefined,
    stopFlag: new SharedArrayBuffer(4),
    current: undefined,
    warmKeys: [],
  }));
  let waiting: Entry[] = [];
  let closed = false;
  let nextTaskId = 1;

  const next = (): void => {
    if (closed) return;
    while (waiting.length > 0) {
      const entry = waiting[0]!;
      const seat = freeSeat(seats, entry.options.warmKey);
      if (!seat) return;
      waiting.shift();
      begin(seat, entry);
    }
  };

  const begin = (seat: Seat, entry: Entry): void => {
    seat.current = entry;
    const { warmKey, transfer = [] } = entry.options;
    if (warmKey !== undefined) {
      seat.warmKeys = [warmKey, ...seat.warmKeys.filter((key) => key !== warmKey)].slice(0, REMEMBERED_KEYS);
    }
    Atomics.store(new Int32Array(seat.stopFlag), 0, 0);
    seat.worker ??= spawn(seat);
    const request: WorkerRequest = { taskId: entry.taskId, task: entry.task };
    seat.worker.postMessage(request, [...transfer]);
  };

  const spawn = (seat: Seat): Worker => {
    const setup: WorkerSetup = { dataFile: options.dataFile, stopFlag: seat.stopFlag };
    const worker = new Worker(workerUrl, {
      workerData: setup,
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMb },
    });
    let lastError: Error | undefined;
    worker.on('message', (reply: WorkerReply) => {
      if (seat.worker === worker) hear(seat, reply);
    });
    worker.on('error', (error: unknown) => {
      lastError = error instanceof Error ? error : new Error(String(error));
    });
    worker.on('exit', (code) => {
      if (seat.worker !== worker) return;
      const message = lastError?.message ?? `The worker ended with code ${code}.`;
      vacate(seat, fail({ kind: 'crashed', message, stack: lastError?.stack ?? message }));
    });
    return worker;
  };

  /** The seat lost its worker; the next task gets a new one. */
  const vacate = (seat: Seat, outcome: Result<never, TaskFailure>): void => {
    seat.worker = undefined;
    seat.warmKeys = [];
    free(seat, outcome);
  };

  const free = (seat: Seat, outcome: Result<Answers[TaskKind], TaskFailure>): void => {
    const entry = seat.current;
    seat.current = undefined;
    entry?.settle(outcome);
    next();
  };

  const hear = (seat: Seat, reply: WorkerReply): void => {
    const entry = seat.current;
    if (!entry || reply.taskId !== entry.taskId) return;
    switch (reply.type) {
      case 'progress':
        if (!entry.settled) entry.options.onProgress?.(reply.progress);
        return;
      case 'answer':
        return free(seat, succeed(reply.answer));
      case 'cancelled':
        return free(seat, fail({ kind: 'cancelled' }));
      case 'threw':
        return free(seat, fail({ kind: 'crashed', message: reply.message, stack: reply.stack }));
    }
  };

  const stop = (entry: Entry, failure: TaskFailure, atOnce: boolean): void => {
    if (entry.settled) return;
    if (waiting.includes(entry)) {
      waiting = waiting.filter((other) => other !== entry);
      entry.settle(fail(failure));
      return;
    }
    const seat = seats.find((each) => each.current === entry);
    if (!seat) return;
    Atomics.store(new Int32Array(seat.stopFlag), 0, 1);
    if (atOnce) entry.settle(fail(failure));
    const timer = setTimeout(() => {
      if (seat.current !== entry) return;
      const worker = seat.worker;
      vacate(seat, fail(failure));
      void worker?.terminate();
    }, graceMs);
    timer.unref();
  };

  return {
    submit: <K extends TaskKind>(task: TaskOf<K>, jobOptions: JobOptions = {}): Job<K> => {
      const refuse = (kind: 'closed' | 'overloaded'): Job<K> => ({
        outcome: Promise.resolve(fail({ kind })),
        cancel: () => {},
      });
      if (closed) return refuse('closed');
      if (waiting.length >= options.maxWaiting) return refuse('overloaded');
      const { promise, resolve } = Promise.withResolvers<Result<Answers[TaskKind], TaskFailure>>();
      let deadline: NodeJS.Timeout | undefined;
      const entry: Entry = {
        taskId: nextTaskId++,
        task,
        options: jobOptions,
        settled: false,
        settle: (outcome) => {
          if (entry.settled) return;
          entry.settled = true;
          clearTimeout(deadline);
          resolve(outcome);
        },
      };
      if (jobOptions.deadlineMs !== undefined) {
        deadline = setTimeout(() => stop(entry, { kind: 'deadline' }, true), jobOptions.deadlineMs);
      }
      waiting.push(entry);
      next();
      return {
        outcome: promise as Promise<Result<Answers[K], TaskFailure>>,
        cancel: () => stop(entry, { kind: 'cancelled' }, false),
      };
    },

    close: async () => {
      closed = true;
      for (const entry of waiting) entry.settle(fail({ kind: 'closed' }));
      waiting = [];
      const workers = seats.flatMap((seat) => seat.worker ?? []);
      for (const seat of seats) vacate(seat, fail({ kind: 'closed' }));
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function freeSeat(seats: readonly Seat[], warmKey: string | undefined): Seat | undefined {
  const free = seats.filter((seat) => seat.current === undefined);
  const warm = warmKey === undefined ? undefined : free.find((seat) => seat.warmKeys.includes(warmKey));
  // A cold task goes where the least would be pushed out.
  return (
    warm ??
    free.sort(
      (a, b) =>
        Number(a.worker === undefined) - Number(b.worker === undefined) || a.warmKeys.length - b.warmKeys.length,
    )[0]
  );
}
