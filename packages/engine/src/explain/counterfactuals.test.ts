import { describe, expect, it } from 'vitest';
import type { Counterfactual } from '../model/explanation.ts';
import type { Scenario } from '../model/scenario.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { besides, planOf, stockOf } from '../testing/explain-scenario.ts';
import { explainOrder } from './explain.ts';

async function flipsOf(over: Partial<Scenario>, orderId = 'o1'): Promise<readonly Counterfactual[]> {
  const scenario = buildScenario(over);
  const plan = await planOf(scenario);
  const explanation = await explainOrder(scenario, scenario.policy, plan, orderId, { counterfactuals: true });
  return explanation!.counterfactuals!;
}

const of = (flips: readonly Counterfactual[], kind: string) => flips.find(({ change }) => change.kind === kind);

describe('what would flip a choice', () => {
  it('is told in cents: at 2.00 both cost the same and the first node stays, at 2.01 it does not', async () => {
    // North 3.50, south 3.50 + handling 2.00.
    const handling = of(await flipsOf({ snapshot: besides({}) }), 'handling')!;
    expect(handling).toMatchObject({
      change: { kind: 'handling', nodeId: 'north', from: 0, to: 2_010_000 },
      justLess: 2_000_000,
      becomes: { nodeIds: ['south'], unsourced: 0 },
      costMicros: 5_500_000,
      sentence: 'south would supply line 1 if handling a shipment at north cost 2.01, not 0.00 (2.00 is not enough).',
    });
  });

  it('is the units that a cheaper node lacks', async () => {
    const snapshot = besides(
      {},
      {
        stock: stockOf([
          ['cup', 'north', 1],
          ['cup', 'south', 9],
        ]),
      },
    );
    const flips = await flipsOf({ snapshot, orders: [buildOrder('o1', [buildLine('1', 'cup', 3)])] });
    expect(of(flips, 'stock')).toMatchObject({
      change: { nodeId: 'north', sku: 'cup', from: 1, to: 3 },
      justLess: 2,
      sentence: 'north would supply line 1 if it had 2 more units of cup (1 more unit is not enough).',
    });
  });

  it('is a distance, where zones go by distance', async () => {
    const zones = [
      { zone: 'near', maxDistanceKm: 100, transitDays: 1, bands: [{ fixedMicros: 1_000_000, perKgMicros: 0 }] },
      { zone: 'far', transitDays: 1, bands: [{ fixedMicros: 9_000_000, perKgMicros: 0 }] },
    ];
    // About 55 km and 222 km on the meridian.
    const snapshot = besides(
      { handling: {}, location: { lat: 52, lon: 0 } },
      { rateCards: [buildRateCard({ zones })] },
    );
    const nodes = [
      { ...snapshot.nodes[0]!, handling: { perShipmentMicros: 500_000 }, location: { lat: 50.5, lon: 0 } },
      snapshot.nodes[1]!,
    ];
    const orders = [
      buildOrder('o1', [buildLine('1', 'cup')], { destination: { country: 'GB', region: 'LS', lat: 50, lon: 0 } }),
    ];
    const distance = of(await flipsOf({ snapshot: { ...snapshot, nodes }, orders }), 'distance')!;
    // South would have to come within the near zone; north would have to move 45 km of its 56, which is more of a change.
    expect(distance.change).toMatchObject({ nodeId: 'south', from: 222.4, to: 100 });
    expect(distance.justLess).toBe(101);
  });

  it('is the rule that stands in the way', async () => {
    const rules = [
      {
        name: 'north rests',
        conditions: { all: [{ fact: 'node.nodeId', operator: 'equal', value: 'north' }] },
        event: { type: 'exclude' as const, params: { because: 'Stocktaking.' } },
      },
    ];
    const rule = of(await flipsOf({ snapshot: besides({}), policy: buildPolicy({ rules }) }), 'rule')!;
    expect(rule).toMatchObject({
      change: { rule: 'north rests' },
      justLess: null,
      becomes: { nodeIds: ['north'] },
      sentence: 'north would supply line 1 without the rule "north rests".',
    });
  });

  it('is what would have served a line that nobody does, on the stock that others left', async () => {
    const orders = [
      buildOrder('o1', [buildLine('1', 'cup', 2)], { placedAt: '2011-11-14T08:00:00Z' }),
      buildOrder('o2', [buildLine('1', 'cup', 2)]),
    ];
    const snapshot = buildSnapshot({ stock: stockOf([['cup', 'north', 3]]) });
    const policy = buildPolicy({ allow: { ...buildPolicy().allow, partial: false, splitQuantity: 'never' } });
    const flips = await flipsOf({ snapshot, orders, policy }, 'o2');
    expect(of(flips, 'stock')).toMatchObject({
      change: { from: 3, to: 4 },
      sentence: 'north would supply line 1 if it had 1 more unit of cup.',
    });
  });

  it('names who got the last unit, and what that order would have cost otherwise', async () => {
    const orders = [
      buildOrder('o1', [buildLine('1', 'cup')], { placedAt: '2011-11-14T08:00:00Z' }),
      buildOrder('o2', [buildLine('1', 'cup')]),
    ];
    const snapshot = besides(
      {},
      {
        stock: stockOf([
          ['cup', 'north', 1],
          ['cup', 'south', 9],
        ]),
      },
    );
    const scenario = buildScenario({ snapshot, orders });
    const { lines } = (await explainOrder(scenario, scenario.policy, await planOf(scenario), 'o2'))!;
    expect(lines[0]!.rejections[0]!.lastUnit).toEqual({
      orderId: 'o1',
      quantity: 1,
      takenUnits: 1,
      otherwiseMicros: 2_000_000,
      sentence: 'Order o1 got the last of it there (1 unit) and would have cost 2.00 more from elsewhere.',
    });
  });
});

describe('what would take too much work', () => {
  const scenario = buildScenario({
    snapshot: besides(
      {},
      {
        items: [buildItem('cup'), buildItem('jug')],
        stock: stockOf([
          ['cup', 'north', 9],
          ['jug', 'south', 9],
        ]),
      },
    ),
    orders: [buildOrder('o1', [buildLine('1', 'cup'), buildLine('2', 'jug')])],
    policy: buildPolicy({
      rules: [
        {
          name: 'prefer south',
          conditions: { all: [{ fact: 'node.nodeId', operator: 'equal', value: 'north' }] },
          event: { type: 'penalise', params: { because: 'It is fuller.', perLineMicros: 1000 } },
        },
      ],
    }),
  });

  it('is not looked for, and said, where not even the plan itself is proven', async () => {
    const plan = await planOf(scenario);
    const [order] = plan.orders;
    const unproven = { ...plan, orders: [{ ...order!, proof: { ...order!.proof, proven: false } }] };
    const hard = await explainOrder(scenario, scenario.policy, unproven, 'o1', { counterfactuals: true });
    expect(hard!.counterfactuals).toEqual([]);
    expect(hard!.notLookedFor).toEqual({
      splitRules: true,
      lineIds: ['1', '2'],
      nothingTried: true,
      sentence:
        'Left out to answer at once: whether a rule stands in the way of fewer shipments; what would change who supplies its lines.',
    });
    const oneLine = await explainOrder(scenario, scenario.policy, unproven, 'o1', { counterfactuals: { lineId: '2' } });
    expect(oneLine!.notLookedFor).toMatchObject({ lineIds: ['2'] });
    const easy = await explainOrder(scenario, scenario.policy, plan, 'o1', { counterfactuals: true });
    expect(easy!.counterfactuals!.length).toBeGreaterThan(0);
    expect(easy!.notLookedFor).toBeUndefined();
  });

  it('is not told by what is proven where orders were weighed together', async () => {
    const together = { ...scenario, policy: { ...scenario.policy, strategy: 'optimal' as const } };
    const plan = await planOf(together);
    const [order] = plan.orders;
    const unproven = { ...plan, orders: [{ ...order!, proof: { ...order!.proof, proven: false } }] };
    const explanation = await explainOrder(together, together.policy, unproven, 'o1', { counterfactuals: true });
    expect(explanation!.counterfactuals!.length).toBeGreaterThan(0);
    expect(explanation!.notLookedFor).toBeUndefined();
  });

  it('is only what was asked for', async () => {
    const plan = await planOf(scenario);
    const [order] = plan.orders;
    const unproven = { ...plan, orders: [{ ...order!, proof: { ...order!.proof, proven: false } }] };
    const plain = await explainOrder(scenario, scenario.policy, unproven, 'o1');
    expect(plain!.notLookedFor).toMatchObject({ splitRules: true, lineIds: [] });
  });
});

describe('the cause of a split', () => {
  const items = [buildItem('cup'), buildItem('jug')];
  const orders = [buildOrder('o1', [buildLine('1', 'cup'), buildLine('2', 'jug')])];

  it('is a rule, with what could be saved', async () => {
    const rules = [
      {
        name: 'no jugs from north',
        conditions: {
          all: [
            { fact: 'node.nodeId', operator: 'equal', value: 'north' },
            { fact: 'item.sku', operator: 'equal', value: 'jug' },
          ],
        },
        event: { type: 'exclude' as const, params: { because: 'They break there.' } },
      },
    ];
    const snapshot = buildSnapshot({
      items,
      nodes: [buildNode('north'), buildNode('south')],
      stock: stockOf([
        ['cup', 'north', 1],
        ['jug', 'north', 1],
        ['jug', 'south', 1],
      ]),
    });
    const scenario = buildScenario({ snapshot, orders, policy: buildPolicy({ rules }) });
    const { split } = (await explainOrder(scenario, scenario.policy, await planOf(scenario), 'o1'))!;
    // Two parcels of 3.50 and a split of 1.00 against one parcel of 4.00.
    expect(split).toMatchObject({
      cause: 'rule-caused',
      rule: 'no jugs from north',
      recoverableMicros: 4_000_000,
      sentence:
        '2 shipments: the rule "no jugs from north" stands in the way of one. Without it the order would go in one and cost 4.00 less.',
    });
  });

  it('is speed, where one shipment costs more for lateness alone', async () => {
    // West has both but hands over on Thursday: two days late at 2.00 each and a parcel of 4.00, against 3.50 twice and 1.00.
    const snapshot = buildSnapshot({
      items,
      nodes: [buildNode('north'), buildNode('south'), buildNode('west', { calendarId: 'slow' })],
      calendars: [
        buildSnapshot().calendars[0]!,
        { ...buildSnapshot().calendars[0]!, calendarId: 'slow', processingDays: 3 },
      ],
      stock: stockOf([
        ['cup', 'north', 1],
        ['jug', 'south', 1],
        ['cup', 'west', 1],
        ['jug', 'west', 1],
      ]),
    });
    const scenario = buildScenario({ snapshot, orders: [{ ...orders[0]!, promiseBy: '2011-11-17' }] });
    const { split } = (await explainOrder(scenario, scenario.policy, await planOf(scenario), 'o1'))!;
    expect(split).toMatchObject({
      cause: 'bought-speed',
      margin: { latenessMicros: 8_000_000 },
      singleShipmentMarginMicros: 4_000_000,
    });
  });
});
