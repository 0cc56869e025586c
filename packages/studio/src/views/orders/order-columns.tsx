// Decides the columns of the list of orders; beside an open order only those that tell orders apart.
import type { Strategy } from '@sourcewright/engine';
import type { OrderRow } from '@sourcewright/server/contract';
import { instantText } from '../../format/date.ts';
import { amountText, currencySign } from '../../format/money.ts';
import { countText, DASH } from '../../format/number.ts';
import { type ProofWords, proofWords } from '../../format/proof-words.ts';
import { fulfilmentLabel } from '../../format/words.ts';
import type { VirtualColumn } from '../../ui/virtual-table.tsx';

export interface OrderColumnsOptions {
  readonly currency: string;
  readonly strategy: Strategy;
  readonly timeZone: string;
  readonly nodeName: (nodeId: string) => string;
  readonly narrow: boolean;
  /** Some orders are collected: where they are needs room. */
  readonly collected: boolean;
}

export function orderColumns({
  currency,
  strategy,
  timeZone,
  nodeName,
  narrow,
  collected,
}: OrderColumnsOptions): readonly VirtualColumn<OrderRow>[] {
  const words = proofWords(strategy);
  const all: readonly (VirtualColumn<OrderRow> & { readonly wideOnly?: boolean })[] = [
    {
      id: 'order',
      header: 'Order',
      track: narrow ? '94px' : '108px',
      sortKey: 'orderId',
      cell: (row) => <span className="order-id">{row.orderId}</span>,
    },
    {
      id: 'placed',
      header: 'Placed',
      track: '132px',
      wideOnly: true,
      cell: (row) => <span className="muted">{instantText(row.placedAt, timeZone)}</span>,
    },
    {
      id: 'to',
      header: 'To',
      track: collected ? (narrow ? 'minmax(78px, 0.6fr)' : 'minmax(124px, 0.7fr)') : '74px',
      cell: (row) => <Target row={row} nodeName={nodeName} />,
    },
    { id: 'lines', header: 'Lines', track: '60px', numeric: true, wideOnly: true, cell: (row) => countText(row.lines) },
    { id: 'units', header: 'Units', track: '72px', numeric: true, wideOnly: true, cell: (row) => countText(row.units) },
    {
      id: 'nodes',
      header: 'From',
      track: 'minmax(120px, 1fr)',
      cell: (row) => <FromNodes row={row} nodeName={nodeName} named={narrow ? 1 : 2} />,
    },
    {
      id: 'shipments',
      header: 'Shipments',
      track: '92px',
      wideOnly: true,
      numeric: true,
      sortKey: 'shipments',
      cell: (row) => countText(row.shipments),
    },
    {
      id: 'unsourced',
      header: 'Unsourced',
      track: '90px',
      numeric: true,
      wideOnly: true,
      cell: (row) => <Marked value={row.unsourcedUnits} tone="scarce" />,
    },
    {
      id: 'days',
      header: 'Days',
      track: '64px',
      numeric: true,
      wideOnly: true,
      sortKey: 'days',
      cell: (row) => countText(row.deliveryDays),
    },
    {
      id: 'late',
      header: 'Late',
      unit: ' days',
      track: '88px',
      numeric: true,
      sortKey: 'late',
      cell: (row) => <Marked value={row.lateDays} tone="late" />,
    },
    {
      id: 'cost',
      header: 'Cost',
      unit: ` ${currencySign(currency)}`,
      track: '86px',
      numeric: true,
      sortKey: 'cost',
      cell: (row) => amountText(row.costMicros),
    },
    {
      id: 'gap',
      header: words.column,
      track: '84px',
      numeric: true,
      wideOnly: true,
      cell: (row) => <Gap row={row} words={words} />,
    },
  ];
  return narrow ? all.filter((column) => !column.wideOnly) : all;
}

/** The postcode it is sent to, or the node where it is collected. */
function Target({ row, nodeName }: { readonly row: OrderRow; readonly nodeName: (nodeId: string) => string }) {
  const { collectAt, fulfilment, postcode, region } = row;
  if (collectAt === null) return <>{postcode ?? region ?? DASH}</>;
  const name = nodeName(collectAt);
  return <span title={`${fulfilmentLabel(fulfilment)}: collected at ${name}`}>at {name}</span>;
}

interface FromNodesProps {
  readonly row: OrderRow;
  readonly nodeName: (nodeId: string) => string;
  /** How many nodes are named; the rest is counted. */
  readonly named: number;
}

function FromNodes({ row, nodeName, named }: FromNodesProps) {
  if (row.nodeIds.length === 0) return <span className="tag scarce">nothing ships</span>;
  const names = row.nodeIds.map(nodeName);
  const rest = names.length - named;
  return (
    <span title={names.join(', ')}>
      {names.slice(0, named).join(', ')}
      {rest > 0 && <span className="muted"> +{rest}</span>}
    </span>
  );
}

function Marked({ value, tone }: { readonly value: number; readonly tone: 'late' | 'scarce' }) {
  return value > 0 ? <span className={`mark-${tone}`}>{countText(value)}</span> : <span className="muted">0</span>;
}

function Gap({ row, words }: { readonly row: OrderRow; readonly words: ProofWords }) {
  return (
    <span className={row.proven ? 'muted' : undefined} title={words.columnNote}>
      {words.share(row.gap, row.proven)}
    </span>
  );
}
