// Decides where a cart could be collected and from when: at each node from its own stock, and with what other nodes send there.
import { orderBy } from '../base/order-by.ts';
import { laneTo } from '../candidates/lanes.ts';
import type { Network } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { CollectionPromise, WholeCart } from '../model/promise.ts';
import { candidatesToPromise } from './candidates-to-promise.ts';
import type { PromiseDesk } from './promise-desk.ts';
import { cartWays, wholeCart } from './whole-cart.ts';

type Collected = 'pickup' | 'ship-to-store';

/** For a cart that does not say how the customer gets it: at most `maxNodes` nodes. One that is to be collected: where and as it says. */
export async function collectionPromises(
  order: Order,
  maxNodes: number,
  desk: PromiseDesk,
): Promise<CollectionPromise[]> {
  const { fulfilment, collectAt } = order;
  if (fulfilment === 'ship') return [];
  if (fulfilment !== undefined) {
    const node = desk.network.nodeAt.get(collectAt!)!;
    const { distanceKm } = laneTo(desk.network, node, order.destination);
    const own = await wholeAt(order, fulfilment, collectAt!, desk);
    const [pickup, shipToStore] = fulfilment === 'pickup' ? [own, null] : [null, own];
    return [{ nodeId: collectAt!, distanceKm: shownKm(distanceKm), pickup, shipToStore }];
  }
  // Services are what the customer accepts of those that bring it home.
  const { services: _services, ...rest } = order;
  const promises: CollectionPromise[] = [];
  for (const { nodeId, distanceKm } of nearestOf(desk.network, order).slice(0, maxNodes)) {
    const pickup = await wholeAt(rest, 'pickup', nodeId, desk);
    const shipToStore = await wholeAt(rest, 'ship-to-store', nodeId, desk);
    promises.push({ nodeId, distanceKm: shownKm(distanceKm), pickup, shipToStore });
  }
  return promises;
}

async function wholeAt(order: Order, fulfilment: Collected, collectAt: string, desk: PromiseDesk): Promise<WholeCart> {
  const candidates = await candidatesToPromise({ ...order, fulfilment, collectAt }, desk);
  return wholeCart(candidates, cartWays(candidates, desk), desk);
}

/** Open nodes that hand over what is collected, or receive it from others; those at an unknown distance last, its own region first. */
function nearestOf(network: Network, { destination }: Order) {
  return network.nodes
    .flatMap(({ nodeId, status, receiving, region }, node) => {
      const offers = receiving !== undefined || network.rateCards[node]!.some(({ kind }) => kind === 'pickup');
      if (!offers || status === 'closed') return [];
      const { distanceKm } = laneTo(network, node, destination);
      const isOwnRegion = region !== undefined && region === destination.region;
      return [{ nodeId, distanceKm, isOwnRegion }];
    })
    .sort(
      orderBy(
        ({ distanceKm }) => distanceKm ?? Infinity,
        ({ isOwnRegion }) => (isOwnRegion ? 0 : 1),
        ({ nodeId }) => nodeId,
      ),
    );
}

/** To 100 m. */
function shownKm(distanceKm: number | null): number | null {
  return distanceKm === null ? null : Math.round(distanceKm * 10) / 10;
}
