// Orders that are collected, worked out by hand. A cup weighs 500 g. North, south and the shop; a van takes 1.50 and 0.20 a kilogram.
import { describe, expect, it } from 'vitest';
import type { Calendar } from '../model/calendar.ts';
import type { Node } from '../model/node.ts';
import type { Order } from '../model/order.ts';
import type { OrderPlan } from '../model/plan.ts';
import type { RateCard } from '../model/rate-card.ts';
import { parseScenario } from '../parse-scenario.ts';
import {
  buildCalendar,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { planOf } from '../testing/explain-scenario.ts';

const COUNTER = buildRateCard({
  rateCardId: 'counter',
  service: 'collect',
  kind: 'pickup',
  deliveryWeekdays: [1, 2, 3, 4, 5, 6, 7],
  zones: [{ zone: 'counter', transitDays: 0, bands: [{ fixedMicros: 0, perKgMicros: 0 }] }],
});
const VAN = buildRateCard({
  rateCardId: 'van',
  service: 'collect',
  kind: 'transfer',
  surcharges: { residentialMicros: 9_000_000 },
  zones: [
    { zone: 'city', regions: ['LS'], transitDays: 1, bands: [{ fixedMicros: 1_500_000, perKgMicros: 200_000 }] },
    { zone: 'far', transitDays: 2, bands: [{ fixedMicros: 4_000_000, perKgMicros: 200_000 }] },
  ],
});

interface Case {
  readonly order?: Partial<Order>;
  readonly shop?: Partial<Node>;
  readonly north?: Partial<Node>;
  readonly shopCalendar?: Partial<Calendar>;
  readonly van?: Partial<RateCard>;
  /** Cups at the shop and in the north. */
  readonly cups?: readonly [shop: number, north: number];
  readonly quantity?: number;
}

/** One order of cups, placed on Monday at nine, collected at the shop unless it says otherwise. */
async function planFor({
  order,
  shop,
  north,
  shopCalendar,
  van,
  cups = [5, 50],
  quantity = 1,
}: Case): Promise<OrderPlan> {
  const snapshot = buildSnapshot({
    nodes: [
      buildNode('shop', {
        type: 'store',
        region: 'LS',
        calendarId: 'shop',
        rateCardIds: ['parcel', 'counter'],
        handling: { perShipmentMicros: 700_000 },
        ...shop,
      }),
      buildNode('north', {
        region: 'EH',
        rateCardIds: ['parcel', 'van'],
        handling: { perShipmentMicros: 400_000 },
        ...north,
      }),
    ],
    calendars: [buildCalendar(), buildCalendar({ calendarId: 'shop', ...shopCalendar })],
    rateCards: [buildRateCard(), COUNTER, { ...VAN, ...van }],
    stock: ['shop', 'north'].map((nodeId, at) => ({ sku: 'cup', nodeId, onHand: cups[at]! })),
  });
  const collected = { fulfilment: 'pickup', collectAt: 'shop', ...order } as const;
  const policy = buildPolicy();
  const plan = await planOf(
    buildScenario({
      snapshot,
      orders: [buildOrder('o1', [buildLine('1', 'cup', quantity)], collected)],
      policy: { ...policy, promise: { defaultDays: 5 } },
    }),
  );
  return plan.orders[0]!;
}

const STS = { fulfilment: 'ship-to-store' } as const;

describe('what collecting costs', () => {
  it.each<[Case, number, string]>([
    [{}, 700_000, 'over the counter: the shop’s handling of 0.70 and no carriage'],
    [
      { order: { destination: { country: 'GB', residential: true } } },
      700_000,
      'where the customer lives is no matter',
    ],
    [{ quantity: 5 }, 700_000, 'five cups in one shipment'],
    [{ order: STS }, 700_000, 'the shop has it, so none is sent: 0.70 against 0.40 + 1.50 + 0.10'],
    [{ order: STS, cups: [0, 50] }, 2_000_000, 'from the north: 0.40 + 1.50 + 0.20 × 0.5 kg'],
    [{ order: STS, cups: [0, 50], quantity: 10 }, 2_900_000, 'ten cups: 0.40 + 1.50 + 0.20 × 5 kg'],
    [
      { order: STS, cups: [0, 50], shop: { receiving: { perShipmentMicros: 250_000 } } },
      2_250_000,
      'and 0.25 for the shop that receives it',
    ],
    [
      { order: STS, cups: [3, 50], quantity: 8 },
      2_700_000,
      'eight cups, and the shop has three: all from the north, 0.40 + 1.50 + 0.20 × 4 kg',
    ],
    [
      { order: STS, cups: [3, 5], quantity: 8, shop: { receiving: { perShipmentMicros: 250_000 } } },
      4_350_000,
      'three of the shop’s for 0.70, five sent for 0.40 + 1.50 + 0.50 + 0.25, and 1.00 for the split',
    ],
    [{ order: STS, cups: [0, 50], shop: { region: 'PL' } }, 4_500_000, 'a shop out of town: 0.40 + 4.00 + 0.10'],
  ])('%j costs %i micros: %s', async (of, micros) => {
    const plan = await planFor(of);
    expect(plan.unsourced).toEqual([]);
    expect(plan.cost.totalMicros).toBe(micros);
  });

  it('leaves what the shop lacks where it is to be had nowhere else', async () => {
    const plan = await planFor({ quantity: 8 });
    expect(plan.shipments).toHaveLength(1);
    expect(plan.shipments[0]).toMatchObject({ nodeId: 'shop', collectAt: 'shop', lines: [{ quantity: 5 }] });
    expect(plan.unsourced).toMatchObject([{ quantity: 3 }]);
  });

  it('sends nothing to a shop that is closed, and hands nothing over without a counter', async () => {
    const shops: Partial<Node>[] = [{ status: 'closed' }, { rateCardIds: ['parcel'] }];
    for (const shop of shops) {
      expect((await planFor({ shop })).shipments).toEqual([]);
    }
    expect((await planFor({ shop: { status: 'closed' }, order: STS })).shipments).toEqual([]);
    // A shop without a counter card still gives out what is sent to it.
    expect((await planFor({ shop: { rateCardIds: [] }, order: STS })).shipments).toMatchObject([{ nodeId: 'north' }]);
  });

  it('keeps cards apart: a van does not go to customers, a carrier not to shops', async () => {
    const sent = await planFor({ order: { fulfilment: 'ship', collectAt: undefined }, cups: [0, 50] });
    expect(sent.shipments[0]).toMatchObject({ rateCardId: 'parcel', deliverOn: '2011-11-16' });
    expect(sent.shipments[0]).not.toHaveProperty('collectAt');
    expect((await planFor({ order: STS, cups: [0, 50], north: { rateCardIds: ['parcel'] } })).shipments).toEqual([]);
  });
});

describe('when it can be collected', () => {
  const days = async (of: Case): Promise<(string | undefined)[]> => {
    const [shipment] = (await planFor(of)).shipments;
    return [shipment!.shipOn, shipment!.arriveOn, shipment!.deliverOn].map((date) => date?.slice(5));
  };
  it.each<[Case, (string | undefined)[], string]>([
    [{}, ['11-14', undefined, '11-14'], 'the same day'],
    [{ shopCalendar: { cutoff: '08:00' } }, ['11-15', undefined, '11-15'], 'after the cutoff: the next'],
    [{ shopCalendar: { processingDays: 2 } }, ['11-16', undefined, '11-16'], 'two days to put it aside'],
    [{ order: STS, cups: [0, 50] }, ['11-14', '11-15', '11-15'], 'by the van of the next day'],
    [
      { order: STS, cups: [0, 50], shop: { receiving: { workingDays: 1 } } },
      ['11-14', '11-15', '11-16'],
      'and a day to unpack',
    ],
    [
      { order: STS, cups: [0, 50], shopCalendar: { workingWeekdays: [1, 4] } },
      ['11-14', '11-15', '11-17'],
      'the shop opens on Thursday',
    ],
    [
      { order: STS, cups: [0, 50], shopCalendar: { closedOn: ['2011-11-15', '2011-11-16'] } },
      ['11-14', '11-15', '11-17'],
      'two holidays',
    ],
    [
      { order: STS, cups: [0, 50], van: { deliveryWeekdays: [3] }, shop: { receiving: { workingDays: 2 } } },
      ['11-14', '11-16', '11-18'],
      'the van comes on Wednesdays, unpacked by Friday',
    ],
    [
      { order: { ...STS, placedAt: '2011-11-18T15:00:00Z' }, cups: [0, 50], shopCalendar: { workingWeekdays: [1, 6] } },
      ['11-21', '11-22', '11-26'],
      'ordered on Friday after the cutoff: sent on Monday, there on Tuesday, open on Saturday',
    ],
  ])('%j: %j, %s', async (of, expected) => {
    expect(await days(of)).toEqual(expected);
  });
});

describe('an order that is collected', () => {
  const issuesOf = (order: Partial<Order>): unknown => {
    const parsed = parseScenario(buildScenario({ orders: [buildOrder('o1', [buildLine('1', 'cup')], order)] }));
    return parsed.ok ? [] : parsed.error.map(({ code, path }) => [code, path]);
  };
  it('names a known node, and one that is sent names none', () => {
    expect(issuesOf({ fulfilment: 'pickup' })).toEqual([['inconsistent', '/orders/0/collectAt']]);
    expect(issuesOf({ collectAt: 'north' })).toEqual([['inconsistent', '/orders/0/collectAt']]);
    expect(issuesOf({ fulfilment: 'ship-to-store', collectAt: 'nowhere' })).toEqual([
      ['unknown-reference', '/orders/0/collectAt'],
    ]);
    expect(issuesOf({ fulfilment: 'ship-to-store', collectAt: 'north' })).toEqual([]);
  });
});
