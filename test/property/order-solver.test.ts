// Decides whether the order solver is exact: every answer against an exhaustive search that shares no code with it.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderProblem } from '../../packages/engine/src/solve/order/order-problem.ts';
import { solveOrder } from '../../packages/engine/src/solve/order/solve-order.ts';
import { assignmentCount, exhaustiveOptimum, plainCost, unitsOf, violation } from './exhaustive-order.ts';
import { tinyOrderProblem, type TinyOptions } from './tiny-order-problem.ts';

const MAX_ASSIGNMENTS = 20_000;
const SEED = 20_261_122;

const shapes: readonly (readonly [string, TinyOptions])[] = [
  ['whole lines over several nodes', { demands: 4, nodes: 3, maxQuantity: 3, maxStock: 3 }],
  ['more lines than the subset program takes', { demands: 11, nodes: 1, maxQuantity: 2, maxStock: 2 }],
  ['two short lines over three nodes', { demands: 2, nodes: 3, maxQuantity: 6, maxStock: 4 }],
  ['short and whole lines over two nodes', { demands: 3, nodes: 2, maxQuantity: 6, maxStock: 4 }],
  ['one line over many nodes', { demands: 1, nodes: 4, maxQuantity: 9, maxStock: 4 }],
  ['limits on whole lines', { demands: 4, nodes: 3, maxQuantity: 3, maxStock: 3, limits: true }],
  ['limits on short lines over three nodes', { demands: 2, nodes: 3, maxQuantity: 6, maxStock: 4, limits: true }],
  ['limits on short and whole lines', { demands: 3, nodes: 2, maxQuantity: 6, maxStock: 4, limits: true }],
  ['limits on many lines', { demands: 11, nodes: 1, maxQuantity: 2, maxStock: 2, limits: true }],
  ['thin stock', { demands: 3, nodes: 3, maxQuantity: 4, maxStock: 2 }],
];

/** Runs `check` on random problems of a shape; the seed of the problem is in the counterexample. */
function onProblems(shape: TinyOptions, runs: number, check: (problem: OrderProblem, optimum: number) => void): void {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
      const problem = tinyOrderProblem(shape, seed);
      fc.pre(assignmentCount(problem) <= MAX_ASSIGNMENTS);
      check(problem, exhaustiveOptimum(problem));
    }),
    { seed: SEED, numRuns: runs },
  );
}

describe.each(shapes)('solveOrder: %s', (_, shape) => {
  it('proves the optimum with work enough', () => {
    onProblems(shape, 400, (problem, optimum) => {
      const solution = solveOrder(problem, 10_000_000);
      expect(violation(problem, unitsOf(problem, solution))).toBeUndefined();
      expect(plainCost(problem, unitsOf(problem, solution))).toBe(solution.costMicros);
      expect(solution).toMatchObject({ costMicros: optimum, lowerBoundMicros: optimum, proven: true });
    });
  });

  it('encloses the optimum with hardly any work', () => {
    onProblems(shape, 200, (problem, optimum) => {
      for (const work of [0, 3, 20]) {
        const solution = solveOrder(problem, work);
        expect(violation(problem, unitsOf(problem, solution))).toBeUndefined();
        expect(plainCost(problem, unitsOf(problem, solution))).toBe(solution.costMicros);
        expect(solution.lowerBoundMicros).toBeLessThanOrEqual(optimum);
        expect(solution.costMicros).toBeGreaterThanOrEqual(optimum);
        expect(solution.proven).toBe(solution.lowerBoundMicros === solution.costMicros);
      }
    });
  });
});

describe('solveOrder', () => {
  it('gives the same answer for the same problem and work', () => {
    onProblems(shapes[3]![1], 100, (problem) => {
      expect(solveOrder(problem, 50)).toEqual(solveOrder(problem, 50));
    });
  });

  it('names the first of the cheapest options and lists shipments and demands in ascending order', () => {
    onProblems(shapes[0]![1], 200, (problem) => {
      const { shipments } = solveOrder(problem, 100_000);
      const sources = shipments.map(({ source }) => source);
      expect(sources).toEqual([...new Set(sources)].sort((a, b) => a - b));
      for (const { source, option, taken } of shipments) {
        expect(option).toBeLessThan(problem.sources[source]!.options.length);
        const demands = taken.map(({ demand }) => demand);
        expect(demands).toEqual([...new Set(demands)].sort((a, b) => a - b));
      }
    });
  });

  it.each([60_591, 102_187, 102_263, 62_801])(
    'keeps its tie-breaking fraction out of a bound short of proof (problem %i)',
    (seed) => {
      const shape = [shapes[0]!, shapes[2]!, shapes[3]!, shapes[4]!, shapes[9]!, shapes[1]!][seed % 6]![1];
      const problem = tinyOrderProblem(shape, seed);
      expect(solveOrder(problem, 3).lowerBoundMicros).toBeLessThanOrEqual(exhaustiveOptimum(problem));
    },
  );
});
