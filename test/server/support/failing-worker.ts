// A thread that fails in the way the task asks for: by a throw, by an uncaught error, by an exit, by silence.
import { parentPort } from 'node:worker_threads';

interface Request {
  readonly taskId: number;
  readonly task: { readonly kind: string; readonly path?: string; readonly request?: { readonly explain: boolean } };
}

parentPort!.on('message', ({ taskId, task }: Request) => {
  const post = (reply: object): void => parentPort!.postMessage({ taskId, ...reply }, []);
  switch (task.path ?? task.kind) {
    case 'answer':
      return post({ type: 'answer', answer: { outcome: 'exists', scenarioId: `thread of task ${taskId}` } });
    case 'exit':
      return process.exit(7);
    case 'uncaught':
      throw new Error('secret: uncaught');
    case 'silence':
      return undefined;
    case 'plan':
      if (!task.request!.explain) return post({ type: 'threw', message: 'no', stack: 'no' });
      return undefined;
    case 'out-of-memory': {
      const kept: number[][] = [];
      for (;;) kept.push(Array.from({ length: 1_000_000 }, Math.random));
    }
    case 'run':
      post({ type: 'progress', progress: { stage: 'solve', done: 3, total: 12, costMicros: 44 } });
      throw new Error('secret: the engine broke');
    default:
      return post({ type: 'threw', message: 'secret: thrown', stack: 'secret: stack' });
  }
});
