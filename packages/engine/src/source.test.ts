import { describe, expect, it } from 'vitest';
import { canonicalJson } from './base/fingerprint.ts';
import { DEFAULT_LIMITS } from './model/limits.ts';
import type { Plan } from './model/plan.ts';
import { STRATEGIES } from './model/policy.ts';
import type { Scenario } from './model/scenario.ts';
import { parseScenario } from './parse-scenario.ts';
import { verify } from './plan/verify.ts';
import { source, sourceCounting } from './source.ts';
import { solverFor } from './solve/strategies.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
  buildScenario,
  buildSnapshot,
} from './testing/build-scenario.ts';
import { randomScenario } from './testing/random-scenario.ts';

/** Little work on waves: plans must hold at any, and the tests stay quick. */
const LIMITS = { ...DEFAULT_LIMITS, waveWork: 30_000 };

async function planOf(scenario: Scenario): Promise<Plan> {
  const parsed = parseScenario(scenario);
  expect(parsed).toMatchObject({ ok: true });
  const result = await source(scenario, scenario.policy, LIMITS);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe('source', () => {
  it('prices one unit from one node by hand', async () => {
    // 3.00 a parcel + 0.5 kg × 1.00 = 3.50; Monday 9:00 ships Monday, two delivery days: Wednesday, promised Thursday.
    const plan = await planOf(buildScenario());
    expect(plan.orders[0]!.shipments).toMatchObject([
      {
        shipmentId: 'o1#1',
        nodeId: 'north',
        shipOn: '2011-11-14',
        deliverOn: '2011-11-16',
        lateDays: 0,
        parcels: 1,
        weightGrams: 500,
      },
    ]);
    expect(plan.cost).toEqual({
      shippingMicros: 3_500_000,
      handlingMicros: 0,
      splitMicros: 0,
      latenessMicros: 0,
      capacityMicros: 0,
      stockOutMicros: 0,
      riskMicros: 0,
      speedMicros: 0,
      preferenceMicros: 0,
      unsourcedMicros: 0,
      totalMicros: 3_500_000,
    });
    expect(plan.orders[0]!.proof).toEqual({ lowerBoundMicros: 3_500_000, gap: 0, proven: true });
  });

  it('serves orders by the time they were placed, whatever their order in the input', async () => {
    const orders = [
      buildOrder('late', [buildLine('1', 'cup', 6)], { placedAt: '2011-11-14T11:00:00Z' }),
      buildOrder('early', [buildLine('1', 'cup', 6)], { placedAt: '2011-11-14T10:00:00Z' }),
    ];
    const plan = await planOf(buildScenario({ orders }));
    expect(plan.orders.map((order) => order.orderId)).toEqual(['early', 'late']);
    expect(plan.orders[1]!.unsourced).toMatchObject([{ quantity: 2, reason: 'no-stock-left' }]);
  });

  it('splits a quantity over nodes when no single node has it', async () => {
    const snapshot = buildSnapshot({
      nodes: [buildNode('north'), buildNode('south')],
      stock: [
        { sku: 'cup', nodeId: 'north', onHand: 3 },
        { sku: 'cup', nodeId: 'south', onHand: 2 },
      ],
    });
    const orders = [buildOrder('o1', [buildLine('1', 'cup', 5)])];
    const plan = await planOf(buildScenario({ snapshot, orders }));
    expect(plan.orders[0]!.shipments.map((shipment) => shipment.lines[0]!.quantity)).toEqual([3, 2]);
    // 3.00 + 1.5 kg, 3.00 + 1.0 kg, split 1.00.
    expect(plan.cost.totalMicros).toBe(9_500_000);
  });

  it('moves to the next working day when a node is full, and charges what comes late', async () => {
    const snapshot = buildSnapshot({ nodes: [buildNode('north', { capacity: { shipmentsPerDay: 1 } })] });
    const policy = buildPolicy({ promise: { defaultDays: 2 } });
    const orders = ['a', 'b'].map((id) => buildOrder(id, [buildLine('1', 'cup')]));
    const plan = await planOf(buildScenario({ snapshot, orders, policy }));
    expect(plan.orders.map((order) => order.shipments[0]!.shipOn)).toEqual(['2011-11-14', '2011-11-15']);
    expect(plan.orders[1]!.shipments[0]).toMatchObject({ lateDays: 1, cost: { latenessMicros: 2_000_000 } });
  });

  it('waits for a receipt that comes in time, and never ships it before', async () => {
    const snapshot = buildSnapshot({
      stock: [],
      receipts: [{ receiptId: 'r1', sku: 'cup', nodeId: 'north', quantity: 4, dueOn: '2011-11-15' }],
    });
    const plan = await planOf(buildScenario({ snapshot }));
    expect(plan.orders[0]!.shipments[0]!.shipOn).toBe('2011-11-15');
  });

  it('takes lines of one sku from the same stock', async () => {
    const orders = [buildOrder('o1', [buildLine('1', 'cup', 6), buildLine('2', 'cup', 6)])];
    const plan = await planOf(buildScenario({ orders }));
    expect(plan.orders[0]!.shipments[0]!.lines).toEqual([
      { lineId: '1', sku: 'cup', quantity: 6 },
      { lineId: '2', sku: 'cup', quantity: 4 },
    ]);
    expect(plan.orders[0]!.unsourced).toMatchObject([{ lineId: '2', quantity: 2 }]);
  });

  it('holds an order back whole when it must ship complete', async () => {
    const orders = [buildOrder('o1', [buildLine('1', 'cup', 2), buildLine('2', 'jug')], { shipComplete: true })];
    const snapshot = buildSnapshot({ items: [buildItem('cup'), buildItem('jug')] });
    const plan = await planOf(buildScenario({ orders, snapshot }));
    expect(plan.orders[0]!.shipments).toEqual([]);
    expect(plan.orders[0]!.unsourced.map((line) => line.reason)).toEqual(['ship-complete', 'not-stocked']);
  });

  it('keeps to the services a customer accepts', async () => {
    const snapshot = buildSnapshot({
      nodes: [buildNode('north', { rateCardIds: ['parcel', 'fast'] })],
      rateCards: [buildRateCard(), buildRateCard({ rateCardId: 'fast', service: 'express' })],
    });
    const orders = [buildOrder('o1', [buildLine('1', 'cup')], { services: ['express'] })];
    const plan = await planOf(buildScenario({ snapshot, orders }));
    expect(plan.orders[0]!.shipments[0]!.service).toBe('express');
  });

  it('leaves a node out that a rule excludes', async () => {
    const snapshot = buildSnapshot({
      nodes: [buildNode('shop', { type: 'store' }), buildNode('north', { handling: { perShipmentMicros: 5_000_000 } })],
      stock: ['shop', 'north'].map((nodeId) => ({ sku: 'cup', nodeId, onHand: 5 })),
    });
    const rules = [
      {
        name: 'no stores',
        conditions: { all: [{ fact: 'node.type', operator: 'equal', value: 'store' }] },
        event: { type: 'exclude' as const, params: { because: 'Stores are busy.' } },
      },
    ];
    expect((await planOf(buildScenario({ snapshot }))).orders[0]!.shipments[0]!.nodeId).toBe('shop');
    expect(
      (await planOf(buildScenario({ snapshot, policy: buildPolicy({ rules }) }))).orders[0]!.shipments[0]!.nodeId,
    ).toBe('north');
  });

  it('fails with issues, not with an exception, when the rules do not compile or the wave is too large', async () => {
    const bad = buildPolicy({
      rules: [
        {
          name: 'x',
          conditions: { all: [{ fact: 'node.typ', operator: 'equal', value: 1 }] },
          event: { type: 'exclude', params: { because: 'y' } },
        },
      ],
    });
    const scenario = buildScenario();
    expect(await source(scenario, bad, DEFAULT_LIMITS)).toMatchObject({
      ok: false,
      error: [{ path: '/policy/rules/0/conditions/all/0/fact', code: 'bad-rule' }],
    });
    expect(
      await source(
        { ...scenario, orders: [...scenario.orders, buildOrder('o2', [buildLine('1', 'cup')])] },
        scenario.policy,
        { ...DEFAULT_LIMITS, maxOrders: 1 },
      ),
    ).toMatchObject({ ok: false, error: [{ code: 'too-large' }] });
  });

  it('stops when it is cancelled and has no half plan', async () => {
    const scenario = buildScenario();
    expect(await source(scenario, scenario.policy, DEFAULT_LIMITS, { isCancelled: () => true })).toMatchObject({
      ok: false,
      error: [{ code: 'cancelled' }],
    });
  });

  it('gives the same bytes for the same basis and passes verify, for every strategy on random scenarios', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const scenario = randomScenario(seed, { orders: 12, nodes: 5, skus: 6, linesPerOrder: 5 });
      for (const strategy of STRATEGIES) {
        const policy = { ...scenario.policy, strategy };
        const plan = await planOf({ ...scenario, policy });
        const again = await planOf(structuredClone({ ...scenario, policy }));
        expect(canonicalJson(again), `seed ${seed} ${strategy}`).toBe(canonicalJson(plan));
        expect(await verify(plan, scenario, policy), `seed ${seed} ${strategy}`).toEqual([]);
        expect(plan.proof.lowerBoundMicros, `seed ${seed} ${strategy}`).toBeLessThanOrEqual(plan.cost.totalMicros);
      }
    }
  });

  it('makes the same plan where rules are not counted', async () => {
    let counted = 0;
    for (let seed = 31; seed <= 36; seed++) {
      const { orders, snapshot, policy } = randomScenario(seed, { orders: 8, nodes: 5, skus: 5, linesPerOrder: 4 });
      const [counting, without] = await Promise.all(
        [true, false].map((countsRules) =>
          sourceCounting(countsRules, { orders, snapshot }, policy, LIMITS, {}, solverFor),
        ),
      );
      if (!counting?.ok || !without?.ok) throw new Error(`Seed ${seed} cannot be sourced.`);
      expect({ ...without.value, rules: counting.value.rules }, `seed ${seed}`).toEqual(counting.value);
      expect(without.value.rules.map(({ asked, held, changed }) => asked + held + changed)).toEqual(
        without.value.rules.map(() => 0),
      );
      counted += counting.value.rules.filter(({ asked }) => asked > 0).length;
    }
    expect(counted).toBeGreaterThan(5);
  });

  it('has bounds for the wave that no strategy goes below', async () => {
    for (let seed = 100; seed < 140; seed++) {
      const scenario = randomScenario(seed, { orders: 10, nodes: 4, skus: 4, linesPerOrder: 4 });
      const plans = await Promise.all(
        STRATEGIES.map((strategy) => planOf({ ...scenario, policy: { ...scenario.policy, strategy } })),
      );
      const bound = Math.max(...plans.map((plan) => plan.proof.lowerBoundMicros));
      for (const plan of plans) {
        expect(bound, `seed ${seed} ${plan.strategy}`).toBeLessThanOrEqual(plan.cost.totalMicros);
      }
      const [optimal, exact] = plans as [Plan, Plan];
      expect(optimal.cost.totalMicros, `seed ${seed}`).toBeLessThanOrEqual(exact.cost.totalMicros);
    }
  });
});

describe('a node that can handle fewer units a day than an order asks for', () => {
  it('sends the rest on its next day and proves it', async () => {
    // Two shipments: 3.00 + 3 kg and 3.00 + 2 kg, one split at 1.00.
    const snapshot = buildSnapshot({ nodes: [buildNode('north', { capacity: { unitsPerDay: 6 } })] });
    const plan = await planOf(buildScenario({ snapshot, orders: [buildOrder('o1', [buildLine('1', 'cup', 10)])] }));
    expect(plan.orders[0]!.shipments.map((shipment) => shipment.shipOn)).toEqual(['2011-11-14', '2011-11-15']);
    expect(plan.cost.totalMicros).toBe(12_000_000);
    expect(plan.orders[0]!.proof.proven).toBe(true);
  });
});
