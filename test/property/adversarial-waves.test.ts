// Waves built to hurt: nothing to send, nothing to choose by, sums that hardly fit, far too many lines, money of every size.
// Each must end inside its work, verify, have a bound that holds, and come out the same twice.
import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  createPrng,
  DEFAULT_LIMITS,
  type Item,
  type Node,
  type Order,
  type Plan,
  type Policy,
  type Scenario,
  type StockLevel,
  source,
  verify,
} from '@sourcewright/engine';
import {
  buildCalendar,
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
} from '@sourcewright/engine/testing';

const LIMITS = { ...DEFAULT_LIMITS, waveWork: 200_000 };
/** A round of prices that has begun is finished, in every solve of a tier: at most every order once more, at what a large one counts. */
const OVERRUN = 0.5;
const WHOLE: Policy['allow'] = { partial: true, splitQuantity: 'never', maxShipDelayDays: 0 };

interface Draft {
  readonly nodes?: readonly Node[];
  readonly items?: readonly Item[];
  readonly stock: readonly StockLevel[];
  readonly orders: readonly Order[];
  readonly rateCards?: Scenario['snapshot']['rateCards'];
  readonly allow?: Policy['allow'];
}

function waveOf({ nodes, items, stock, orders, rateCards, allow }: Draft): Scenario {
  return {
    scenarioId: 'adversarial',
    title: 'Adversarial',
    snapshot: {
      currency: 'GBP',
      timeZone: 'Europe/London',
      asOf: '2011-11-14T00:00:00Z',
      nodes: [...(nodes ?? nodesOf(4))],
      items: [...(items ?? [buildItem('cup')])],
      stock: [...stock],
      calendars: [buildCalendar()],
      rateCards: [...(rateCards ?? [buildRateCard()])],
    },
    orders: [...orders],
    policy: buildPolicy(allow ? { allow } : {}),
  };
}

const nodesOf = (count: number, over: Partial<Node> = {}): Node[] =>
  Array.from({ length: count }, (_, at) => buildNode(`n${at}`, over));
const cups = (count: number, quantity = 1): Order[] =>
  Array.from({ length: count }, (_, at) =>
    buildOrder(`o${String(at).padStart(3, '0')}`, [buildLine('1', 'cup', quantity)]),
  );
const stockEverywhere = (nodes: number, onHand: number, skus: readonly string[] = ['cup']): StockLevel[] =>
  Array.from({ length: nodes }, (_, at) => skus.map((sku) => ({ sku, nodeId: `n${at}`, onHand }))).flat();

function manyLines(): { items: Item[]; stock: StockLevel[]; order: Order; skus: string[] } {
  const prng = createPrng(11);
  const skus = Array.from({ length: 1000 }, (_, at) => `sku${at}`);
  const stock = skus.flatMap((sku) =>
    Array.from({ length: 8 }, (_, node) => ({ sku, nodeId: `n${node}`, onHand: prng.integer(0, 3) })),
  );
  const lines = skus.map((sku, at) => buildLine(String(at + 1), sku, prng.integer(1, 2)));
  const items = skus.map((sku) => buildItem(sku, { weightGrams: prng.integer(5, 2000) }));
  return { items, stock, order: buildOrder('large', lines), skus };
}

/** Lines come whole; two nodes can handle together exactly the units of all orders, each a sum that few subsets hit. */
function knapsackEqualities(): Scenario {
  const prng = createPrng(5);
  const quantities = Array.from({ length: 24 }, () => prng.integer(1000, 9999));
  const half = quantities.reduce((sum, quantity, at) => sum + (at % 3 === 0 ? quantity : 0), 0);
  const all = quantities.reduce((sum, quantity) => sum + quantity, 0);
  return waveOf({
    nodes: [
      buildNode('n0', { capacity: { unitsPerDay: half } }),
      buildNode('n1', { capacity: { unitsPerDay: all - half } }),
    ],
    items: [buildItem('cup', { weightGrams: 1 })],
    stock: [
      { sku: 'cup', nodeId: 'n0', onHand: half },
      { sku: 'cup', nodeId: 'n1', onHand: all - half },
    ],
    orders: quantities.map((quantity, at) => buildOrder(`o${at}`, [buildLine('1', 'cup', quantity)])),
    allow: WHOLE,
  });
}

/** Handling, parcels and penalties from nothing to a million of the currency. */
function moneyOfEverySize(): Scenario {
  const prng = createPrng(3);
  const amount = (): number => prng.pick([0, 1, 999, 1_000_000, 987_654_321, 10 ** 12]);
  const rateCards = Array.from({ length: 4 }, (_, at) =>
    buildRateCard({
      rateCardId: `card${at}`,
      zones: [{ zone: 'all', transitDays: 1, bands: [{ fixedMicros: amount(), perKgMicros: amount() }] }],
    }),
  );
  const nodes = nodesOf(4).map((node, at) => ({
    ...node,
    rateCardIds: [`card${at}`],
    handling: { perShipmentMicros: amount(), perLineMicros: amount(), perUnitMicros: amount() },
  }));
  const skus = ['cup', 'pot'];
  const orders = Array.from({ length: 20 }, (_, at) =>
    buildOrder(
      `o${at}`,
      skus.map((sku, line) => buildLine(String(line + 1), sku, prng.integer(1, 3), { unitPriceMicros: amount() })),
    ),
  );
  const wave = waveOf({
    nodes,
    rateCards,
    items: skus.map((sku) => buildItem(sku)),
    stock: stockEverywhere(4, 6, skus),
    orders,
  });
  const goals = { ...wave.policy.goals, unsourced: { perUnitMicros: 1000, valuePercent: 100 } };
  return { ...wave, policy: { ...wave.policy, goals } };
}

const WAVES: Readonly<Record<string, () => Scenario>> = {
  'all orders want one unit': () => waveOf({ stock: [{ sku: 'cup', nodeId: 'n2', onHand: 1 }], orders: cups(60) }),
  'zero stock': () => waveOf({ stock: stockEverywhere(4, 0), orders: cups(30) }),
  'zero capacity': () =>
    waveOf({
      nodes: nodesOf(4, { capacity: { shipmentsPerDay: 0, unitsPerDay: 0 } }),
      stock: stockEverywhere(4, 50),
      orders: cups(30),
    }),
  'all ties': () => waveOf({ stock: stockEverywhere(4, 7), orders: cups(40), allow: WHOLE }),
  'one order of 1,000 lines': () => {
    const { items, stock, order } = manyLines();
    return waveOf({ nodes: nodesOf(8), items, stock, orders: [order] });
  },
  'one order of 1,000 lines inside a wave': () => {
    const { items, stock, order, skus } = manyLines();
    const small = Array.from({ length: 40 }, (_, at) =>
      buildOrder(`s${at}`, [buildLine('1', skus[at * 7]!), buildLine('2', skus[at * 11 + 3]!, 2)]),
    );
    return waveOf({ nodes: nodesOf(8), items, stock, orders: [...small.slice(0, 20), order, ...small.slice(20)] });
  },
  'costs from 0 to a million': moneyOfEverySize,
  'equalities of a knapsack with two rows': knapsackEqualities,
  'no orders': () => waveOf({ stock: stockEverywhere(4, 5), orders: [] }),
  'every order the same': () =>
    waveOf({
      items: [buildItem('cup'), buildItem('pot')],
      nodes: nodesOf(4, { capacity: { shipmentsPerDay: 6 } }),
      stock: stockEverywhere(4, 15, ['cup', 'pot']),
      orders: cups(50).map((order) => ({ ...order, lines: [buildLine('1', 'cup', 2), buildLine('2', 'pot')] })),
    }),
  'one node': () => waveOf({ nodes: nodesOf(1), stock: stockEverywhere(1, 20), orders: cups(30, 2) }),
  'all nodes closed': () =>
    waveOf({ nodes: nodesOf(4, { status: 'closed' }), stock: stockEverywhere(4, 20), orders: cups(30) }),
};

async function planOf(scenario: Scenario, policy: Policy): Promise<Plan> {
  const plan = await source(scenario, policy, LIMITS);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

const FILL_FIRST: Policy['goals']['tiers'] = [
  { name: 'fill', terms: { unsourced: 1 }, tolerancePercent: 1 },
  { name: 'cost', terms: {} },
];

describe.each(Object.keys(WAVES))('%s', (name) => {
  it.each([
    ['optimal', 'one sum', {}],
    ['fcfs-exact', 'one sum', {}],
    ['optimal', 'goal tiers', { tiers: FILL_FIRST }],
  ] as const)('%s by %s ends, verifies, is bounded and repeats', async (strategy, _, ranked) => {
    const scenario = WAVES[name]!();
    const policy: Policy = { ...scenario.policy, strategy, goals: { ...scenario.policy.goals, ...ranked } };
    const plan = await planOf(scenario, policy);
    expect(await verify(plan, scenario, policy)).toEqual([]);
    expect(plan.orders).toHaveLength(scenario.orders.length);
    expect(plan.proof.lowerBoundMicros).toBeLessThanOrEqual(plan.cost.totalMicros);
    for (const { objectiveMicros, limitMicros } of plan.tiers) {
      expect(objectiveMicros).toBeLessThanOrEqual(limitMicros ?? Infinity);
    }
    const most = strategy === 'optimal' ? LIMITS.waveWork : LIMITS.orderWork * scenario.orders.length;
    expect(plan.effort.work).toBeLessThanOrEqual(most * (1 + OVERRUN));
    expect(canonicalJson(await planOf(WAVES[name]!(), policy))).toBe(canonicalJson(plan));
  });
});

describe('what can be known of them beforehand', () => {
  const optimal = async (name: string): Promise<Plan> => {
    const scenario = WAVES[name]!();
    return planOf(scenario, { ...scenario.policy, strategy: 'optimal' });
  };

  it('one unit goes to one order, and everything stays where nothing can be sent', async () => {
    expect((await optimal('all orders want one unit')).kpis.shipments).toBe(1);
    for (const name of ['zero stock', 'zero capacity', 'all nodes closed']) {
      const { kpis, proof } = await optimal(name);
      expect([kpis.shipments, kpis.unsourcedUnits, proof.proven], name).toEqual([0, 30, true]);
    }
  });

  it('ties and equal orders are proven, one price being all there is', async () => {
    expect((await optimal('all ties')).proof.gap).toBeLessThan(0.05);
    expect((await optimal('one node')).kpis.unsourcedUnits).toBe(40);
  });

  it('knapsack equalities leave little out', async () => {
    expect((await optimal('equalities of a knapsack with two rows')).kpis.unitFillRate).toBeGreaterThan(0.9);
  });
});
