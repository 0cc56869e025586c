// Stock balance worked out by hand. A cup costs 10.00, half of it is margin: a sale lost for sure is 5.00, a twentieth of it 0.25.
import { describe, expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { indexNetwork } from '../model/network.ts';
import type { Plan } from '../model/plan.ts';
import type { Receipt } from '../model/receipt.ts';
import type { StockLevel } from '../model/stock-level.ts';
import { parseScenario } from '../parse-scenario.ts';
import { source } from '../source.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { coverByNode, coverWeeks } from './cover.ts';
import { demandTail } from './demand-tail.ts';
import { skuBalances, type StockBalanceGoal } from './stock-balance.ts';

const GOAL: StockBalanceGoal = { marginPercent: 50, horizonDays: 1 };
/** A unit that is over is marked down by 60 % in half of cases: 3.00. */
const MARKDOWN = { chancePercent: 50, lossPercent: 60 };

interface Case {
  readonly north: Partial<StockLevel>;
  readonly south?: Partial<StockLevel>;
  readonly receipts?: readonly Omit<Receipt, 'receiptId' | 'sku'>[];
  readonly goal?: StockBalanceGoal;
  readonly units: number;
}

/** An order for so many cups; the plan has passed the independent check. South is dearer by 8.00. */
async function planOf({ north, south, receipts = [], goal = GOAL, units }: Case): Promise<Plan> {
  const base = buildPolicy();
  const stock = [{ sku: 'cup', nodeId: 'north', onHand: 10, ...north }];
  const parsed = parseScenario(
    buildScenario({
      snapshot: buildSnapshot({
        nodes: [buildNode('north'), buildNode('south', { handling: { perShipmentMicros: 8_000_000 } })],
        items: [buildItem('cup')],
        stock: south ? [...stock, { sku: 'cup', nodeId: 'south', onHand: 10, ...south }] : stock,
        receipts: receipts.map((receipt, index) => ({ ...receipt, sku: 'cup', receiptId: `r${index}` })),
      }),
      orders: [buildOrder('o1', [buildLine('1', 'cup', units)])],
      policy: { ...base, goals: { ...base.goals, stockBalance: goal } },
    }),
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const plan = await source(parsed.value, parsed.value.policy, DEFAULT_LIMITS);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

// One cup a day is asked for. P(at least 1, 2, 3, 4) = 0.6321, 0.2642, 0.0803, 0.0190: in twentieths 13, 5, 2, 0.
const ONE_A_DAY = { demandPerDay: 1 };

describe('stock-out cost', () => {
  it.each<[Case, number, string]>([
    [{ north: { ...ONE_A_DAY, onHand: 3 }, units: 1 }, 500_000, 'the third unit: 2 × 0.25'],
    [{ north: { ...ONE_A_DAY, onHand: 3 }, units: 2 }, 1_750_000, 'third and second: (2 + 5) × 0.25'],
    [{ north: { ...ONE_A_DAY, onHand: 3 }, units: 3 }, 5_000_000, 'all three: (2 + 5 + 13) × 0.25'],
    [
      { north: { ...ONE_A_DAY, onHand: 10 }, units: 8 },
      500_000,
      'seven are hardly ever asked for; the eighth leaves two: 2 × 0.25',
    ],
    [{ north: { onHand: 3 }, units: 3 }, 0, 'nothing is known of demand'],
    [{ north: { ...ONE_A_DAY, onHand: 4, reserved: 1 }, units: 1 }, 500_000, 'one of four is spoken for'],
    [
      { north: { ...ONE_A_DAY, demandSdPerDay: Math.SQRT2, onHand: 2 }, units: 2 },
      3_750_000,
      'twice the variance: P(≥ 2) = 0.25, P(≥ 1) = 0.5',
    ],
    [
      {
        north: { demandPerDay: 0.5, onHand: 3 },
        receipts: [{ nodeId: 'north', quantity: 9, dueOn: '2011-11-16' }],
        units: 3,
      },
      5_000_000,
      'half a cup a day, more in two days: as one a day for one',
    ],
    [
      { north: { demandPerDay: 0.25, onHand: 3 }, goal: { ...GOAL, horizonDays: 4 }, units: 3 },
      5_000_000,
      'four days without a receipt',
    ],
    [
      {
        north: { ...ONE_A_DAY, onHand: 0 },
        receipts: [{ nodeId: 'north', quantity: 9, dueOn: '2011-11-15' }],
        units: 2,
      },
      6_500_000,
      'what is still to come counts as the last unit: 2 × 13 × 0.25',
    ],
    [
      { north: { ...ONE_A_DAY, onHand: 1, stockOutSteps: [{ units: 9, perUnitMicros: 7 }] }, units: 1 },
      7,
      'steps that are stated stay',
    ],
  ])('%j costs %i micros: %s', async (of, micros) => {
    expect((await planOf(of)).cost.stockOutMicros).toBe(micros);
  });
});

describe('markdown', () => {
  const goal = { ...GOAL, marginPercent: 0, markdown: MARKDOWN };
  it.each<[Case, number, string]>([
    [{ goal, north: { onHand: 9, targetUnits: 5 }, units: 4 }, 0, 'four are over: none is charged'],
    [{ goal, north: { onHand: 9, targetUnits: 5 }, units: 6 }, 6_000_000, 'two are not over: 2 × 3.00'],
    [{ goal, north: { onHand: 9 }, units: 2 }, 0, 'without a target nothing is over'],
    [{ goal, north: { onHand: 9, targetUnits: 9 }, units: 2 }, 0, 'nothing of the sku is over anywhere'],
    [
      { goal, north: { onHand: 9, targetUnits: 9 }, south: { targetUnits: 4 }, units: 2 },
      6_000_000,
      'south is over: north pays 2 × 3.00, less than 8.00',
    ],
    [
      { goal, north: { onHand: 9, targetUnits: 9 }, south: { targetUnits: 4 }, units: 3 },
      0,
      '9.00 is more than 8.00: it leaves from south',
    ],
    [
      {
        goal: { ...goal, markdown: { ...MARKDOWN, targetCoverDays: 4 } },
        north: { onHand: 9, demandPerDay: 1.5 },
        units: 4,
      },
      3_000_000,
      'four days of 1.5 are 6: three are over',
    ],
    [
      { goal: { ...GOAL, markdown: MARKDOWN }, north: { ...ONE_A_DAY, onHand: 3, targetUnits: 2 }, units: 3 },
      11_000_000,
      'stock-out 5.00, and two that are not over: 2 × 3.00',
    ],
  ])('%j costs %i micros: %s', async (of, micros) => {
    expect((await planOf(of)).cost.stockOutMicros).toBe(micros);
  });
});

describe('the chance of demand', () => {
  it('is that of the Poisson and the negative binomial distribution', () => {
    const poisson = demandTail(1, 1);
    expect([0, 1, 2, 3].map((units) => poisson(units).toFixed(6))).toEqual([
      '1.000000',
      '0.632121',
      '0.264241',
      '0.080301',
    ]);
    // Mean 3, variance 6: r = 3, q = ½. P(0) = ⅛, P(1) = 3/16, P(2) = 3/16.
    const wide = demandTail(3, 6);
    expect([1, 2, 3].map((units) => wide(units).toFixed(9))).toEqual(['0.875000000', '0.687500000', '0.500000000']);
  });

  it('falls with units and reaches large numbers', () => {
    const prng = createPrng(23);
    for (let trial = 0; trial < 100; trial++) {
      const mean = 10 ** (prng.next() * 6 - 2);
      const tail = demandTail(mean, mean * (0.5 + 5 * prng.next()));
      let last = 1;
      for (let part = 0; part <= 20; part++) {
        const chance = tail(Math.ceil((mean * part) / 5));
        expect(chance <= last && chance >= 0, `trial ${trial}`).toBe(true);
        last = chance;
      }
      expect(tail(0)).toBe(1);
      expect(tail(Math.ceil(mean * 100 + 2000))).toBeLessThan(1e-6);
    }
    const large = demandTail(40_000, 40_000);
    // The median of a Poisson distribution is within a unit of its mean.
    expect(Math.abs(large(40_000) - 0.5)).toBeLessThan(0.005);
  });
});

describe('stock balance', () => {
  it('is convex in the units taken and never dearer with more stock', () => {
    const prng = createPrng(29);
    for (let trial = 0; trial < 300; trial++) {
      const goal = { marginPercent: prng.integer(0, 100), horizonDays: prng.integer(1, 30), markdown: MARKDOWN };
      const onHand = prng.integer(0, 40);
      const level = {
        demandPerDay: prng.next() * 3,
        demandSdPerDay: prng.next() * 4,
        targetUnits: prng.integer(0, 30),
      };
      const stepsWith = (units: number) => {
        const stock = [
          { sku: 'cup', nodeId: 'north', ...level, onHand: units },
          { sku: 'cup', nodeId: 'south', onHand: 99, targetUnits: 1, demandPerDay: 1 },
        ];
        const nodes = [buildNode('north'), buildNode('south')];
        const network = indexNetwork(buildSnapshot({ nodes, stock }));
        return skuBalances(network, 'cup', goal)[0]!.steps;
      };
      const perUnit = stepsWith(onHand).map(({ perUnitMicros }) => perUnitMicros);
      expect(perUnit.toSorted((a, b) => a - b)).toEqual(perUnit);
      const costOf = (units: number, taken: number): number => {
        let micros = 0;
        let left = taken;
        const steps = stepsWith(units);
        for (const [index, step] of steps.entries()) {
          const here = index === steps.length - 1 ? left : Math.min(left, step.units);
          micros += here * step.perUnitMicros;
          left -= here;
        }
        return micros;
      };
      for (const taken of [1, 3, 8]) expect(costOf(onHand + 1, taken)).toBeLessThanOrEqual(costOf(onHand, taken));
    }
  });

  it('shows what went into it', () => {
    const stock = [{ sku: 'cup', nodeId: 'north', onHand: 3, demandPerDay: 0.5, demandSdPerDay: 2, targetUnits: 2 }];
    const network = indexNetwork(buildSnapshot({ stock }));
    expect(skuBalances(network, 'cup', { marginPercent: 40, horizonDays: 6, markdown: MARKDOWN })).toMatchObject([
      {
        unitsThere: 3,
        days: 6,
        meanUnits: 3,
        variance: 24,
        marginMicros: 4_000_000,
        unitsOver: 1,
        markdownMicros: 3_000_000,
      },
    ]);
  });
});

describe('cover', () => {
  it('is weeks of demand, before and after', async () => {
    expect([coverWeeks(14, 1), coverWeeks(-2, 1), coverWeeks(3, 0), coverWeeks(3, undefined)]).toEqual([
      2,
      0,
      null,
      null,
    ]);
    const plan = await planOf({ north: { onHand: 9, allocated: 2, demandPerDay: 0.5 }, units: 4 });
    const snapshot = buildSnapshot({
      stock: [
        { sku: 'cup', nodeId: 'north', onHand: 9, allocated: 2, demandPerDay: 0.5 },
        { sku: 'jug', nodeId: 'north', onHand: 5, demandPerDay: 0.5 },
        { sku: 'pot', nodeId: 'north', onHand: 5 },
        { sku: 'cup', nodeId: 'south', onHand: 5 },
      ],
    });
    // Cups 7 and jugs 5, then 3 and 5; a cup and a jug are asked for every second day, 7 units a week.
    expect([...coverByNode(plan.orders, snapshot)]).toEqual([['north', { weeksBefore: 12 / 7, weeksAfter: 8 / 7 }]]);
    const [north] = plan.kpis.nodes;
    expect([north!.coverWeeksBefore, north!.coverWeeksAfter]).toEqual([2, 3 / 3.5]);
  });
});
