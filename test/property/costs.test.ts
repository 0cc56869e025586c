// What must hold of costs in any scenario: terms add up, the check agrees to the micro, a cheaper rate never raises the optimum.
import { DEFAULT_LIMITS, parseScenario, type Plan, type Scenario, source, type Strategy } from '@sourcewright/engine';
import { describe, expect, it } from 'vitest';
import { COST_TERMS } from '../../packages/engine/src/model/cost-terms.ts';
import type { RateCard } from '../../packages/engine/src/model/rate-card.ts';
import { withRandomCollection } from '../../packages/engine/src/testing/random-collection.ts';
import { withRandomCosts } from '../../packages/engine/src/testing/random-costs.ts';
import { randomScenario } from '../../packages/engine/src/testing/random-scenario.ts';
import { exhaustiveWave } from './exhaustive-wave.ts';
import { straightScenario } from './straight-scenario.ts';

const SIZE = { orders: 6, nodes: 4, skus: 6, linesPerOrder: 3, limits: true };

function scenarioOf(seed: number, size = SIZE): Scenario {
  const parsed = parseScenario(withRandomCosts(randomScenario(seed, size), seed));
  if (!parsed.ok) throw new Error(`Seed ${seed}: ${JSON.stringify(parsed.error)}`);
  return parsed.value;
}

/** The plan has passed the independent check, or this throws. */
async function planOf({ orders, snapshot, policy }: Scenario, strategy: Strategy): Promise<Plan> {
  const plan = await source({ orders, snapshot }, { ...policy, strategy }, DEFAULT_LIMITS);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

describe('costs of random scenarios', () => {
  it.each(['fcfs-exact', 'optimal', 'nearest'] as const)('agree with the check, by %s', async (strategy) => {
    let charged = 0;
    for (let seed = 1; seed <= (strategy === 'optimal' ? 40 : 120); seed++) {
      const plan = await planOf(scenarioOf(seed), strategy);
      const terms = COST_TERMS.map((term) => plan.cost[`${term}Micros`]);
      expect(terms.reduce((sum, micros) => sum + micros, 0)).toBe(plan.cost.totalMicros);
      charged += plan.orders.flatMap(({ shipments }) => shipments).filter(({ billableGrams }) => billableGrams).length;
    }
    expect(charged).toBeGreaterThan(20);
  });

  it.each(['fcfs-exact', 'optimal', 'cascade'] as const)('agree where goods are collected, by %s', async (strategy) => {
    const ways = { counter: 0, transfer: 0, overtime: 0 };
    for (let seed = 1; seed <= (strategy === 'optimal' ? 40 : 120); seed++) {
      const scenario = withRandomCollection(scenarioOf(seed), seed);
      const parsed = parseScenario(scenario);
      if (!parsed.ok) throw new Error(`Seed ${seed}: ${JSON.stringify(parsed.error)}`);
      const plan = await planOf(cascading(parsed.value, strategy), strategy);
      for (const { collectAt, arriveOn, cost } of plan.orders.flatMap(({ shipments }) => shipments)) {
        if (collectAt !== undefined) ways[arriveOn === undefined ? 'counter' : 'transfer'] += 1;
        if (cost.capacityMicros > 0) ways.overtime += 1;
      }
    }
    expect(Math.min(...Object.values(ways)), JSON.stringify(ways)).toBeGreaterThan(5);
  });

  it('give plans and bounds on either side of the best of all plans', async () => {
    let compared = 0;
    let best = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const parsed = parseScenario(withRandomCosts(straightScenario(seed, { orders: 2, linesPerOrder: 2 }), seed));
      if (!parsed.ok) throw new Error(`Seed ${seed}: ${JSON.stringify(parsed.error)}`);
      const least = await exhaustiveWave(parsed.value, 40_000);
      if (least === null) continue;
      for (const strategy of ['optimal', 'fcfs-exact'] as const) {
        const plan = await planOf(parsed.value, strategy);
        expect(plan.cost.totalMicros, `seed ${seed}, ${strategy}`).toBeGreaterThanOrEqual(least);
        expect(plan.proof.lowerBoundMicros, `seed ${seed}, ${strategy}`).toBeLessThanOrEqual(least);
        if (strategy === 'optimal' && plan.cost.totalMicros === least) best += 1;
      }
      compared += 1;
    }
    expect(compared).toBeGreaterThan(20);
    expect(best).toBeGreaterThan(0.9 * compared);
  });

  it('a cheaper rate never raises the optimum of an order', async () => {
    let cheaper = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const scenario = scenarioOf(seed, { ...SIZE, orders: 1 });
      const before = await planOf(scenario, 'fcfs-exact');
      const { snapshot } = scenario;
      const rateCards = snapshot.rateCards.map((card, index) => (index === seed % 2 ? halved(card, seed) : card));
      const after = await planOf({ ...scenario, snapshot: { ...snapshot, rateCards } }, 'fcfs-exact');
      if (!before.orders[0]!.proof.proven || !after.orders[0]!.proof.proven) continue;
      expect(after.cost.totalMicros, `seed ${seed}`).toBeLessThanOrEqual(before.cost.totalMicros);
      cheaper += after.cost.totalMicros < before.cost.totalMicros ? 1 : 0;
    }
    expect(cheaper).toBeGreaterThan(30);
  });
});

/** A cascade of one strategy, where one is asked for. */
function cascading(scenario: Scenario, strategy: Strategy): Scenario {
  if (strategy !== 'cascade') return scenario;
  const cascade = { strategies: [{ name: 'nearest', rank: [{ by: 'distance' as const }] }] };
  return { ...scenario, policy: { ...scenario.policy, cascade } };
}

/** One of what a card charges is halved, everywhere on it. */
function halved(card: RateCard, seed: number): RateCard {
  const half = (micros: number): number => Math.floor(micros / 2);
  const bands = (what: 'fixedMicros' | 'perKgMicros') =>
    card.zones.map((zone) => ({ ...zone, bands: zone.bands.map((band) => ({ ...band, [what]: half(band[what]) })) }));
  if (seed % 3 === 0) return { ...card, zones: bands('fixedMicros') };
  if (seed % 3 === 1) return { ...card, zones: bands('perKgMicros') };
  const { residentialMicros = 0, fuelPercent = 0, ...rest } = card.surcharges ?? {};
  const surcharges = { ...rest, residentialMicros: half(residentialMicros), fuelPercent: fuelPercent / 2 };
  return { ...card, surcharges, zones: bands('fixedMicros') };
}
