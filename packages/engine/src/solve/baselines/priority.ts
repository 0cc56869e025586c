// Decides an order by a fixed list of nodes: the first that has a line supplies it. The list is the policy's, else DCs first.
import { orderBy } from '../../base/order-by.ts';
import type { Network } from '../../model/network.ts';
import type { DecideOrder } from '../wave/sequential.ts';
import { cascade } from './cascade.ts';
import { withBound } from './price-shipments.ts';

const DEFAULT_ORDER = ['dc', '3pl', 'store', 'vendor'];

export function byPriority(network: Network): DecideOrder {
  const decide = alongPriorities(network);
  return (view, input) => withBound(view.problem, decide(view, input));
}

/** The same without the lower bound of each order, which takes longer than deciding it. */
export function alongPriorities(network: Network): DecideOrder {
  return (view, { policy }) => {
    const list = policy.nodeOrder ?? DEFAULT_ORDER;
    const rank = (source: number): number => {
      const { nodeId, type } = network.nodes[view.problem.sources[source]!.node]!;
      const named = list.indexOf(nodeId);
      const typed = list.indexOf(type);
      return named >= 0 ? named : typed >= 0 ? typed : list.length;
    };
    const ranking = view.problem.sources.map((_, index) => index).sort(orderBy(rank, (index) => index));
    return cascade(view.problem, ranking, 'priority-list');
  };
}
