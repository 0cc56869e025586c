// Decides what of a run's flows goes on the map: by units, cost or lateness, all nodes or one.
// Leaves nodes and areas without a position to the tables.
import type { Flow, FlowArea, FlowMap, FlowNode } from '@sourcewright/server/contract';
import { useEffect, useState } from 'react';
import { loadOutline, type Outline } from '../charts/outline.ts';
import type { MapData } from '../charts/map-layout.ts';

export const MEASURES = ['units', 'cost', 'late'] as const;
export type Measure = (typeof MEASURES)[number];

export function asMeasure(text: string | undefined): Measure {
  return MEASURES.find((measure) => measure === text) ?? 'units';
}

export function nodeValue(node: FlowNode, measure: Measure): number {
  if (measure === 'cost') return node.kpis.costMicros;
  return measure === 'late' ? node.kpis.lateShipments : node.kpis.units;
}

export function flowValue(flow: Flow | FlowArea, measure: Measure): number {
  if (measure === 'cost') return flow.costMicros;
  return measure === 'late' ? flow.lateShipments : flow.units;
}

/** What an area is called: a region, or the node where orders are collected. */
export function areaName({ areas, nodes }: FlowMap, areaId: string): string {
  const collectAt = areas.find((area) => area.areaId === areaId)?.collectAt;
  if (collectAt === undefined || collectAt === null) return areaId;
  return `${nodes.find(({ nodeId }) => nodeId === collectAt)?.name ?? collectAt} (collected)`;
}

export function mapDataOf(flows: FlowMap, measure: Measure, nodeId: string | null): MapData {
  const collectAt = new Map(flows.areas.map((area) => [area.areaId, area.collectAt]));
  // What stays where it is goes no way that could be drawn.
  const drawn = flows.flows.filter((flow) => collectAt.get(flow.areaId) !== flow.nodeId);
  const chosen = nodeId === null ? drawn : drawn.filter((flow) => flow.nodeId === nodeId);
  return {
    // One scale for the run: a small node's flows stay thin when it is chosen.
    widestValue: Math.max(0, ...drawn.map((flow) => flowValue(flow, measure))),
    nodes: flows.nodes.flatMap((node) =>
      node.location
        ? [{ nodeId: node.nodeId, name: node.name, type: node.type, ...node.location, load: nodeValue(node, measure) }]
        : [],
    ),
    areas: flows.areas.flatMap(({ areaId, lat, lon, ...area }) =>
      lat === null || lon === null
        ? []
        : [{ areaId, lat, lon, value: flowValue({ areaId, lat, lon, ...area }, measure) }],
    ),
    flows: chosen.map((flow) => ({ nodeId: flow.nodeId, areaId: flow.areaId, value: flowValue(flow, measure) })),
  };
}

/** The coast lines under the points; null while they are on their way. */
export function useOutline(data: MapData | null): Outline | null {
  const [outline, setOutline] = useState<Outline | null>(null);
  useEffect(() => {
    if (!data) return undefined;
    let wanted = true;
    void loadOutline([...data.nodes, ...data.areas]).then((loaded) => wanted && setOutline(loaded));
    return () => {
      wanted = false;
    };
  }, [data]);
  return outline;
}
