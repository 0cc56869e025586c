import { describe, expect, it } from 'vitest';
import type { CascadeStrategy } from '../../model/cascade.ts';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import type { Policy } from '../../model/policy.ts';
import type { Scenario } from '../../model/scenario.ts';
import { createPrng } from '../../base/prng.ts';
import { explainOrder } from '../../explain/explain.ts';
import { parseScenario } from '../../parse-scenario.ts';
import { verify } from '../../plan/verify.ts';
import { parsePolicy } from '../../rules/compile-policy.ts';
import { source } from '../../source.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildScenario,
  buildSnapshot,
} from '../../testing/build-scenario.ts';
import { stockOf } from '../../testing/explain-scenario.ts';
import { randomScenario } from '../../testing/random-scenario.ts';

const STORES = { all: [{ fact: 'node.type', operator: 'equal', value: 'store' }] };

/** A DC far away with everything, a near shop with cups, a nearer one with a jug. */
const SNAPSHOT = buildSnapshot({
  nodes: [
    buildNode('dc', { location: { lat: 51, lon: 0 } }),
    buildNode('cups', { type: 'store', groups: ['north'], location: { lat: 54.2, lon: -1 } }),
    buildNode('jugs', { type: 'store', groups: ['north'], location: { lat: 54.1, lon: -1 } }),
  ],
  items: [buildItem('cup'), buildItem('jug')],
  stock: stockOf([
    ['cup', 'dc', 10],
    ['jug', 'dc', 10],
    ['cup', 'cups', 3],
    ['jug', 'jugs', 1],
  ]),
});
const LEEDS = { country: 'GB', lat: 54, lon: -1 };

const following = (strategies: readonly CascadeStrategy[], over: Partial<Policy> = {}): Policy =>
  buildPolicy({ strategy: 'cascade', cascade: { strategies: [...strategies] }, ...over });

const scenarioOf = (policy: Policy, lines = [buildLine('1', 'cup', 2), buildLine('2', 'jug')]): Scenario =>
  buildScenario({
    snapshot: SNAPSHOT,
    policy,
    orders: [buildOrder('o1', lines, { destination: LEEDS, channel: 'web' })],
  });

async function planned(scenario: Scenario) {
  expect(parseScenario(scenario)).toMatchObject({ ok: true });
  const result = await source(scenario, scenario.policy, DEFAULT_LIMITS);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  expect(await verify(result.value, scenario, scenario.policy)).toEqual([]);
  const order = result.value.orders[0]!;
  const from = order.shipments.map(({ nodeId, lines }) => [nodeId, lines.map(({ lineId }) => lineId).join()]);
  return { plan: result.value, order, from };
}

describe('a cascade', () => {
  it('asks strategy after strategy until nothing is open, and keeps what each did', async () => {
    const { order, from } = await planned(
      scenarioOf(
        following([
          { name: 'phone', orders: { all: [{ fact: 'order.channel', operator: 'equal', value: 'phone' }] } },
          { name: 'one store', nodes: STORES, maxSplits: 0 },
          { name: 'any two', nodes: STORES, maxSplits: 1, rank: [{ by: 'distance' }] },
          { name: 'dc' },
        ]),
      ),
    );
    expect(from).toEqual([
      ['cups', '1'],
      ['jugs', '2'],
    ]);
    expect(order.cascade).toEqual([
      { strategy: 'phone', outcome: 'not-for-order', taken: [], left: [], givenUp: false },
      {
        strategy: 'one store',
        outcome: 'could-not-fill',
        taken: [],
        left: [{ sku: 'jug', quantity: 1 }],
        givenUp: false,
      },
      {
        strategy: 'any two',
        outcome: 'took',
        taken: [
          { nodeId: 'cups', sku: 'cup', quantity: 2 },
          { nodeId: 'jugs', sku: 'jug', quantity: 1 },
        ],
        left: [],
        givenUp: false,
      },
    ]);
  });

  it('keeps what a strategy finds in part and fills the rest from the next', async () => {
    const lines = [buildLine('1', 'cup', 2), buildLine('2', 'jug', 2)];
    const { from, order } = await planned(
      scenarioOf(following([{ name: 'stores', nodes: STORES, allowPartial: true }, { name: 'rest' }]), lines),
    );
    expect(from).toEqual([
      ['dc', '2'],
      ['cups', '1'],
    ]);
    expect(order.cascade!.map(({ outcome }) => outcome)).toEqual(['took', 'took']);
  });

  it('takes all from one node where line by line would be a shipment too many', async () => {
    const { from } = await planned(scenarioOf(following([{ name: 'one shipment', maxSplits: 0 }])));
    expect(from).toEqual([['dc', '1,2']]);
  });

  it.each([
    ['list', [{ by: 'list' as const, nodes: ['dc', 'north'] }], 'dc'],
    ['group on a list', [{ by: 'list' as const, nodes: ['north', 'dc'] }], 'cups'],
    ['distance', [{ by: 'distance' as const }], 'cups'],
    ['stock', [{ by: 'fact' as const, fact: 'stock.onHand', first: 'highest' as const }], 'dc'],
    // Both stand within 500 km, so the next rank decides.
    [
      'bands',
      [
        { by: 'fact' as const, fact: 'lane.distanceKm', first: 'lowest' as const, bands: [500] },
        { by: 'fact' as const, fact: 'stock.onHand', first: 'highest' as const },
      ],
      'dc',
    ],
  ])('ranks nodes by %s', async (_, rank, nodeId) => {
    const { from } = await planned(scenarioOf(following([{ name: 'only', rank }]), [buildLine('1', 'cup')]));
    expect(from).toEqual([[nodeId, '1']]);
  });

  it.each([
    [
      { action: 'queue' as const, cancelAfterHours: 48 },
      { action: 'queue', cancelAt: '2011-11-16T09:00:00.000Z' },
    ],
    [{ action: 'cancel' as const }, { action: 'cancel', cancelAt: null }],
  ])('ends at a strategy that says so: %o', async (otherwise, expected) => {
    const lines = [buildLine('1', 'cup', 2), buildLine('2', 'jug', 2)];
    const { order } = await planned(
      scenarioOf(
        following([{ name: 'stores', nodes: STORES, allowPartial: true, otherwise }, { name: 'never asked' }]),
        lines,
      ),
    );
    expect(order.cascade).toHaveLength(1);
    expect(order.unsourced).toMatchObject([{ lineId: '2', quantity: 2 }]);
    expect(order.afterwards).toMatchObject({ rule: 'stores', strategy: null, ...expected });
  });

  it('gives up what it took where the order goes whole or not at all', async () => {
    const scenario = scenarioOf(following([{ name: 'stores', nodes: STORES, allowPartial: true }]), [
      buildLine('1', 'cup', 2),
      buildLine('2', 'jug', 2),
    ]);
    const orders = scenario.orders.map((order) => ({ ...order, shipComplete: true }));
    const { order } = await planned({ ...scenario, orders });
    expect(order.shipments).toEqual([]);
    expect(order.cascade).toMatchObject([{ outcome: 'took', givenUp: true }]);
  });

  it('is told strategy by strategy, with evidence', async () => {
    const scenario = scenarioOf(
      following([
        { name: 'phone', orders: { all: [{ fact: 'order.channel', operator: 'equal', value: 'phone' }] } },
        { name: 'one store', nodes: STORES, maxSplits: 0 },
        { name: 'stores', nodes: STORES },
      ]),
    );
    const { plan } = await planned(scenario);
    const told = (await explainOrder(scenario, scenario.policy, plan, 'o1'))!;
    expect(told.cascade!.map(({ sentence }) => sentence)).toEqual([
      '1. "phone" is not for this order.',
      '2. "one store" could not fill 1 unit of jug in one shipment, and takes all or nothing; the next strategy is asked.',
      '3. "stores" took 2 units of cup from cups, 1 unit of jug from jugs.',
    ]);
    expect(told.cascade![0]!.evidence).toMatchObject([{ fact: 'order.channel', actual: 'web', holds: false }]);
    expect(told.lines[0]!.sentence).toMatch(/^Strategy 3 \("stores"\) took it\. cups supplies 2 units\./);
    expect(told.lines[0]!.rejections).toMatchObject([{ nodeId: 'dc', code: 'not-asked', rule: 'stores' }]);
  });

  it.each([
    ['nearest', [{ by: 'distance' }]],
    ['priority', [{ by: 'list', nodes: ['dc', '3pl', 'store', 'vendor'] }]],
  ] as const)('of one strategy that asks all nodes does what %s does', async (strategy, rank) => {
    for (let seed = 0; seed < 40; seed++) {
      const random = randomScenario(seed, { nodes: 5, skus: 6, orders: 8, linesPerOrder: 4 });
      const { nodeOrder: _nodeOrder, ...rest } = random.policy;
      const { maxShipments: _maxShipments, ...allow } = rest.allow;
      const orders = random.orders.map(({ maxShipments: _own, ...order }) => order);
      const cascade = { strategies: [{ name: 'all', rank: [...rank], allowPartial: true }] } as Policy['cascade'];
      const planBy = async (policy: Policy) => {
        const result = await source({ ...random, orders }, policy, DEFAULT_LIMITS);
        if (!result.ok) throw new Error(JSON.stringify(result.error));
        return result.value.orders.map(({ orderId, shipments, unsourced }) => [orderId, shipments, unsourced]);
      };
      const followed = await planBy({ ...rest, allow, strategy: 'cascade', ...(cascade && { cascade }) });
      expect(followed).toEqual(await planBy({ ...rest, allow, strategy }));
    }
  });

  it('holds on random scenarios with random cascades', async () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = randomScenario(seed, { nodes: 5, skus: 6, orders: 8, linesPerOrder: 3, limits: seed % 2 === 0 });
      const cascade = { strategies: randomCascade(seed) };
      const policy: Policy = { ...random.policy, strategy: 'cascade', cascade };
      const result = await source(random, policy, DEFAULT_LIMITS);
      if (!result.ok) throw new Error(JSON.stringify(result.error));
      expect(await verify(result.value, random, policy)).toEqual([]);
      for (const order of result.value.orders) {
        const kept = (order.cascade ?? []).flatMap(({ taken, givenUp }) => (givenUp ? [] : taken));
        const units = kept.reduce((sum, { quantity }) => sum + quantity, 0);
        const shipped = order.shipments.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0);
        expect(units).toBe(shipped);
      }
      const first = result.value.orders[0]?.orderId;
      if (first) expect(await explainOrder(random, policy, result.value, first)).toMatchObject({ orderId: first });
    }
  });
});

function randomCascade(seed: number): CascadeStrategy[] {
  const prng = createPrng(seed);
  const ranks: CascadeStrategy['rank'][] = [
    undefined,
    [{ by: 'stock' }],
    [{ by: 'cost' }, { by: 'distance' }],
    [{ by: 'fact', fact: 'stock.coverDays', first: 'highest' }],
  ];
  return [0, 1, 2].map((index): CascadeStrategy => {
    const rank = prng.pick(ranks);
    return {
      name: `s${index}`,
      ...(prng.next() < 0.5 ? { nodes: { any: [{ fact: 'stock.onHand', operator: 'greaterThan', value: 2 }] } } : {}),
      ...(prng.next() < 0.3
        ? { orders: { all: [{ fact: 'order.lineCount', operator: 'greaterThan', value: 1 }] } }
        : {}),
      ...(rank ? { rank } : {}),
      ...(prng.next() < 0.5 ? { maxSplits: prng.integer(0, 2) } : {}),
      allowPartial: prng.next() < 0.5,
    };
  });
}

describe('the conditions of a cascade', () => {
  it.each([
    [
      { name: 'a', orders: { all: [{ fact: 'node.type', operator: 'equal', value: 'dc' }] } },
      '/cascade/strategies/0/orders/all/0/fact',
    ],
    [{ name: 'a', nodes: { all: [] } }, '/cascade/strategies/0/nodes/all'],
    [
      { name: 'a', rank: [{ by: 'fact', fact: 'lane.distance', first: 'lowest' }] },
      '/cascade/strategies/0/rank/0/fact',
    ],
    [{ name: 'a', rank: [{ by: 'fact', fact: 'order.value', first: 'lowest' }] }, '/cascade/strategies/0/rank/0/fact'],
    [
      { name: 'a', otherwise: { action: 'cancel', cancelAfterHours: 3 } },
      '/cascade/strategies/0/otherwise/cancelAfterHours',
    ],
  ])('are checked whatever the strategy: %o', (strategy, path) => {
    const result = parsePolicy({ ...buildPolicy(), cascade: { strategies: [strategy] } });
    expect(result).toMatchObject({ ok: false, error: [{ path }] });
  });

  it('ask for names that are used once', () => {
    const result = parsePolicy({ ...buildPolicy(), cascade: { strategies: [{ name: 'a' }, { name: 'a' }] } });
    expect(result).toMatchObject({ ok: false, error: [{ code: 'duplicate-id', path: '/cascade/strategies/1/name' }] });
  });
});
