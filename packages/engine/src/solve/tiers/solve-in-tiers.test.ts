import { describe, expect, it } from 'vitest';
import type { GoalTier } from '../../model/goal-tiers.ts';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import type { Plan } from '../../model/plan.ts';
import { STRATEGIES, type Strategy } from '../../model/policy.ts';
import { source } from '../../source.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
  buildScenario,
  buildSnapshot,
} from '../../testing/build-scenario.ts';
import { randomScenario } from '../../testing/random-scenario.ts';
import type { Scenario } from '../../model/scenario.ts';

const LIMITS = { ...DEFAULT_LIMITS, waveWork: 40_000 };

async function planOf(scenario: Scenario, tiers?: readonly GoalTier[], strategy: Strategy = 'optimal'): Promise<Plan> {
  const goals = { ...scenario.policy.goals, ...(tiers ? { tiers: [...tiers] } : {}) };
  const plan = await source(scenario, { ...scenario.policy, strategy, goals }, LIMITS);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

/** One cup: a slow card at 4.00 that is three days late at 1.00 a day, or a fast one at 5.00 in time. */
function slowOrFast(): Scenario {
  const card = (rateCardId: string, fixedMicros: number, transitDays: number) =>
    buildRateCard({ rateCardId, zones: [{ zone: 'all', transitDays, bands: [{ fixedMicros, perKgMicros: 0 }] }] });
  return buildScenario({
    snapshot: buildSnapshot({
      nodes: [buildNode('north', { rateCardIds: ['slow', 'fast'] })],
      rateCards: [card('slow', 4_000_000, 4), card('fast', 5_000_000, 1)],
    }),
    orders: [buildOrder('o1', [buildLine('1', 'cup')], { promiseBy: '2011-11-15' })],
    policy: buildPolicy({
      goals: {
        splitMicros: 0,
        latenessPerDayMicros: 1_000_000,
        unsourced: { perUnitMicros: 50_000_000, valuePercent: 0 },
      },
    }),
  });
}

const costThenSpeed = (tolerancePercent: number): GoalTier[] => [
  { name: 'cost', terms: { shipping: 1, unsourced: 1 }, tolerancePercent },
  { name: 'speed', terms: { lateness: 1 } },
];

describe('goal tiers', () => {
  it('take the cheap way, and the fast one where the tolerance pays for it', async () => {
    for (const strategy of ['optimal', 'fcfs-exact'] as const) {
      // 5.00 is 25 % above 4.00.
      const near = await planOf(slowOrFast(), costThenSpeed(24), strategy);
      expect(near.tiers).toMatchObject([
        { name: 'cost', objectiveMicros: 4_000_000, limitMicros: 4_960_000 },
        { name: 'speed', objectiveMicros: 3_000_000, limitMicros: null },
      ]);
      expect(near.tiers[0]!.gap).toBeLessThan(1e-6);
      // Slow and fast in shares that use up the limit: 1 − 0.96 of it slow, three days at 1.00.
      expect(near.tiers[1]!.lowerBoundMicros).toBeLessThanOrEqual(120_000);
      const far = await planOf(slowOrFast(), costThenSpeed(25), strategy);
      expect(far.tiers).toMatchObject([
        { name: 'cost', objectiveMicros: 5_000_000, limitMicros: 5_000_000 },
        { name: 'speed', objectiveMicros: 0, lowerBoundMicros: 0, gap: 0, limitMicros: null },
      ]);
      expect(far.tiers[0]!.gap).toBeCloseTo(0.2, 6);
      expect(far.orders[0]!.shipments[0]!.rateCardId).toBe('fast');
    }
  });

  it('may tolerate an amount of money instead of a share', async () => {
    const tiers = (toleranceMicros: number): GoalTier[] => [
      { name: 'cost', terms: { shipping: 1, unsourced: 1 }, toleranceMicros },
      { name: 'speed', terms: { lateness: 1 } },
    ];
    expect((await planOf(slowOrFast(), tiers(999_999))).orders[0]!.shipments[0]!.rateCardId).toBe('slow');
    expect((await planOf(slowOrFast(), tiers(1_000_000))).orders[0]!.shipments[0]!.rateCardId).toBe('fast');
  });

  it('weigh the terms of a tier', async () => {
    const late = (weight: number): GoalTier[] => [{ name: 'all', terms: { lateness: weight } }];
    // Slow costs 4.00 and three days of 1.00 at the weight; fast costs 5.00.
    expect((await planOf(slowOrFast(), late(0.333))).orders[0]!.shipments[0]!.rateCardId).toBe('slow');
    const fast = await planOf(slowOrFast(), late(0.334));
    expect(fast.orders[0]!.shipments[0]!.rateCardId).toBe('fast');
    expect(fast.tiers[0]!.objectiveMicros).toBe(5_000_000);
  });

  it('give the last unit to whom it matters before money is looked at', async () => {
    // Two orders for one cup; the first is nearer and pays less shipping, the second is worth more.
    const scenario = buildScenario({
      snapshot: buildSnapshot({ items: [buildItem('cup')], stock: [{ sku: 'cup', nodeId: 'north', onHand: 1 }] }),
      orders: [
        buildOrder('a', [buildLine('1', 'cup')], { priority: 0 }),
        buildOrder('b', [buildLine('1', 'cup')], { priority: 9 }),
      ],
    });
    const plan = await planOf(scenario, [
      { name: 'fill', terms: { unsourced: 1 } },
      { name: 'cost', terms: {} },
    ]);
    expect(plan.orders.map(({ orderId, shipments }) => [orderId, shipments.length])).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
  });

  it('with all weights 1 in one tier are no goals at all', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const scenario = randomScenario(seed, { orders: 8, nodes: 4, skus: 4, linesPerOrder: 3 });
      for (const strategy of ['optimal', 'fcfs-exact'] as const) {
        const plain = await planOf(scenario, undefined, strategy);
        const tier = await planOf(scenario, [{ name: 'cost', terms: {} }], strategy);
        const sent = ({ orders }: Plan) => orders.map(({ shipments, cost }) => ({ shipments, cost }));
        expect(sent(tier), `seed ${seed} ${strategy}`).toEqual(sent(plain));
        expect(tier.tiers[0]!.objectiveMicros).toBe(plain.cost.totalMicros);
      }
    }
  });

  it('are reported by every strategy, give the same bytes twice, and never break a limit', async () => {
    const tiers: GoalTier[] = [
      { name: 'fill', terms: { unsourced: 1 }, tolerancePercent: 1 },
      { name: 'late', terms: { lateness: 1.5 }, toleranceMicros: 2_000_000 },
      { name: 'rest', terms: { split: 0 } },
    ];
    for (let seed = 11; seed <= 13; seed++) {
      const scenario = randomScenario(seed, { orders: 8, nodes: 4, skus: 4, linesPerOrder: 4 });
      for (const strategy of STRATEGIES) {
        const plan = await planOf(scenario, tiers, strategy);
        expect(plan.tiers.map(({ name }) => name)).toEqual(['fill', 'late', 'rest']);
        for (const { objectiveMicros, limitMicros } of plan.tiers) {
          expect(objectiveMicros).toBeLessThanOrEqual(limitMicros ?? Infinity);
        }
        expect(await planOf(scenario, tiers, strategy), `seed ${seed} ${strategy}`).toEqual(plan);
      }
    }
  });

  it('are told of the plans that are there before the solver begins, and of those on the way', async () => {
    const goals = { tiers: costThenSpeed(5) };
    const told = { safe: 0, taken: 0 };
    for (let seed = 1; seed <= 12; seed++) {
      const scenario = randomScenario(seed, { orders: 6, nodes: 4, skus: 3, linesPerOrder: 2 });
      for (const strategy of ['optimal', 'nearest'] as const) {
        const policy = { ...scenario.policy, strategy, goals: { ...scenario.policy.goals, ...goals } };
        // Each is verified as it is made: one that reports other tiers than the policy has would throw.
        const plan = await source(scenario, policy, LIMITS, {
          onSafePlan: ({ tiers, cost }) => {
            told.safe += 1;
            expect(tiers.map(({ name }) => name)).toEqual(['cost', 'speed']);
            expect(tiers[0]!.objectiveMicros).toBeLessThanOrEqual(cost.totalMicros);
          },
          onIncumbent: async ({ take }) => {
            told.taken += 1;
            expect((await take()).tiers.map(({ name }) => name)).toEqual(['cost', 'speed']);
          },
        });
        expect(plan.ok).toBe(true);
      }
    }
    expect([told.safe, told.taken > 10]).toEqual([48, true]);
  });

  it('can be cancelled', async () => {
    const scenario = randomScenario(3, { orders: 8, nodes: 4, skus: 4, linesPerOrder: 3 });
    const policy = { ...scenario.policy, strategy: 'optimal' as const };
    const goals = { ...policy.goals, tiers: costThenSpeed(3) };
    let asked = 0;
    const plan = await source(scenario, { ...policy, goals }, LIMITS, { isCancelled: () => ++asked > 30 });
    expect(plan.ok ? 'planned' : plan.error[0]!.code).toBe('cancelled');
  });
});
