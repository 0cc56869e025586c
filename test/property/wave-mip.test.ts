// The exported program of a wave against plans found by trying everything, and against every strategy. Seeds are named in every failure.
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type Scenario, source, STRATEGIES, verify, waveMip } from '@sourcewright/engine';
import { withRandomLimits } from '@sourcewright/engine/testing';
import { solveMip } from '../../bench/highs-mip.ts';
import { exhaustiveWave } from './exhaustive-wave.ts';
import { highsOptimum } from './highs-optimum.ts';
import { straightScenario } from './straight-scenario.ts';

/** HiGHS keeps its rows to a millionth; costs here are near ten. */
const TOLERANCE_MICROS = 50;
const MOST_PLANS = 2e8;
/** Waves that every strategy plans; WAVE_RUNS asks for more. */
const RUNS = Number(process.env['WAVE_RUNS'] ?? 30);

/** Two out of three with groups, part values and rising costs in random mixes. */
function limited(seed: number, scenario: Scenario): Scenario {
  return seed % 3 === 0 ? scenario : withRandomLimits(scenario, seed);
}

async function optimumOf(scenario: Scenario): Promise<number> {
  return (await highsOptimum(scenario)).micros;
}

describe('the program of a wave', () => {
  it('has the optimum that trying everything finds', async () => {
    let compared = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const scenario = limited(
        seed,
        straightScenario(seed, seed % 2 === 0 ? { orders: 4, linesPerOrder: 2 } : { orders: 2, linesPerOrder: 4 }),
      );
      const best = await exhaustiveWave(scenario, MOST_PLANS);
      if (best === null) continue;
      compared++;
      expect(Math.abs((await optimumOf(scenario)) - best), `seed ${seed}`).toBeLessThan(TOLERANCE_MICROS);
    }
    expect(compared).toBeGreaterThan(70);
  });

  it(
    'is never above the plan of any strategy nor below its bound',
    async () => {
      for (let seed = 101; seed <= 100 + RUNS; seed++) {
        const scenario = limited(seed, straightScenario(seed, { orders: 8, linesPerOrder: 4 }));
        const best = await optimumOf(scenario);
        for (const strategy of STRATEGIES) {
          const plan = await source(scenario, { ...scenario.policy, strategy }, DEFAULT_LIMITS);
          if (!plan.ok) throw new Error(JSON.stringify(plan.error));
          const what = `seed ${seed} ${strategy}`;
          expect(plan.value.cost.totalMicros, what).toBeGreaterThan(best - TOLERANCE_MICROS);
          expect(plan.value.proof.lowerBoundMicros, what).toBeLessThan(best + TOLERANCE_MICROS);
          expect(await verify(plan.value, scenario, { ...scenario.policy, strategy }), what).toEqual([]);
        }
      }
    },
    30_000 + 10_000 * RUNS,
  );

  it('is the same from its arrays as from its text', async () => {
    const scenario = straightScenario(7, { orders: 8, linesPerOrder: 4 });
    const mip = await waveMip(scenario, scenario.policy, DEFAULT_LIMITS);
    if (!mip.ok) throw new Error(JSON.stringify(mip.error));
    const answer = await solveMip(mip.value, 60);
    expect(answer.status).toBe('optimal');
    expect(Math.abs(answer.bestMicros! - (await optimumOf(scenario)))).toBeLessThan(TOLERANCE_MICROS);
    expect(Math.abs(answer.bestMicros! - answer.boundMicros)).toBeLessThan(TOLERANCE_MICROS);
  });
});
