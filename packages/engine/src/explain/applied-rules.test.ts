import { describe, expect, it } from 'vitest';
import type { Policy } from '../model/policy.ts';
import { buildLine, buildOrder, buildPolicy } from '../testing/build-scenario.ts';
import { explained } from '../testing/explain-scenario.ts';
import { randomScenario } from '../testing/random-scenario.ts';
import { source } from '../source.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { createExplainer } from './explain.ts';

type Rules = NonNullable<Policy['rules']>;

const charge = (name: string, atLeast: number, perLineMicros: number, valuePercent = 0): Rules[number] => ({
  name,
  conditions: { all: [{ fact: 'line.quantity', operator: 'greaterThanInclusive', value: atLeast }] },
  event: { type: 'penalise', params: { because: 'So it is.', perLineMicros, ...(valuePercent && { valuePercent }) } },
});

describe('rules that charged what was chosen', () => {
  it('charge lines of one item together, once, what the dearest of them is charged', async () => {
    // Line 1 has one cup and meets only the first rule: 0.20. Line 2 has three: 0.20 and, of 30.00 worth of goods, 1 % = 0.30. It counts.
    const { rules, cost } = await explained({
      orders: [buildOrder('o1', [buildLine('1', 'cup', 1), buildLine('2', 'cup', 3)])],
      policy: buildPolicy({ rules: [charge('any', 1, 200_000), charge('many', 3, 0, 1)] }),
    });
    expect(rules.map(({ id, lineId, chargedMicros }) => [id, lineId, chargedMicros])).toEqual([
      ['rules/any/lines/2/nodes/north', '2', 200_000],
      ['rules/many/lines/2/nodes/north', '2', 300_000],
    ]);
    expect(rules.map(({ sentence }) => sentence)).toEqual([
      'Lines 1 and 2, one item, from north are charged 0.20 together by the rule "any": So it is.',
      'Lines 1 and 2, one item, from north are charged 0.30 together by the rule "many": So it is.',
    ]);
    expect(cost.preferenceMicros).toBe(500_000);
  });

  it('add up to the term preference, on random orders with several lines of one item', async () => {
    let charged = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const scenario = randomScenario(seed, { orders: 6, nodes: 4, skus: 3, linesPerOrder: 5 });
      const policy = { ...scenario.policy, rules: [charge('any', 1, 130_000), charge('many', 2, 70_000, 3)] };
      const made = await source(scenario, policy, { ...DEFAULT_LIMITS, waveWork: 30_000 });
      if (!made.ok) throw new Error(JSON.stringify(made.error));
      const explainer = createExplainer(scenario, policy, made.value);
      for (const { orderId } of made.value.orders) {
        const { rules, cost } = (await explainer.explain(orderId))!;
        const sum = rules.reduce((micros, { chargedMicros = 0 }) => micros + chargedMicros, 0);
        expect(sum, `seed ${seed}, ${orderId}`).toBe(cost.preferenceMicros);
        if (sum > 0) charged += 1;
      }
    }
    expect(charged).toBeGreaterThan(40);
  });
});
