// Decides what can be said against the strategies of a cascade without orders: what cannot be asked, what is never asked.
import { type Issue, shown } from '../../base/issue.ts';
import type { Policy } from '../../model/policy.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { compileCascade } from '../compile-cascade.ts';
import { finding, type LintFinding, removal } from './finding.ts';

/** What keeps the cascade from being followed; empty without one. */
export function cascadeIssues({ cascade, conditions }: Policy, base: string): Issue[] {
  if (!cascade) return [];
  const compiled = compileCascade(cascade, `${base}/cascade`, conditions, `${base}/conditions`);
  return compiled.ok ? [] : compiled.error;
}

/** Names in lists of nodes that no node of a snapshot has, as its id, group or type. */
export function nodeNameFindings({ cascade }: Policy, { nodes }: Snapshot, base: string): LintFinding[] {
  const known = new Set<string>(nodes.flatMap(({ nodeId, groups = [], type }) => [nodeId, type, ...groups]));
  return (cascade?.strategies ?? []).flatMap(({ rank = [] }, strategy) =>
    rank.flatMap((entry, index) => {
      if (entry.by !== 'list') return [];
      const path = `${base}/cascade/strategies/${strategy}/rank/${index}/nodes`;
      return entry.nodes.flatMap((name, at) => {
        if (known.has(name)) return [];
        const message = `No node has ${shown(name)} as its id, group or type: it ranks nothing.`;
        return [finding('unknown-node-name', `${path}/${at}`, message)];
      });
    }),
  );
}

/** Strategies after one that is for every order and ends the cascade. */
export function strategyFindings({ cascade }: Policy, base: string): LintFinding[] {
  const strategies = cascade?.strategies ?? [];
  const end = strategies.findIndex(({ orders, otherwise }) => !orders && otherwise && otherwise.action !== 'next');
  if (end < 0) return [];
  return strategies.slice(end + 1).map(({ name }, index) => {
    const path = `${base}/cascade/strategies/${end + 1 + index}`;
    const message = `The strategy ${shown(name)} is never asked: ${shown(strategies[end]!.name)} before it is for every order and ends the cascade.`;
    return finding('strategy-never-asked', path, message, [], removal(path, 'Remove it, or move it up.'));
  });
}
