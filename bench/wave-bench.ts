// Decides how good a whole wave is solved: gap to the proven bound, time and memory, against order by order and against HiGHS.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { STRATEGIES } from '@sourcewright/engine';
import type { Bench, BenchCase, BenchRow } from './harness.ts';
import { memoryBench } from './memory-bench.ts';
import type { NativeAnswer } from './native-solver.ts';
import { priceCheck } from './price-check.ts';
import type { ExactMeasurement, WaveMeasurement } from './wave-child.ts';
import { EXACT_WAVES, type ExactInstance, WAVES, type WaveInstance } from './wave-instances.ts';

type Figure = Omit<BenchRow, 'bench' | 'row' | 'ratio'>;

const OURS = 'optimal';
const RIVAL = 'fcfs-exact';
const CURVE_SECONDS = [0.5, 1, 2, 5, 10, 30, 60];
/** HiGHS gets so many times our time, and this many seconds at least. */
const HIGHS_TIMES = 10;
const HIGHS_SECONDS = 60;
/** Relative; both sides work in doubles. */
const TOLERANCE = 1e-6;

export const waveBench: Bench = {
  bench: 'waves',
  cases: [...WAVES.map(waveCase), ...EXACT_WAVES.map(exactCase), priceCheck, memoryBench],
};

function waveCase(instance: WaveInstance): BenchCase {
  const { row, about, onlyWhenNamed = false, targets } = instance;
  return {
    row,
    about,
    onlyWhenNamed,
    run: async () => {
      requireOptimal();
      const ours = await measure<WaveMeasurement>(row, OURS);
      const rival = await measure<WaveMeasurement>(row, RIVAL);
      return [
        { ...beside('cost', ours.currency, ours.costMicros / 1e6, rival.costMicros / 1e6), target: '', met: null },
        against('gap', '%', 100 * ours.gap, 100 * rival.gap, targets.gapPercent),
        against('seconds', 's', ours.seconds, rival.seconds, targets.seconds),
        against('peak memory', 'GB', ours.peakBytes / 1e9, rival.peakBytes / 1e9, targets.gigabytes),
        usableAfter(ours, targets.usableSeconds),
        ...curveOf(ours),
      ];
    },
  };
}

/** Seconds until a plan was shown that is at most a hundredth above the final one. */
function usableAfter({ curve, costMicros, seconds }: WaveMeasurement, most: number | undefined): Figure {
  const value = curve.find((point) => point.costMicros <= 1.01 * costMicros)?.seconds ?? seconds;
  const shown = figure('plan within 1 % after', 's', value, '-', null);
  return { ...shown, ...target(value, most) };
}

/** How far the plans shown on the way were above the bound that was proven in the end. */
function curveOf({ curve, lowerBoundMicros, seconds }: WaveMeasurement): Figure[] {
  return CURVE_SECONDS.filter((mark) => mark < seconds).flatMap((mark) => {
    const shown = curve.findLast((point) => point.seconds <= mark);
    if (!shown) return [];
    const value = (100 * (shown.costMicros - lowerBoundMicros)) / shown.costMicros;
    return [{ metric: `gap after ${mark} s`, value, unit: '%', rival: '-', rivalValue: null, target: '', met: null }];
  });
}

function exactCase(instance: ExactInstance): BenchCase {
  const { row, about, onlyWhenNamed = false, targets } = instance;
  return {
    row,
    about,
    onlyWhenNamed,
    run: async () => {
      requireOptimal();
      const ours = await measure<WaveMeasurement>(row, OURS);
      const most = Math.max(HIGHS_SECONDS, HIGHS_TIMES * ours.seconds);
      const rival = await measure<ExactMeasurement>(row, 'highs', most);
      requireAgreement(row, ours, rival);
      const name = rival.status === 'optimal' ? 'HiGHS, proven' : 'HiGHS, stopped';
      const { bestMicros } = rival;
      const above = bestMicros === null ? -100 : (100 * (ours.costMicros - bestMicros)) / bestMicros;
      const rivalGap = bestMicros === null ? 100 : (100 * (bestMicros - rival.boundMicros)) / bestMicros;
      const faster = targets.timesFaster;
      return [
        { ...figure('above its best', '%', above, name, 0), ...target(above, targets.abovePercent) },
        {
          ...figure('seconds', 's', ours.seconds, name, rival.seconds),
          target: faster === null ? '' : `<= its / ${faster}`,
          met: faster === null ? null : ours.seconds <= rival.seconds / faster,
        },
        { ...figure('gap', '%', 100 * ours.gap, name, rivalGap), target: '', met: null },
        {
          ...figure('bound', ours.currency, ours.lowerBoundMicros / 1e6, name, rival.boundMicros / 1e6),
          target: '',
          met: null,
        },
        { ...figure('columns', '', rival.columns, '-', null), target: '', met: null },
        ...rival.native.flatMap((answer) => besideNative(ours, answer)),
      ];
    },
  };
}

/** A native solver on the same program, for as long as HiGHS was given. */
function besideNative(ours: WaveMeasurement, { solver, isProven, bestMicros, seconds }: NativeAnswer): Figure[] {
  const name = `${solver}, ${isProven ? 'proven' : 'stopped'}`;
  const above = bestMicros === null ? -100 : (100 * (ours.costMicros - bestMicros)) / bestMicros;
  return [
    { ...figure(`above ${solver}`, '%', above, name, 0), target: '', met: null },
    { ...figure(`seconds beside ${solver}`, 's', ours.seconds, name, seconds), target: '', met: null },
  ];
}

function requireOptimal(): void {
  if (!(STRATEGIES as readonly string[]).includes(OURS))
    throw new Error(`This engine has no strategy "${OURS}" to measure.`);
}

/** Neither may beat what the other has proven. */
function requireAgreement(row: string, ours: WaveMeasurement, rival: ExactMeasurement): void {
  const slack = TOLERANCE * ours.costMicros;
  if (ours.costMicros < rival.boundMicros - slack) throw new Error(`${row}: our plan is below the bound of HiGHS.`);
  if (rival.bestMicros !== null && rival.bestMicros < ours.lowerBoundMicros - slack)
    throw new Error(`${row}: the solution of HiGHS is below our bound.`);
}

/** A measurement in a child process; it is ended when HiGHS does not keep its time. */
function measure<T>(row: string, by: string, seconds?: number): Promise<T> {
  const child = join(import.meta.dirname, 'wave-child.ts');
  const args = ['--max-old-space-size=12288', child, row, by, ...(seconds === undefined ? [] : [String(seconds)])];
  // HiGHS and up to four native solvers, one after another.
  const timeout = seconds === undefined ? 0 : Math.ceil(5 * (2 * seconds + 60)) * 1000;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 1 << 26, timeout, killSignal: 'SIGKILL' }, (error, out, err) => {
      if (error) reject(new Error(`${row} with ${by} ended without an answer: ${reasonOf(err) ?? error.message}`));
      else resolve(JSON.parse(out) as T);
    });
  });
}

/** The line that says what went wrong, out of a trace. */
function reasonOf(stderr: string): string | undefined {
  return stderr.split('\n').find((line) => /error/i.test(line) && !line.includes('reject('));
}

function against(metric: string, unit: string, value: number, rivalValue: number, most: number | undefined): Figure {
  return { ...beside(metric, unit, value, rivalValue), ...target(value, most) };
}

function beside(metric: string, unit: string, value: number, rivalValue: number): Omit<Figure, 'target' | 'met'> {
  return figure(metric, unit, value, RIVAL, rivalValue);
}

function figure(metric: string, unit: string, value: number, rival: string, rivalValue: number | null) {
  return { metric, value, unit, rival, rivalValue };
}

function target(value: number, most: number | undefined): Pick<Figure, 'target' | 'met'> {
  if (most === undefined) return { target: '', met: null };
  return { target: `<= ${most}`, met: value <= most };
}
