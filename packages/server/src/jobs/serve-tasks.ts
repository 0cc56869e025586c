// Decides the loop of a worker thread: takes one task at a time, answers it, keeps its data warm. It never ends by itself.
// Leaves how a task is done to tasks.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { InvalidAnswerError, type SolverOf } from '@sourcewright/engine';
import type { RunProgress } from '../contract/index.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Answers, Task, TaskKind, WorkerReply, WorkerRequest, WorkerSetup } from './task.ts';
import type { TaskContext } from './task-context.ts';
import { Stopped, TASKS } from './tasks.ts';
import { createWarmData } from './warm-data.ts';

/** At most five reports of progress a second. */
const PROGRESS_MS = 200;

/** Serves this thread's tasks. `solverOf` stands in for the engine's own solvers: for tests of what happens when they fail. */
export function serveTasks(solverOf?: SolverOf): void {
  const port = parentPort!;
  const { dataFile, stopFlag } = workerData as WorkerSetup;
  const flag = new Int32Array(stopFlag);
  const store = openSqliteStore(dataFile);
  const warm = createWarmData(store);
  const contextOf = (taskId: number): TaskContext => {
    let reportedAt = performance.now();
    let stage: RunProgress['stage'] | undefined;
    return {
      store,
      warm,
      solverOf,
      isStopped: () => Atomics.load(flag, 0) === 1,
      onProgress: (progress) => {
        const now = performance.now();
        const minor = progress.done < progress.total && progress.stage === stage;
        if (now - reportedAt < PROGRESS_MS && minor) return;
        reportedAt = now;
        stage = progress.stage;
        port.postMessage({ type: 'progress', taskId, progress } satisfies WorkerReply);
      },
      onInterim: (interim) => port.postMessage({ type: 'interim', taskId, interim } satisfies WorkerReply),
    };
  };
  port.on('message', ({ taskId, task }: WorkerRequest) => {
    void answer(taskId, task, contextOf(taskId)).then((reply) => port.postMessage(reply, transferable(reply)));
  });
}

async function answer(taskId: number, task: Task, context: TaskContext): Promise<WorkerReply> {
  try {
    const perform = TASKS[task.kind] as (task: Task, context: TaskContext) => Promise<Answers[TaskKind]>;
    return { type: 'answer', taskId, answer: await perform(task, context) };
  } catch (error) {
    if (error instanceof Stopped) return { type: 'cancelled', taskId };
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    return { type: 'threw', taskId, message, stack, invalid: error instanceof InvalidAnswerError };
  }
}

function transferable(reply: WorkerReply): ArrayBuffer[] {
  if (reply.type !== 'answer' || reply.answer.outcome !== 'json') return [];
  return [reply.answer.bytes.buffer as ArrayBuffer];
}
