// Decides what a bench row is, how it is measured and how a table of rows is printed.
import { cpus, totalmem } from 'node:os';
import { renderTable } from '../packages/server/src/cli/table.ts';

/** One measured figure beside its rival's, both from the same run. `ratio` is the rival's value over ours. */
export interface BenchRow {
  readonly bench: string;
  readonly row: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly rival: string;
  readonly rivalValue: number | null;
  readonly ratio: number | null;
  readonly target: string;
  readonly met: boolean | null;
}

export interface BenchCase {
  readonly row: string;
  readonly about: string;
  /** Left out of a run of all rows. */
  readonly onlyWhenNamed?: boolean;
  run(): Promise<readonly Omit<BenchRow, 'bench' | 'row' | 'ratio'>[]>;
}

export interface Bench {
  readonly bench: string;
  readonly cases: readonly BenchCase[];
}

export async function runCase(bench: string, one: BenchCase): Promise<BenchRow[]> {
  const rows = await one.run();
  return rows.map((row) => ({
    bench,
    row: one.row,
    ...row,
    ratio: row.rivalValue === null || row.value === 0 ? null : row.rivalValue / row.value,
  }));
}

export function renderRows(rows: readonly BenchRow[]): string {
  const right = (title: string) => ({ title, align: 'right' as const });
  return renderTable(
    [
      { title: 'row' },
      { title: 'metric' },
      right('value'),
      { title: 'unit' },
      { title: 'rival' },
      right('rival’s'),
      right('ratio'),
      { title: 'target' },
      { title: 'met' },
    ],
    rows.map((row) => [
      `${row.bench}/${row.row}`,
      row.metric,
      figure(row.value),
      row.unit,
      row.rival,
      row.rivalValue === null ? '-' : figure(row.rivalValue),
      row.ratio === null ? '-' : row.ratio.toFixed(row.ratio < 10 ? 2 : 0),
      row.target,
      row.met === null ? '-' : row.met ? 'yes' : 'NO',
    ]),
  );
}

export function machineLine(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}

/** Milliseconds of each of `count` calls. */
export function timeEach(count: number, call: (index: number) => void): number[] {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const began = performance.now();
    call(index);
    times.push(performance.now() - began);
  }
  return times;
}

/** Nearest-rank quantile. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function figure(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 1 ? value.toFixed(2) : value.toFixed(4);
}
