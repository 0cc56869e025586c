// Decides the table of orders that two runs source differently, with the way to both explanations and a file of them all.
import { runName } from '../../format/words.ts';
import type { OrderDelta, Run } from '@sourcewright/server/contract';
import { useState } from 'react';
import { fetchOrderDeltas } from '../../api/client.ts';
import { csvText } from '../../format/csv.ts';
import { toneOf } from '../../format/delta.ts';
import { amountText, currencySign, signedAmountText } from '../../format/money.ts';
import { countText, plural } from '../../format/number.ts';
import { useNodes } from '../../state/nodes.ts';
import { useOrderDeltas } from '../../state/queries.ts';
import { hrefOf, usePlace } from '../../state/url-state.ts';
import { Icon } from '../../ui/icon.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { saveText } from '../../ui/save-text.ts';
import { Segments } from '../../ui/segments.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';

type Arrangement = 'largest' | 'saved' | 'dearer';

const ARRANGEMENTS: readonly { readonly value: Arrangement; readonly label: string }[] = [
  { value: 'largest', label: 'Largest change' },
  { value: 'saved', label: 'Saved most' },
  { value: 'dearer', label: 'Cost most more' },
];
const ORDERS = {
  largest: { sort: 'abs', dir: 'desc' },
  saved: { sort: 'delta', dir: 'asc' },
  dearer: { sort: 'delta', dir: 'desc' },
} as const;

export interface ChangedOrdersProps {
  readonly baseline: Run;
  readonly run: Run;
  readonly changed: number;
}

export function ChangedOrders({ baseline, run, changed }: ChangedOrdersProps) {
  const [arrangement, setArrangement] = useState<Arrangement>('largest');
  const { sort, dir } = ORDERS[arrangement];
  const deltas = useOrderDeltas(baseline.runId, run.runId, dir, sort);
  const rows = deltas.data?.pages.flatMap((page) => page.orders);
  return (
    <section className="changed">
      <div className="changed-head">
        <h2>{changed === 0 ? 'No order changed' : `${plural(changed, 'order')} changed`}</h2>
        <span className="spring" />
        <Segments label="Arrange by" value={arrangement} options={ARRANGEMENTS} onChange={setArrangement} />
        <SaveButton baseline={baseline} run={run} />
      </div>
      {deltas.error ? (
        <ErrorNotice error={deltas.error} onRetry={() => void deltas.refetch()} />
      ) : rows ? (
        <div className="changed-scroll" tabIndex={0} role="region" aria-label="Changed orders">
          <DeltaTable rows={rows} baseline={baseline} run={run} />
          {deltas.hasNextPage && (
            <button
              type="button"
              className="button quiet more"
              disabled={deltas.isFetchingNextPage}
              onClick={() => void deltas.fetchNextPage()}
            >
              Show more of {countText(deltas.data?.pages[0]?.total)}
            </button>
          )}
        </div>
      ) : (
        <SkeletonRows rows={6} label="Loading changed orders" />
      )}
    </section>
  );
}

function DeltaTable({
  rows,
  baseline,
  run,
}: {
  readonly rows: readonly OrderDelta[];
  readonly baseline: Run;
  readonly run: Run;
}) {
  const place = usePlace();
  const nodes = useNodes();
  const sign = currencySign(run.currency);
  const names = (ids: readonly string[]): string => (ids.length === 0 ? 'nobody' : ids.map(nodes.name).join(', '));
  return (
    <table className="table deltas" aria-label="Changed orders">
      <thead>
        <tr>
          <th scope="col">Order</th>
          <th scope="col">{runName(baseline)}</th>
          <th scope="col">{runName(run)}</th>
          <th scope="col" className="num">
            Unsourced
          </th>
          <th scope="col" className="num">
            Before<span className="unit"> {sign}</span>
          </th>
          <th scope="col" className="num">
            After<span className="unit"> {sign}</span>
          </th>
          <th scope="col" className="num">
            Change<span className="unit"> {sign}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.orderId}>
            <th scope="row" className="order-id">
              {row.orderId}
            </th>
            <td>
              <Side
                href={hrefOf(place, 'orders', { run: baseline.runId, base: run.runId }, row.orderId)}
                label={`Why in ${runName(baseline)}`}
                names={names(row.baselineNodeIds)}
              />
            </td>
            <td>
              <Side
                href={hrefOf(place, 'orders', { run: run.runId, base: baseline.runId }, row.orderId)}
                label={`Why in ${runName(run)}`}
                names={names(row.runNodeIds)}
              />
            </td>
            <td className="num">
              <Unsourced before={row.baselineUnsourcedUnits} after={row.runUnsourcedUnits} />
            </td>
            <td className="num">{amountText(row.baselineCostMicros)}</td>
            <td className="num">{amountText(row.runCostMicros)}</td>
            <td className="num">
              <span className={`delta ${toneOf(row.deltaMicros, 'lower')}`}>{signedAmountText(row.deltaMicros)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface SideProps {
  readonly href: string;
  readonly label: string;
  readonly names: string;
}

/** The nodes of one side; the link leads to that side's explanation. */
function Side({ href, label, names }: SideProps) {
  return (
    <a href={href} className="side clip" title={names}>
      {names}
      <span className="sr-only">, {label}</span>
    </a>
  );
}

function Unsourced({ before, after }: { readonly before: number; readonly after: number }) {
  if (before === 0 && after === 0) return <span className="muted">0</span>;
  if (before === after) return <>{countText(after)}</>;
  return (
    <span className={`delta ${toneOf(after - before, 'lower')}`}>
      {countText(before)} → {countText(after)}
    </span>
  );
}

const FILE_PAGE = 500;

function SaveButton({ baseline, run }: { readonly baseline: Run; readonly run: Run }) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const save = async (): Promise<void> => {
    setState('busy');
    try {
      saveText(`changed-orders-${run.runId}.csv`, csvText(await allRows(baseline, run)), 'text/csv;charset=utf-8');
      setState('idle');
    } catch {
      setState('failed');
    }
  };
  return (
    <button type="button" className="button" disabled={state === 'busy'} onClick={() => void save()}>
      <Icon name="download" />
      {state === 'failed' ? 'CSV failed, try again' : 'CSV'}
    </button>
  );
}

async function allRows(baseline: Run, run: Run): Promise<(string | number | null)[][]> {
  const rows: (string | number | null)[][] = [
    [
      'orderId',
      'baselineCostMicros',
      'runCostMicros',
      'deltaMicros',
      'baselineNodeIds',
      'runNodeIds',
      'baselineShipments',
      'runShipments',
      'baselineUnsourcedUnits',
      'runUnsourcedUnits',
    ],
  ];
  let cursor: string | undefined;
  do {
    const page = await fetchOrderDeltas({
      baseline: baseline.runId,
      run: run.runId,
      ...ORDERS.largest,
      limit: FILE_PAGE,
      cursor,
    });
    for (const row of page.orders) {
      rows.push([
        row.orderId,
        row.baselineCostMicros,
        row.runCostMicros,
        row.deltaMicros,
        row.baselineNodeIds.join(' '),
        row.runNodeIds.join(' '),
        row.baselineShipments,
        row.runShipments,
        row.baselineUnsourcedUnits,
        row.runUnsourcedUnits,
      ]);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
}
