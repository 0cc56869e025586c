// Decides which candidates a promise is made from: those of sourcing, and of a cascade only what one of its strategies asks.
import type { OrderCandidates } from '../candidates/candidate.ts';
import type { Order } from '../model/order.ts';
import type { PromiseDesk } from './promise-desk.ts';

export async function candidatesToPromise(order: Order, { enumerator }: PromiseDesk): Promise<OrderCandidates> {
  const found = await enumerator.candidatesOf(order);
  const strategies = found.cascade?.filter(({ isFor }) => isFor);
  if (!strategies) return found;
  const isAsked = (demand: number, node: number): boolean => strategies.some((strategy) => strategy.asks(demand, node));
  const nodes = found.nodes.map((candidate) => ({
    ...candidate,
    rows: candidate.rows.map((row, demand) => (row && isAsked(demand, candidate.node) ? row : null)),
  }));
  return { ...found, nodes };
}
