// Decides what holds for an order as a whole beyond its lines: which of them ship together, and what a part must be worth.
// Lines of one sku are one demand: any of them brings the whole sku into its group, and a sku in two groups joins them.
import type { OrderCandidates } from '../candidates/candidate.ts';
import type { Policy } from '../model/policy.ts';
import { unitPriceMicros } from '../rules/line-amounts.ts';

/** Groups of demands by their first demand, each ascending; undefined where no line names one. */
export function groupsOf({ demands }: OrderCandidates): readonly (readonly number[])[] | undefined {
  const firstOf = new Map<string, number>();
  const root = demands.map((_, demand) => demand);
  const find = (demand: number): number => (root[demand] === demand ? demand : find(root[demand]!));
  for (const [demand, { lines }] of demands.entries()) {
    for (const { shipTogether } of lines) {
      if (shipTogether === undefined) continue;
      const first = firstOf.get(shipTogether);
      if (first === undefined) firstOf.set(shipTogether, demand);
      else {
        const [a, b] = [find(first), find(demand)];
        root[Math.max(a, b)] = Math.min(a, b);
      }
    }
  }
  if (firstOf.size === 0) return undefined;
  const groups = new Map<number, number[]>();
  const named = new Set([...firstOf.values()].map(find));
  for (const demand of demands.keys()) {
    const first = find(demand);
    if (named.has(first)) groups.set(first, [...(groups.get(first) ?? []), demand]);
  }
  return [...groups.values()];
}

/** Goods value that each part of an order has at least, in micros; 0 where there is no minimum. The order's own wins. */
export function minPartMicros({ order }: OrderCandidates, policy: Policy): number {
  return order.minPartValueMicros ?? policy.allow.minPartValueMicros ?? 0;
}

/** Goods value of a demand in micros: each line at its own price, else at the item's, else at nothing. */
export function demandValueMicros({ lines, item }: OrderCandidates['demands'][number]): number {
  return lines.reduce((sum, line) => sum + unitPriceMicros(line, item) * line.quantity, 0);
}
