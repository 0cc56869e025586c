// Decides which native solvers of this machine stand beside ours, and what they say of a wave's exact program written as MPS.
// Solvers are found on the path: cbc, glpsol, highs, scip; none is needed.
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { access, constants, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type MipModel, mpsPieces } from '@sourcewright/engine';

export interface NativeAnswer {
  readonly solver: string;
  readonly isProven: boolean;
  /** Null when it found no solution in time. */
  readonly bestMicros: number | null;
  readonly seconds: number;
}

interface NativeSolver {
  readonly program: string;
  /** Arguments to solve a free-format MPS file and write what was found to `answer`. */
  args(mps: string, answer: string, seconds: number): string[];
  /** The file it wrote, or what it printed where it wrote none. */
  read(answer: string, printed: string): Pick<NativeAnswer, 'isProven' | 'bestMicros'>;
}

export const NATIVE_SOLVERS: readonly NativeSolver[] = [
  {
    program: 'cbc',
    args: (mps, answer, seconds) => [mps, 'sec', String(seconds), 'ratio', '0', 'solve', 'solu', answer],
    // The first line: "Optimal - objective value 12.5", "Stopped on time - objective value 13".
    read: (answer) => ({ isProven: answer.startsWith('Optimal'), bestMicros: microsAfter(answer, 'objective value') }),
  },
  {
    program: 'glpsol',
    args: (mps, answer, seconds) => ['--freemps', mps, '--tmlim', String(Math.ceil(seconds)), '-o', answer],
    // "Status:     INTEGER OPTIMAL" and "Objective:  cost = 12.5 (MINimum)".
    read: (answer) => ({
      isProven: answer.includes('INTEGER OPTIMAL'),
      bestMicros: answer.includes('UNDEFINED') ? null : microsAfter(answer, 'cost ='),
    }),
  },
  {
    program: 'highs',
    args: (mps, answer, seconds) => ['--time_limit', String(seconds), '--solution_file', answer, mps],
    // "Model status\nOptimal" and "Objective 12.5".
    read: (answer) => ({
      isProven: answer.startsWith('Model status\nOptimal'),
      bestMicros: microsAfter(answer, '\nObjective'),
    }),
  },
  {
    program: 'scip',
    args: (mps, answer, seconds) =>
      [`set limits time ${seconds}`, `read ${mps}`, 'optimize', `write solution ${answer}`, 'quit'].flatMap(
        (command) => ['-c', command],
      ),
    // "solution status: optimal solution found" and "objective value:    12.5".
    read: (answer) => ({
      isProven: answer.includes('optimal solution found'),
      bestMicros: microsAfter(answer, 'objective value:'),
    }),
  },
];

/** Every native solver found on the path, each for at most `seconds`. */
export async function solveNatively(model: MipModel, seconds: number): Promise<NativeAnswer[]> {
  const installed: NativeSolver[] = [];
  for (const solver of NATIVE_SOLVERS) if (await isInstalled(solver.program)) installed.push(solver);
  if (installed.length === 0) return [];
  const folder = await mkdtemp(join(tmpdir(), 'sourcewright-mps-'));
  try {
    const mps = join(folder, 'wave.mps');
    await pipeline(mpsPieces(model), createWriteStream(mps));
    const answers: NativeAnswer[] = [];
    for (const solver of installed) answers.push(await run(solver, folder, mps, seconds));
    return answers;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(solver: NativeSolver, folder: string, mps: string, seconds: number): Promise<NativeAnswer> {
  const answer = join(folder, `${solver.program}.txt`);
  const began = performance.now();
  const printed = await new Promise<string>((resolve) => {
    const options = { maxBuffer: 1 << 28, timeout: (2 * seconds + 60) * 1000, killSignal: 'SIGKILL' } as const;
    execFile(solver.program, solver.args(mps, answer, seconds), options, (_error, out) => resolve(out));
  });
  const elapsed = (performance.now() - began) / 1000;
  const written = await readFile(answer, 'utf8').catch(() => '');
  return { solver: solver.program, ...solver.read(written, printed), seconds: elapsed };
}

async function isInstalled(program: string): Promise<boolean> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const found = await access(join(folder, program), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}

/** The number behind the first mention of some words, in micros. */
function microsAfter(text: string, words: string): number | null {
  const at = text.indexOf(words);
  if (at < 0) return null;
  const value = Number.parseFloat(text.slice(at + words.length));
  return Number.isFinite(value) ? Math.round(value * 1e6) : null;
}
