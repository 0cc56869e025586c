// Decides what is said of an order that its customer collects: where, out of whose stock, and when it is there.
import type { OrderDetail } from '@sourcewright/server/contract';

type Shipment = OrderDetail['orderPlan']['shipments'][number];

/** Where an order is collected; null where it is sent. */
export interface Collection {
  readonly nodeId: string;
  readonly name: string;
  /** Only from what is there, or also from what others send there. */
  readonly onlyFromThere: boolean;
}

export function collectionOf({ order, nodes }: OrderDetail): Collection | null {
  const { collectAt, fulfilment } = order;
  if (collectAt === undefined) return null;
  return { nodeId: collectAt, name: nodes[collectAt]?.name ?? collectAt, onlyFromThere: fulfilment === 'pickup' };
}

/** What `deliverOn` of a shipment is. */
export function comesWord({ order }: OrderDetail): 'arrives' | 'ready' {
  return order.collectAt === undefined ? 'arrives' : 'ready';
}

/** Whether the goods stay where they are until the customer comes. */
export function isKept({ collectAt, arriveOn }: Pick<Shipment, 'collectAt' | 'arriveOn'>): boolean {
  return collectAt !== undefined && arriveOn === undefined;
}
