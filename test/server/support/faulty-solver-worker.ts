// A thread of the server whose solver fails in the way the policy's id asks for; with any other id it is the engine's own.
import { parentPort } from 'node:worker_threads';
import { type SolverOf, solverFor, type WaveAnswer, type WaveInput, type WaveSolver } from '@sourcewright/engine';
import { serveTasks } from '../../../packages/server/src/jobs/serve-tasks.ts';

type Solve = WaveSolver['solve'];

const FAULTS: Readonly<Record<string, (real: WaveSolver) => Solve>> = {
  throws: () => () => {
    throw new Error('secret: the solver broke');
  },
  exits: () => () => process.exit(7),
  hangs: () => hang,
  oversells: (real) => oversell(real),
  miscounts: (real) => async (input) => {
    const answer = await answerOf(real, input);
    const [first, ...rest] = answer.decisions;
    const solution = { ...first!.solution, costMicros: first!.solution.costMicros - 1 };
    return { ...answer, decisions: [{ ...first!, solution }, ...rest] };
  },
  'improves-and-hangs': (real) => async (input, observer) => {
    const answer = await answerOf(real, input);
    const costMicros = answer.decisions.reduce((sum, { solution }) => sum + solution.costMicros, 0);
    await observer.onIncumbent?.({ costMicros, lowerBoundMicros: answer.lowerBoundMicros, answer: () => answer });
    return hang();
  },
};

const solverOf: SolverOf = (strategy, network) => ({
  strategy,
  solve: (input, observer) => {
    const real = solverFor(strategy, network);
    const fault = FAULTS[input.policy.policyId];
    return fault ? fault(real)(input, observer) : real.solve(input, observer);
  },
});

// One that dies before it could tell of any plan, unless it is asked for a quick one.
parentPort!.on('message', ({ task }: { readonly task: object }) => {
  if (JSON.stringify(task).includes('"dies-at-once"') && !('quick' in task && task.quick)) process.exit(7);
});
serveTasks(solverOf);

/** Blocks the thread for good, without using it: only its end from outside frees it. */
function hang(): never {
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** Decides every order as if it were alone. */
function oversell(real: WaveSolver): Solve {
  return async (input) => {
    const answers: WaveAnswer[] = [];
    for (const order of input.orders) answers.push(await answerOf(real, { ...input, orders: [order] }));
    return { ...answers[0]!, decisions: answers.flatMap(({ decisions }) => decisions), lowerBoundMicros: 0 };
  };
}

async function answerOf(real: WaveSolver, input: WaveInput): Promise<WaveAnswer> {
  const answer = await real.solve(input, {});
  if (!answer) throw new Error('It was not cancelled.');
  return answer;
}
