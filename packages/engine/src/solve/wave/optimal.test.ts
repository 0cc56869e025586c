import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../base/fingerprint.ts';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import type { Plan } from '../../model/plan.ts';
import type { Scenario } from '../../model/scenario.ts';
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
import { randomScenario } from '../../testing/random-scenario.ts';

const LIMITS = { ...DEFAULT_LIMITS, waveWork: 60_000 };

async function planOf(scenario: Scenario, limits = LIMITS): Promise<Plan> {
  const result = await source(scenario, { ...scenario.policy, strategy: 'optimal' }, limits);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** One last cup that both orders want; only the second has nowhere else to go for its jug. */
function lastCup(): Scenario {
  const snapshot = buildSnapshot({
    nodes: [buildNode('north'), buildNode('south', { handling: { perShipmentMicros: 1_000_000 } })],
    items: [buildItem('cup'), buildItem('jug')],
    stock: [
      { sku: 'cup', nodeId: 'north', onHand: 1 },
      { sku: 'cup', nodeId: 'south', onHand: 1 },
      { sku: 'jug', nodeId: 'north', onHand: 1 },
    ],
  });
  const orders = [
    buildOrder('first', [buildLine('1', 'cup')]),
    buildOrder('second', [buildLine('1', 'cup'), buildLine('2', 'jug')]),
  ];
  return buildScenario({ snapshot, orders });
}

describe('strategy optimal', () => {
  it('leaves the last unit to the order that is worse off without it, and proves the plan', async () => {
    // first from south 3.50 + 1.00; second from north in one parcel 3.00 + 1 kg: 8.50 in all.
    // In turn, first takes north's cup for 3.50 and second pays two shipments and a split: 3.50 + 4.50 + 3.50 + 1.00 more.
    const scenario = lastCup();
    const plan = await planOf(scenario);
    expect(plan.cost.totalMicros).toBe(8_500_000);
    expect(plan.orders.map((order) => order.shipments.map((shipment) => shipment.nodeId))).toEqual([
      ['south'],
      ['north'],
    ]);
    const exact = await source(scenario, scenario.policy, LIMITS);
    expect(exact.ok && exact.value.cost.totalMicros).toBe(12_500_000);
    expect(plan.proof.gap).toBeLessThan(0.001);
  });

  it('says what the contested unit is worth: one more of it saves about that', async () => {
    const scenario = lastCup();
    const [price] = (await planOf(scenario)).prices;
    expect(price).toMatchObject({ kind: 'stock', nodeId: 'north', sku: 'cup', supply: 1 });
    const stock = scenario.snapshot.stock.map((level) =>
      level.sku === 'cup' && level.nodeId === 'north' ? { ...level, onHand: 2 } : level,
    );
    const more = await planOf({ ...scenario, snapshot: { ...scenario.snapshot, stock } });
    const saved = 8_500_000 - more.cost.totalMicros;
    expect(saved).toBe(1_000_000);
    // The price lies between what one unit more saves and what one unit less costs: then a cup stays unsourced, 28.00 in all.
    expect(price!.unitMicros).toBeGreaterThanOrEqual(saved - 1);
    expect(price!.unitMicros).toBeLessThanOrEqual(28_000_000 - 8_500_000);
  });

  it.each([
    ['one unit that all orders want', { stock: [{ sku: 'cup', nodeId: 'north', onHand: 1 }] }],
    ['no stock at all', { stock: [] }],
    ['a node without capacity', { nodes: [buildNode('north', { capacity: { shipmentsPerDay: 0 } })] }],
    ['one unit a day', { nodes: [buildNode('north', { capacity: { unitsPerDay: 1 } })] }],
  ])('has a sound plan for %s', async (_name, over) => {
    const orders = Array.from({ length: 30 }, (_, index) => buildOrder(`o${index}`, [buildLine('1', 'cup')]));
    const plan = await planOf(buildScenario({ snapshot: buildSnapshot(over), orders }));
    expect(plan.orders).toHaveLength(30);
    expect(plan.proof.lowerBoundMicros).toBeLessThanOrEqual(plan.cost.totalMicros);
  });

  it('does not start one order of a thousand lines too late to answer', async () => {
    const skus = Array.from({ length: 1000 }, (_, index) => `sku${index}`);
    const snapshot = buildSnapshot({
      nodes: [buildNode('north'), buildNode('south')],
      items: skus.map((sku) => buildItem(sku)),
      stock: skus.flatMap((sku, index) => [
        { sku, nodeId: 'north', onHand: index % 3 },
        { sku, nodeId: 'south', onHand: (index + 1) % 3 },
      ]),
    });
    const orders = [
      buildOrder(
        'big',
        skus.map((sku, index) => buildLine(String(index), sku)),
      ),
    ];
    const plan = await planOf(buildScenario({ snapshot, orders }));
    expect(plan.kpis.unsourcedUnits).toBe(0);
  });

  it('leaves the cheaper of two lines where a node can do only one of them in a day', async () => {
    // Ten units a day: the cups (7) or the jugs (6). Cups left are 7 × 2.00, jugs 6 × 3.00: the jugs go.
    const snapshot = buildSnapshot({
      nodes: [buildNode('north', { capacity: { unitsPerDay: 10 } })],
      items: [buildItem('cup'), buildItem('jug')],
      stock: ['cup', 'jug'].map((sku) => ({ sku, nodeId: 'north', onHand: 20 })),
    });
    const line = (id: string, sku: string, quantity: number, unitPriceMicros: number) =>
      buildLine(id, sku, quantity, { unitPriceMicros });
    for (const lines of [
      [line('1', 'cup', 7, 2_000_000), line('2', 'jug', 6, 3_000_000)],
      [line('1', 'jug', 6, 3_000_000), line('2', 'cup', 7, 2_000_000)],
    ]) {
      const policy = buildPolicy({
        goals: { ...buildPolicy().goals, splitMicros: 100_000, unsourced: { perUnitMicros: 0, valuePercent: 100 } },
        allow: { partial: true, splitQuantity: 'never', maxShipDelayDays: 0 },
      });
      const plan = await planOf(buildScenario({ snapshot, policy, orders: [buildOrder('o1', lines)] }));
      expect(plan.orders[0]!.shipments.flatMap((shipment) => shipment.lines.map(({ sku }) => sku))).toEqual(['jug']);
    }
  });

  it('is never dearer than first come, first served, whatever the work, and repeats byte for byte', async () => {
    for (let seed = 3001; seed <= 3040; seed++) {
      const scenario = randomScenario(seed, { orders: 12, nodes: 4, skus: 5, linesPerOrder: 3 });
      const exact = await source(scenario, { ...scenario.policy, strategy: 'fcfs-exact' }, LIMITS);
      for (const waveWork of [1, 20_000]) {
        const limits = { ...LIMITS, waveWork };
        const plan = await planOf(scenario, limits);
        const most = exact.ok ? exact.value.cost.totalMicros : 0;
        expect(plan.cost.totalMicros, `seed ${seed}`).toBeLessThanOrEqual(most);
        expect(canonicalJson(await planOf(structuredClone(scenario), limits)), `seed ${seed}`).toBe(
          canonicalJson(plan),
        );
      }
    }
  });

  it('ends when it is cancelled, without a plan', async () => {
    const scenario = lastCup();
    let asked = 0;
    const policy = buildPolicy({ strategy: 'optimal' });
    const result = await source(scenario, policy, LIMITS, { isCancelled: () => ++asked > 3 });
    expect(result).toMatchObject({ ok: false, error: [{ code: 'cancelled' }] });
  });
});
