import { describe, expect, it } from 'vitest';
import type { CostBreakdown, Plan } from '../model/plan.ts';
import { STRATEGIES } from '../model/policy.ts';
import type { Scenario } from '../model/scenario.ts';
import { createExplainer } from '../explain/explain.ts';
import { buildLine, buildNode, buildOrder, buildScenario, buildSnapshot } from '../testing/build-scenario.ts';
import { allowing, planOf, stockOf } from '../testing/explain-scenario.ts';
import { verify } from './verify.ts';

const cups = (orders: number, quantity = 1) =>
  Array.from({ length: orders }, (_, index) => buildOrder(`o${index + 1}`, [buildLine('1', 'cup', quantity)]));
const sameDay = allowing({ maxShipDelayDays: 0 });
const byOrder = (plan: Plan, term: 'capacityMicros' | 'stockOutMicros') => plan.orders.map(({ cost }) => cost[term]);

/** The second shipment of a day costs 2.00 more, every one after it 5.00. */
const soft = {
  shipmentsPerDay: [
    { above: 1, perShipmentMicros: 2_000_000 },
    { above: 2, perShipmentMicros: 5_000_000 },
  ],
};
const busyNorth = (over: Partial<Scenario> = {}): Scenario =>
  buildScenario({
    snapshot: buildSnapshot({ nodes: [buildNode('north', { capacity: { soft } })] }),
    orders: cups(4),
    policy: sameDay,
    ...over,
  });

describe('soft capacity', () => {
  it('charges each shipment for those before it', async () => {
    const plan = await planOf(busyNorth());
    expect(byOrder(plan, 'capacityMicros')).toEqual([0, 2_000_000, 5_000_000, 5_000_000]);
    expect(plan.cost.capacityMicros).toBe(12_000_000);
    expect(plan.orders[3]!.cost.totalMicros).toBe(8_500_000);
  });

  it('charges each unit above a threshold', async () => {
    const unitsPerDay = [
      { above: 3, perUnitMicros: 1_000_000 },
      { above: 5, perUnitMicros: 4_000_000 },
    ];
    const snapshot = buildSnapshot({ nodes: [buildNode('north', { capacity: { soft: { unitsPerDay } } })] });
    const plan = await planOf(busyNorth({ snapshot, orders: cups(3, 2) }));
    // Units 1 and 2; 3 and 4; 5 and 6.
    expect(byOrder(plan, 'capacityMicros')).toEqual([0, 1_000_000, 5_000_000]);
  });

  it('sends what costs less from another node', async () => {
    const snapshot = buildSnapshot({
      nodes: [
        buildNode('north', { capacity: { soft } }),
        buildNode('south', { handling: { perShipmentMicros: 3_000_000 } }),
      ],
      stock: stockOf([
        ['cup', 'north', 10],
        ['cup', 'south', 10],
      ]),
    });
    const plan = await planOf(busyNorth({ snapshot, orders: cups(3) }));
    expect(plan.orders.map(({ shipments }) => shipments[0]!.nodeId)).toEqual(['north', 'north', 'south']);
    expect(plan.cost).toMatchObject({ capacityMicros: 2_000_000, handlingMicros: 3_000_000 });
  });

  it('puts a shipment off to an easier day', async () => {
    const plan = await planOf(busyNorth({ orders: cups(2), policy: allowing({ maxShipDelayDays: 1 }) }));
    expect(plan.orders.map(({ shipments }) => shipments[0]!.shipOn)).toEqual(['2011-11-14', '2011-11-15']);
    expect(plan.cost.capacityMicros).toBe(0);
  });

  it('stands in the margin of the runner-up', async () => {
    const scenario = busyNorth({ orders: cups(2), policy: allowing({ maxShipDelayDays: 1 }) });
    const explanation = await createExplainer(scenario, scenario.policy, await planOf(scenario)).explain('o2');
    const { runnerUp } = explanation!.lines[0]!;
    expect(runnerUp).toMatchObject({
      shipOn: '2011-11-14',
      marginMicros: 2_000_000,
      margin: { capacityMicros: 2_000_000 },
    });
  });
});

describe('stock-out costs', () => {
  const stockOutSteps = [
    { units: 2, perUnitMicros: 0 },
    { units: 2, perUnitMicros: 1_000_000 },
    { units: 1, perUnitMicros: 3_000_000 },
  ];
  const running = (over: Partial<Scenario> = {}): Scenario =>
    buildScenario({
      snapshot: buildSnapshot({ stock: [{ sku: 'cup', nodeId: 'north', onHand: 10, stockOutSteps }] }),
      orders: cups(2, 3),
      ...over,
    });

  it('rise with the units taken, and the last step goes on', async () => {
    const plan = await planOf(running());
    // Units 1 to 3 at 0, 0 and 1.00; units 4 to 6 at 1.00, 3.00 and 3.00.
    expect(byOrder(plan, 'stockOutMicros')).toEqual([1_000_000, 7_000_000]);
  });

  it('are shared by the shipments of one order, first come first charged', async () => {
    const snapshot = buildSnapshot({
      nodes: [buildNode('north', { capacity: { unitsPerDay: 3 } })],
      stock: [{ sku: 'cup', nodeId: 'north', onHand: 10, stockOutSteps }],
    });
    const plan = await planOf(running({ snapshot, orders: cups(1, 5) }));
    expect(plan.orders[0]!.shipments.map(({ lines, cost }) => [lines[0]!.quantity, cost.stockOutMicros])).toEqual([
      [3, 1_000_000],
      [2, 4_000_000],
    ]);
    expect(plan.orders[0]!.proof.proven).toBe(true);
  });

  it('split a line where two nodes together give it more cheaply', async () => {
    const steps = [
      { units: 2, perUnitMicros: 0 },
      { units: 1, perUnitMicros: 9_000_000 },
    ];
    const snapshot = buildSnapshot({
      nodes: [buildNode('north'), buildNode('south')],
      stock: [
        { sku: 'cup', nodeId: 'north', onHand: 3, stockOutSteps: steps },
        { sku: 'cup', nodeId: 'south', onHand: 3, stockOutSteps: steps },
      ],
    });
    const plan = await planOf(running({ snapshot, orders: cups(1, 4) }));
    // No node has four: two from each at 3.00 + 1.00, one split, rather than three and one.
    expect(plan.orders[0]!.shipments.map(({ lines }) => lines[0]!.quantity)).toEqual([2, 2]);
    expect(plan.cost).toMatchObject({ stockOutMicros: 0, totalMicros: 9_000_000 });
  });

  it('are summed and verified for every strategy, and a false amount is found', async () => {
    const scenario = running();
    for (const strategy of STRATEGIES) {
      const plan = await planOf({ ...scenario, policy: { ...scenario.policy, strategy } });
      expect(plan.cost.stockOutMicros, strategy).toBe(8_000_000);
      expect(plan.proof.lowerBoundMicros, strategy).toBeLessThanOrEqual(plan.cost.totalMicros);
    }
    const plan = await planOf(scenario);
    const raised = <T extends { readonly cost: CostBreakdown }>(of: T): T => {
      const { cost } = of;
      return { ...of, cost: { ...cost, stockOutMicros: cost.stockOutMicros + 1, totalMicros: cost.totalMicros + 1 } };
    };
    const [first, ...others] = plan.orders;
    const forged = raised({
      ...plan,
      orders: [raised({ ...first!, shipments: first!.shipments.map(raised) }), ...others],
    });
    expect(await verify(forged, scenario, scenario.policy)).toEqual(
      expect.arrayContaining([
        'o1#1: stockOutMicros is 1000001, should be 1000000.',
        'The plan: stockOut is 8000001, all units together cost 8000000.',
      ]),
    );
  });
});
