// Properties that hold for any wave: checked, added up and compared on random scenarios. Seeds are named in every failure.
import {
  COST_TERMS,
  type CostBreakdown,
  DEFAULT_LIMITS,
  type Plan,
  type Policy,
  type Scenario,
  source,
  STRATEGIES,
  type Strategy,
  verify,
} from '@sourcewright/engine';
import { randomScenario } from '@sourcewright/engine/testing';
import { describe, expect, it } from 'vitest';

async function planOf(scenario: Scenario): Promise<Plan> {
  const result = await source(scenario, scenario.policy, { ...DEFAULT_LIMITS, waveWork: 30_000 });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const withPolicy = (scenario: Scenario, over: Partial<Policy>): Scenario => ({
  ...scenario,
  policy: { ...scenario.policy, ...over },
});
const withStrategy = (scenario: Scenario, strategy: Strategy): Scenario => withPolicy(scenario, { strategy });

/** Sums of the terms of many breakdowns, worked out here. */
function termsOf(costs: readonly CostBreakdown[]): number[] {
  return COST_TERMS.map((term) => costs.reduce((sum, cost) => sum + cost[`${term}Micros`], 0));
}

/** One order, each sku once and one unit of each: nothing that could be split or left in part. */
function singles(seed: number): Scenario {
  const scenario = randomScenario(seed, { orders: 1, nodes: 4, skus: 5, linesPerOrder: 4 });
  const [order] = scenario.orders;
  const lines = order!.lines.filter((line, index, all) => all.findIndex(({ sku }) => sku === line.sku) === index);
  return { ...scenario, orders: [{ ...order!, lines: lines.map((line) => ({ ...line, quantity: 1 })) }] };
}

/** The optimal cost of a wave of one order; an unproven one says nothing. */
async function provenMicros(scenario: Scenario): Promise<number | null> {
  const { orders } = await planOf(withStrategy(scenario, 'fcfs-exact'));
  return orders[0]!.proof.proven ? orders[0]!.cost.totalMicros : null;
}

/** Holds `change` against the scenario it starts from: the cost never goes the wrong way. */
async function expectCost(
  scenario: Scenario,
  changed: Scenario,
  direction: 'no higher' | 'no lower',
  what: string,
): Promise<'same' | 'moved' | 'unknown'> {
  const [before, after] = [await provenMicros(scenario), await provenMicros(changed)];
  if (before === null || after === null) return 'unknown';
  if (direction === 'no higher') expect(after, what).toBeLessThanOrEqual(before);
  else expect(after, what).toBeGreaterThanOrEqual(before);
  return after === before ? 'same' : 'moved';
}

describe('every plan', () => {
  it('passes verify, and its terms add up for shipments, orders and wave, under every strategy', async () => {
    for (let seed = 1001; seed <= 1040; seed++) {
      const scenario = randomScenario(seed, { orders: 8, nodes: 5, skus: 5, linesPerOrder: 5, limits: seed % 2 === 0 });
      for (const strategy of STRATEGIES) {
        const what = `seed ${seed} ${strategy}`;
        const variant = withStrategy(scenario, strategy);
        const plan = await planOf(variant);
        expect(await verify(plan, variant, variant.policy), what).toEqual([]);
        for (const { cost, shipments, unsourced } of plan.orders) {
          const left = unsourced.reduce((sum, line) => sum + line.costMicros, 0);
          const parts = termsOf(shipments.map((shipment) => shipment.cost));
          expect(termsOf([cost]), what).toEqual(
            parts.map((micros, index) => micros + (COST_TERMS[index] === 'unsourced' ? left : 0)),
          );
          for (const of of [cost, ...shipments.map((shipment) => shipment.cost)]) {
            expect(of.totalMicros, what).toBe(termsOf([of]).reduce((sum, micros) => sum + micros, 0));
            for (const term of COST_TERMS) expect(of[`${term}Micros`], what).toBeGreaterThanOrEqual(0);
          }
        }
        expect(termsOf([plan.cost]), what).toEqual(termsOf(plan.orders.map(({ cost }) => cost)));
        expect(
          plan.kpis.nodes.reduce((sum, node) => sum + node.costMicros, 0),
          what,
        ).toBe(plan.cost.totalMicros - plan.cost.unsourcedMicros);
        expect(
          plan.kpis.nodes.reduce((sum, node) => sum + node.units, 0),
          what,
        ).toBe(plan.kpis.units - plan.kpis.unsourcedUnits);
      }
    }
  });

  it('is the same whatever the order of orders, stock and items in the input', async () => {
    for (let seed = 1101; seed <= 1125; seed++) {
      const scenario = randomScenario(seed, { orders: 6, nodes: 4, skus: 4, linesPerOrder: 4, limits: seed % 2 === 0 });
      const { snapshot } = scenario;
      const turned: Scenario = {
        ...scenario,
        orders: scenario.orders.toReversed(),
        snapshot: {
          ...snapshot,
          items: snapshot.items.toReversed(),
          stock: snapshot.stock.toReversed(),
          calendars: snapshot.calendars.toReversed(),
          receipts: snapshot.receipts!.toReversed(),
        },
      };
      const { basis: _, ...plan } = await planOf(scenario);
      const { basis: __, ...again } = await planOf(turned);
      expect(again, `seed ${seed}`).toEqual(plan);
    }
  });

  it('never has a first order dearer by the exact strategy than by another', async () => {
    let cheaper = 0;
    for (let seed = 1201; seed <= 1280; seed++) {
      const scenario = randomScenario(seed, { orders: 1, nodes: 5, skus: 5, linesPerOrder: 5, limits: seed % 2 === 0 });
      const exact = (await planOf(withStrategy(scenario, 'fcfs-exact'))).orders[0]!;
      for (const strategy of STRATEGIES) {
        const other = (await planOf(withStrategy(scenario, strategy))).orders[0]!;
        expect(exact.cost.totalMicros, `seed ${seed} ${strategy}`).toBeLessThanOrEqual(other.cost.totalMicros);
        expect(exact.proof.lowerBoundMicros, `seed ${seed} ${strategy}`).toBeLessThanOrEqual(other.cost.totalMicros);
        if (exact.cost.totalMicros < other.cost.totalMicros) cheaper += 1;
      }
    }
    expect(cheaper).toBeGreaterThan(20);
  });
});

describe('a wave of one order', () => {
  it('never costs less when a rate goes up', async () => {
    let moved = 0;
    for (let seed = 1301; seed <= 1360; seed++) {
      const scenario = randomScenario(seed, { orders: 1, nodes: 4, skus: 4, linesPerOrder: 4 });
      const { snapshot } = scenario;
      const rateCards = snapshot.rateCards.map((card, index) =>
        index !== seed % 2
          ? card
          : {
              ...card,
              zones: card.zones.map((zone) => ({
                ...zone,
                bands: zone.bands.map((band) => ({ ...band, fixedMicros: band.fixedMicros + 700_000 })),
              })),
            },
      );
      const outcome = await expectCost(
        scenario,
        { ...scenario, snapshot: { ...snapshot, rateCards } },
        'no lower',
        `seed ${seed}`,
      );
      if (outcome === 'moved') moved += 1;
    }
    expect(moved).toBeGreaterThan(10);
  });

  it('never costs more when there is more stock, where every line is one unit', async () => {
    let moved = 0;
    for (let seed = 1401; seed <= 1480; seed++) {
      const plain = singles(seed);
      const rules = plain.policy.rules!.filter(({ name }) => name !== 'keep the last unit');
      // A node without a limit: with one, its later days are open to an order only where they have more stock.
      const nodes = plain.snapshot.nodes.map((node) => ({ ...node, capacity: {} }));
      const scenario = withPolicy({ ...plain, snapshot: { ...plain.snapshot, nodes } }, { rules });
      const stock = scenario.snapshot.stock.map((level, index) =>
        index % 3 === seed % 3 ? { ...level, onHand: level.onHand + 2 } : level,
      );
      const outcome = await expectCost(
        scenario,
        { ...scenario, snapshot: { ...scenario.snapshot, stock } },
        'no higher',
        `seed ${seed}`,
      );
      if (outcome === 'moved') moved += 1;
    }
    expect(moved).toBeGreaterThan(5);
  });

  it('never costs more without its rules, where every line is one unit', async () => {
    let moved = 0;
    for (let seed = 1501; seed <= 1580; seed++) {
      const scenario = singles(seed);
      const outcome = await expectCost(scenario, withPolicy(scenario, { rules: [] }), 'no higher', `seed ${seed}`);
      if (outcome === 'moved') moved += 1;
    }
    expect(moved).toBeGreaterThan(5);
  });

  it('never costs less nor arrives earlier when the cutoff is earlier, without receipts to wait for', async () => {
    let moved = 0;
    for (let seed = 1601; seed <= 1680; seed++) {
      const random = randomScenario(seed, { orders: 1, nodes: 1, skus: 3, linesPerOrder: 3 });
      const nodes = random.snapshot.nodes.map((node) => ({
        ...node,
        status: 'open' as const,
        rateCardIds: ['parcel'],
      }));
      const scenario = { ...random, snapshot: { ...random.snapshot, nodes, receipts: [] } };
      const calendars = scenario.snapshot.calendars.map((calendar) => ({ ...calendar, cutoff: '07:00' }));
      const earlier = { ...scenario, snapshot: { ...scenario.snapshot, calendars } };
      if ((await expectCost(scenario, earlier, 'no lower', `seed ${seed}`)) === 'moved') moved += 1;
      const arrival = async (of: Scenario): Promise<string[]> =>
        (await planOf(withStrategy(of, 'fcfs-exact'))).orders[0]!.shipments.map(({ deliverOn }) => deliverOn).sort();
      const [before, after] = [await arrival(scenario), await arrival(earlier)];
      if (before.length > 0 && after.length > 0)
        expect(after[0]! >= before[0]!, `seed ${seed}: ${before.join()} to ${after.join()}`).toBe(true);
    }
    expect(moved).toBeGreaterThan(2);
  });
});
