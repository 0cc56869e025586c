// Decides what the pointer is told on the map: the exact values of a node, an area or a flow.
import type { FlowMap } from '@sourcewright/server/contract';
import type { Hit } from '../../charts/map-layout.ts';
import { moneyText } from '../../format/money.ts';
import { countText, percentText } from '../../format/number.ts';
import { nodeTypeLabel } from '../../format/words.ts';
import { areaName } from '../../state/map-data.ts';

export interface MapTipProps {
  readonly hit: Hit;
  readonly flows: FlowMap;
  readonly currency: string;
}

type Facts = readonly (readonly [label: string, value: string])[];

export function MapTip({ hit, flows, currency }: MapTipProps) {
  const { title, facts, hint } = describe(hit, flows, currency);
  return (
    <>
      <h3>{title}</h3>
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="muted">{hint}</p>
    </>
  );
}

function describe(hit: Hit, flows: FlowMap, currency: string): { title: string; facts: Facts; hint: string } {
  if (hit.kind === 'node') {
    const node = flows.nodes.find((one) => one.nodeId === hit.nodeId);
    return {
      title: node ? `${node.name} · ${nodeTypeLabel(node.type)}` : hit.nodeId,
      facts: node
        ? [
            ['Shipments', countText(node.kpis.shipments)],
            ['Units', countText(node.kpis.units)],
            ['Cost', moneyText(node.kpis.costMicros, currency)],
            ['Late shipments', countText(node.kpis.lateShipments)],
            [
              'Busiest day of limit',
              node.kpis.peakUtilisation === null ? 'no limit' : percentText(node.kpis.peakUtilisation, 0),
            ],
          ]
        : [],
      hint: 'Click to see only this node.',
    };
  }
  if (hit.kind === 'area') {
    const area = flows.areas.find((one) => one.areaId === hit.areaId);
    return {
      title: area?.collectAt ? areaName(flows, hit.areaId) : `Area ${hit.areaId}`,
      facts: area
        ? [
            ['Orders', countText(area.orders)],
            ['Units', countText(area.units)],
            ['Cost', moneyText(area.costMicros, currency)],
            ['Late shipments', countText(area.lateShipments)],
          ]
        : [],
      hint: 'Click for its orders.',
    };
  }
  const flow = flows.flows.find((one) => one.nodeId === hit.nodeId && one.areaId === hit.areaId);
  const from = flows.nodes.find((one) => one.nodeId === hit.nodeId)?.name ?? hit.nodeId;
  return {
    title: `${from} → ${areaName(flows, hit.areaId)}`,
    facts: flow
      ? [
          ['Shipments', countText(flow.shipments)],
          ['Units', countText(flow.units)],
          ['Cost', moneyText(flow.costMicros, currency)],
          ['Late shipments', countText(flow.lateShipments)],
        ]
      : [],
    hint: 'Click for its orders.',
  };
}
