import { describe, expect, it } from 'vitest';
import { InvariantError } from '../base/invariant.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy, Strategy } from '../model/policy.ts';
import type { Scenario } from '../model/scenario.ts';
import { parseScenario } from '../parse-scenario.ts';
import { source } from '../source.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { proofOf } from './build.ts';

async function planOf(over: Partial<Scenario>): Promise<Plan> {
  const parsed = parseScenario(buildScenario(over));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const result = await source(parsed.value, parsed.value.policy, DEFAULT_LIMITS);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const allowing = (allow: Partial<Policy['allow']>, over: Partial<Policy> = {}): Policy =>
  buildPolicy({ allow: { ...buildPolicy().allow, ...allow }, ...over });

const NO_COVER = { coverWeeksBefore: null, coverWeeksAfter: null };

describe('a small plan, by hand', () => {
  // Two nodes; cups in the north, jugs in the south, plates nowhere. Order a: both, order b: cups late, order c: plates.
  const scenario: Partial<Scenario> = {
    snapshot: buildSnapshot({
      nodes: [
        buildNode('north', {
          capacity: { shipmentsPerDay: 4, unitsPerDay: 8 },
          handling: { perShipmentMicros: 500_000, perUnitMicros: 10_000 },
        }),
        buildNode('south', { capacity: { shipmentsPerDay: 2 } }),
        buildNode('west'),
      ],
      items: [buildItem('cup', { weightGrams: 1000 }), buildItem('jug', { weightGrams: 2000 }), buildItem('plate')],
      stock: [
        { sku: 'cup', nodeId: 'north', onHand: 20 },
        { sku: 'jug', nodeId: 'south', onHand: 20 },
      ],
    }),
    orders: [
      buildOrder('a', [buildLine('1', 'cup', 2), buildLine('2', 'jug', 1)], { placedAt: '2011-11-14T08:00:00Z' }),
      buildOrder('b', [buildLine('1', 'cup', 4)], { placedAt: '2011-11-14T09:00:00Z', promiseBy: '2011-11-15' }),
      buildOrder('c', [buildLine('1', 'plate', 3)], { placedAt: '2011-11-14T10:00:00Z' }),
    ],
  };

  it('prices every shipment and adds everything up', async () => {
    const plan = await planOf(scenario);
    // a: north 3.00 + 2 kg = 5.00, handling 0.50 + 2 × 0.01; south 3.00 + 2 kg = 5.00, split 1.00.
    // b: north 3.00 + 4 kg = 7.00, handling 0.50 + 4 × 0.01, a day late at 2.00.
    // c: 3 plates at 20.00.
    const zero = {
      shippingMicros: 0,
      handlingMicros: 0,
      splitMicros: 0,
      latenessMicros: 0,
      capacityMicros: 0,
      stockOutMicros: 0,
      riskMicros: 0,
      speedMicros: 0,
      preferenceMicros: 0,
      unsourcedMicros: 0,
    };
    expect(plan.orders.map(({ cost }) => cost)).toEqual([
      { ...zero, shippingMicros: 10_000_000, handlingMicros: 520_000, splitMicros: 1_000_000, totalMicros: 11_520_000 },
      {
        ...zero,
        shippingMicros: 7_000_000,
        handlingMicros: 540_000,
        latenessMicros: 2_000_000,
        totalMicros: 9_540_000,
      },
      { ...zero, unsourcedMicros: 60_000_000, totalMicros: 60_000_000 },
    ]);
    expect(plan.cost).toEqual({
      shippingMicros: 17_000_000,
      handlingMicros: 1_060_000,
      splitMicros: 1_000_000,
      latenessMicros: 2_000_000,
      capacityMicros: 0,
      stockOutMicros: 0,
      riskMicros: 0,
      speedMicros: 0,
      preferenceMicros: 0,
      unsourcedMicros: 60_000_000,
      totalMicros: 81_060_000,
    });
    expect(plan.orders[0]!.shipments.map(({ shipmentId, cost }) => [shipmentId, cost.splitMicros])).toEqual([
      ['a#1', 0],
      ['a#2', 1_000_000],
    ]);
    expect(plan.orders[2]!.unsourced).toEqual([
      { lineId: '1', sku: 'plate', quantity: 3, reason: 'not-stocked', costMicros: 60_000_000 },
    ]);
  });

  it('counts every figure over what it says', async () => {
    const { kpis } = await planOf(scenario);
    expect(kpis).toEqual({
      orders: 3,
      lines: 4,
      units: 10,
      shipments: 3,
      parcels: 3,
      ordersShipped: 2,
      splitOrders: 1,
      lateOrders: 1,
      lateShipments: 1,
      unsourcedUnits: 3,
      unsourcedLines: 1,
      ordersWithUnsourced: 1,
      costPerOrderMicros: 27_020_000,
      shipmentsPerOrder: 1.5,
      splitRate: 0.5,
      unitFillRate: 0.7,
      // Only a is whole and in time.
      onTimeInFullRate: 1 / 3,
      // Both shipped orders take Monday to Wednesday.
      daysToDeliver: { mean: 2, p50: 2, p90: 2 },
      ordersProven: 3,
      nodes: [
        // Busiest day: 2 of 4 shipments, 6 of 8 units.
        {
          nodeId: 'north',
          shipments: 2,
          lines: 2,
          units: 6,
          lateShipments: 1,
          costMicros: 5_520_000 + 9_540_000,
          peakUtilisation: 0.75,
          ...NO_COVER,
        },
        {
          nodeId: 'south',
          shipments: 1,
          lines: 1,
          units: 1,
          lateShipments: 0,
          costMicros: 6_000_000,
          peakUtilisation: 0.5,
          ...NO_COVER,
        },
        {
          nodeId: 'west',
          shipments: 0,
          lines: 0,
          units: 0,
          lateShipments: 0,
          costMicros: 0,
          peakUtilisation: null,
          ...NO_COVER,
        },
      ],
    });
  });

  it('has figures for a wave that ships nothing, and for a node that may not ship', async () => {
    const { kpis } = await planOf({
      snapshot: buildSnapshot({ stock: [], nodes: [buildNode('north', { capacity: { shipmentsPerDay: 0 } })] }),
    });
    expect(kpis).toMatchObject({
      shipmentsPerOrder: 0,
      splitRate: 0,
      unitFillRate: 0,
      daysToDeliver: { mean: 0, p50: 0, p90: 0 },
    });
    expect(kpis.nodes[0]!.peakUtilisation).toBe(1);
  });

  it('takes quantiles by nearest rank, over the last shipment of each order', async () => {
    // Five orders from Monday 14 November, one shipment a day.
    const orders = Array.from({ length: 5 }, (_, index) => buildOrder(`o${index}`, [buildLine('1', 'cup')]));
    const { kpis } = await planOf({
      snapshot: buildSnapshot({ nodes: [buildNode('north', { capacity: { shipmentsPerDay: 1 } })] }),
      orders,
      policy: allowing({ maxShipDelayDays: 3 }),
    });
    // Shipped Monday to Thursday, the fifth not at all. Delivered after 2, 3, 4 and 7 days.
    expect(kpis.daysToDeliver).toEqual({ mean: 4, p50: 3, p90: 7 });
    expect(kpis.ordersShipped).toBe(4);
  });
});

describe('proofOf', () => {
  it('rounds a bound up to the micro and calls an equal one a proof', () => {
    expect(proofOf(100, 100)).toEqual({ lowerBoundMicros: 100, gap: 0, proven: true });
    expect(proofOf(100, 99.2)).toEqual({ lowerBoundMicros: 100, gap: 0, proven: true });
    expect(proofOf(100, 75)).toEqual({ lowerBoundMicros: 75, gap: 0.25, proven: false });
    expect(proofOf(100, 99 + 1e-9)).toEqual({ lowerBoundMicros: 99, gap: 0.01, proven: false });
    expect(proofOf(100, -5)).toEqual({ lowerBoundMicros: 0, gap: 1, proven: false });
    expect(proofOf(0, 0)).toEqual({ lowerBoundMicros: 0, gap: 0, proven: true });
  });

  it('throws on a bound above the cost', () => {
    expect(() => proofOf(100, 101)).toThrow(InvariantError);
  });
});

describe('why units stay unsourced', () => {
  const two = ['cup', 'jug'];
  const stockOf = (rows: [string, string, number][]) => rows.map(([sku, nodeId, onHand]) => ({ sku, nodeId, onHand }));
  const dear = buildNode('north', { handling: { perShipmentMicros: 90_000_000 } });
  const both = [buildLine('1', 'cup'), buildLine('2', 'jug')];

  it.each<[string, Partial<Scenario>, (readonly [string, string, number])[]]>([
    ['no node has a row', { snapshot: buildSnapshot({ stock: [] }) }, [['o1/1', 'not-stocked', 1]]],
    [
      'rows are empty',
      { snapshot: buildSnapshot({ stock: stockOf([['cup', 'north', 0]]) }) },
      [['o1/1', 'not-stocked', 1]],
    ],
    [
      'the node is closed',
      { snapshot: buildSnapshot({ nodes: [buildNode('north', { status: 'closed' })] }) },
      [['o1/1', 'no-eligible-node', 1]],
    ],
    [
      'no card goes there',
      { orders: [buildOrder('o1', [buildLine('1', 'cup')], { services: ['owl'] })] },
      [['o1/1', 'no-eligible-node', 1]],
    ],
    [
      'there is less than wanted',
      { orders: [buildOrder('o1', [buildLine('1', 'cup', 12)])] },
      [['o1/1', 'no-stock-left', 2]],
    ],
    [
      'an earlier order took the last, though the node has no limits at all',
      { orders: [buildOrder('o1', [buildLine('1', 'cup', 10)]), buildOrder('o2', [buildLine('1', 'cup', 3)])] },
      [['o2/1', 'no-stock-left', 3]],
    ],
    [
      'the buffer holds it',
      { snapshot: buildSnapshot({ stock: [{ sku: 'cup', nodeId: 'north', onHand: 5, sourcingBuffer: 5 }] }) },
      [['o1/1', 'no-stock-left', 1]],
    ],
    [
      'a receipt comes after the last ship day',
      {
        snapshot: buildSnapshot({
          stock: [],
          receipts: [{ receiptId: 'r', sku: 'cup', nodeId: 'north', quantity: 5, dueOn: '2011-12-01' }],
        }),
      },
      [['o1/1', 'no-stock-left', 1]],
    ],
    [
      'no single node has it and quantities stay whole',
      {
        snapshot: buildSnapshot({
          nodes: [buildNode('north'), buildNode('south')],
          stock: stockOf([
            ['cup', 'north', 3],
            ['cup', 'south', 2],
          ]),
        }),
        orders: [buildOrder('o1', [buildLine('1', 'cup', 5)])],
        policy: allowing({ splitQuantity: 'never' }),
      },
      [['o1/1', 'no-stock-left', 5]],
    ],
    [
      'the node takes no shipments',
      { snapshot: buildSnapshot({ nodes: [buildNode('north', { capacity: { shipmentsPerDay: 0 } })] }) },
      [['o1/1', 'no-capacity-left', 1]],
    ],
    [
      'earlier orders used the capacity of all days that count',
      {
        snapshot: buildSnapshot({ nodes: [buildNode('north', { capacity: { shipmentsPerDay: 1 } })] }),
        orders: ['o1', 'o2', 'o3'].map((id) => buildOrder(id, [buildLine('1', 'cup')])),
        policy: allowing({ maxShipDelayDays: 1 }),
      },
      [['o3/1', 'no-capacity-left', 1]],
    ],
    [
      'the node can handle some of the units only, though it has all of them',
      {
        snapshot: buildSnapshot({ nodes: [buildNode('north', { capacity: { unitsPerDay: 3 } })] }),
        orders: [buildOrder('o1', [buildLine('1', 'cup', 8)])],
        policy: allowing({ maxShipDelayDays: 0 }),
      },
      [['o1/1', 'no-capacity-left', 5]],
    ],
    [
      'another line of the order takes the units that the node can handle',
      {
        snapshot: buildSnapshot({
          items: two.map((sku) => buildItem(sku)),
          nodes: [buildNode('north', { capacity: { unitsPerDay: 3 } })],
          stock: stockOf([
            ['cup', 'north', 9],
            ['jug', 'north', 9],
          ]),
        }),
        orders: [buildOrder('o1', [buildLine('1', 'cup', 3), buildLine('2', 'jug', 3, { unitPriceMicros: 0 })])],
        policy: allowing(
          { maxShipDelayDays: 0 },
          { goals: { ...buildPolicy().goals, unsourced: { perUnitMicros: 20_000_000, valuePercent: 1 } } },
        ),
      },
      [['o1/2', 'no-capacity-left', 3]],
    ],
    [
      'the order goes out whole and another line is not to be had',
      {
        snapshot: buildSnapshot({ items: two.map((sku) => buildItem(sku)) }),
        orders: [buildOrder('o1', both, { shipComplete: true })],
      },
      [
        ['o1/1', 'ship-complete', 1],
        ['o1/2', 'not-stocked', 1],
      ],
    ],
    [
      'the policy sends nothing in part',
      {
        snapshot: buildSnapshot({ items: two.map((sku) => buildItem(sku)) }),
        orders: [buildOrder('o1', both)],
        policy: allowing({ partial: false }),
      },
      [
        ['o1/1', 'ship-complete', 1],
        ['o1/2', 'not-stocked', 1],
      ],
    ],
    [
      'one shipment is all that it may have',
      {
        snapshot: buildSnapshot({
          items: two.map((sku) => buildItem(sku)),
          nodes: [buildNode('north'), buildNode('south')],
          stock: stockOf([
            ['cup', 'north', 9],
            ['jug', 'south', 9],
          ]),
        }),
        orders: [buildOrder('o1', [buildLine('1', 'cup', 2), buildLine('2', 'jug', 1)], { maxShipments: 1 })],
      },
      [['o1/2', 'max-shipments', 1]],
    ],
    [
      'one shipment is all that it may have, and it goes out whole',
      {
        snapshot: buildSnapshot({
          items: two.map((sku) => buildItem(sku)),
          nodes: [buildNode('north'), buildNode('south')],
          stock: stockOf([
            ['cup', 'north', 9],
            ['jug', 'south', 9],
          ]),
        }),
        orders: [buildOrder('o1', both, { maxShipments: 1, shipComplete: true })],
      },
      [
        ['o1/1', 'ship-complete', 1],
        ['o1/2', 'ship-complete', 1],
      ],
    ],
    [
      'it is cheaper to leave it',
      { snapshot: buildSnapshot({ nodes: [dear] }) },
      [['o1/1', 'costs-more-than-penalty', 1]],
    ],
    [
      'it is cheaper to leave all of an order that goes out whole',
      {
        snapshot: buildSnapshot({ nodes: [dear] }),
        orders: [buildOrder('o1', [buildLine('1', 'cup')], { shipComplete: true })],
      },
      [['o1/1', 'costs-more-than-penalty', 1]],
    ],
  ])('%s', async (_, scenario, expected) => {
    const plan = await planOf(scenario);
    const found = plan.orders.flatMap(({ orderId, unsourced }) =>
      unsourced.map((line) => [`${orderId}/${line.lineId}`, line.reason, line.quantity]),
    );
    expect(found).toEqual(expected);
  });

  it('gives capacity and stock as reasons under every strategy', async () => {
    for (const strategy of ['priority', 'nearest', 'fewest-shipments'] satisfies Strategy[]) {
      const spent = await planOf({
        orders: ['o1', 'o2'].map((id) => buildOrder(id, [buildLine('1', 'cup', 10)])),
        policy: buildPolicy({ strategy }),
      });
      expect(spent.orders[1]!.unsourced[0]!.reason, strategy).toBe('no-stock-left');
      const full = await planOf({
        snapshot: buildSnapshot({ nodes: [buildNode('north', { capacity: { shipmentsPerDay: 0 } })] }),
        policy: buildPolicy({ strategy }),
      });
      expect(full.orders[0]!.unsourced[0]!.reason, strategy).toBe('no-capacity-left');
    }
  });
});

describe('shipments', () => {
  it('name the cheapest service, its zone, distance and parcels', async () => {
    const fast = buildRateCard({
      rateCardId: 'fast',
      service: 'express',
      maxParcelGrams: 1000,
      zones: [
        { zone: 'near', maxDistanceKm: 300, transitDays: 1, bands: [{ fixedMicros: 1_200_000, perKgMicros: 0 }] },
      ],
    });
    const plan = await planOf({
      snapshot: buildSnapshot({
        nodes: [buildNode('north', { rateCardIds: ['parcel', 'fast'], location: { lat: 53.8, lon: -1.55 } })],
        rateCards: [buildRateCard(), fast],
      }),
      orders: [buildOrder('o1', [buildLine('1', 'cup', 5)], { destination: { country: 'GB', lat: 54.8, lon: -1.55 } })],
    });
    // 2.5 kg: three parcels at 1.20 = 3.60, against 3.00 + 2.50.
    expect(plan.orders[0]!.shipments).toMatchObject([
      {
        rateCardId: 'fast',
        service: 'express',
        zone: 'near',
        parcels: 3,
        weightGrams: 2500,
        distanceKm: 111.195,
        deliverOn: '2011-11-15',
        deliveryDays: 1,
        cost: { shippingMicros: 3_600_000 },
      },
    ]);
  });

  it('share a sku over lines in their order, and leave the end of the last line', async () => {
    const lines = [buildLine('b', 'cup', 4), buildLine('a', 'cup', 4), buildLine('c', 'cup', 4)];
    const plan = await planOf({
      snapshot: buildSnapshot({
        nodes: [buildNode('north'), buildNode('south')],
        stock: [
          { sku: 'cup', nodeId: 'north', onHand: 6 },
          { sku: 'cup', nodeId: 'south', onHand: 3 },
        ],
      }),
      orders: [buildOrder('o1', lines)],
    });
    expect(
      plan.orders[0]!.shipments.map((shipment) => shipment.lines.map(({ lineId, quantity }) => [lineId, quantity])),
    ).toEqual([
      [
        ['b', 4],
        ['a', 2],
      ],
      [
        ['a', 2],
        ['c', 1],
      ],
    ]);
    expect(plan.orders[0]!.unsourced).toMatchObject([{ lineId: 'c', quantity: 3 }]);
  });
});
