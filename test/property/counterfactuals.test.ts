import { describe, expect, it } from 'vitest';
import {
  applyChange,
  type Change,
  createExplainer,
  DEFAULT_LIMITS,
  type OrderPlan,
  type Scenario,
  source,
} from '../../packages/engine/src/index.ts';
import { withRandomCollection } from '../../packages/engine/src/testing/random-collection.ts';
import { withRandomCosts } from '../../packages/engine/src/testing/random-costs.ts';
import { randomScenario } from '../../packages/engine/src/testing/random-scenario.ts';

/** Orders that are tried; 1,000 take some minutes. */
const RUNS = Number(process.env['RUNS'] ?? 60);
const FIRST_SEED = Number(process.env['SEED'] ?? 1);

const strategies = ['fcfs-exact', 'optimal', 'nearest', 'priority', 'fewest-shipments', 'cascade'] as const;

function scenarioOf(seed: number): Scenario {
  const plain = randomScenario(seed, { orders: 1, nodes: 4, skus: 3, linesPerOrder: 3, limits: seed % 3 === 0 });
  const costly = seed % 4 < 2 ? plain : withRandomCosts(plain, seed);
  const random = seed % 4 === 3 ? withRandomCollection(costly, seed) : costly;
  const strategy = strategies[seed % 10 < 6 ? 0 : seed % 6]!;
  return { ...random, policy: { ...random.policy, strategy } };
}

/** The one order sourced by the public door on all of the snapshot. */
async function planOf(scenario: Scenario) {
  const result = await source(scenario, scenario.policy, DEFAULT_LIMITS);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function changedPlan(scenario: Scenario, change: Change): Promise<OrderPlan> {
  const of = { snapshot: scenario.snapshot, order: scenario.orders[0]!, policy: scenario.policy };
  const { snapshot, order, policy } = applyChange(of, change);
  return (await planOf({ ...scenario, snapshot, orders: [order], policy })).orders[0]!;
}

/** Who supplies a sku, by node id; and whether any of it stays open. */
function supplyOf({ shipments, unsourced }: OrderPlan, sku: string): string {
  const nodes = new Set(
    shipments.filter(({ lines }) => lines.some((line) => line.sku === sku)).map((one) => one.nodeId),
  );
  const open = unsourced.some((line) => line.sku === sku);
  return `${[...nodes].sort().join(' ')}${open ? ' and nobody' : ''}`;
}

describe('a counterfactual', () => {
  it('flips the choice when it is applied and the order sourced again, and just less does not', {
    timeout: 600_000,
  }, async () => {
    const kinds = new Map<string, number>();
    let orders = 0;
    let several = 0;
    for (let seed = FIRST_SEED; orders < RUNS; seed++) {
      orders += 1;
      const scenario = scenarioOf(seed);
      const plan = await planOf(scenario);
      const [now] = plan.orders;
      const explainer = createExplainer(scenario, scenario.policy, plan);
      const { counterfactuals } = (await explainer.explain(now!.orderId, { counterfactuals: true }))!;
      // Units left open are told line by line.
      const said = counterfactuals!.map(({ lineId, change, becomes }) =>
        JSON.stringify([change, becomes, becomes.unsourced > 0 && becomes.nodeIds.length > 0 ? lineId : '']),
      );
      expect(new Set(said).size, `seed ${seed}: what a change does is told once`).toBe(said.length);
      expect(new Set(counterfactuals!.map(({ id }) => id)).size, `seed ${seed}: ids`).toBe(said.length);
      for (const { lineId, lineIds, change, justLess, becomes, sentence } of counterfactuals!) {
        const what = `seed ${seed} ${scenario.policy.strategy}: ${sentence} ${JSON.stringify(change)}`;
        kinds.set(change.kind, (kinds.get(change.kind) ?? 0) + 1);
        expect(lineIds, what).toContain(lineId);
        const skus = new Set(lineIds.map((id) => scenario.orders[0]!.lines.find((line) => line.lineId === id)!.sku));
        if (skus.size > 1) several += 1;
        const after = await changedPlan(scenario, change);
        const isRule = change.kind === 'rule';
        const less =
          isRule || justLess === change.from ? now! : await changedPlan(scenario, { ...change, to: justLess! });
        const named = `${[...becomes.nodeIds].sort().join(' ')}${becomes.unsourced > 0 ? ' and nobody' : ''}`;
        for (const sku of skus) {
          expect(supplyOf(after, sku), what).not.toBe(supplyOf(now!, sku));
          expect(supplyOf(after, sku), what).toBe(named);
          if (isRule) continue;
          expect(supplyOf(less, sku), `just less, ${what}`).toBe(supplyOf(now!, sku));
        }
      }
    }
    if (RUNS >= 60) expect(several).toBeGreaterThan(10);
    if (RUNS >= 60) expect(kinds.size).toBeGreaterThanOrEqual(7);
    if (process.env['RUNS']) console.log(orders, 'orders', Object.fromEntries(kinds));
  });
});
