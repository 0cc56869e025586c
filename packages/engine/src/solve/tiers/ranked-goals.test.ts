import { describe, expect, it } from 'vitest';
import { COST_TERMS } from '../../model/cost-terms.ts';
import { combineGoals, goalUnits, limitUnits, rankGoals, STEPS, type TermTotals } from './ranked-goals.ts';

const totals = Object.fromEntries(COST_TERMS.map((term, at) => [term, (at + 1) * 1000])) as TermTotals;

describe('rankGoals', () => {
  it('puts terms that no tier names into the last one, at weight 1', () => {
    const [fill, rest] = rankGoals([
      { name: 'fill', terms: { unsourced: 1 } },
      { name: 'rest', terms: { shipping: 2 } },
    ]);
    expect(fill!.weights).toMatchObject({ unsourced: 1, shipping: 0, handling: 0 });
    expect(rest!.weights).toMatchObject({ unsourced: 0, shipping: 2, handling: 1, lateness: 1 });
    expect([fill!.unitsPerMicro, rest!.unitsPerMicro]).toEqual([1, 1]);
  });

  it('counts weights with decimals in whole units', () => {
    const [goal] = rankGoals([{ name: 'all', terms: { shipping: 0.5, handling: 1.25 } }]);
    expect(goal!.unitsPerMicro).toBe(4);
    expect(goal!.weights).toMatchObject({ shipping: 2, handling: 5, split: 4 });
    const micros = COST_TERMS.reduce((sum, term) => {
      return sum + (term === 'shipping' ? 0.5 : term === 'handling' ? 1.25 : 1) * totals[term];
    }, 0);
    expect(goalUnits(goal!, totals)).toBe(4 * micros);
  });
});

describe('limitUnits', () => {
  it('adds the larger of the two tolerances', () => {
    const [goal] = rankGoals([
      { name: 'fill', terms: { unsourced: 0.5 }, tolerancePercent: 10, toleranceMicros: 300 },
      { name: 'rest', terms: {} },
    ]);
    // Two units a micro: 10 % of 1,000 units is 100, 300 micros are 600; 10 % of 9,000 is 900.
    expect(limitUnits(goal!, 1000)).toBe(1600);
    expect(limitUnits(goal!, 9000)).toBe(9900);
  });

  it('is what was reached where nothing is tolerated', () => {
    expect(limitUnits(rankGoals([{ name: 'all', terms: {} }])[0]!, 1234)).toBe(1234);
  });
});

describe('combineGoals', () => {
  const goals = rankGoals([
    { name: 'fill', terms: { unsourced: 0.5 } },
    { name: 'rest', terms: { shipping: 3, handling: 0.2 } },
  ]);

  it('is the sum of the goals at their multipliers, in whole weights', () => {
    for (const multiplier of [0, 1, 7, STEPS, 16 * STEPS]) {
      const { weights, divisor, multipliers } = combineGoals(goals, [multiplier]);
      expect(Object.values(weights).every(Number.isInteger)).toBe(true);
      const summed = goals.reduce((sum, goal, at) => sum + multipliers[at]! * goalUnits(goal, totals), 0);
      const weighed = COST_TERMS.reduce((sum, term) => sum + weights[term] * totals[term], 0);
      expect(weighed * divisor).toBe(summed);
    }
  });

  it('weighs a micro of a goal above as one of its own at STEPS', () => {
    const { weights } = combineGoals(goals, [STEPS]);
    expect(weights.unsourced / weights.split).toBe(0.5);
    expect(weights.shipping / weights.split).toBe(3);
  });

  it('leaves a single goal alone', () => {
    const plain = rankGoals([{ name: 'all', terms: {} }]);
    expect(Object.values(combineGoals(plain, []).weights)).toEqual(COST_TERMS.map(() => 1));
  });
});
