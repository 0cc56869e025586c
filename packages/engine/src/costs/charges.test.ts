// Splits, soft capacity, preference and unsourced units worked out by hand. A cup or jug weighs 500 g, a parcel costs 3.00 and 1.00 a kilogram.
import { describe, expect, it } from 'vitest';
import type { Node } from '../model/node.ts';
import type { Order, OrderLine } from '../model/order.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy, Rule } from '../model/policy.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { planOf } from '../testing/explain-scenario.ts';

interface Case {
  readonly lines?: readonly OrderLine[];
  readonly order?: Partial<Order>;
  /** Orders like the first. */
  readonly orders?: number;
  readonly goals?: Partial<Policy['goals']>;
  readonly allow?: Partial<Policy['allow']>;
  readonly capacity?: Node['capacity'];
  readonly stock?: readonly (readonly [sku: string, nodeId: string, onHand: number])[];
  readonly rules?: readonly Rule[];
}

const CUP = [buildLine('1', 'cup')];
const BOTH = [buildLine('1', 'cup'), buildLine('2', 'jug')];

/** North, south and west, as far as they have stock; the plan has passed the independent check. */
function planFor({ lines = CUP, order = {}, orders = 1, goals, allow, capacity, stock, rules }: Case): Promise<Plan> {
  const base = buildPolicy();
  const rows = stock ?? [['cup', 'north', 100]];
  return planOf(
    buildScenario({
      snapshot: buildSnapshot({
        nodes: ['north', 'south', 'west'].map((nodeId) => buildNode(nodeId, capacity ? { capacity } : {})),
        items: ['cup', 'jug', 'pot'].map((sku) => buildItem(sku, { category: sku === 'jug' ? 'glass' : 'china' })),
        stock: rows.map(([sku, nodeId, onHand]) => ({ sku, nodeId, onHand })),
      }),
      orders: Array.from({ length: orders }, (_, at) => buildOrder(`o${at + 1}`, [...lines], order)),
      policy: {
        ...base,
        goals: { ...base.goals, ...goals },
        allow: { ...base.allow, maxShipDelayDays: 0, ...allow },
        ...(rules ? { rules: [...rules] } : {}),
      },
    }),
  );
}

describe('split', () => {
  const apart = [
    ['cup', 'north', 9],
    ['jug', 'south', 9],
  ] as const;
  const three = [...apart, ['pot', 'west', 9]] as const;
  const all = [...BOTH, buildLine('3', 'pot')];
  it.each<[Case, number, string]>([
    [{}, 0, 'one shipment'],
    [{ lines: BOTH, stock: apart }, 1_000_000, 'two shipments: one beyond the first'],
    [{ lines: BOTH, stock: apart, goals: { splitMicros: 0 } }, 0, 'the policy charges nothing'],
    [{ lines: BOTH, stock: apart, goals: { splitMicros: 123 } }, 123, 'or 0.000123'],
    [{ lines: all, stock: three }, 2_000_000, 'three shipments: 2 × 1.00'],
    [{ lines: all, stock: three, orders: 3 }, 6_000_000, 'three such orders: 3 × 2.00'],
    [
      { lines: BOTH, stock: [...apart, ['jug', 'north', 9]] },
      0,
      'north has both: 4.00 are less than 3.50 + 3.50 + 1.00',
    ],
    [
      {
        lines: [buildLine('1', 'cup', 6)],
        stock: [
          ['cup', 'north', 4],
          ['cup', 'south', 4],
        ],
      },
      1_000_000,
      'a line of six from four and four',
    ],
    [{ lines: BOTH, stock: apart, order: { maxShipments: 1 } }, 0, 'one shipment at most: a line stays'],
  ])('%j costs %i micros: %s', async (of, micros) => {
    expect((await planFor(of)).cost.splitMicros).toBe(micros);
  });
});

describe('soft capacity', () => {
  const shipmentsPerDay = [
    { above: 1, perShipmentMicros: 200_000 },
    { above: 3, perShipmentMicros: 500_000 },
  ];
  const unitsPerDay = [{ above: 4, perUnitMicros: 70_000 }];
  const soft = { soft: { shipmentsPerDay } };
  it.each<[Case, number, string]>([
    [{ orders: 3 }, 0, 'no soft capacity'],
    [{ orders: 1, capacity: soft }, 0, 'the first is free'],
    [{ orders: 2, capacity: soft }, 200_000, 'the second: 0.20'],
    [{ orders: 3, capacity: soft }, 400_000, 'second and third: 2 × 0.20'],
    [{ orders: 5, capacity: soft }, 1_400_000, '2 × 0.20 + 2 × 0.50'],
    [{ capacity: { soft: { unitsPerDay } }, lines: [buildLine('1', 'cup', 4)] }, 0, 'four units are free'],
    [{ capacity: { soft: { unitsPerDay } }, lines: [buildLine('1', 'cup', 7)] }, 210_000, 'seven units: 3 × 0.07'],
    [
      { capacity: { soft: { unitsPerDay } }, lines: [buildLine('1', 'cup', 3)], orders: 3 },
      350_000,
      'nine units of three orders: 5 × 0.07',
    ],
    [
      { capacity: { soft: { shipmentsPerDay, unitsPerDay } }, lines: [buildLine('1', 'cup', 3)], orders: 2 },
      340_000,
      'second shipment 0.20, units 5 and 6: 0.14',
    ],
    [
      { orders: 5, capacity: soft, allow: { maxShipDelayDays: 1 }, goals: { latenessPerDayMicros: 0 } },
      600_000,
      'three on Monday, two on Tuesday: 2 × 0.20 + 0.20, and 0.50 is saved',
    ],
  ])('%j costs %i micros: %s', async (of, micros) => {
    expect((await planFor(of)).cost.capacityMicros).toBe(micros);
  });
});

describe('preference', () => {
  const rule = (name: string, fact: string, value: string, perLineMicros: number, valuePercent?: number): Rule => ({
    name,
    conditions: { all: [{ fact, operator: 'equal', value }] },
    event: {
      type: 'penalise',
      params: { because: 'So it is.', perLineMicros, ...(valuePercent === undefined ? {} : { valuePercent }) },
    },
  });
  const china = rule('china', 'item.category', 'china', 300_000);
  const north = rule('north', 'node.nodeId', 'north', 50_000);
  const stock = [
    ['cup', 'north', 9],
    ['jug', 'north', 9],
    ['pot', 'north', 9],
  ] as const;
  it.each<[Case, number, string]>([
    [{ stock }, 0, 'no rule'],
    [{ stock, rules: [china] }, 300_000, 'a cup is china'],
    [{ stock, rules: [china], lines: [buildLine('1', 'jug')] }, 0, 'a jug is not'],
    [{ stock, rules: [china, north] }, 350_000, 'both hold: 0.30 + 0.05'],
    [{ stock, rules: [china], lines: [buildLine('1', 'cup', 5)] }, 300_000, 'five cups are one line'],
    [
      { stock, rules: [china, north], lines: [...BOTH, buildLine('3', 'pot')] },
      750_000,
      'cup 0.35, jug 0.05, pot 0.35',
    ],
    [
      { stock, rules: [rule('dear', 'item.sku', 'cup', 0, 12)], lines: [buildLine('1', 'cup', 2)] },
      2_400_000,
      '12 % of 2 × 10.00',
    ],
    [{ stock, rules: [rule('dear', 'item.sku', 'cup', 100_000, 5)] }, 600_000, '0.10 + 5 % of 10.00'],
    [{ stock: [...stock, ['cup', 'south', 9]], rules: [north] }, 0, 'south has it too and is not charged'],
  ])('%j costs %i micros: %s', async (of, micros) => {
    expect((await planFor(of)).cost.preferenceMicros).toBe(micros);
  });
});

describe('unsourced', () => {
  const none = { stock: [['jug', 'north', 0]] as const };
  const valued = { unsourced: { perUnitMicros: 500_000, valuePercent: 50 } };
  it.each<[Case, number, string]>([
    [{}, 0, 'all is sent'],
    [none, 20_000_000, 'a cup nobody has: 20.00'],
    [{ ...none, lines: [buildLine('1', 'cup', 3)] }, 60_000_000, '3 × 20.00'],
    [{ ...none, goals: valued }, 5_500_000, '0.50 + half of 10.00'],
    [
      { ...none, goals: valued, lines: [buildLine('1', 'cup', 1, { unitPriceMicros: 4_000_000 })] },
      2_500_000,
      '0.50 + half of 4.00',
    ],
    [{ ...none, order: { priority: 9 } }, 38_000_000, '20.00 × 1.9'],
    [
      { ...none, goals: valued, order: { priority: 3 }, lines: [buildLine('1', 'cup', 2)] },
      14_300_000,
      '2 × 5.50 × 1.3',
    ],
    [{ stock: [['cup', 'north', 4]], lines: [buildLine('1', 'cup', 6)] }, 40_000_000, 'four of six: 2 × 20.00'],
    [
      { stock: [['cup', 'north', 4]], lines: [buildLine('1', 'cup', 6)], order: { shipComplete: true } },
      120_000_000,
      'all or nothing: 6 × 20.00',
    ],
    [
      { goals: { unsourced: { perUnitMicros: 3_000_000, valuePercent: 0 } } },
      3_000_000,
      '3.00 are less than a parcel of 3.50',
    ],
  ])('%j costs %i micros: %s', async (of, micros) => {
    expect((await planFor(of)).cost.unsourcedMicros).toBe(micros);
  });
});
