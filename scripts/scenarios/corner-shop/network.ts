// Decides the network of corner-shop: five places, four regions, round prices, so that every cost can be added up by hand.
import type { Calendar, Item, Lane, Node, RateCard, Receipt, StockLevel } from '@sourcewright/engine';
import { microsOf } from '../raw-table.ts';

export const REGIONS = {
  north: { lat: 52.55, lon: -2.7 },
  south: { lat: 52.1, lon: -2.7 },
  east: { lat: 52.33, lon: -2.1 },
  west: { lat: 52.33, lon: -3.3 },
} as const;

export type Region = keyof typeof REGIONS;

export const CALENDARS: readonly Calendar[] = [
  {
    calendarId: 'six-days',
    timeZone: 'Europe/London',
    workingWeekdays: [1, 2, 3, 4, 5, 6],
    cutoff: '12:00',
    processingDays: 0,
  },
  {
    calendarId: 'made-to-order',
    timeZone: 'Europe/London',
    workingWeekdays: [1, 2, 3, 4, 5],
    cutoff: '12:00',
    processingDays: 2,
  },
];

export const RATE_CARDS: readonly RateCard[] = [
  rateCard('van', 'standard', [zone('near', 30, 1, 3), zone('far', undefined, 2, 5)]),
  rateCard('van-express', 'express', [zone('anywhere', undefined, 1, 9)]),
  rateCard('bike', 'standard', [zone('near', 10, 1, 4), zone('far', undefined, 2, 7)]),
  rateCard('post', 'standard', [zone('anywhere', undefined, 2, 5)]),
  {
    ...rateCard('counter', 'collect', [
      { zone: 'counter', transitDays: 0, bands: [{ fixedMicros: 0, perKgMicros: 0 }] },
    ]),
    kind: 'pickup',
  },
  {
    ...rateCard('shuttle', 'collect', [
      { zone: 'shops', transitDays: 1, bands: [{ fixedMicros: microsOf(1.5), perKgMicros: 0 }] },
    ]),
    kind: 'transfer',
  },
];

export const NODES: readonly Node[] = [
  node('warehouse', 'Warehouse', 'dc', 'north', { lat: 52.42, lon: -2.7 }, ['van', 'van-express', 'shuttle'], 1, {
    shipmentsPerDay: 20,
  }),
  node('depot', 'Eastern depot', '3pl', 'east', { lat: 52.32, lon: -2.12 }, ['van'], 1.5, { unitsPerDay: 10 }),
  shop('shop-north', 'North shop', 'north', { lat: 52.54, lon: -2.69 }),
  shop('shop-south', 'South shop', 'south', { lat: 52.11, lon: -2.71 }),
  node('maker', 'Poster maker', 'vendor', 'west', { lat: 52.5, lon: -3.4 }, ['post'], 1, undefined),
];

/** Road kilometres: they decide the zone. */
const DISTANCES: Record<string, Record<Region, number>> = {
  warehouse: { north: 20, south: 40, east: 60, west: 60 },
  depot: { north: 60, south: 60, east: 10, west: 90 },
  'shop-north': { north: 5, south: 60, east: 60, west: 60 },
  'shop-south': { north: 60, south: 5, east: 60, west: 60 },
  maker: { north: 70, south: 80, east: 120, west: 40 },
};

export const LANES: readonly Lane[] = Object.entries(DISTANCES).flatMap(([nodeId, byRegion]) =>
  Object.entries(byRegion).map(([region, distanceKm]) => ({ nodeId, region, distanceKm })),
);

export const ITEMS: readonly Item[] = [
  item('mug', 'Mug', 'kitchen', 500, 10),
  item('lamp', 'Lamp', 'home', 1000, 20),
  item('clock', 'Clock', 'home', 1000, 30),
  item('vase', 'Vase', 'home', 1000, 15),
  item('kettle', 'Kettle', 'kitchen', 2000, 25),
  item('rug', 'Rug', 'home', 4000, 40),
  item('poster', 'Poster', 'paper', 500, 20),
  item('globe', 'Globe', 'home', 2000, 50),
];

export const STOCK: readonly StockLevel[] = [
  { sku: 'mug', nodeId: 'warehouse', onHand: 60, allocated: 5, reserved: 3, sourcingBuffer: 2 },
  { sku: 'mug', nodeId: 'depot', onHand: 40 },
  { sku: 'mug', nodeId: 'shop-north', onHand: 6 },
  { sku: 'mug', nodeId: 'shop-south', onHand: 6, sellingBuffer: 1 },
  { sku: 'lamp', nodeId: 'warehouse', onHand: 20 },
  { sku: 'lamp', nodeId: 'shop-north', onHand: 4 },
  { sku: 'clock', nodeId: 'depot', onHand: 20 },
  { sku: 'clock', nodeId: 'shop-south', onHand: 2 },
  { sku: 'vase', nodeId: 'warehouse', onHand: 5 },
  { sku: 'vase', nodeId: 'depot', onHand: 2 },
  { sku: 'vase', nodeId: 'shop-north', onHand: 3, sourcingBuffer: 1 },
  { sku: 'kettle', nodeId: 'warehouse', onHand: 0 },
  { sku: 'kettle', nodeId: 'shop-south', onHand: 2 },
  { sku: 'rug', nodeId: 'depot', onHand: 5 },
  { sku: 'rug', nodeId: 'shop-north', onHand: 1 },
  { sku: 'poster', nodeId: 'maker', onHand: 50 },
];

export const RECEIPTS: readonly Receipt[] = [
  { receiptId: 'PO-1', sku: 'kettle', nodeId: 'warehouse', quantity: 10, dueOn: '2026-03-03' },
];

function node(
  nodeId: string,
  name: string,
  type: Node['type'],
  region: Region,
  location: Node['location'],
  rateCardIds: string[],
  handling: number,
  capacity: Node['capacity'],
): Node {
  const calendarId = type === 'vendor' ? 'made-to-order' : 'six-days';
  return {
    nodeId,
    name,
    type,
    location,
    region,
    calendarId,
    rateCardIds,
    ...(capacity ? { capacity } : {}),
    handling: { perShipmentMicros: microsOf(handling) },
  };
}

/** Sends by bicycle, and receives what the shuttle brings. */
function shop(nodeId: string, name: string, region: Region, location: Node['location']): Node {
  return {
    ...node(nodeId, name, 'store', region, location, ['bike', 'counter'], 1, { shipmentsPerDay: 2 }),
    receiving: { perShipmentMicros: microsOf(0.5) },
  };
}

function rateCard(rateCardId: string, service: string, zones: RateCard['zones']): RateCard {
  return { rateCardId, name: rateCardId, service, deliveryWeekdays: [1, 2, 3, 4, 5, 6], zones };
}

/** A parcel of any weight: `pounds`, and one pound a kilogram. */
function zone(
  name: string,
  maxDistanceKm: number | undefined,
  transitDays: number,
  pounds: number,
): RateCard['zones'][number] {
  return {
    zone: name,
    ...(maxDistanceKm === undefined ? {} : { maxDistanceKm }),
    transitDays,
    bands: [{ fixedMicros: microsOf(pounds), perKgMicros: microsOf(1) }],
  };
}

function item(sku: string, name: string, category: string, weightGrams: number, pounds: number): Item {
  return { sku, name, category, weightGrams, priceMicros: microsOf(pounds) };
}
