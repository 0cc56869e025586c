import { describe, expect, it } from 'vitest';
import { createPrng, type Prng } from '../../base/prng.ts';
import { createEnumerator } from '../../candidates/enumerate.ts';
import { createPricer } from '../../costs/price.ts';
import { Ledger } from '../../inventory/ledger.ts';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import { indexNetwork } from '../../model/network.ts';
import { compilePolicy } from '../../rules/compile-policy.ts';
import { randomScenario } from '../../testing/random-scenario.ts';
import { createCutOracle } from './cut-oracle.ts';
import { readersOf } from './dual-phase.ts';
import { EffectivePriceTable } from './effective-prices.ts';
import { CutBook, parityCut } from './parity-cuts.ts';
import { createPlanEnumeration } from './plan-enumeration.ts';
import { PlanPool } from './plan-pool.ts';
import { fillPool } from './pool-plans.ts';
import { createPriceOracle } from './price-oracle.ts';
import { separateParity } from './separate-parity.ts';
import { createTablePricing } from './table-pricing.ts';
import { compileWave, type WaveModel } from './wave-model.ts';

const NONE: readonly number[] = [];

async function modelOf(seed: number): Promise<WaveModel> {
  const base = randomScenario(seed, { orders: 6, nodes: 4, skus: 3, linesPerOrder: 3 });
  const policy = {
    ...base.policy,
    rules: [],
    allow: { ...base.policy.allow, splitQuantity: 'never' as const, partial: true },
  };
  const snapshot = {
    ...base.snapshot,
    nodes: base.snapshot.nodes.map(({ capacity: _c, ...node }) => node),
    stock: base.snapshot.stock.map((level) => ({ ...level, onHand: Math.min(level.onHand, 3) })),
  };
  const compiled = compilePolicy(policy, '/policy');
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const network = indexNetwork(snapshot);
  const enumerator = createEnumerator(network, policy, compiled.value.book, DEFAULT_LIMITS);
  const orders = await Promise.all(
    base.orders.map(({ maxShipments: _m, shipComplete: _s, promiseBy: _p, ...order }) =>
      enumerator.candidatesOf(order),
    ),
  );
  const input = {
    orders,
    policy,
    pricer: createPricer(network, policy),
    limits: DEFAULT_LIMITS,
    createLedger: () => new Ledger(network),
  };
  return compileWave(input, network, () => true);
}

function randomPrices({ priced }: WaveModel, prng: Prng): Float64Array {
  return Float64Array.from(priced, (one) => (one === 1 && prng.next() < 0.7 ? prng.integer(0, 9_000_000) : 0));
}

/** Every plan of every tabled order. */
function wholePool(model: WaveModel): PlanPool {
  const pool = new PlanPool(model);
  const none = new EffectivePriceTable(model, new Float64Array(model.supply.length));
  fillPool(model, pool, none, { marginMicros: 1e15, plansPerOrder: 1e6 });
  return pool;
}

/** Calls back with every mix of whole plans that the resources allow, until there were `most`. */
function forEachPlan(model: WaveModel, pool: PlanPool, most: number, visit: (plans: readonly number[]) => void): void {
  const orders = [...model.views.keys()].filter((order) => model.tabled[order] === 1);
  const left = model.supply.slice();
  const chosen: number[] = [];
  let seen = 0;
  const change = (plan: number, sign: number): void => {
    for (let at = pool.useStart[plan]!; at < pool.useStart[plan + 1]!; at++)
      left[pool.resource[at]!]! += sign * pool.units[at]!;
  };
  const go = (position: number): void => {
    if (seen >= most) return;
    if (position === orders.length) {
      seen += 1;
      visit(chosen);
      return;
    }
    for (const plan of pool.plansOf(orders[position]!)) {
      change(plan, -1);
      chosen.push(plan);
      if (left.every((units) => units >= 0)) go(position + 1);
      chosen.pop();
      change(plan, 1);
    }
  };
  go(0);
}

/** Cuts over random resources and orders, as valid as any that are searched for. */
function randomCuts(model: WaveModel, book: CutBook, prng: Prng): void {
  const resources = [...model.resources.keys()].filter((resource) => model.priced[resource] === 1);
  for (let count = 0; count < 6; count++) {
    const chosen = resources.filter(() => prng.next() < 0.4);
    const orders = [...model.views.keys()].filter((order) => model.tabled[order] === 1 && prng.next() < 0.3);
    book.add(parityCut(model, chosen, orders));
  }
}

describe('parity cuts', () => {
  it('hold for every plan of a wave in whole units, those searched for and random ones', async () => {
    let plans = 0;
    for (let seed = 1; seed <= 25; seed++) {
      const model = await modelOf(seed);
      const pool = wholePool(model);
      const prng = createPrng(seed);
      const book = new CutBook(model, readersOf(model));
      randomCuts(model, book, prng);
      const share = Float64Array.from(pool.order, () => (prng.next() < 0.3 ? 0.5 : 0));
      separateParity(model, pool, share, model.supply, book, { maxLimits: 5, maxSets: 200, maxShared: 9 });
      forEachPlan(model, pool, 500, (chosen) => {
        plans += 1;
        const counted = new Float64Array(book.cuts.length);
        for (const plan of chosen) book.countPlan(pool, plan, (cut, times) => (counted[cut]! += times));
        for (const [cut, { most }] of book.cuts.entries())
          expect(counted[cut], `seed ${seed}`).toBeLessThanOrEqual(most);
      });
    }
    expect(plans).toBeGreaterThan(1000);
  });

  it('counts nothing twice: one unit two orders each want half of', async () => {
    const model = await modelOf(3);
    const book = new CutBook(model, readersOf(model));
    const cut = parityCut(model, [0], NONE);
    expect(book.add(cut)).toBe(true);
    expect(book.add({ ...cut })).toBe(false);
  });
});

describe('the oracle', () => {
  it('bounds every plan from below at any prices of resources and cuts', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const model = await modelOf(seed);
      const prng = createPrng(seed + 1000);
      const book = new CutBook(model, readersOf(model));
      randomCuts(model, book, prng);
      const pool = wholePool(model);
      const ascents = model.views.map(() => null);
      const oracle = createCutOracle(model, createPriceOracle(model, ascents), new PlanPool(model), book);
      const at = {
        prices: randomPrices(model, prng),
        cutPrices: Float64Array.from(book.cuts, () => prng.integer(0, 5_000_000)),
      };
      expect(model.tabled).not.toContain(0);
      const { lowerBoundMicros } = oracle(at, null);
      let best = Infinity;
      forEachPlan(model, pool, 20_000, (chosen) => {
        best = Math.min(
          best,
          chosen.reduce((sum, plan) => sum + pool.micros[plan]!, 0),
        );
      });
      expect(lowerBoundMicros, `seed ${seed}`).toBeLessThanOrEqual(best);
    }
  });

  it('is exact for an order: its cheapest plan with what cuts charge, and takes in plans that undercut the dual', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const model = await modelOf(seed);
      expect(model.tabled).not.toContain(0);
      const prng = createPrng(seed + 2000);
      const book = new CutBook(model, readersOf(model));
      randomCuts(model, book, prng);
      const whole = wholePool(model);
      const at = {
        prices: randomPrices(model, prng),
        cutPrices: Float64Array.from(book.cuts, () => prng.integer(0, 5_000_000)),
      };
      const priced = Float64Array.from(whole.order, (_, plan) => {
        let micros = whole.micros[plan]!;
        for (let use = whole.useStart[plan]!; use < whole.useStart[plan + 1]!; use++)
          micros += at.prices[whole.resource[use]!]! * whole.units[use]!;
        book.countPlan(whole, plan, (cut, times) => (micros += at.cutPrices[cut]! * times));
        return micros;
      });
      const least = model.views.map((_, order) => Math.min(...[...whole.plansOf(order)].map((plan) => priced[plan]!)));
      const income =
        model.supply.reduce((sum, units, resource) => sum + units * at.prices[resource]!, 0) +
        book.cuts.reduce((sum, { most }, cut) => sum + most * at.cutPrices[cut]!, 0);
      const pool = new PlanPool(model);
      const ascents = model.views.map(() => null);
      const oracle = createCutOracle(model, createPriceOracle(model, ascents), pool, book);
      const answer = oracle(
        at,
        Float64Array.from(least, (micros) => micros + 10),
      );
      const expected = least.reduce((sum, micros) => sum + micros, 0) - income;
      expect(Math.abs(answer.lowerBoundMicros - expected), `seed ${seed}`).toBeLessThan(0.01);
      expect(pool.size, `seed ${seed}`).toBeGreaterThanOrEqual(model.views.length);
      expect(answer.added).toBe(pool.size);
    }
  });
});

describe('enumeration', () => {
  it('starts at what the subset program finds and shows nothing above its limit', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const model = await modelOf(seed);
      const prices = new EffectivePriceTable(model, randomPrices(model, createPrng(seed)));
      const enumeration = createPlanEnumeration(model);
      const pricing = createTablePricing(model);
      for (const order of model.views.keys()) {
        const floor = enumeration.open(order, prices);
        expect(floor).toBeCloseTo(pricing.price(order, prices, null), 3);
        const shown: number[] = [];
        const complete = enumeration.visit(floor + 3_000_000, 100_000, (plan, limit) => {
          shown.push(plan.pricedMicros);
          return limit;
        });
        expect(complete).toBe(true);
        expect(Math.min(...shown)).toBeGreaterThanOrEqual(floor - 1e-3);
        expect(Math.max(...shown)).toBeLessThanOrEqual(floor + 3_000_001);
      }
    }
  });
});
