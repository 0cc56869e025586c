import { describe, expect, it } from 'vitest';
import type { OrderPlan, Proof } from '../model/plan.ts';
import { buildLine, buildOrder, buildPolicy, buildScenario } from '../testing/build-scenario.ts';
import { besides, planOf, stockOf } from '../testing/explain-scenario.ts';
import { createExplainer } from './explain.ts';

describe('the summary of an order', () => {
  it('says in money what it could save with all stock to itself, and that others share it', async () => {
    // One cup at north for 3.50; from south it costs 5.50. One of both orders has to go without the one at north.
    const scenario = buildScenario({
      snapshot: besides(
        {},
        {
          stock: stockOf([
            ['cup', 'north', 1],
            ['cup', 'south', 9],
          ]),
        },
      ),
      orders: [buildOrder('o1', [buildLine('1', 'cup')]), buildOrder('o2', [buildLine('1', 'cup')])],
      policy: buildPolicy({ strategy: 'optimal' }),
    });
    const explainer = createExplainer(scenario, scenario.policy, await planOf(scenario));
    const last = async (orderId: string) => (await explainer.explain(orderId))!.summary.at(-1);
    expect(new Set([await last('o1'), await last('o2')])).toEqual(
      new Set([
        'Other orders share the stock and the room: with all of it to itself this one could cost 2.00 less at most.',
        'With all stock and room to itself it would cost no less.',
      ]),
    );
  });

  it('says what is proven of an order that was decided by itself, and nothing where nothing is known', async () => {
    const scenario = buildScenario({ snapshot: besides({}) });
    const plan = await planOf(scenario);
    const [order] = plan.orders as [OrderPlan];
    const summaryWith = async (proof: Partial<Proof>) => {
      const orders = [{ ...order, proof: { ...order.proof, ...proof } }];
      return (await createExplainer(scenario, scenario.policy, { ...plan, orders }).explain('o1'))!.summary.slice(1);
    };
    expect(await summaryWith({})).toEqual([
      'Proven: no plan for this order costs less on the stock and capacity it found.',
    ]);
    const { totalMicros } = order.cost;
    expect(await summaryWith({ proven: false, lowerBoundMicros: totalMicros - 970_000 })).toEqual([
      'A better plan for this order would save 0.97 at most, on the stock and capacity it found.',
    ]);
    expect(await summaryWith({ proven: false, lowerBoundMicros: totalMicros - 1000 })).toEqual([
      'No plan for this order costs less by a penny on the stock and capacity it found.',
    ]);
    expect(await summaryWith({ proven: false, lowerBoundMicros: 0 })).toEqual([]);
  });

  it('names lines, and how much of one is sent', async () => {
    const items = ['a', 'b', 'c', 'd', 'e'].map((sku) => ({ sku, weightGrams: 100 }));
    const rows = items.map(({ sku }): [string, string, number] => [sku, 'north', sku === 'e' ? 4 : 9]);
    const lines = items.map(({ sku }, index) => buildLine(String(index + 1), sku, 6));
    const goods = async (wanted: typeof lines) => {
      const scenario = buildScenario({
        snapshot: besides({}, { items, stock: stockOf(rows) }),
        orders: [buildOrder('o1', wanted)],
      });
      const { summary } = (await createExplainer(scenario, scenario.policy, await planOf(scenario)).explain('o1'))!;
      return summary[0]!.replace(/^north ships (.*) on 2011.*$/, '$1');
    };
    expect(await goods(lines.slice(0, 4))).toBe('all 4 lines');
    expect(await goods(lines)).toBe('all 5 lines (line 5 in part: 4 of 6 units)');
    expect(await goods(lines.slice(3))).toBe('4 of the 6 units of line 5, and line 4');
    expect(await goods(lines.slice(4))).toBe('4 of 6 units');
  });
});
