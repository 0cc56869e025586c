// Decides what needs attention in a run: units nobody ships, late orders, nodes at their limit, answers without a proof.
import type { OrderFilter, Run } from '@sourcewright/server/contract';
import type { OrdersQuery } from '../../api/client.ts';
import { percentText, plural } from '../../format/number.ts';
import { proofWords } from '../../format/proof-words.ts';
import { useNodes } from '../../state/nodes.ts';
import { useTopOrders } from '../../state/queries.ts';
import { hrefOf, usePlace } from '../../state/url-state.ts';

const EXAMPLES = 3;
const NEAR_LIMIT = 0.95;
const MOST_NODES = 2;

export function Attention({ run }: { readonly run: Run }) {
  const { kpis } = run;
  if (!kpis) return null;
  const unproven = kpis.orders - kpis.ordersProven;
  const { open } = proofWords(run.strategy);
  const full = kpis.nodes
    .filter((node) => (node.peakUtilisation ?? 0) >= NEAR_LIMIT)
    .sort((a, b) => (b.peakUtilisation ?? 0) - (a.peakUtilisation ?? 0) || (a.nodeId < b.nodeId ? -1 : 1));
  const calm =
    kpis.ordersWithUnsourced === 0 && kpis.lateOrders === 0 && full.length === 0 && (open === null || unproven === 0);
  return (
    <section className="attention">
      <h2>Needs attention</h2>
      {calm && (
        <p className="muted">
          {open
            ? 'Every order is shipped in full, on time and at its least cost.'
            : 'Every order is shipped in full and on time.'}
        </p>
      )}
      <ul>
        {kpis.ordersWithUnsourced > 0 && (
          <OrdersItem
            run={run}
            filter="unsourced"
            sort="cost"
            tone="scarce"
            label={`${plural(kpis.ordersWithUnsourced, 'order')} with unsourced units`}
            note={`${plural(kpis.unsourcedUnits, 'unit')} on ${plural(kpis.unsourcedLines, 'line')}`}
          />
        )}
        {kpis.lateOrders > 0 && (
          <OrdersItem
            run={run}
            filter="late"
            sort="late"
            tone="late"
            label={`${plural(kpis.lateOrders, 'order')} late`}
            note={`${plural(kpis.lateShipments, 'shipment')} after the promise`}
          />
        )}
        {full.length > 0 && <FullNodes nodes={full} />}
        {open && unproven > 0 && (
          <OrdersItem
            run={run}
            filter="unproven"
            sort="cost"
            tone="plain"
            label={open.attention(unproven)}
            note={open.note}
          />
        )}
      </ul>
    </section>
  );
}

interface OrdersItemProps {
  readonly run: Run;
  readonly filter: OrderFilter;
  readonly sort: NonNullable<OrdersQuery['sort']>;
  readonly tone: 'scarce' | 'late' | 'plain';
  readonly label: string;
  readonly note: string;
}

function OrdersItem({ run, filter, sort, tone, label, note }: OrdersItemProps) {
  const place = usePlace();
  const top = useTopOrders(run.runId, { filter, sort, dir: 'desc' }, EXAMPLES);
  const query = { filter, sort, dir: 'desc' };
  return (
    <li className={tone}>
      <span className="what" title={note}>
        <a href={hrefOf(place, 'orders', query)}>{label}</a>
        <span className="muted"> {note}</span>
      </span>
      <span className="examples">
        {top.data?.orders.map((order) => (
          <a key={order.orderId} href={hrefOf(place, 'orders', query, order.orderId)}>
            {order.orderId}
            <span className="muted">
              {' '}
              {filter === 'unsourced' && plural(order.unsourcedUnits, 'unit')}
              {filter === 'late' && plural(order.lateDays, 'day')}
              {filter === 'unproven' && proofWords(run.strategy).open?.example(order.gap)}
            </span>
          </a>
        ))}
      </span>
    </li>
  );
}

function FullNodes({ nodes }: { readonly nodes: NonNullable<Run['kpis']>['nodes'] }) {
  const place = usePlace();
  const directory = useNodes();
  const more = nodes.length - MOST_NODES;
  return (
    <li className="scarce">
      <span className="what">
        <a href={hrefOf(place, 'map')}>{plural(nodes.length, 'node')} at capacity</a>
        <span className="muted"> on the busiest day</span>
      </span>
      <span className="examples">
        {nodes.slice(0, MOST_NODES).map((node) => (
          <a key={node.nodeId} href={hrefOf(place, 'map', { node: node.nodeId })}>
            {directory.name(node.nodeId)}
            <span className="muted"> {percentText(node.peakUtilisation, 0)}</span>
          </a>
        ))}
        {more > 0 && <span className="muted">and {more} more</span>}
      </span>
    </li>
  );
}
