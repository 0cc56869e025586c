// Decides how a wave's program is handed to HiGHS, and what comes back: best solution, dual bound, time.
import loadHighs, { type Highs, type ModelData } from 'highs';
import type { MipModel } from '@sourcewright/engine';

export interface HighsAnswer {
  readonly status: 'optimal' | 'stopped';
  /** Null when it found no solution. */
  readonly bestMicros: number | null;
  readonly boundMicros: number;
  readonly seconds: number;
}

/**
 * Stops at the optimum, proven to the tolerances of HiGHS, or after `seconds`. Where its presolve finds no solution, which
 * every wave has (HiGHS issue 3296), it gets as much time again without.
 */
export async function solveMip(model: MipModel, seconds: number): Promise<HighsAnswer> {
  const highs = await load();
  const began = performance.now();
  const { modelStatus } = highs.constants;
  return highs.withModel(modelData(model, highs), (solver): HighsAnswer => {
    solver.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: 0, mip_abs_gap: 1e-6 });
    solver.run();
    if (solver.getModelStatus() === modelStatus.infeasible) {
      solver.clearSolver();
      solver.options.set({ presolve: 'off', time_limit: (performance.now() - began) / 1000 + seconds });
      solver.run();
    }
    const status = solver.getModelStatus();
    if (status !== modelStatus.optimal && status !== modelStatus.timeLimit) {
      throw new Error(`HiGHS ends with model status ${status}.`);
    }
    const best = solver.getObjectiveValue();
    const bound = Number(solver.info.get('mip_dual_bound'));
    return {
      status: status === modelStatus.optimal ? 'optimal' : 'stopped',
      bestMicros: Math.abs(best) < highs.infinity ? best * 1e6 : null,
      boundMicros: bound * 1e6,
      seconds: (performance.now() - began) / 1000,
    };
  });
}

/** The package's types take it for CommonJS; what is imported is the loader itself. */
const load = loadHighs as unknown as () => Promise<Highs>;

function modelData({ columns, rows, rowStart, columnOf, value }: MipModel, highs: Highs): ModelData {
  const { variableType } = highs.constants;
  return {
    numCols: columns.length,
    numRows: rows.length,
    colCost: columns.map(({ micros }) => micros / 1e6),
    colLower: columns.map(() => 0),
    colUpper: columns.map(({ upper }) => upper),
    integrality: columns.map(({ integer }) => (integer ? variableType.integer : variableType.continuous)),
    rowLower: rows.map(({ sense, bound }) => (sense === '<=' ? -highs.infinity : bound)),
    rowUpper: rows.map(({ sense, bound }) => (sense === '>=' ? highs.infinity : bound)),
    matrix: {
      format: 'csr',
      numRows: rows.length,
      numCols: columns.length,
      starts: rowStart,
      indices: columnOf,
      values: value,
    },
  };
}
