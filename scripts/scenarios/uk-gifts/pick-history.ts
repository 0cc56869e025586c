// Decides the made-up history of picks: how often a node was asked for a line and had to turn it down, for stores by category.
import type { Item, NodeType, PickHistory } from '@sourcewright/engine';
import { noise, stream } from '../chance.ts';
import type { Site } from './network.ts';

/** Lines asked for in the past quarter, and the usual share of them turned down. */
const USUAL: Record<NodeType, { readonly picks: number; readonly rejectShare: number }> = {
  dc: { picks: 120_000, rejectShare: 0.003 },
  '3pl': { picks: 20_000, rejectShare: 0.008 },
  store: { picks: 900, rejectShare: 0.05 },
  vendor: { picks: 3000, rejectShare: 0.02 },
};

/** A category's share of a store's lines is what it has of the items. */
export function buildPickHistory(sites: readonly Site[], items: readonly Item[]): PickHistory[] {
  const categories = Map.groupBy(items, ({ category }) => category!);
  return sites.flatMap(({ node: { nodeId, type }, size }): PickHistory[] => {
    const whole = countsOf(nodeId, '', type, size);
    if (type !== 'store') return [{ nodeId, ...whole }];
    const byCategory = [...categories].map(([category, own]) => ({
      nodeId,
      category,
      ...countsOf(nodeId, category, type, (size * own.length) / items.length),
    }));
    return [{ nodeId, ...whole }, ...byCategory];
  });
}

function countsOf(nodeId: string, category: string, type: NodeType, part: number): { picks: number; rejects: number } {
  const { picks, rejectShare } = USUAL[type];
  const chance = stream('uk-gifts', 'pick-history', nodeId, category);
  const asked = Math.round(picks * part * noise(chance, 0.2));
  return { picks: asked, rejects: Math.round(asked * Math.min(0.5, rejectShare * noise(chance, 0.5))) };
}
