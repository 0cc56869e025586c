// Decides the screen Orders: every order of the run as one long list, and the one that is open in a drawer beside it.
import { runName } from '../../format/words.ts';
import './orders.css';
import './orders-print.css';
import type { OrderFilter, OrderRow, OrderSort, Run, ScenarioSummary } from '@sourcewright/server/contract';
import { useCallback, useMemo } from 'react';
import { type OrdersQuery, ordersCsvPath } from '../../api/client.ts';
import { countText, plural } from '../../format/number.ts';
import { proofWords } from '../../format/proof-words.ts';
import { useNodes } from '../../state/nodes.ts';
import { useOrderIndex, useOrderWindow } from '../../state/queries.ts';
import { useSelection } from '../../state/selection.tsx';
import { useEscape } from '../../state/shortcuts.ts';
import { hrefHere, hrefOf, navigate, type Query, usePlace } from '../../state/url-state.ts';
import { Icon } from '../../ui/icon.tsx';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { orderColumns } from './order-columns.tsx';
import { OrderDrawer } from './order-drawer.tsx';

const FILTERS: readonly {
  readonly value: OrderFilter;
  readonly label: string;
  readonly count: (run: Run, scenario: ScenarioSummary | null) => number | null;
}[] = [
  { value: 'all', label: 'All', count: (run) => run.kpis?.orders ?? null },
  { value: 'split', label: 'Split', count: (run) => run.kpis?.splitOrders ?? null },
  { value: 'late', label: 'Late', count: (run) => run.kpis?.lateOrders ?? null },
  { value: 'unsourced', label: 'Unsourced', count: (run) => run.kpis?.ordersWithUnsourced ?? null },
  // Named by the strategy, where it picks out anything.
  { value: 'unproven', label: 'Unproven', count: (run) => (run.kpis ? run.kpis.orders - run.kpis.ordersProven : null) },
  { value: 'collected', label: 'Collected', count: (_, scenario) => scenario?.collectedOrders ?? 0 },
];
const SORTS: readonly OrderSort[] = ['orderId', 'cost', 'shipments', 'days', 'late'];

export function OrdersView() {
  const place = usePlace();
  const { run } = useSelection();
  if (!run) {
    return (
      <Notice
        wholeScreen
        title="No finished run to read orders from"
        actions={
          <a className="button primary" href={hrefOf(place, 'runs')}>
            Start a run
          </a>
        }
      >
        <p>After a run, every order has a page with its shipments, its costs and why each node was chosen.</p>
      </Notice>
    );
  }
  return <OrdersScreen run={run} />;
}

function OrdersScreen({ run }: { readonly run: Run }) {
  const place = usePlace();
  const query = useOrdersQuery();
  const list = useOrderWindow(run.runId, query);
  const go = (change: Query): void => navigate(hrefHere(place, change, null));
  const close = useCallback(() => navigate(hrefHere(place, {}, null)), [place]);
  useEscape(place.orderId ? close : null);
  return (
    <div className={place.orderId ? 'orders-screen with-drawer' : 'orders-screen'}>
      <section className="orders-list" aria-label="Orders">
        <h1 className="sr-only">Orders in {runName(run)}</h1>
        <Toolbar run={run} query={query} total={list.total} go={go} />
        {list.error ? (
          <ErrorNotice error={list.error} onRetry={list.retry} />
        ) : list.total === null ? (
          <SkeletonRows rows={16} label="Loading orders" />
        ) : list.total === 0 ? (
          <NothingFound run={run} query={query} onClear={() => go({ q: '', filter: '', node: '' })} />
        ) : (
          <OrdersTable run={run} query={query} list={list} total={list.total} />
        )}
      </section>
      {place.orderId && <OrderDrawer key={run.runId} run={run} orderId={place.orderId} onClose={close} />}
    </div>
  );
}

interface OrdersTableProps {
  readonly run: Run;
  readonly query: OrdersQuery;
  readonly list: ReturnType<typeof useOrderWindow>;
  readonly total: number;
}

function OrdersTable({ run, query, list, total }: OrdersTableProps) {
  const place = usePlace();
  const nodes = useNodes();
  const { scenario } = useSelection();
  const narrow = place.orderId !== null;
  const timeZone = scenario?.timeZone ?? 'UTC';
  const collected = (scenario?.collectedOrders ?? 0) > 0;
  const columns = useMemo(
    () =>
      orderColumns({
        currency: run.currency,
        strategy: run.strategy,
        timeZone,
        nodeName: nodes.name,
        narrow,
        collected,
      }),
    [run.currency, run.strategy, timeZone, nodes, narrow, collected],
  );
  const known = place.orderId === null ? null : list.indexOf(place.orderId);
  const selectedIndex = useOrderIndex(run.runId, query, place.orderId, known);
  const key = JSON.stringify(query);
  return (
    <VirtualTable<OrderRow>
      key={key}
      label={`${plural(total, 'order')} of ${runName(run)}`}
      columns={columns}
      count={total}
      rowAt={list.rowAt}
      rowKey={(row) => row.orderId}
      selectedKey={place.orderId}
      selectedIndex={selectedIndex}
      sort={{ key: query.sort ?? 'orderId', descending: query.dir === 'desc' }}
      onSort={(sort, descending) => navigate(hrefHere(place, { sort, dir: descending ? 'desc' : 'asc' }))}
      onRange={list.onRange}
      onOpen={(row) => navigate(hrefHere(place, {}, row.orderId), { replace: narrow })}
    />
  );
}

interface ToolbarProps {
  readonly run: Run;
  readonly query: OrdersQuery;
  readonly total: number | null;
  readonly go: (change: Query) => void;
}

function Toolbar({ run, query, total, go }: ToolbarProps) {
  const nodes = useNodes();
  const { scenario } = useSelection();
  const filter = query.filter ?? 'all';
  const { open } = proofWords(run.strategy);
  const filters = FILTERS.filter(({ value }) => {
    if (value === filter) return true;
    return value === 'collected' ? scenario?.collectedOrders : value !== 'unproven' || open !== null;
  });
  return (
    <div className="orders-tools">
      <SearchField
        label="Search orders"
        placeholder="Order, postcode, area, sku or item"
        value={query.q ?? ''}
        onChange={(q) => go({ q })}
      />
      <div className="chips" role="group" aria-label="Filter">
        {filters.map((one) => (
          <button
            key={one.value}
            type="button"
            className="chip"
            aria-pressed={filter === one.value}
            onClick={() => go({ filter: one.value === 'all' ? '' : one.value })}
          >
            {one.value === 'unproven' ? (open?.filter ?? one.label) : one.label}{' '}
            <span className="muted">{countText(one.count(run, scenario))}</span>
          </button>
        ))}
      </div>
      <select
        className="select"
        aria-label="Node"
        value={query.nodeId ?? ''}
        onChange={(event) => go({ node: event.target.value })}
      >
        <option value="">Any node</option>
        {nodes.list.map((node) => (
          <option key={node.nodeId} value={node.nodeId}>
            {node.name}
          </option>
        ))}
      </select>
      <span className="spring" />
      <span className="muted nowrap" role="status">
        {total !== null && plural(total, 'order')}
      </span>
      <a className="button" href={ordersCsvPath(run.runId, query)} download={`orders-${run.runId}.csv`}>
        <Icon name="download" />
        CSV
      </a>
    </div>
  );
}

function NothingFound({
  run,
  query,
  onClear,
}: {
  readonly run: Run;
  readonly query: OrdersQuery;
  readonly onClear: () => void;
}) {
  const nodes = useNodes();
  const parts = [
    query.filter && query.filter !== 'all' && `that are ${query.filter}`,
    query.nodeId && `shipped by ${nodes.name(query.nodeId)}`,
    query.q && `with “${query.q}”`,
  ].filter(Boolean);
  return (
    <Notice
      title={parts.length > 0 ? `No orders ${parts.join(', ')}` : 'This run has no orders'}
      actions={
        parts.length > 0 && (
          <button type="button" className="button" onClick={onClear}>
            Show all {countText(run.kpis?.orders)} orders
          </button>
        )
      }
    >
      <p>The search looks at order id, postcode, area, node of collection, sku and item name.</p>
    </Notice>
  );
}

function useOrdersQuery(): OrdersQuery {
  const { query } = usePlace();
  const { q, filter, node, sort, dir } = query;
  return useMemo(
    () => ({
      ...(q && { q }),
      ...(node && { nodeId: node }),
      ...(filter && FILTERS.some((one) => one.value === filter) && { filter: filter as OrderFilter }),
      ...(sort && SORTS.includes(sort as OrderSort) && { sort: sort as OrderSort }),
      ...(dir === 'desc' && { dir }),
    }),
    [q, filter, node, sort, dir],
  );
}
