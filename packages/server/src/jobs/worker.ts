// The thread in which the engine runs: takes one task at a time, answers it, keeps its data warm. It never ends by itself.
import { parentPort, workerData } from 'node:worker_threads';
import type { RunProgress } from '../contract/index.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Answers, Task, TaskKind, WorkerReply, WorkerRequest, WorkerSetup } from './task.ts';
import { Stopped, type TaskContext, TASKS } from './tasks.ts';
import { createWarmData } from './warm-data.ts';

/** At most five reports of progress a second. */
const PROGRESS_MS = 200;

const port = parentPort!;
const { dataFile, stopFlag } = workerData as WorkerSetup;
const flag = new Int32Array(stopFlag);
const store = openSqliteStore(dataFile);
const warm = createWarmData(store);

port.on('message', (request: WorkerRequest) => {
  void answer(request).then((reply) => port.postMessage(reply, transferable(reply)));
});

async function answer({ taskId, task }: WorkerRequest): Promise<WorkerReply> {
  let reportedAt = performance.now();
  const context: TaskContext = {
    store,
    warm,
    isStopped: () => Atomics.load(flag, 0) === 1,
    onProgress: (progress: RunProgress) => {
      const now = performance.now();
      if (now - reportedAt < PROGRESS_MS && progress.done < progress.total) return;
      reportedAt = now;
      port.postMessage({ type: 'progress', taskId, progress } satisfies WorkerReply);
    },
  };
  try {
    const perform = TASKS[task.kind] as (task: Task, context: TaskContext) => Promise<Answers[TaskKind]>;
    return { type: 'answer', taskId, answer: await perform(task, context) };
  } catch (error) {
    if (error instanceof Stopped) return { type: 'cancelled', taskId };
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    return { type: 'threw', taskId, message, stack };
  }
}

function transferable(reply: WorkerReply): ArrayBuffer[] {
  if (reply.type !== 'answer' || reply.answer.outcome !== 'json') return [];
  return [reply.answer.bytes.buffer as ArrayBuffer];
}
