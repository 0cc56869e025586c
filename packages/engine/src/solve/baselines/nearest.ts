// Decides an order by distance: each line from the nearest node that has it.
import { orderBy } from '../../base/order-by.ts';
import type { DecideOrder } from '../wave/sequential.ts';
import { cascade } from './cascade.ts';
import { withBound } from './price-shipments.ts';

export const byDistance: DecideOrder = (view) => {
  const distance = (source: number): number => view.refs[source]!.candidate.distanceKm ?? Infinity;
  const ranking = view.problem.sources.map((_, index) => index).sort(orderBy(distance, (index) => index));
  return withBound(view.problem, cascade(view.problem, ranking, 'nearest-node'));
};
