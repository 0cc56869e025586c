import { describe, expect, it } from 'vitest';
import type { Plan, UnsourcedReason } from '../model/plan.ts';
import { STRATEGIES } from '../model/policy.ts';
import type { Scenario } from '../model/scenario.ts';
import { explainOrder } from '../explain/explain.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { allowing, planOf, stockOf } from '../testing/explain-scenario.ts';
import { verify } from './verify.ts';

const items = [buildItem('cup'), buildItem('jug'), buildItem('plate')];
const together = { shipTogether: 'set' };
const perLineMicros = 5_000_000;

/** Cups at both nodes, jugs in the south only, where every line costs 5.00. */
const dearSouth = buildSnapshot({
  nodes: [buildNode('north'), buildNode('south', { handling: { perLineMicros } })],
  items,
  stock: stockOf([
    ['cup', 'north', 10],
    ['cup', 'south', 10],
    ['jug', 'south', 10],
  ]),
});
/** Nothing that one node could send together. */
const apart = buildSnapshot({
  nodes: [buildNode('north'), buildNode('south')],
  items,
  stock: stockOf([
    ['cup', 'north', 10],
    ['jug', 'south', 10],
  ]),
});

const sentFrom = ({ orders: [order] }: Plan): string[] =>
  order!.shipments.map(
    ({ nodeId, lines }) => `${nodeId} ${lines.map((line) => `${line.quantity} ${line.sku}`).join(' ')}`,
  );
const leftFor = ({ orders: [order] }: Plan): [string, UnsourcedReason][] =>
  order!.unsourced.map(({ lineId, reason }) => [lineId, reason]);

describe('lines that ship together', () => {
  it('come from one node although two would be cheaper', async () => {
    const orders = (named: object) => [
      buildOrder('o1', [buildLine('1', 'cup', 1, named), buildLine('2', 'jug', 1, named)]),
    ];
    const free = await planOf(buildScenario({ snapshot: dearSouth, orders: orders({}) }));
    // North 3.00 + 0.50; south 3.00 + 0.50 + 5.00; one split at 1.00.
    expect(free.cost.totalMicros).toBe(13_000_000);
    const bound = await planOf(buildScenario({ snapshot: dearSouth, orders: orders(together) }));
    // South 3.00 + 1.00 + 2 × 5.00.
    expect(bound.cost.totalMicros).toBe(14_000_000);
    expect(sentFrom(bound)).toEqual(['south 1 cup 1 jug']);
    expect(bound.orders[0]!.proof.proven).toBe(true);
  });

  it('all stay unsourced where no node has all of them, and say so', async () => {
    const orders = [buildOrder('o1', [buildLine('1', 'cup', 1, together), buildLine('2', 'jug', 1, together)])];
    const scenario = buildScenario({ snapshot: apart, orders });
    const plan = await planOf(scenario);
    expect(plan.cost.totalMicros).toBe(40_000_000);
    expect(leftFor(plan)).toEqual([
      ['1', 'ship-together'],
      ['2', 'ship-together'],
    ]);
    const explanation = (await explainOrder(scenario, scenario.policy, plan, 'o1'))!;
    expect(explanation.lines[0]!.sentence).toContain('cannot all be had from one node');
    expect(explanation.lines[0]!.sentence).toContain('It ships together with line 2.');
    expect(explanation.lines[0]!.rejections.map(({ code }) => code)).toEqual(['ship-together']);
  });

  it('leave other lines of the order alone', async () => {
    const lines = [buildLine('1', 'cup', 1, together), buildLine('2', 'plate', 1, together), buildLine('3', 'jug')];
    const plan = await planOf(buildScenario({ snapshot: apart, orders: [buildOrder('o1', lines)] }));
    expect(sentFrom(plan)).toEqual(['south 1 jug']);
    expect(leftFor(plan)).toEqual([
      ['1', 'ship-together'],
      ['2', 'not-stocked'],
    ]);
  });

  it('are never split, not even a line by itself', async () => {
    const snapshot = buildSnapshot({
      nodes: [buildNode('north'), buildNode('south')],
      stock: stockOf([
        ['cup', 'north', 3],
        ['cup', 'south', 3],
      ]),
    });
    const plan = await planOf(
      buildScenario({ snapshot, orders: [buildOrder('o1', [buildLine('1', 'cup', 5, together)])] }),
    );
    expect(leftFor(plan)).toEqual([['1', 'ship-together']]);
  });

  it('take the other lines of their sku along, and names that share a sku are one', async () => {
    const lines = [
      buildLine('1', 'cup', 1, { shipTogether: 'a' }),
      buildLine('2', 'cup', 1, { shipTogether: 'b' }),
      buildLine('3', 'jug', 1, { shipTogether: 'b' }),
      buildLine('4', 'jug', 1),
    ];
    const orders = [buildOrder('o1', lines)];
    expect(sentFrom(await planOf(buildScenario({ snapshot: dearSouth, orders })))).toEqual([
      'south 1 cup 1 cup 1 jug 1 jug',
    ]);
    expect(leftFor(await planOf(buildScenario({ snapshot: apart, orders }))).map(([line]) => line)).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
  });

  it('are kept by every strategy', async () => {
    const orders = [buildOrder('o1', [buildLine('1', 'cup', 1, together), buildLine('2', 'jug', 1, together)])];
    for (const strategy of STRATEGIES) {
      const scenario = buildScenario({ snapshot: dearSouth, orders });
      expect(sentFrom(await planOf({ ...scenario, policy: { ...scenario.policy, strategy } })), strategy).toEqual([
        'south 1 cup 1 jug',
      ]);
    }
  });

  it('are missed when a plan takes them apart', async () => {
    const orders = (named: object) => [
      buildOrder('o1', [buildLine('1', 'cup', 1, named), buildLine('2', 'jug', 1, named)]),
    ];
    const free = buildScenario({ snapshot: dearSouth, orders: orders({}) });
    const found = await verify(await planOf(free), { ...free, orders: orders(together) }, free.policy);
    expect(found).toEqual(['Order o1: cup, jug ship together, but are taken apart.']);
  });
});

describe('the least value of a part', () => {
  const least = (minPartValueMicros: number, over: Partial<Scenario> = {}): Scenario =>
    buildScenario({ snapshot: apart, policy: allowing({ minPartValueMicros }), ...over });
  const cupAndJug = [buildOrder('o1', [buildLine('1', 'cup'), buildLine('2', 'jug')])];

  it('lets an order be split into parts that are worth it, to the micro', async () => {
    expect(sentFrom(await planOf(least(10_000_000, { orders: cupAndJug })))).toEqual(['north 1 cup', 'south 1 jug']);
    const plan = await planOf(least(10_000_001, { orders: cupAndJug }));
    expect(plan.orders[0]!.shipments).toEqual([]);
    expect(leftFor(plan)).toEqual([
      ['1', 'min-part-value'],
      ['2', 'min-part-value'],
    ]);
    expect(plan.orders[0]!.proof.proven).toBe(true);
  });

  it('asks nothing of an order that goes in one part', async () => {
    const orders = [buildOrder('o1', [buildLine('1', 'cup')])];
    expect(sentFrom(await planOf(least(50_000_000, { orders })))).toEqual(['north 1 cup']);
  });

  it('counts what stays unsourced as a part, where it is worth anything', async () => {
    const withPlate = (unitPriceMicros: number) => [
      buildOrder('o1', [buildLine('1', 'cup'), buildLine('2', 'plate', 1, { unitPriceMicros })]),
    ];
    expect(sentFrom(await planOf(least(8_000_000, { orders: withPlate(5_000_000) })))).toEqual([]);
    expect(sentFrom(await planOf(least(8_000_000, { orders: withPlate(8_000_000) })))).toEqual(['north 1 cup']);
    expect(sentFrom(await planOf(least(8_000_000, { orders: withPlate(0) })))).toEqual(['north 1 cup']);
  });

  it('leaves more of a line so that the rest is worth it', async () => {
    const snapshot = buildSnapshot({
      nodes: [buildNode('north'), buildNode('south')],
      stock: stockOf([
        ['cup', 'north', 3],
        ['cup', 'south', 1],
      ]),
    });
    const plan = await planOf(least(20_000_000, { snapshot, orders: [buildOrder('o1', [buildLine('1', 'cup', 4)])] }));
    // Two for 3.00 + 1.00, two left at 20.00: three and one would be parts of 30.00 and 10.00.
    expect(plan.cost.totalMicros).toBe(44_000_000);
    expect(sentFrom(plan)).toEqual(['north 2 cup']);
    expect(plan.orders[0]!.proof.proven).toBe(true);
  });

  it('is the order’s own where it has one, and the item’s price stands in for a line’s', async () => {
    const own = [buildOrder('o1', [buildLine('1', 'cup'), buildLine('2', 'jug')], { minPartValueMicros: 0 })];
    expect(sentFrom(await planOf(least(30_000_000, { orders: own })))).toHaveLength(2);
    const bare = [buildOrder('o1', [{ lineId: '1', sku: 'cup', quantity: 1 }, buildLine('2', 'jug')])];
    expect(sentFrom(await planOf(least(10_000_000, { orders: bare })))).toHaveLength(2);
    const unpriced = buildSnapshot({ ...apart, items: [{ sku: 'cup', weightGrams: 500 }, buildItem('jug')] });
    // A cup without any price is worth nothing: as a shipment too little, as the rest no part.
    expect(sentFrom(await planOf(least(1, { orders: bare, snapshot: unpriced })))).toEqual(['south 1 jug']);
  });

  it('is kept by every strategy, and missed when a plan goes below it', async () => {
    for (const strategy of STRATEGIES) {
      const scenario = least(15_000_000, { orders: cupAndJug });
      const plan = await planOf({ ...scenario, policy: { ...scenario.policy, strategy } });
      expect(sentFrom(plan), strategy).toEqual([]);
    }
    const free = least(0, { orders: cupAndJug });
    const found = await verify(await planOf(free), free, allowing({ minPartValueMicros: 15_000_000 }));
    expect(found).toEqual([
      'o1#1 is worth 10000000, a part at least 15000000.',
      'o1#2 is worth 10000000, a part at least 15000000.',
    ]);
  });
});
