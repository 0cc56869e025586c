// Native solvers beside ours: what they write is read as their documentation states it.
import { describe, expect, it } from 'vitest';
import { NATIVE_SOLVERS } from '../../bench/native-solver.ts';

const read = (program: string, answer: string) =>
  NATIVE_SOLVERS.find((solver) => solver.program === program)!.read(answer, '');

describe('answers of native solvers', () => {
  it('reads a proven optimum', () => {
    const proven = { isProven: true, bestMicros: 12_500_000 };
    expect(read('cbc', 'Optimal - objective value 12.50000000\n      0 x1  1  0\n')).toEqual(proven);
    expect(read('glpsol', 'Status:     INTEGER OPTIMAL\nObjective:  cost = 12.5 (MINimum)\n')).toEqual(proven);
    expect(read('highs', 'Model status\nOptimal\n\n# Primal solution values\nFeasible\nObjective 12.5\n')).toEqual(
      proven,
    );
    expect(read('scip', 'solution status: optimal solution found\nobjective value:            12.5\n')).toEqual(proven);
  });

  it('reads what was found when time ran out', () => {
    expect(read('cbc', 'Stopped on time - objective value 13.25\n')).toEqual({
      isProven: false,
      bestMicros: 13_250_000,
    });
    expect(read('glpsol', 'Status:     INTEGER UNDEFINED\nObjective:  cost = 0 (MINimum)\n')).toEqual({
      isProven: false,
      bestMicros: null,
    });
  });

  it('takes no answer for none', () => {
    for (const { program } of NATIVE_SOLVERS) expect(read(program, '')).toEqual({ isProven: false, bestMicros: null });
  });
});
