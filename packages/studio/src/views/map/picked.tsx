// Decides what is shown of the node or area that was picked, with the way to its orders.
import type { FlowArea, FlowMap, FlowNode, Run } from '@sourcewright/server/contract';
import { NodeSign } from '../../charts/node-symbol.tsx';
import { moneyText } from '../../format/money.ts';
import { countText, percentText, plural } from '../../format/number.ts';
import { nodeTypeLabel } from '../../format/words.ts';
import { hrefOf, usePlace } from '../../state/url-state.ts';

export interface PickedProps {
  readonly run: Run;
  readonly flows: FlowMap;
  readonly node: FlowNode | null;
  readonly area: FlowArea | null;
}

export function Picked({ run, flows, node, area }: PickedProps) {
  const place = usePlace();
  if (!node && !area) return null;
  const ordersHref = hrefOf(place, 'orders', { ...(node && { node: node.nodeId }), ...(area && { q: area.areaId }) });
  const flow =
    node && area ? flows.flows.find((one) => one.nodeId === node.nodeId && one.areaId === area.areaId) : null;
  return (
    <section className="picked">
      {node && <NodeFacts run={run} node={node} />}
      {area && (
        <p>
          <strong>Area {area.areaId}</strong>: {plural(area.orders, 'order')}, {plural(area.units, 'unit')},{' '}
          {moneyText(area.costMicros, run.currency)}, {countText(area.lateShipments)} late
          {flow &&
            `; from here ${plural(flow.shipments, 'shipment')}, ${plural(flow.units, 'unit')}, ${moneyText(flow.costMicros, run.currency)}`}
        </p>
      )}
      <a className="button" href={ordersHref}>
        {area ? `Search orders for “${area.areaId}”` : 'Show orders'}
      </a>
    </section>
  );
}

function NodeFacts({ run, node }: { readonly run: Run; readonly node: FlowNode }) {
  const { kpis, capacity } = node;
  const limits = [
    capacity?.shipmentsPerDay != null && plural(capacity.shipmentsPerDay, 'shipment'),
    capacity?.unitsPerDay != null && plural(capacity.unitsPerDay, 'unit'),
  ].filter((text) => text !== false);
  return (
    <>
      <h2>
        <NodeSign type={node.type} /> {node.name} <span className="muted">{nodeTypeLabel(node.type)}</span>
      </h2>
      <dl className="facts">
        <div>
          <dt>Ships</dt>
          <dd>
            {plural(kpis.shipments, 'shipment')}, {plural(kpis.units, 'unit')},{' '}
            {moneyText(kpis.costMicros, run.currency)}
          </dd>
        </div>
        <div>
          <dt>Stock before the run</dt>
          <dd>
            {plural(node.unitsOnHand, 'unit')}, {plural(node.skusStocked, 'sku')}
          </dd>
        </div>
        <div>
          <dt>Daily limit</dt>
          <dd>
            {limits.length > 0 ? limits.join(', ') : 'none'}
            {kpis.peakUtilisation !== null && `; busiest day ${percentText(kpis.peakUtilisation, 0)}`}
          </dd>
        </div>
        <div>
          <dt>Services</dt>
          <dd>{node.services.join(', ') || 'none'}</dd>
        </div>
      </dl>
    </>
  );
}
