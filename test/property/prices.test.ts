// Shadow prices against re-solving with one more unit, where HiGHS knows both optima. Seeds are named in every failure.
//
// Prices p ≥ 0 prove opt(S) ≥ L(p) − p·S for every stock S that gives the orders the same plans. So with one more unit of r:
// opt(S) − opt(S + r) ≤ (opt(S) − bound(S)) + p(r): what a unit saves is at most its price and what the bound leaves open.
// Listed prices are those before cuts: any gap is good enough here, so that the bound is the one that they prove.
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type Plan, type Scenario, type ShadowPrice, source, waveMip } from '@sourcewright/engine';
import { solveMip } from '../../bench/highs-mip.ts';
import { rankCorrelation } from '../../bench/rank-correlation.ts';
import { straightScenario } from './straight-scenario.ts';

const TOLERANCE_MICROS = 50;
const LIMITS = { ...DEFAULT_LIMITS, waveWork: 400_000, targetGap: 1 };
const WAVES = 12;
const PRICES_A_WAVE = 4;

/** Every sku once an order and one unit of it; nothing to come, one ship day, no rules: a unit more opens and cheapens no plan. */
function singleUnits(seed: number): Scenario {
  const scenario = straightScenario(seed, { orders: 9, linesPerOrder: 3 });
  const orders = scenario.orders.map((order) => ({
    ...order,
    lines: order.lines
      .filter((line, at, all) => all.findIndex(({ sku }) => sku === line.sku) === at)
      .map((line) => ({ ...line, quantity: 1 })),
  }));
  const stock = scenario.snapshot.stock.map((level) => ({
    ...level,
    allocated: 0,
    sourcingBuffer: 0,
    onHand: 1 + (level.onHand % 3),
  }));
  const { allow } = scenario.policy;
  return {
    ...scenario,
    orders,
    snapshot: { ...scenario.snapshot, stock, receipts: [] },
    policy: { ...scenario.policy, strategy: 'optimal', rules: [], allow: { ...allow, maxShipDelayDays: 0 } },
  };
}

async function optimumOf(scenario: Scenario): Promise<number> {
  const mip = await waveMip(scenario, scenario.policy, LIMITS);
  if (!mip.ok) throw new Error(JSON.stringify(mip.error));
  const { status, bestMicros } = await solveMip(mip.value, 60);
  expect(status).toBe('optimal');
  return bestMicros!;
}

async function planOf(scenario: Scenario): Promise<Plan> {
  const plan = await source(scenario, scenario.policy, LIMITS);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

function oneMore({ snapshot, ...rest }: Scenario, { kind, nodeId, sku }: ShadowPrice): Scenario {
  const stock = snapshot.stock.map((level) =>
    kind === 'stock' && level.nodeId === nodeId && level.sku === sku ? { ...level, onHand: level.onHand + 1 } : level,
  );
  const nodes = snapshot.nodes.map((node) => {
    if (kind === 'stock' || node.nodeId !== nodeId || !node.capacity) return node;
    const { shipmentsPerDay = 0, unitsPerDay = 0 } = node.capacity;
    const capacity = kind === 'shipments' ? { shipmentsPerDay: shipmentsPerDay + 1 } : { unitsPerDay: unitsPerDay + 1 };
    return { ...node, capacity: { ...node.capacity, ...capacity } };
  });
  return { ...rest, snapshot: { ...snapshot, stock, nodes } };
}

/** Some priced resources, dearest first, and one that has no price. */
function sampled({ snapshot }: Scenario, { prices }: Plan): ShadowPrice[] {
  const priced = prices.filter(({ supply }) => supply > 0).slice(0, PRICES_A_WAVE);
  const free = snapshot.stock.find(
    ({ sku, nodeId }) => !prices.some((price) => price.sku === sku && price.nodeId === nodeId),
  );
  if (!free) return priced;
  const { sku, nodeId, onHand } = free;
  return [...priced, { kind: 'stock', sku, nodeId, shipOn: null, supply: onHand, unitMicros: 0 }];
}

/** Capacity is raised on all ship days of a node at once. */
function priceOf({ prices }: Plan, { kind, nodeId, sku }: ShadowPrice): number {
  const own = prices.filter((price) => price.kind === kind && price.nodeId === nodeId && price.sku === sku);
  return own.reduce((sum, { unitMicros }) => sum + unitMicros, 0);
}

describe('shadow prices', () => {
  it('bound what one more unit saves, never say that it costs, and rank units as their savings do', async () => {
    const pairs: [price: number, saving: number][] = [];
    for (let seed = 1; seed <= WAVES; seed++) {
      const scenario = singleUnits(seed);
      const plan = await planOf(scenario);
      const best = await optimumOf(scenario);
      const open = best - plan.proof.lowerBoundMicros;
      for (const resource of sampled(scenario, plan)) {
        const saving = best - (await optimumOf(oneMore(scenario, resource)));
        const price = priceOf(plan, resource);
        const what = `seed ${seed}: ${resource.kind} ${resource.nodeId} ${resource.sku} at ${price}, open ${open}`;
        expect(saving, what).toBeGreaterThan(-TOLERANCE_MICROS);
        expect(saving, what).toBeLessThan(open + price + TOLERANCE_MICROS);
        pairs.push([price, saving]);
      }
    }
    expect(pairs.length).toBeGreaterThan(2 * WAVES);
    expect(rankCorrelation(pairs)).toBeGreaterThan(0.5);
  }, 60_000);
});
