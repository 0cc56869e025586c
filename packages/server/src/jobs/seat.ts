// Decides the life of one worker thread: it gets a task, is heard, is asked to stop, dies and is replaced.
// Leaves which task comes next to the pool.
import { Worker } from 'node:worker_threads';
import { fail, type Result, succeed } from '@sourcewright/engine';
import type { RunProgress } from '../contract/index.ts';
import type { Answers, Interims, Task, TaskKind, WorkerReply, WorkerRequest, WorkerSetup } from './task.ts';

export type TaskFailure =
  | { readonly kind: 'overloaded' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'deadline' }
  /** Something threw in the worker, or the worker died. The message is for people, the stack for the log. */
  | {
      readonly kind: 'crashed';
      readonly cause: 'worker-died' | 'solver-error' | 'invalid-answer';
      readonly message: string;
      readonly stack: string;
    };

export type TaskOutcome = Result<Answers[TaskKind], TaskFailure>;

/** A task on its way to an outcome. */
export interface Entry {
  readonly taskId: number;
  readonly task: Task;
  readonly warmKey: string | undefined;
  readonly transfer: readonly ArrayBuffer[];
  readonly onProgress: (progress: RunProgress) => void;
  readonly onInterim: (interim: Interims[keyof Interims]) => void;
  /** The first outcome counts. */
  readonly settle: (outcome: TaskOutcome) => void;
  readonly isSettled: () => boolean;
}

export interface SeatOptions {
  readonly workerUrl: URL;
  readonly dataFile: string;
  readonly memoryMb: number;
  /** How long a stopped task may go on before its thread is ended. */
  readonly graceMs: number;
  /** The seat can take a task again. */
  readonly onFree: () => void;
}

const REMEMBERED_KEYS = 3;
/** A thread that is busy past the deadline of its task is soon wanted for another. */
const PAST_DEADLINE_MS = 500;

export class Seat {
  /** What the thread has at hand, latest first. */
  warmKeys: readonly string[] = [];
  current: Entry | undefined;
  #worker: Worker | undefined;
  readonly #stopFlag = new SharedArrayBuffer(4);
  readonly #options: SeatOptions;

  constructor(options: SeatOptions) {
    this.#options = options;
  }

  get hasThread(): boolean {
    return this.#worker !== undefined;
  }

  begin(entry: Entry): void {
    this.current = entry;
    const { warmKey, taskId, task, transfer } = entry;
    if (warmKey !== undefined) {
      this.warmKeys = [warmKey, ...this.warmKeys.filter((key) => key !== warmKey)].slice(0, REMEMBERED_KEYS);
    }
    Atomics.store(new Int32Array(this.#stopFlag), 0, 0);
    this.#worker ??= this.#spawn();
    const request: WorkerRequest = { taskId, task };
    this.#worker.postMessage(request, [...transfer]);
  }

  /** Asks the thread to stop its task; ends the thread when it does not. The next task gets a new one. */
  stop(failure: TaskFailure): void {
    const entry = this.current;
    if (!entry) return;
    Atomics.store(new Int32Array(this.#stopFlag), 0, 1);
    const { graceMs } = this.#options;
    const timer = setTimeout(
      () => {
        if (this.current === entry) void this.end(failure);
      },
      failure.kind === 'deadline' ? Math.min(graceMs, PAST_DEADLINE_MS) : graceMs,
    );
    timer.unref();
  }

  /** Ends the thread; its task, if any, has this outcome. Resolves when the thread is gone. */
  async end(failure: TaskFailure): Promise<void> {
    const worker = this.#worker;
    this.#vacate(fail(failure));
    await worker?.terminate();
  }

  #spawn(): Worker {
    const { workerUrl, dataFile, memoryMb } = this.#options;
    const workerData: WorkerSetup = { dataFile, stopFlag: this.#stopFlag };
    const worker = new Worker(workerUrl, { workerData, resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
    let lastError: Error | undefined;
    worker.on('message', (reply: WorkerReply) => {
      if (this.#worker === worker) this.#hear(reply);
    });
    worker.on('error', (error: unknown) => {
      lastError = error instanceof Error ? error : new Error(String(error));
    });
    worker.on('exit', (code) => {
      if (this.#worker !== worker) return;
      const message = lastError?.message ?? `The worker ended with code ${code}.`;
      this.#vacate(fail({ kind: 'crashed', cause: 'worker-died', message, stack: lastError?.stack ?? message }));
    });
    return worker;
  }

  #hear(reply: WorkerReply): void {
    const entry = this.current;
    if (reply.taskId !== entry?.taskId) return;
    switch (reply.type) {
      case 'progress':
        if (!entry.isSettled()) entry.onProgress(reply.progress);
        return;
      case 'interim':
        return entry.onInterim(reply.interim);
      case 'answer':
        return this.#free(succeed(reply.answer));
      case 'cancelled':
        return this.#free(fail({ kind: 'cancelled' }));
      case 'threw':
        return this.#free(fail(thrown(reply)));
    }
  }

  #vacate(outcome: TaskOutcome): void {
    this.#worker = undefined;
    this.warmKeys = [];
    this.#free(outcome);
  }

  #free(outcome: TaskOutcome): void {
    const entry = this.current;
    this.current = undefined;
    entry?.settle(outcome);
    this.#options.onFree();
  }
}

function thrown({ invalid, message, stack }: Extract<WorkerReply, { type: 'threw' }>): TaskFailure {
  return { kind: 'crashed', cause: invalid ? 'invalid-answer' : 'solver-error', message, stack };
}
