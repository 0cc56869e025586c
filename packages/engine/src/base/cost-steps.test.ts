import { describe, expect, it } from 'vitest';
import { createPrng } from './prng.ts';
import { type CostSteps, leastUnitMicros, mostUnitMicros, NO_STEPS, stepsAfter, stepsMicros } from './cost-steps.ts';

const steps: CostSteps = [
  { units: 2, perUnitMicros: 0 },
  { units: 3, perUnitMicros: 10 },
  { units: Infinity, perUnitMicros: 40 },
];

describe('cost steps', () => {
  it.each([
    [0, 0],
    [2, 0],
    [3, 10],
    [5, 30],
    [7, 110],
  ])('the first %i units cost %i', (units, micros) => {
    expect(stepsMicros(steps, units)).toBe(micros);
  });

  it('go on where they were left', () => {
    expect(stepsAfter(steps, 0)).toEqual(steps);
    expect(stepsAfter(steps, 2)).toEqual(steps.slice(1));
    expect(stepsAfter(steps, 4)).toEqual([{ units: 1, perUnitMicros: 10 }, steps[2]]);
    expect(stepsAfter(steps, 1000)).toEqual([steps[2]]);
    expect(stepsAfter(NO_STEPS, 5)).toEqual([]);
    const prng = createPrng(3);
    for (let round = 0; round < 200; round++) {
      const [first, second] = [prng.integer(0, 12), prng.integer(0, 12)];
      const apart = stepsMicros(steps, first) + stepsMicros(stepsAfter(steps, first), second);
      expect(apart).toBe(stepsMicros(steps, first + second));
    }
  });

  it('know their cheapest and dearest unit', () => {
    expect([leastUnitMicros(steps), mostUnitMicros(steps)]).toEqual([0, 40]);
    expect([leastUnitMicros(NO_STEPS), mostUnitMicros(NO_STEPS)]).toEqual([0, 0]);
  });
});
