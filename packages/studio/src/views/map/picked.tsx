// Decides what is shown of the node or area that was picked, with the way to its orders.
import type { FlowArea, FlowMap, FlowNode, Run } from '@sourcewright/server/contract';
import { NodeSign } from '../../charts/node-symbol.tsx';
import { moneyText } from '../../format/money.ts';
import { countText, decimalText, percentText, plural } from '../../format/number.ts';
import { roomWorth } from '../../format/node-worth.ts';
import { priceKey, priceText } from '../../format/price-text.ts';
import { nodeTypeLabel } from '../../format/words.ts';
import { usePrices } from '../../state/queries.ts';
import { areaName } from '../../state/map-data.ts';
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
  const words = area?.collectAt ?? area?.areaId ?? '';
  const ordersHref = hrefOf(place, 'orders', { ...(node && { node: node.nodeId }), ...(area && { q: words }) });
  const flow =
    node && area ? flows.flows.find((one) => one.nodeId === node.nodeId && one.areaId === area.areaId) : null;
  const shipped = flows.nodes.reduce((sum, one) => sum + one.kpis.units, 0);
  return (
    <section className="picked">
      {node && <NodeFacts run={run} node={node} share={shipped > 0 ? node.kpis.units / shipped : 0} />}
      {node && <NodePrices run={run} node={node} />}
      {area && (
        <p>
          <strong>{area.collectAt === null ? `Area ${area.areaId}` : areaName(flows, area.areaId)}</strong>:{' '}
          {plural(area.orders, 'order')}, {plural(area.units, 'unit')}, {moneyText(area.costMicros, run.currency)},{' '}
          {countText(area.lateShipments)} late
          {flow &&
            `; from here ${plural(flow.shipments, 'shipment')}, ${plural(flow.units, 'unit')}, ${moneyText(flow.costMicros, run.currency)}`}
        </p>
      )}
      <a className="button" href={ordersHref}>
        {area ? `Search orders for “${words}”` : 'Show orders'}
      </a>
    </section>
  );
}

const PRICES = 4;
/** As many as the server gives at once; they are of one node. */
const MOST_PRICES = 500;
const MORE_ORDERS = 10;

/** What is scarce at this node; nothing where nothing is, or where the strategy does not tell. */
function NodePrices({ run, node }: { readonly run: Run; readonly node: FlowNode }) {
  const { nodeId, kpis } = node;
  const { data } = usePrices(run.runId, { nodeId, limit: MOST_PRICES });
  if (!data || data.total === 0) return null;
  const more = data.total - PRICES;
  const room = roomWorth(data.prices, MORE_ORDERS, kpis.shipments > 0 ? kpis.units / kpis.shipments : 1);
  return (
    <>
      <h3>Worth most here</h3>
      <ul className="node-prices">
        {data.prices.slice(0, PRICES).map((price) => {
          const { lead, item, day } = priceText(price);
          return (
            <li key={priceKey(price)}>
              <span>
                {lead} {item} {day}
              </span>{' '}
              <span className="num">
                <span className="muted">saves</span> {moneyText(price.unitMicros, data.currency)}
              </span>
            </li>
          );
        })}
      </ul>
      {more > 0 && <p className="muted">and {countText(more)} more</p>}
      <p className="room">
        {room
          ? `Room for ${room.orders} more orders a day would save up to ${moneyText(room.mostMicros, data.currency)} over ${plural(room.days, 'day')}.`
          : 'Room for more orders a day would save nothing: stock is what is scarce here.'}
      </p>
    </>
  );
}

/** How long its stock lasts for its own customers; one figure where the run hardly takes any. */
export function coverText(weeksBefore: number, weeksAfter: number): string {
  const [before, after] = [weeksBefore, weeksAfter].map((weeks) => decimalText(weeks, 1)) as [string, string];
  return before === after
    ? `stock for ${after} weeks, as before the run`
    : `stock for ${after} weeks after the run, ${before} before`;
}

interface NodeFactsProps {
  readonly run: Run;
  readonly node: FlowNode;
  /** Of all units shipped. */
  readonly share: number;
}

function NodeFacts({ run, node, share }: NodeFactsProps) {
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
            {kpis.lateShipments > 0 && <span className="mark-late">, {countText(kpis.lateShipments)} late</span>}
          </dd>
        </div>
        <div>
          <dt>Daily limit</dt>
          <dd>
            {limits.length > 0 ? limits.join(', ') : 'none'}
            {kpis.peakUtilisation !== null && `; busiest day ${percentText(kpis.peakUtilisation, 0)}`}
          </dd>
        </div>
        {kpis.coverWeeksBefore !== null && (
          <div>
            <dt>Own customers</dt>
            <dd>{coverText(kpis.coverWeeksBefore, kpis.coverWeeksAfter ?? 0)}</dd>
          </div>
        )}
        <div>
          <dt>Stock at first</dt>
          <dd>
            {plural(node.unitsOnHand, 'unit')}, {plural(node.skusStocked, 'sku')}
          </dd>
        </div>
        <div>
          <dt>Services</dt>
          <dd>{node.services.join(', ') || 'none'}</dd>
        </div>
        <div>
          <dt>Of all units</dt>
          <dd>{percentText(share)}</dd>
        </div>
      </dl>
    </>
  );
}
