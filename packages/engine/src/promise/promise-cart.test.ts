import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { Order } from '../model/order.ts';
import type { Policy, Rule } from '../model/policy.ts';
import type { RateCard } from '../model/rate-card.ts';
import type { Snapshot } from '../model/snapshot.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { createPromiser, type PromiseOptions } from './promise-cart.ts';

const BANDS = [{ fixedMicros: 1_000_000, perKgMicros: 0 }];

async function promise(
  snapshot: Partial<Snapshot>,
  order: Order,
  policy: Partial<Policy> = {},
  options?: PromiseOptions,
) {
  const promiser = createPromiser(buildSnapshot(snapshot), buildPolicy(policy), DEFAULT_LIMITS);
  if (!promiser.ok) throw new Error(JSON.stringify(promiser.error));
  return promiser.value.promise(order, options);
}

const cups = (quantity: number, over: Partial<Order> = {}): Order =>
  buildOrder('o1', [buildLine('1', 'cup', quantity)], over);
const express = buildRateCard({
  rateCardId: 'fast',
  service: 'express',
  zones: [{ zone: 'all', transitDays: 1, bands: BANDS }],
});

/** Ten cups in the north, which also sends express; four plates in the south, by standard only. */
const TWO_NODES: Partial<Snapshot> = {
  nodes: [buildNode('north', { rateCardIds: ['parcel', 'fast'] }), buildNode('south')],
  items: [buildItem('cup'), buildItem('plate'), buildItem('rug')],
  stock: [
    { sku: 'cup', nodeId: 'north', onHand: 10 },
    { sku: 'plate', nodeId: 'south', onHand: 4 },
  ],
  rateCards: [buildRateCard(), express],
};

describe('a cart', () => {
  it('comes whole when its last line does, by each service as if it were chosen', async () => {
    // Placed on Monday 14 November at 09:00, before the cutoff at 14:00: express comes on Tuesday, standard on Wednesday.
    const cart = buildOrder('o1', [buildLine('1', 'cup', 2), buildLine('2', 'plate')]);
    const { delivery } = await promise(TWO_NODES, cart);
    expect(delivery!.whole).toMatchObject({ deliverOn: '2011-11-16', onTimeShare: 1 });
    expect(delivery!.lines.map(({ deliverOn }) => deliverOn)).toEqual(['2011-11-15', '2011-11-16']);
    expect(delivery!.services).toMatchObject([
      { service: 'express', whole: null, missing: [{ lineId: '2', reason: 'no-rate' }] },
      { service: 'standard', whole: { deliverOn: '2011-11-16' }, missing: [] },
    ]);
    expect(delivery!.lines[0]!.options[0]).toEqual({
      nodeId: 'north',
      service: 'express',
      rateCardId: 'fast',
      shipOn: '2011-11-14',
      deliverOn: '2011-11-15',
      deliverOnP90: '2011-11-15',
      onTimeShare: 1,
      units: 10,
    });
  });

  it('can be ordered until the cutoff after which its day is lost', async () => {
    const alone: Partial<Snapshot> = { ...TWO_NODES, rateCards: [buildRateCard(), express] };
    const onMonday = await promise(alone, cups(1, { services: ['express'] }));
    expect(onMonday.delivery!.whole!.orderBefore).toBe('2011-11-14T14:00:00Z');
    // After Friday's cutoff it leaves on Monday and comes on Tuesday.
    const friday = cups(1, { services: ['express'], placedAt: '2011-11-18T15:00:00Z' });
    const onFriday = await promise(alone, friday);
    expect(onFriday.delivery!.whole).toMatchObject({ deliverOn: '2011-11-22', orderBefore: '2011-11-21T14:00:00Z' });
    // Whatever day of the week it leaves, it comes on Monday.
    const mondays = { ...express, deliveryWeekdays: [1] };
    const weekly = await promise(
      { ...alone, rateCards: [buildRateCard(), mondays] },
      cups(1, { services: ['express'] }),
    );
    expect(weekly.delivery!.whole).toMatchObject({ deliverOn: '2011-11-21', orderBefore: '2011-11-18T14:00:00Z' });
  });

  it('of several shipments is as sure as all of them together', async () => {
    // Half of parcels need 1 day, nine tenths 2: 0.5, 0.9, 0.98 … by day. Two of them: 0.25, 0.81, 0.9604.
    const unsure: RateCard = buildRateCard({
      deliveryWeekdays: [1, 2, 3, 4, 5, 6, 7],
      zones: [{ zone: 'all', transitDays: 1, transitDaysP90: 2, bands: BANDS }],
    });
    const cart = buildOrder('o1', [buildLine('1', 'cup'), buildLine('2', 'plate')], { promiseBy: '2011-11-16' });
    const { delivery } = await promise(
      { ...TWO_NODES, nodes: [buildNode('north'), buildNode('south')], rateCards: [unsure] },
      cart,
    );
    expect(delivery!.whole).toMatchObject({
      deliverOn: '2011-11-15',
      deliverOnP90: '2011-11-17',
      onTimeShare: 0.81,
      shipments: [{ deliverOnP90: '2011-11-16' }, { deliverOnP90: '2011-11-16' }],
    });
    expect(delivery!.lines[0]!.options[0]).toMatchObject({ deliverOnP90: '2011-11-16', onTimeShare: 0.9 });
  });

  it('keeps the limits of the order: two nodes, but one shipment', async () => {
    const cart = buildOrder('o1', [buildLine('1', 'cup'), buildLine('2', 'plate')], { maxShipments: 1 });
    const { delivery } = await promise(TWO_NODES, cart);
    expect(delivery!.whole).toBeNull();
    expect(delivery!.missing).toMatchObject([{ reason: 'max-shipments' }]);
    expect(delivery!.lines.map(({ deliverOn, reason }) => [deliverOn, reason])).toEqual([
      ['2011-11-15', null],
      ['2011-11-16', null],
    ]);
  });

  it('comes under a cascade only from nodes that one of its strategies asks', async () => {
    const cascadeOf = (nodeId: string): Partial<Policy> => {
      const nodes = { all: [{ fact: 'node.nodeId', operator: 'equal', value: nodeId }] };
      return { strategy: 'cascade', cascade: { strategies: [{ name: 'only', nodes, allowPartial: true }] } };
    };
    const asked = await promise(TWO_NODES, cups(1), cascadeOf('north'));
    expect(asked.delivery!.whole).toMatchObject({ shipments: [{ nodeId: 'north' }] });
    const passedBy = await promise(TWO_NODES, cups(1), cascadeOf('south'));
    expect(passedBy.delivery).toMatchObject({ whole: null, missing: [{ lineId: '1', reason: 'no-eligible-node' }] });
    expect(passedBy.delivery!.lines[0]!.options).toEqual([]);
  });

  it('waits for stock that is due, and counts each node’s stock once', async () => {
    const due = {
      ...TWO_NODES,
      receipts: [{ receiptId: 'r', sku: 'cup', nodeId: 'north', quantity: 3, dueOn: '2011-11-15' }],
    };
    const { delivery } = await promise(due, cups(12));
    expect(delivery!.whole).toMatchObject({ deliverOn: '2011-11-16', shipments: [{ shipOn: '2011-11-15' }] });
    const tooMany = await promise(due, cups(14));
    expect(tooMany.delivery).toMatchObject({ whole: null, missing: [{ lineId: '1', reason: 'no-stock-left' }] });
  });
});

describe('what cannot be promised', () => {
  it('is what channels may not promise: the larger buffer counts', async () => {
    const stock = { sku: 'cup', nodeId: 'north', onHand: 10, sourcingBuffer: 2, sellingBuffer: 3 };
    const seven = await promise({ stock: [stock] }, cups(7));
    expect(seven.delivery!.lines[0]).toMatchObject({ reason: null, options: [{ units: 7 }, {}, {}] });
    const eight = await promise({ stock: [stock] }, cups(8));
    expect(eight.delivery!.lines[0]).toMatchObject({ deliverOn: null, reason: 'no-stock-left' });
  });

  it('says why, in the words of plans', async () => {
    const reasonOf = async (snapshot: Partial<Snapshot>, order: Order, policy?: Partial<Policy>) => {
      const { delivery } = await promise(snapshot, order, policy);
      const [{ reason, refusals }] = delivery!.lines as [NonNullable<typeof delivery>['lines'][number]];
      expect(delivery!.missing).toEqual([{ lineId: '1', reason }]);
      return [reason, ...refusals.map(({ code, nodes }) => `${nodes} ${code}`)];
    };
    const rule = (event: Rule['event']): Partial<Policy> => ({
      rules: [{ name: 'r', conditions: { all: [{ fact: 'order.country', operator: 'equal', value: 'GB' }] }, event }],
    });
    const because = 'So it is.';
    expect(await reasonOf(TWO_NODES, buildOrder('o1', [buildLine('1', 'rug')]))).toEqual(['not-stocked']);
    expect(await reasonOf({}, cups(11))).toEqual(['no-stock-left']);
    expect(await reasonOf({}, cups(1), rule({ type: 'hold', params: { because } }))).toEqual(['held', '1 order-held']);
    expect(await reasonOf({}, cups(1), rule({ type: 'exclude', params: { because } }))).toEqual([
      'rule-excluded',
      '1 rule-excluded',
    ]);
    expect(await reasonOf({}, cups(1, { services: ['drone'] }))).toEqual(['no-rate', '1 no-rate']);
    expect(await reasonOf({ nodes: [buildNode('north', { status: 'closed' })] }, cups(1))).toEqual([
      'node-closed',
      '1 node-closed',
    ]);
    const { allow } = buildPolicy();
    const soon = cups(1, { promiseBy: '2011-11-15' });
    expect(await reasonOf({}, soon, { allow: { ...allow, maxLateDays: 0 } })).toEqual(['too-late', '1 too-late']);
    const small = buildNode('north', { capacity: { unitsPerDay: 1 } });
    expect(await reasonOf({ nodes: [small] }, cups(4), { allow })).toEqual(['no-capacity-left']);
  });
});

describe('collecting', () => {
  const counter = buildRateCard({
    rateCardId: 'counter',
    service: 'collect',
    kind: 'pickup',
    zones: [{ zone: 'all', transitDays: 0, bands: BANDS }],
  });
  const van = buildRateCard({
    rateCardId: 'van',
    service: 'collect',
    kind: 'transfer',
    zones: [{ zone: 'all', transitDays: 1, bands: BANDS }],
  });
  const shop = (nodeId: string, lat: number) =>
    buildNode(nodeId, { location: { lat, lon: 0 }, rateCardIds: ['counter'], receiving: { workingDays: 1 } });
  const shops: Partial<Snapshot> = {
    nodes: [
      buildNode('north', { rateCardIds: ['parcel', 'van'] }),
      shop('far', 53),
      shop('near', 52.1),
      { ...shop('shut', 52), status: 'closed' },
    ],
    stock: [
      { sku: 'cup', nodeId: 'north', onHand: 10 },
      { sku: 'cup', nodeId: 'far', onHand: 1 },
    ],
    rateCards: [buildRateCard(), counter, van],
  };
  const here = { destination: { country: 'GB', lat: 52, lon: 0 } };

  it('is looked at from the nearest node on, from its own stock and with what is sent there', async () => {
    const { collection, delivery } = await promise(shops, cups(1, here));
    expect(delivery!.whole).not.toBeNull();
    // The van comes on Tuesday; a working day later the cup is ready.
    const sent = { deliverOn: '2011-11-16', orderBefore: '2011-11-14T14:00:00Z', shipments: [{ nodeId: 'north' }] };
    expect(collection).toMatchObject([
      {
        nodeId: 'near',
        distanceKm: 11.1,
        pickup: { whole: null, missing: [{ lineId: '1', reason: 'not-stocked' }] },
        shipToStore: { whole: sent },
      },
      {
        nodeId: 'far',
        pickup: { whole: { deliverOn: '2011-11-14' } },
        shipToStore: { whole: { deliverOn: '2011-11-14' } },
      },
    ]);
    expect((await promise(shops, cups(1, here), {}, { maxNodes: 1 })).collection.map(({ nodeId }) => nodeId)).toEqual([
      'near',
    ]);
  });

  it('is all that is looked at where the cart says so, and nothing of it where it is to be sent', async () => {
    const asked = cups(1, { ...here, fulfilment: 'ship-to-store', collectAt: 'far' });
    const collected = await promise(shops, asked);
    expect(collected).toMatchObject({
      delivery: null,
      collection: [{ nodeId: 'far', pickup: null, shipToStore: { missing: [] } }],
    });
    const sent = await promise(shops, cups(1, { ...here, fulfilment: 'ship' }));
    expect(sent.collection).toEqual([]);
  });
});
