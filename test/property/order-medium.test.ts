// Decides whether answers to retail-like orders of 11 to 60 lines hold: allowed, priced right, and never below their bound.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../../packages/engine/src/base/prng.ts';
import type { OrderProblem } from '../../packages/engine/src/solve/order/order-problem.ts';
import { solveOrder } from '../../packages/engine/src/solve/order/solve-order.ts';
import { randomOrderProblem } from '../../packages/engine/src/testing/random-order-problem.ts';
import { plainCost, unitsOf, violation } from './exhaustive-order.ts';

const SEED = 4711;

/** Units of a random plan that keeps every rule: a few sources, each demand to one of them that has it, units as they fit. */
function randomPlan(problem: OrderProblem, seed: number): number[][] {
  const prng = createPrng(seed);
  const units = problem.sources.map(() => problem.demands.map(() => 0));
  const open = Array.from({ length: prng.integer(1, problem.maxShipments) }, () =>
    prng.integer(0, problem.sources.length - 1),
  );
  for (const [demand, { quantity }] of problem.demands.entries()) {
    const whole = problem.sources.some((source) => source.available[demand]! >= quantity);
    let left = quantity;
    for (const source of open) {
      const { available, unitsLeft, node } = problem.sources[source]!;
      const handled = units[source]!.reduce((sum, taken) => sum + taken, 0);
      const sameNode = problem.sources.some(
        (other, index) => index !== source && other.node === node && units[index]![demand]! > 0,
      );
      const taken = Math.min(left, available[demand]!, unitsLeft - handled);
      if (units[source]![demand]! > 0 || sameNode || taken <= 0 || (whole && taken < quantity)) continue;
      units[source]![demand] = taken;
      left -= taken;
    }
  }
  return units;
}

describe('solveOrder on retail-like orders', () => {
  it.each([
    ['whole lines', { shortShare: 0, limitedShare: 0 }],
    ['short lines and limited nodes', { shortShare: 0.08, limitedShare: 0.2 }],
  ])('%s: allowed, priced exactly, within its bound', (_, options) => {
    const arbitrary = fc.tuple(fc.integer({ min: 11, max: 60 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }));
    fc.assert(
      fc.property(arbitrary, ([demands, seed]) => {
        const problem = randomOrderProblem({ demands, nodes: 12, ...options }, seed);
        const solution = solveOrder(problem, 2_000);
        const units = unitsOf(problem, solution);
        expect(violation(problem, units)).toBeUndefined();
        expect(plainCost(problem, units)).toBe(solution.costMicros);
        expect(solution.lowerBoundMicros).toBeLessThanOrEqual(solution.costMicros);
        for (let plan = 0; plan < 40; plan++) {
          const rival = randomPlan(problem, seed + plan);
          expect(violation(problem, rival)).toBeUndefined();
          expect(solution.lowerBoundMicros).toBeLessThanOrEqual(plainCost(problem, rival));
        }
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  it('does no worse with more work, and its bounds never contradict each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
        const problem = randomOrderProblem({ demands: 20, nodes: 10 }, seed);
        const answers = [10, 300, 5_000].map((work) => solveOrder(problem, work));
        const cheapest = Math.min(...answers.map(({ costMicros }) => costMicros));
        for (const { lowerBoundMicros, proven, costMicros } of answers) {
          expect(lowerBoundMicros).toBeLessThanOrEqual(cheapest);
          if (proven) expect(costMicros).toBe(cheapest);
        }
      }),
      { seed: SEED, numRuns: 40 },
    );
  });
});
