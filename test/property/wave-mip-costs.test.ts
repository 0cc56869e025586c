// The exported program under every cost there is: bound, optimum of HiGHS and cost in that order, and HiGHS's own plan, built,
// verified and priced by the engine, costs what HiGHS says. Seeds are named in every failure.
import {
  DEFAULT_LIMITS,
  parseScenario,
  type Plan,
  type RateCard,
  type Scenario,
  source,
  type Strategy,
} from '@sourcewright/engine';
import { withRandomCollection, withRandomCosts, withRandomLimits } from '@sourcewright/engine/testing';
import { describe, expect, it } from 'vitest';
import { highsOptimum, planTaking } from './highs-optimum.ts';
import { straightScenario } from './straight-scenario.ts';

/** HiGHS keeps its rows to a millionth; costs here are up to some hundreds. */
const TOLERANCE_MICROS = 200;
/** WAVE_RUNS asks for more. */
const RUNS = Number(process.env['WAVE_RUNS'] ?? 30);
const LIMITS = { ...DEFAULT_LIMITS, waveWork: 30_000 };

/** Every cost and time; limits in two waves out of three, collection and labour in one out of two. */
function costlyScenario(seed: number): Scenario {
  const straight = straightScenario(seed, { orders: 6, linesPerOrder: 3 });
  const limited = seed % 3 === 0 ? straight : withRandomLimits(straight, seed);
  const costly = withRandomCosts(limited, seed);
  const scenario = seed % 2 === 0 ? costly : withRandomCollection(costly, seed);
  const { snapshot } = scenario;
  const parsed = parseScenario({ ...scenario, snapshot: { ...snapshot, rateCards: snapshot.rateCards.map(oneBand) } });
  if (!parsed.ok) throw new Error(`Seed ${seed}: ${JSON.stringify(parsed.error)}`);
  return parsed.value;
}

function oneBand(card: RateCard): RateCard {
  const zones = card.zones.map((zone) => {
    const { fixedMicros, perKgMicros } = zone.bands[0]!;
    return { ...zone, bands: [{ fixedMicros, perKgMicros }] };
  });
  return { ...card, zones };
}

async function planOf({ orders, snapshot, policy }: Scenario, strategy: Strategy): Promise<Plan> {
  const plan = await source({ orders, snapshot }, { ...policy, strategy }, LIMITS);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

describe('the program of a wave under all costs', () => {
  it(
    'has an optimum between bounds and plans, and it is a plan that costs that',
    async () => {
      const seen = {
        stockOut: 0,
        risk: 0,
        speed: 0,
        lateness: 0,
        capacity: 0,
        handling: 0,
        billable: 0,
        collected: 0,
        chance: 0,
      };
      for (let seed = 1; seed <= RUNS; seed++) {
        const scenario = costlyScenario(seed);
        const best = await highsOptimum(scenario);
        const own = await planTaking(best, scenario);
        expect(Math.abs(own.cost.totalMicros - best.micros), `seed ${seed} HiGHS`).toBeLessThan(TOLERANCE_MICROS);
        for (const strategy of ['optimal', 'fcfs-exact', 'nearest'] as const) {
          const { cost, proof } = await planOf(scenario, strategy);
          const what = `seed ${seed} ${strategy}`;
          expect(cost.totalMicros, what).toBeGreaterThan(best.micros - TOLERANCE_MICROS);
          expect(proof.lowerBoundMicros, what).toBeLessThan(best.micros + TOLERANCE_MICROS);
        }
        for (const term of ['stockOut', 'risk', 'speed', 'lateness', 'capacity', 'handling'] as const) {
          if (own.cost[`${term}Micros`] > 0) seen[term]++;
        }
        const shipments = own.orders.flatMap((order) => order.shipments);
        if (shipments.some(({ billableGrams }) => billableGrams !== undefined)) seen.billable++;
        if (shipments.some(({ collectAt }) => collectAt !== undefined)) seen.collected++;
        if (shipments.some(({ onTimeProbability }) => onTimeProbability !== undefined)) seen.chance++;
      }
      expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(RUNS / 10);
    },
    30_000 + 10_000 * RUNS,
  );
});
