// Decides which nodes that were turned down are told where there is room for few: those nearest to where the order goes.
import type { OrderDetail } from '@sourcewright/server/contract';
import { distanceKm } from '../../charts/candidate-map.tsx';
import { collectionOf } from './collection.ts';

type Rejection = OrderDetail['explanation']['lines'][number]['rejections'][number];

/** All reasons of the `most` nearest nodes, in their order; nodes without a place come last. */
export function nearestRejections(
  rejections: readonly Rejection[],
  detail: OrderDetail,
  most: number,
): readonly Rejection[] {
  const { order, nodes } = detail;
  const collection = collectionOf(detail);
  const { lat, lon } = (collection ? nodes[collection.nodeId]?.location : order.destination) ?? {};
  const kmOf = (nodeId: string): number => {
    const from = nodes[nodeId]?.location;
    return from && lat !== undefined && lon !== undefined ? distanceKm(from, { lat, lon }) : Number.MAX_VALUE;
  };
  const nodeIds = [...new Set(rejections.map(({ nodeId }) => nodeId))];
  const kept = new Set(nodeIds.toSorted((a, b) => kmOf(a) - kmOf(b)).slice(0, most));
  return rejections.filter(({ nodeId }) => kept.has(nodeId));
}
