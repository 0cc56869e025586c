// Decides the page of one order: facts, timeline, shipments, costs with their proof, and why it was sourced like this.
import { runName } from '../../format/words.ts';
import type { OrderDetail, Run } from '@sourcewright/server/contract';
import { useEffect, useRef } from 'react';
import { fullDayText, instantText } from '../../format/date.ts';
import { moneyText } from '../../format/money.ts';
import { countText, plural } from '../../format/number.ts';
import { useOrder } from '../../state/queries.ts';
import { useSelection } from '../../state/selection.tsx';
import { hrefHere, usePlace } from '../../state/url-state.ts';
import { Icon } from '../../ui/icon.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Arrival } from './arrival.tsx';
import { collectionOf } from './collection.ts';
import { WhatWouldFlip } from './flips.tsx';
import { Candidates } from './candidates.tsx';
import { NextBest } from './next-best.tsx';
import { OrderActions } from './order-actions.tsx';
import { OrderCosts } from './order-costs.tsx';
import { InOtherRun } from './in-other-run.tsx';
import { PaperFoot, PaperHead } from './paper.tsx';
import { Shipments } from './shipments.tsx';
import { Why } from './why.tsx';

export interface OrderDrawerProps {
  readonly run: Run;
  readonly orderId: string;
  readonly onClose: () => void;
}

export function OrderDrawer({ run, orderId, onClose }: OrderDrawerProps) {
  const { data, error, refetch, isPlaceholderData } = useOrder(run.runId, orderId);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Not returned: what scrollTo answers is no clean-up.
    body.current?.scrollTo({ top: 0 });
  }, [orderId]);
  return (
    <aside className="drawer order-drawer" aria-label={`Order ${orderId}`}>
      <header>
        <h2>Order {orderId}</h2>
        {!error && (
          <>
            <OtherRun run={run} />
            <OrderActions />
          </>
        )}
        <button
          type="button"
          className="button quiet icon"
          aria-label="Close the order"
          title="Close (Esc)"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="body" ref={body} tabIndex={0} role="region" aria-label="Order details">
        {error ? (
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        ) : data && !isPlaceholderData ? (
          <OrderPage detail={data} run={run} />
        ) : (
          <SkeletonRows rows={12} label="Loading the order" />
        )}
      </div>
    </aside>
  );
}

/** The same order in the baseline, one click away. */
function OtherRun({ run }: { readonly run: Run }) {
  const place = usePlace();
  const { baseline } = useSelection();
  if (!baseline) return null;
  return (
    <a className="nowrap other-run" href={hrefHere(place, { run: baseline.runId, base: run.runId })}>
      Same order in {runName(baseline)}
    </a>
  );
}

function OrderPage({ detail, run }: { readonly detail: OrderDetail; readonly run: Run }) {
  const { order, orderPlan } = detail;
  return (
    <div className="order-page">
      <PaperHead run={run} />
      <Facts detail={detail} />
      <Arrival detail={detail} />
      <Why detail={detail} runId={run.runId} />
      <WhatWouldFlip detail={detail} runId={run.runId} key={order.orderId} />
      <NextBest detail={detail} />
      <Candidates detail={detail} />
      <InOtherRun detail={detail} runId={run.runId} key={`${order.orderId} other`} />
      <Shipments detail={detail} />
      <OrderCosts detail={detail} key={order.orderId + orderPlan.method} />
      <PaperFoot />
    </div>
  );
}

function Facts({ detail }: { readonly detail: OrderDetail }) {
  const { order, orderPlan, currency } = detail;
  const { scenario } = useSelection();
  const units = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  const { destination } = order;
  const collection = collectionOf(detail);
  const value = order.lines.every((line) => line.unitPriceMicros !== undefined)
    ? order.lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMicros!, 0)
    : null;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Placed', `${instantText(order.placedAt, scenario?.timeZone)}${order.channel ? ` through ${order.channel}` : ''}`],
    [
      'Collected at',
      collection &&
        `${collection.name}, ${collection.onlyFromThere ? 'from its own stock' : 'also from what other nodes send there'}`,
    ],
    [
      collection ? 'Customer in' : 'To',
      [destination.postcode, destination.region, destination.country].filter(Boolean).join(', '),
    ],
    [
      collection ? 'Ready by' : 'Promised by',
      `${fullDayText(orderPlan.promiseBy)}${order.promiseBy ? '' : ' (by the policy)'}`,
    ],
    [
      'Ordered',
      `${plural(order.lines.length, 'line')}, ${plural(units, 'unit')}${value === null ? '' : `, goods ${moneyText(value, currency)}`}`,
    ],
    ['Asks for', wishes(detail)],
  ];
  return (
    <dl className="facts">
      {facts.map(
        ([label, text]) =>
          text && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function wishes({ order }: OrderDetail): string | null {
  const texts = [
    order.services && `service ${order.services.join(' or ')}`,
    order.shipComplete && 'all or nothing',
    order.maxShipments !== undefined && `at most ${plural(order.maxShipments, 'shipment')}`,
    (order.priority ?? 0) > 0 && `priority ${countText(order.priority)}`,
    order.tags && order.tags.length > 0 && `tags ${order.tags.join(', ')}`,
  ].filter((text) => typeof text === 'string');
  return texts.length > 0 ? texts.join(', ') : null;
}
