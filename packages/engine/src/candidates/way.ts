// Decides where an order's goods go from a node and by which kind of rate card: to the customer, over the counter, or to where they are collected.
// Leaves how far that is and which zone it falls in to lanes.ts, and the days to reach.ts.
import type { Network } from '../model/network.ts';
import type { Node } from '../model/node.ts';
import type { Destination, Order } from '../model/order.ts';
import type { CardKind } from '../model/rate-card.ts';
import { type LaneView, laneTo } from './lanes.ts';

/** Why goods may not go any way from a node to where an order is collected. */
export type NoWay = 'collected-elsewhere' | 'collection-closed';

export interface Way {
  /** Where the goods go: the customer's place, or the collecting node's. */
  readonly place: Destination;
  /** Cards of this kind carry them. */
  readonly kind: CardKind;
  readonly lane: LaneView;
  /** The node that receives a transfer; null where none does. */
  readonly receiver: number | null;
}

/** From the counter there is no way to go. */
const OVER_THE_COUNTER: LaneView = { distanceKm: 0, extraTransitDays: 0, extraTransitDaysP90: 0 };

/** The node where an order is collected; null where it is sent to the customer. */
export function collectingNode(network: Network, { fulfilment = 'ship', collectAt }: Order): number | null {
  return fulfilment === 'ship' ? null : network.nodeAt.get(collectAt!)!;
}

/** The region to which lanes lead for an order. */
export function regionOf(nodes: readonly Node[], { collectAt, destination }: Order): string | undefined {
  return collectAt === undefined ? destination.region : nodes.find(({ nodeId }) => nodeId === collectAt)?.region;
}

/** Where an order's goods go. */
function placeOf(network: Network, order: Order): Destination {
  const at = collectingNode(network, order);
  return at === null ? order.destination : placeOfNode(network, at, order.destination.country);
}

export function wayFrom(network: Network, node: number, order: Order): Way | NoWay {
  const at = collectingNode(network, order);
  if (at === null) {
    const place = order.destination;
    return { place, kind: 'delivery', lane: laneTo(network, node, place), receiver: null };
  }
  const place = placeOfNode(network, at, order.destination.country);
  if (node === at) return { place, kind: 'pickup', lane: OVER_THE_COUNTER, receiver: null };
  if (order.fulfilment === 'pickup') return 'collected-elsewhere';
  if (network.nodes[at]!.status === 'closed') return 'collection-closed';
  return { place, kind: 'transfer', lane: laneTo(network, node, place), receiver: at };
}

/** The way whatever stands against it, for facts and distances. */
export function laneFrom(network: Network, node: number, order: Order): LaneView {
  const way = wayFrom(network, node, order);
  return typeof way === 'string' ? laneTo(network, node, placeOf(network, order)) : way.lane;
}

/** A node's own place; `country` is the order's, as nodes name none. */
function placeOfNode({ nodes }: Network, at: number, country: string): Destination {
  const { region, postcode, location } = nodes[at]!;
  return {
    country,
    ...(region === undefined ? {} : { region }),
    ...(postcode === undefined ? {} : { postcode }),
    ...(location && { lat: location.lat, lon: location.lon }),
  };
}
