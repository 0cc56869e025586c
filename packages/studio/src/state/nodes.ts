// Decides how a node id becomes a node: by the list of the scenario that is looked at.
import type { NodeView } from '@sourcewright/server/contract';
import { useMemo } from 'react';
import { useScenario } from './queries.ts';
import { useSelection } from './selection.tsx';

export interface NodeDirectory {
  readonly list: readonly NodeView[];
  readonly byId: ReadonlyMap<string, NodeView>;
  /** The node's name, or its id while the list is on its way. */
  readonly name: (nodeId: string) => string;
}

export function useNodes(): NodeDirectory {
  const { scenario } = useSelection();
  const { data } = useScenario(scenario?.scenarioId ?? null);
  return useMemo(() => {
    const list = data?.nodeList ?? [];
    const byId = new Map(list.map((node) => [node.nodeId, node]));
    return { list, byId, name: (nodeId) => byId.get(nodeId)?.name ?? nodeId };
  }, [data]);
}
