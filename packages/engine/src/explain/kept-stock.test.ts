import { describe, expect, it } from 'vitest';
import { buildItem, buildLine, buildNode, buildOrder, buildPolicy, buildSnapshot } from '../testing/build-scenario.ts';
import { explained } from '../testing/explain-scenario.ts';

const stock = [{ sku: 'cup', nodeId: 'north', onHand: 9, allocated: 2, demandPerDay: 0.5 }];
const items = [buildItem('cup', { priceMicros: 10_000_000 })];
const orders = [buildOrder('first', [buildLine('1', 'cup', 1)]), buildOrder('o1', [buildLine('1', 'cup', 4)])];

describe('what a node keeps', () => {
  it('is told in units and weeks, after the orders before it', async () => {
    const { lines } = await explained({ snapshot: buildSnapshot({ items, stock }), orders });
    // 9 − 2 allocated − 1 for the order before it; half a cup a day is 3.5 a week.
    expect(lines[0]!.kept).toEqual([
      {
        nodeId: 'north',
        unitsBefore: 6,
        unitsAfter: 2,
        demandPerDay: 0.5,
        weeksBefore: 6 / 3.5,
        weeksAfter: 2 / 3.5,
        sentence:
          'north keeps 2 of 6 units for its own customers, who ask for 3.5 a week: that lasts 4 days, not 1.7 weeks.',
      },
    ]);
  });

  it('names the chance of running out and what that loses, where the policy counts it', async () => {
    const goals = { ...buildPolicy().goals, stockBalance: { marginPercent: 40, horizonDays: 4 } };
    const { lines } = await explained({
      snapshot: buildSnapshot({ items, stock }),
      orders,
      policy: buildPolicy({ goals }),
    });
    // Two cups in four days, Poisson: P(D > 6) = 0.0045, P(D > 2) = 1 − e⁻²(1 + 2 + 2) = 0.3233.
    const [kept] = lines[0]!.kept!;
    expect(kept!.runOut).toEqual({
      days: 4,
      meanUnits: 2,
      chanceBefore: 0.0045,
      chanceAfter: 0.3233,
      marginMicros: 4_000_000,
    });
    expect(kept!.sentence).toContain(
      'The chance that it runs short within 4 days rises from 0.5 % to 32 %; a sale it then misses loses 4.00.',
    );
  });

  it('names what of it is a buffer', async () => {
    const { lines } = await explained({
      snapshot: buildSnapshot({ items, stock: [{ ...stock[0]!, sourcingBuffer: 1 }] }),
      orders,
    });
    expect(lines[0]!.kept![0]).toMatchObject({ unitsBefore: 6, unitsAfter: 2, bufferUnits: 1 });
    expect(lines[0]!.kept![0]!.sentence).toContain(
      'keeps 2 of 6 units for its own customers (1 as a buffer, 1 free), who ask for 3.5 a week',
    );
  });

  it('is nothing where it gives its last', async () => {
    const goals = { ...buildPolicy().goals, stockBalance: { marginPercent: 40, horizonDays: 4 } };
    const { lines } = await explained({
      snapshot: buildSnapshot({ items, stock: [{ ...stock[0]!, onHand: 5, allocated: 0 }] }),
      orders,
      policy: buildPolicy({ goals }),
    });
    // Two cups in four days, Poisson: P(D > 4) = 0.0527, P(D > 0) = 1 − e⁻² = 0.8647.
    expect(lines[0]!.kept![0]!.sentence).toBe(
      'north gives its last 4, which would have lasted 1.1 weeks: its own customers ask for 3.5 a week. Within 4 days a customer asks in vain with a chance of 86 %, not 5 %; each sale missed loses 4.00.',
    );
  });

  it('is left out where nobody but orders asks the node for the item', async () => {
    const [{ demandPerDay: _none, ...plain }] = stock as [(typeof stock)[0]];
    const snapshot = buildSnapshot({ nodes: [buildNode('north')], items, stock: [plain] });
    const { lines } = await explained({ snapshot, orders });
    expect(lines[0]).not.toHaveProperty('kept');
  });
});
