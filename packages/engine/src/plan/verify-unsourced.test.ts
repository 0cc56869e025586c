import { describe, expect, it } from 'vitest';
import type { Plan, UnsourcedReason } from '../model/plan.ts';
import type { Scenario } from '../model/scenario.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { allowing, dear, planOf, stockOf } from '../testing/explain-scenario.ts';
import { verify } from './verify.ts';

const five = [buildOrder('o1', [buildLine('1', 'cup', 5)])];
const cups = (north: number, south: number) =>
  stockOf([
    ['cup', 'north', north],
    ['cup', 'south', south],
  ]);
const nodes = [buildNode('north'), buildNode('south')];

/** What is true of each, and a reason that the plan's stock or orders speak against. */
const FALSE_REASONS: readonly [string, Partial<Scenario>, UnsourcedReason, UnsourcedReason, string][] = [
  [
    'too little is left',
    { orders: five, snapshot: buildSnapshot({ nodes, stock: cups(1, 1) }) },
    'no-stock-left',
    'costs-more-than-penalty',
    'too little of it is left anywhere',
  ],
  [
    'it may have more shipments',
    {
      orders: five,
      snapshot: buildSnapshot({ nodes: [dear('north', 90_000_000)], stock: stockOf([['cup', 'north', 9]]) }),
      policy: buildPolicy({
        goals: { ...buildPolicy().goals, unsourced: { perUnitMicros: 1_000_000, valuePercent: 0 } },
      }),
    },
    'costs-more-than-penalty',
    'max-shipments',
    'the order may have more shipments',
  ],
  [
    'a node has it',
    { orders: five, snapshot: buildSnapshot({ nodes, stock: cups(1, 1) }) },
    'no-stock-left',
    'not-stocked',
    'a node has it',
  ],
  [
    'nobody has it',
    {
      orders: [buildOrder('o1', [buildLine('1', 'jug')])],
      snapshot: buildSnapshot({ items: [buildItem('cup'), buildItem('jug')] }),
    },
    'not-stocked',
    'no-stock-left',
    'no node has it or expects it',
  ],
  [
    'it sends some',
    { orders: five, snapshot: buildSnapshot({ nodes, stock: cups(1, 1) }) },
    'no-stock-left',
    'no-eligible-node',
    'the order has units of it',
  ],
  [
    'nothing holds it',
    { orders: five, snapshot: buildSnapshot({ nodes, stock: cups(1, 1) }) },
    'no-stock-left',
    'held',
    'no rule holds it',
  ],
  [
    'it may go in part',
    { orders: five, snapshot: buildSnapshot({ nodes, stock: cups(1, 1) }) },
    'no-stock-left',
    'ship-complete',
    'the order may go out in part',
  ],
  [
    'a shipment could take it along',
    {
      orders: five,
      snapshot: buildSnapshot({
        nodes: [buildNode('north', { capacity: { unitsPerDay: 3 } })],
        stock: stockOf([['cup', 'north', 9]]),
      }),
      policy: allowing({ maxShipDelayDays: 0 }),
    },
    'no-capacity-left',
    'no-stock-left',
    'o1#1 could take all of it along',
  ],
];

describe('verify', () => {
  it.each(FALSE_REASONS)('finds a reason that is not so: %s', async (_, over, reason, other, sentence) => {
    const scenario = buildScenario(over);
    const plan = await planOf(scenario);
    expect(plan.orders[0]!.unsourced[0]!.reason).toBe(reason);
    expect(await verify(plan, scenario, scenario.policy)).toEqual([]);
    const forged = structuredClone(plan) as Plan & { orders: { unsourced: { reason: UnsourcedReason }[] }[] };
    forged.orders[0]!.unsourced[0]!.reason = other;
    expect(await verify(forged, scenario, scenario.policy)).toEqual([`Order o1: line 1 is ${other}, but ${sentence}.`]);
  });

  it('counts what all others take where orders are weighed together, what those before take where they come in turn', async () => {
    // Two want five each of the five there; the second is worth more.
    const scenario = buildScenario({
      orders: [
        buildOrder('o1', [buildLine('1', 'cup', 5, { unitPriceMicros: 1_000_000 })]),
        buildOrder('o2', [buildLine('1', 'cup', 5, { unitPriceMicros: 90_000_000 })]),
      ],
      snapshot: buildSnapshot({ stock: stockOf([['cup', 'north', 5]]) }),
      policy: buildPolicy({
        strategy: 'optimal',
        goals: { ...buildPolicy().goals, unsourced: { perUnitMicros: 3_000_000, valuePercent: 50 } },
      }),
    });
    const plan = await planOf(scenario);
    const [first] = plan.orders;
    expect(first).toMatchObject({ orderId: 'o1', shipments: [], unsourced: [{ reason: 'no-stock-left' }] });
    const forged = structuredClone(plan) as Plan & { orders: { unsourced: { reason: UnsourcedReason }[] }[] };
    forged.orders[0]!.unsourced[0]!.reason = 'costs-more-than-penalty';
    expect(await verify(forged, scenario, scenario.policy)).toEqual([
      'Order o1: line 1 is costs-more-than-penalty, but too little of it is left anywhere.',
    ]);
  });
});
