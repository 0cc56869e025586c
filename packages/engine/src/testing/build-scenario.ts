// Decides what a small, valid scenario looks like in a test: everything has a plain default, a test states only what it is about.
import type { Calendar } from '../model/calendar.ts';
import type { Item } from '../model/item.ts';
import type { Node } from '../model/node.ts';
import type { Order, OrderLine } from '../model/order.ts';
import type { Policy } from '../model/policy.ts';
import type { RateCard } from '../model/rate-card.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** Monday 14 November 2011, a winter day without a clock change. */
export const MONDAY = '2011-11-14';

export function buildItem(sku: string, over: Partial<Item> = {}): Item {
  return { sku, weightGrams: 500, priceMicros: 10_000_000, ...over };
}

export function buildCalendar(over: Partial<Calendar> = {}): Calendar {
  return {
    calendarId: 'weekdays',
    timeZone: 'Europe/London',
    workingWeekdays: [1, 2, 3, 4, 5],
    cutoff: '14:00',
    ...over,
  };
}

/** 3.00 a parcel and 1.00 a kilogram, two delivery days, parcels of at most 30 kg. */
export function buildRateCard(over: Partial<RateCard> = {}): RateCard {
  return {
    rateCardId: 'parcel',
    name: 'Parcel',
    service: 'standard',
    maxParcelGrams: 30_000,
    deliveryWeekdays: [1, 2, 3, 4, 5],
    zones: [{ zone: 'all', transitDays: 2, bands: [{ fixedMicros: 3_000_000, perKgMicros: 1_000_000 }] }],
    ...over,
  };
}

export function buildNode(nodeId: string, over: Partial<Node> = {}): Node {
  return { nodeId, name: nodeId, type: 'dc', calendarId: 'weekdays', rateCardIds: ['parcel'], ...over };
}

export function buildLine(lineId: string, sku: string, quantity = 1, over: Partial<OrderLine> = {}): OrderLine {
  return { lineId, sku, quantity, unitPriceMicros: 10_000_000, ...over };
}

export function buildOrder(orderId: string, lines: OrderLine[], over: Partial<Order> = {}): Order {
  return { orderId, placedAt: `${MONDAY}T09:00:00Z`, destination: { country: 'GB', region: 'LS' }, lines, ...over };
}

export function buildPolicy(over: Partial<Policy> = {}): Policy {
  return {
    policyId: 'plain',
    version: 1,
    name: 'Plain',
    strategy: 'fcfs-exact',
    goals: {
      splitMicros: 1_000_000,
      latenessPerDayMicros: 2_000_000,
      unsourced: { perUnitMicros: 20_000_000, valuePercent: 0 },
    },
    promise: { defaultDays: 3 },
    allow: { partial: true, splitQuantity: 'when-needed', maxShipDelayDays: 2 },
    ...over,
  };
}

export function buildSnapshot(over: Partial<Snapshot> = {}): Snapshot {
  return {
    currency: 'GBP',
    timeZone: 'Europe/London',
    asOf: `${MONDAY}T00:00:00Z`,
    nodes: [buildNode('north')],
    items: [buildItem('cup')],
    stock: [{ sku: 'cup', nodeId: 'north', onHand: 10 }],
    calendars: [buildCalendar()],
    rateCards: [buildRateCard()],
    ...over,
  };
}

export function buildScenario(over: Partial<Scenario> = {}): Scenario {
  return {
    scenarioId: 'plain',
    title: 'Plain',
    snapshot: buildSnapshot(),
    orders: [buildOrder('o1', [buildLine('1', 'cup')])],
    policy: buildPolicy(),
    ...over,
  };
}
