// Decides the made-up part of collecting: which orders are collected at which store, and how goods get there.
// A customer near a store that has everything picks it up; some others near a store have it sent there.
import { distanceMetres, type Fulfilment, type Order, type RateCard, type StockLevel } from '@sourcewright/engine';
import { stream } from '../chance.ts';
import { microsOf } from '../raw-table.ts';
import type { Site } from './network.ts';

/** Who lives farther from a store has it sent. */
const NEAR_METRES = 20_000;
/** Share of the other orders from near a store that are sent there, and the largest of them in lines. */
const SENT_SHARE = 0.25;
const SENT_MAX_LINES = 20;

/** The same orders, some of them collected. Express and export orders are always sent to the customer. */
export function collectSome(orders: readonly Order[], sites: readonly Site[], stock: readonly StockLevel[]): Order[] {
  const onHand = new Map(stock.map(({ sku, nodeId, onHand: units }) => [`${sku} ${nodeId}`, units]));
  return orders.map((order) => {
    const stores = order.tags ? [] : storesNear(order, sites);
    const stocked = stores.find((nodeId) => hasAll(order, nodeId, onHand));
    if (stocked) return collected(order, 'pickup', stocked);
    const [nearest] = stores;
    if (!nearest || order.lines.length > SENT_MAX_LINES) return order;
    const isSent = stream('uk-gifts', 'collection', order.orderId).next() < SENT_SHARE;
    return isSent ? collected(order, 'ship-to-store', nearest) : order;
  });
}

/** Nearest first. */
function storesNear({ destination: { lat, lon } }: Order, sites: readonly Site[]): string[] {
  return sites
    .filter(({ node }) => node.type === 'store')
    .map(({ node }) => ({ nodeId: node.nodeId, metres: distanceMetres(node.location!, { lat: lat!, lon: lon! }) }))
    .filter(({ metres }) => metres <= NEAR_METRES)
    .sort((a, b) => a.metres - b.metres)
    .map(({ nodeId }) => nodeId);
}

function hasAll({ lines }: Order, nodeId: string, onHand: ReadonlyMap<string, number>): boolean {
  const units = new Map<string, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return [...units].every(([sku, wanted]) => (onHand.get(`${sku} ${nodeId}`) ?? 0) >= wanted);
}

function collected(order: Order, fulfilment: Fulfilment, collectAt: string): Order {
  const { destination, lines, ...rest } = order;
  return { ...rest, fulfilment, collectAt, destination, lines };
}

/** Over the counter for nothing, by the stores' own van on Tuesdays, Thursdays and Saturdays, by courier from store to store. */
export const COLLECTION_CARDS: readonly RateCard[] = [
  collectionCard('counter', 'Over the counter', 'pickup', [1, 2, 3, 4, 5, 6], 0, [0, 0]),
  collectionCard('stock-van', 'Stock van', 'transfer', [2, 4, 6], 1, [0.8, 0.06]),
  collectionCard('store-courier', 'Courier between stores', 'transfer', [1, 2, 3, 4, 5], 1, [3.4, 0.12]),
];

function collectionCard(
  rateCardId: string,
  name: string,
  kind: 'pickup' | 'transfer',
  deliveryWeekdays: number[],
  transitDays: number,
  [crate, perKg]: readonly [number, number],
): RateCard {
  return {
    rateCardId,
    name,
    service: 'collect',
    kind,
    deliveryWeekdays,
    zones: [
      {
        zone: kind === 'pickup' ? 'counter' : 'stores',
        transitDays,
        bands: [{ fixedMicros: microsOf(crate.toFixed(2)), perKgMicros: microsOf(perKg.toFixed(2)) }],
      },
    ],
  };
}
