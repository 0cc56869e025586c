// Decides one measurement of a wave in a process of its own, so that its peak memory is its own; prints it as JSON.
// Called as `node bench/wave-child.ts ROW STRATEGY`, or `ROW highs SECONDS` for HiGHS on the exact program.
import { type Scenario, source, type Strategy, waveMip } from '@sourcewright/engine';
import { type HighsAnswer, solveMip } from './highs-mip.ts';
import { type NativeAnswer, solveNatively } from './native-solver.ts';
import { EXACT_WAVES, limitsOf, WAVES } from './wave-instances.ts';

export interface WaveMeasurement {
  readonly currency: string;
  readonly costMicros: number;
  readonly lowerBoundMicros: number;
  readonly gap: number;
  /** Of source(), from parsed wave to verified plan. */
  readonly seconds: number;
  /** Resident, of the whole process, the drawing of the wave included. */
  readonly peakBytes: number;
  /** Best plan so far by the seconds since source() began. */
  readonly curve: readonly { readonly seconds: number; readonly costMicros: number }[];
}

export interface ExactMeasurement extends HighsAnswer {
  readonly native: readonly NativeAnswer[];
  readonly columns: number;
  readonly rows: number;
  readonly coefficients: number;
}

const [row, strategy, seconds] = process.argv.slice(2);
const instance = [...WAVES, ...EXACT_WAVES].find((one) => one.row === row);
if (!instance || strategy === undefined) throw new Error(`There is no wave "${row}".`);
const scenario = await instance.scenario();
const limits = limitsOf(instance);
const measured =
  seconds === undefined ? await plan(scenario, strategy as Strategy) : await prove(scenario, Number(seconds));
process.stdout.write(JSON.stringify(measured));

async function plan(wave: Scenario, by: Strategy): Promise<WaveMeasurement> {
  const curve: { seconds: number; costMicros: number }[] = [];
  const began = performance.now();
  const result = await source(wave, { ...wave.policy, strategy: by }, limits, {
    onProgress: ({ stage, costMicros }) => {
      if (stage !== 'solve') return;
      const now = (performance.now() - began) / 1000;
      const last = curve.at(-1);
      if (!last || now - last.seconds >= 0.05) curve.push({ seconds: now, costMicros });
    },
  });
  const elapsed = (performance.now() - began) / 1000;
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  const { currency, cost, proof } = result.value;
  return {
    currency,
    costMicros: cost.totalMicros,
    lowerBoundMicros: proof.lowerBoundMicros,
    gap: proof.gap,
    seconds: elapsed,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    curve,
  };
}

async function prove(wave: Scenario, most: number): Promise<ExactMeasurement> {
  const mip = await waveMip(wave, wave.policy, limits);
  if (!mip.ok) throw new Error(JSON.stringify(mip.error));
  const { columns, rows, value } = mip.value;
  const answer = await solveMip(mip.value, most);
  const native = await solveNatively(mip.value, most);
  return { ...answer, native, columns: columns.length, rows: rows.length, coefficients: value.length };
}
