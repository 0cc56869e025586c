import { describe, expect, it } from 'vitest';
import { dateOf } from '../base/time.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import { indexNetwork } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { Policy, Rule } from '../model/policy.ts';
import type { RateZone } from '../model/rate-card.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { compilePolicy } from '../rules/compile-policy.ts';
import {
  buildCalendar,
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import type { OrderCandidates } from './candidate.ts';
import { createEnumerator, type Noting } from './enumerate.ts';
import { laneTo, zoneFor } from './lanes.ts';

const cup = (over: Partial<Order> = {}): Order => buildOrder('o1', [buildLine('1', 'cup')], over);

async function candidatesOf(
  snapshot: Partial<Snapshot>,
  order: Order = cup(),
  policy: Partial<Policy> = {},
  limits: Partial<Limits> = {},
  noting: Noting = {},
): Promise<OrderCandidates> {
  const built = buildPolicy(policy);
  const compiled = compilePolicy(built);
  if (!compiled.ok) throw new Error('The policy must compile.');
  const all = { ...DEFAULT_LIMITS, ...limits };
  return createEnumerator(indexNetwork(buildSnapshot(snapshot)), built, compiled.value.book, all, noting).candidatesOf(
    order,
  );
}

const shipDates = (candidates: OrderCandidates, node = 0): string[] =>
  candidates.nodes[node]!.shipDays.map(({ day }) => dateOf(day));
const codes = (candidates: OrderCandidates): unknown[] =>
  candidates.ineligible.map(({ node, demand, code, rule }) => [node, demand, code, rule]);

function excluding(name: string, fact: string, value: unknown): Rule {
  return {
    name,
    conditions: { all: [{ fact, operator: 'equal', value }] },
    event: { type: 'exclude', params: { because: 'x' } },
  };
}

function charging(name: string, fact: string, value: unknown, perLineMicros: number): Rule {
  return { ...excluding(name, fact, value), event: { type: 'penalise', params: { because: 'x', perLineMicros } } };
}

describe('candidates of an order', () => {
  it('are the nodes with a row for the sku, by position', async () => {
    const found = await candidatesOf({
      nodes: [buildNode('a'), buildNode('b'), buildNode('c')],
      stock: ['c', 'a'].map((nodeId) => ({ sku: 'cup', nodeId, onHand: 0 })),
    });
    expect(found.nodes.map(({ node, rows }) => [node, rows.map((row) => row?.node)])).toEqual([
      [0, [0]],
      [2, [2]],
    ]);
    expect(found.ineligible).toEqual([]);
  });

  it('are the same where nobody asks who was refused', async () => {
    const snapshot = {
      nodes: [buildNode('a'), buildNode('b', { status: 'closed' }), buildNode('c', { type: 'store' })],
      stock: ['a', 'b', 'c'].map((nodeId) => ({ sku: 'cup', nodeId, onHand: 1 })),
    };
    const policy = { rules: [excluding('no stores', 'node.type', 'store')] };
    const found = await candidatesOf(snapshot, cup(), policy);
    expect(codes(found)).toEqual([
      [1, 0, 'node-closed', null],
      [2, 0, 'rule-excluded', 0],
    ]);
    const short = await candidatesOf(snapshot, cup(), policy, {}, { refusals: false });
    expect(short.ineligible).toEqual([]);
    expect(short.nodes.map(({ node }) => node)).toEqual(found.nodes.map(({ node }) => node));
  });

  it('have the promise of the order, else days after it was placed in the zone of the snapshot', async () => {
    const promise = async (order: Order, over: Partial<Snapshot> = {}): Promise<string> =>
      dateOf((await candidatesOf(over, order)).promiseDay);
    expect(await promise(cup({ promiseBy: '2011-11-30' }))).toBe('2011-11-30');
    expect(await promise(cup())).toBe('2011-11-17');
    // 23:30 UTC is the next day in Tokyo.
    const late = cup({ placedAt: '2011-11-14T23:30:00Z' });
    expect(await promise(late)).toBe('2011-11-17');
    expect(await promise(late, { timeZone: 'Asia/Tokyo' })).toBe('2011-11-18');
  });

  it('may ship on as many days as policy and limits both allow', async () => {
    const days = async (maxShipDelayDays: number, shipDaysPerNode: number): Promise<string[]> =>
      shipDates(
        await candidatesOf({}, cup(), { allow: { ...buildPolicy().allow, maxShipDelayDays } }, { shipDaysPerNode }),
      );
    expect(await days(0, 4)).toEqual(['2011-11-14']);
    expect(await days(2, 4)).toEqual(['2011-11-14', '2011-11-15', '2011-11-16']);
    expect(await days(30, 2)).toEqual(['2011-11-14', '2011-11-15']);
  });

  it('are not taken up before the snapshot was made, whenever the order was placed', async () => {
    const backlog = cup({ placedAt: '2011-11-01T09:00:00Z' });
    expect(shipDates(await candidatesOf({ asOf: '2011-11-14T15:00:00Z' }, backlog))[0]).toBe('2011-11-15');
    expect(shipDates(await candidatesOf({ asOf: '2011-11-14T13:59:00Z' }, backlog))[0]).toBe('2011-11-14');
    expect(shipDates(await candidatesOf({ asOf: '2011-11-01T00:00:00Z' }))[0]).toBe('2011-11-14');
  });

  it('read the cutoff of each node on its own clock', async () => {
    const calendars = [buildCalendar(), buildCalendar({ calendarId: 'tokyo', timeZone: 'Asia/Tokyo' })];
    const nodes = [buildNode('leeds'), buildNode('tokyo', { calendarId: 'tokyo' })];
    const stock = nodes.map(({ nodeId }) => ({ sku: 'cup', nodeId, onHand: 1 }));
    // 06:00 UTC is 15:00 in Tokyo, past the cutoff.
    const found = await candidatesOf({ calendars, nodes, stock }, cup({ placedAt: '2011-11-14T06:00:00Z' }));
    expect([shipDates(found, 0)[0], shipDates(found, 1)[0]]).toEqual(['2011-11-14', '2011-11-15']);
  });

  it('merge lines of one sku and keep the order of first lines', async () => {
    const order = buildOrder('o1', [
      buildLine('1', 'jug', 2, { lineWeightGrams: 77.5 }),
      buildLine('2', 'cup', 1),
      buildLine('3', 'jug', 3),
    ]);
    const { demands } = await candidatesOf({ items: [buildItem('cup'), buildItem('jug', { weightGrams: 10 })] }, order);
    // 77.5 g + 3 × 10 g.
    expect(
      demands.map(({ sku, quantity, weightMilligrams, lines }) => [
        sku,
        quantity,
        weightMilligrams,
        lines.map(({ lineId }) => lineId),
      ]),
    ).toEqual([
      ['jug', 5, 107_500, ['1', '3']],
      ['cup', 1, 500_000, ['2']],
    ]);
  });
});

describe('nodes that are refused', () => {
  it.each<[string, Partial<Snapshot>, Partial<Order>, Partial<Policy>, string]>([
    ['a closed node', { nodes: [buildNode('north', { status: 'closed' })] }, {}, {}, 'node-closed'],
    ['a node without a rate card', { nodes: [buildNode('north', { rateCardIds: [] })] }, {}, {}, 'no-rate'],
    ['a service the customer does not accept', {}, { services: ['express'] }, {}, 'no-rate'],
    [
      'a card without a zone for the region',
      { rateCards: [buildRateCard({ zones: [{ ...buildRateCard().zones[0]!, regions: ['EH'] }] })] },
      {},
      {},
      'no-rate',
    ],
    [
      'parcels that would arrive too late',
      {},
      { promiseBy: '2011-11-15' },
      { allow: { ...buildPolicy().allow, maxLateDays: 0 } },
      'too-late',
    ],
    [
      'a node that never opens',
      { calendars: [buildCalendar({ workingWeekdays: [1], closedOn: mondays(100) })] },
      {},
      {},
      'too-late',
    ],
  ])('%s', async (_, snapshot, order, policy, code) => {
    const found = await candidatesOf(snapshot, cup(order), policy);
    expect(found.nodes).toEqual([]);
    expect(codes(found)).toEqual([[0, 0, code, null]]);
  });

  it('keeps ship days, and on each the services, that are in time', async () => {
    const fast = buildRateCard({
      rateCardId: 'fast',
      service: 'express',
      zones: [{ ...buildRateCard().zones[0]!, transitDays: 1 }],
    });
    const snapshot = {
      rateCards: [buildRateCard(), fast],
      nodes: [buildNode('north', { rateCardIds: ['parcel', 'fast'] })],
    };
    const found = await candidatesOf(snapshot, cup({ promiseBy: '2011-11-15' }), {
      allow: { ...buildPolicy().allow, maxLateDays: 1 },
    });
    // By express: Monday to Tuesday, Tuesday to Wednesday. Standard: Monday to Wednesday. Wednesday's are too late.
    expect(
      found.nodes[0]!.shipDays.map(({ day, services }) => [
        dateOf(day),
        services.map(({ service, lateDays }) => [service.card.service, lateDays]),
      ]),
    ).toEqual([
      [
        '2011-11-14',
        [
          ['standard', 1],
          ['express', 0],
        ],
      ],
      ['2011-11-15', [['express', 1]]],
    ]);
  });

  it('says which rule, in the order in which rules are asked', async () => {
    const rules = [excluding('a', 'node.type', 'dc'), { ...excluding('b', 'node.nodeId', 'north'), priority: 7 }];
    const found = await candidatesOf({}, cup(), { rules });
    expect(codes(found)).toEqual([[0, 0, 'rule-excluded', 0]]);
    const compiled = compilePolicy(buildPolicy({ rules }));
    expect(compiled.ok && compiled.value.book.rules[0]!.name).toBe('b');
  });

  it('refuses a demand when a rule excludes any of its lines', async () => {
    const order = buildOrder('o1', [buildLine('1', 'cup', 1), buildLine('2', 'cup', 5), buildLine('3', 'jug', 1)]);
    const snapshot = {
      items: [buildItem('cup'), buildItem('jug')],
      stock: ['cup', 'jug'].map((sku) => ({ sku, nodeId: 'north', onHand: 9 })),
    };
    const found = await candidatesOf(snapshot, order, { rules: [excluding('no fives', 'line.quantity', 5)] });
    expect(codes(found)).toEqual([[0, 0, 'rule-excluded', 0]]);
    expect(found.nodes[0]!.rows.map((row) => row !== null)).toEqual([false, true]);
  });

  it('charges a demand what its dearest line is charged', async () => {
    const order = buildOrder('o1', [buildLine('1', 'cup', 1), buildLine('2', 'cup', 5)]);
    const rules = [
      charging('ones', 'line.quantity', 1, 100),
      charging('fives', 'line.quantity', 5, 30),
      charging('all', 'item.sku', 'cup', 7),
    ];
    // Line 1: 100 + 7. Line 2: 30 + 7.
    expect((await candidatesOf({}, order, { rules })).nodes[0]!.penaltyMicros).toEqual(Float64Array.of(107));
  });

  it('shows rules the stock at the start of the wave, receipts of that day included', async () => {
    const receipts = [{ receiptId: 'r', sku: 'cup', nodeId: 'north', quantity: 1, dueOn: '2011-11-14' }];
    const stock = [{ sku: 'cup', nodeId: 'north', onHand: 2, sourcingBuffer: 2 }];
    const rules = [excluding('last', 'stock.lastUnit', true)];
    expect(codes(await candidatesOf({ stock, receipts }, cup(), { rules }))).toEqual([[0, 0, 'rule-excluded', 0]]);
    expect(codes(await candidatesOf({ stock }, cup(), { rules }))).toEqual([]);
  });
});

describe('lanes and zones', () => {
  const leeds = { lat: 53.8, lon: -1.55 };
  const network = indexNetwork(
    buildSnapshot({
      nodes: [buildNode('north', { location: leeds }), buildNode('nowhere')],
      lanes: [
        { nodeId: 'north', region: 'EH', distanceKm: 12.5 },
        { nodeId: 'north', region: 'IM', extraTransitDays: 2 },
      ],
    }),
  );

  it('uses a stated distance, else the great circle, else none', () => {
    const at = { country: 'GB', lat: 53.8, lon: -1.55 };
    expect(laneTo(network, 0, { ...at, region: 'EH' })).toEqual({
      distanceKm: 12.5,
      extraTransitDays: 0,
      extraTransitDaysP90: 0,
    });
    expect(laneTo(network, 0, { ...at, region: 'IM' })).toEqual({
      distanceKm: 0,
      extraTransitDays: 2,
      extraTransitDaysP90: 2,
    });
    expect(laneTo(network, 0, { ...at, region: 'LS', lat: 54.8 }).distanceKm).toBeCloseTo(111.195, 3);
    expect(laneTo(network, 0, { country: 'GB', region: 'LS' })).toEqual({
      distanceKm: null,
      extraTransitDays: 0,
      extraTransitDaysP90: 0,
    });
    expect(laneTo(network, 1, at)).toEqual({ distanceKm: null, extraTransitDays: 0, extraTransitDaysP90: 0 });
    expect(laneTo(network, 0, { country: 'GB' })).toEqual({
      distanceKm: null,
      extraTransitDays: 0,
      extraTransitDaysP90: 0,
    });
  });

  it('takes the first zone that fits: by region, by distance up to its edge, or any', () => {
    const zone = (name: string, over: Partial<RateZone>): RateZone => ({
      ...buildRateCard().zones[0]!,
      zone: name,
      ...over,
    });
    const card = buildRateCard({
      zones: [
        zone('isles', { regions: ['IM', 'ZE'] }),
        zone('near', { maxDistanceKm: 100 }),
        zone('far', { maxDistanceKm: 500 }),
      ],
    });
    const open = { ...card, zones: [...card.zones, zone('rest', {})] };
    const cases: [string | undefined, number | null, string | undefined, string][] = [
      ['IM', 5, 'isles', 'isles'],
      ['LS', 100, 'near', 'near'],
      ['LS', 100.001, 'far', 'far'],
      ['LS', 500, 'far', 'far'],
      ['LS', 500.001, undefined, 'rest'],
      [undefined, 0, 'near', 'near'],
      ['LS', null, undefined, 'rest'],
      ['ZE', null, 'isles', 'isles'],
      [undefined, null, undefined, 'rest'],
    ];
    const to = (region: string | undefined) => ({ country: 'GB', ...(region === undefined ? {} : { region }) });
    for (const [region, km, found, withRest] of cases) {
      expect(zoneFor(card, to(region), km)?.zone, `${region} ${km}`).toBe(found);
      expect(zoneFor(open, to(region), km)?.zone, `${region} ${km}`).toBe(withRest);
    }
  });

  it('adds the days of the lane to the days of the zone', async () => {
    const found = await candidatesOf({ lanes: [{ nodeId: 'north', region: 'LS', extraTransitDays: 1 }] });
    const [on] = found.nodes[0]!.shipDays[0]!.services;
    expect([on!.service.transitDays, dateOf(on!.deliverDay)]).toEqual([3, '2011-11-17']);
  });
});

function mondays(count: number): string[] {
  const first = Date.parse('2011-11-14T00:00:00Z') / 86_400_000;
  return Array.from({ length: count }, (_, index) => dateOf(first + 7 * index));
}
