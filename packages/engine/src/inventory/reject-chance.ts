// Decides how likely a node is to turn a line down: what was counted of the sku there, held by its category, held by the node.
// Leaves what a rejection costs to costs/.
import type { Network } from '../model/network.ts';
import type { PickHistory } from '../model/pick-history.ts';
import type { Policy } from '../model/policy.ts';

export type RejectRiskGoal = NonNullable<Policy['goals']['rejectRisk']>;

/** By row of stock, 0 to 1. */
export function rejectChances(network: Network, goal: RejectRiskGoal): Float64Array {
  const byKey = new Map((network.snapshot.pickHistory ?? []).map((counts) => [keyOf(counts), counts]));
  const known = new Map<string, number>();
  const chanceOf = (key: string, above: () => number): number => {
    let chance = known.get(key);
    if (chance === undefined) known.set(key, (chance = posterior(byKey.get(key), above(), goal.priorPicks)));
    return chance;
  };
  const nodeChances = network.nodes.map(({ nodeId, rejectPercent }) =>
    posterior(byKey.get(keyOf({ nodeId })), (rejectPercent ?? goal.usualPercent) / 100, goal.priorPicks),
  );
  const chances = new Float64Array(network.rows.length);
  for (const [sku, rows] of network.rowsOf) {
    const category = network.items.get(sku)?.category;
    for (const { row, node } of rows) {
      const { nodeId } = network.nodes[node]!;
      const ofCategory = (): number =>
        category === undefined ? nodeChances[node]! : chanceOf(keyOf({ nodeId, category }), () => nodeChances[node]!);
      chances[row] = chanceOf(keyOf({ nodeId, sku }), ofCategory);
    }
  }
  return chances;
}

/** Mean of the beta distribution after the counts, where before them it has mean `before` and the weight of `priorPicks`. */
export function posterior(counts: PickHistory | undefined, before: number, priorPicks: number): number {
  return counts ? (counts.rejects + priorPicks * before) / (counts.picks + priorPicks) : before;
}

function keyOf({ nodeId, category, sku }: { nodeId: string; category?: string | undefined; sku?: string | undefined }) {
  return `${nodeId}\n${category ?? ''}\n${sku ?? ''}`;
}
