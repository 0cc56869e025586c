// Decides the best plans of a few orders together, out of known plans, on what all other orders leave: an integer program for HiGHS.
// Its answer is a proposal: whether it fits and is cheaper is worked out by the caller.
import type { CostSteps } from '../../base/cost-steps.ts';
import type { HighsRuntime } from './highs-runtime.ts';
import { MICROS, Packed } from './master-lp.ts';

/** One row: at most `most` of what columns use. */
export interface BlockRow {
  readonly most: number;
  readonly columns: readonly number[];
  readonly values: readonly number[];
  /** What use costs from here on, where that rises. */
  readonly steps?: CostSteps | undefined;
}

export interface BlockProgram {
  /** By column: position of its order, ascending. */
  readonly group: readonly number[];
  readonly groups: number;
  readonly micros: readonly number[];
  readonly rows: readonly BlockRow[];
  /** By group: the column that stands now. */
  readonly start: readonly number[];
}

export interface BlockAnswer {
  /** By group: a column; null where HiGHS found nothing to propose. */
  readonly columns: readonly number[] | null;
  readonly iterations: number;
}

/** Currency; far below what a plan can differ by. */
const ABSOLUTE_GAP = 1e-4;

export function solveBlock(highs: HighsRuntime, program: BlockProgram, maxNodes: number): BlockAnswer {
  const { groups, group, start } = program;
  return highs.withModel(modelOf(highs, program), (model): BlockAnswer => {
    model.options.set({ output_flag: false, random_seed: 0, mip_max_nodes: maxNodes });
    model.options.set({ mip_rel_gap: 0, mip_abs_gap: ABSOLUTE_GAP, mip_heuristic_effort: 0.02 });
    model.setSolution({ indices: Int32Array.from(start), values: new Float64Array(groups).fill(1) });
    model.run();
    const iterations = Math.max(0, Number(model.info.get('simplex_iteration_count')));
    const { colValue } = model.getSolution();
    const columns = Array.from({ length: groups }, () => -1);
    for (const [column, position] of group.entries()) if (colValue[column]! > 0.5) columns[position] = column;
    return { columns: columns.includes(-1) ? null : columns, iterations };
  });
}

function modelOf(highs: HighsRuntime, { group, groups, micros, rows }: BlockProgram) {
  const packed = new Packed();
  const cost = micros.map((amount) => amount / MICROS);
  const upper = micros.map(() => 1);
  for (let position = 0, column = 0; position < groups; position++) {
    for (; group[column] === position; column++) packed.put(column, 1);
    packed.end();
  }
  for (const { columns, values, most, steps } of rows) {
    for (const [at, column] of columns.entries()) packed.put(column, values[at]!);
    let left = most;
    for (const { units, perUnitMicros } of steps ?? []) {
      if (left <= 0) break;
      packed.put(cost.push(perUnitMicros / MICROS) - 1, -1);
      upper.push(Math.min(units, left));
      left -= units;
    }
    packed.end();
  }
  const { integer, continuous } = highs.constants.variableType;
  const numRows = groups + rows.length;
  const mosts = rows.map(({ most, steps }) => (steps ? 0 : most));
  return {
    numCols: cost.length,
    numRows,
    colCost: Float64Array.from(cost),
    colLower: new Float64Array(cost.length),
    colUpper: Float64Array.from(upper),
    integrality: cost.map((_, column) => (column < micros.length ? integer : continuous)),
    rowLower: new Float64Array(numRows).fill(-highs.infinity).fill(1, 0, groups),
    rowUpper: Float64Array.from([...Array.from({ length: groups }, () => 1), ...mosts]),
    matrix: { format: 'csr' as const, numRows, numCols: cost.length, ...packed.arrays() },
  };
}
