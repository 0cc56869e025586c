// Decides the page of one order: facts, timeline, shipments, costs with their proof, and why it was sourced like this.
import { runName } from '../../format/words.ts';
import type { OrderDetail, Run } from '@sourcewright/server/contract';
import { useEffect, useRef } from 'react';
import { ChartFrame } from '../../charts/chart-frame.tsx';
import { OrderTimeline } from '../../charts/order-timeline.tsx';
import { clockShare, daysBetween, dayShare, fullDayText, instantText, localDate } from '../../format/date.ts';
import { moneyText } from '../../format/money.ts';
import { countText, plural } from '../../format/number.ts';
import { useOrder } from '../../state/queries.ts';
import { useSelection } from '../../state/selection.tsx';
import { hrefHere, usePlace } from '../../state/url-state.ts';
import { Icon } from '../../ui/icon.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { WhatWouldFlip } from './flips.tsx';
import { Candidates, NextBest } from './next-best.tsx';
import { OrderActions } from './order-actions.tsx';
import { OrderCosts } from './order-costs.tsx';
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
        <OtherRun run={run} />
        <OrderActions />
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
      <Timeline detail={detail} />
      <Why detail={detail} runId={run.runId} />
      <WhatWouldFlip detail={detail} />
      <NextBest detail={detail} />
      <Candidates detail={detail} />
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
  const value = order.lines.every((line) => line.unitPriceMicros !== undefined)
    ? order.lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMicros!, 0)
    : null;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Placed', `${instantText(order.placedAt, scenario?.timeZone)}${order.channel ? ` through ${order.channel}` : ''}`],
    ['To', [destination.postcode, destination.region, destination.country].filter(Boolean).join(', ')],
    ['Promised by', `${fullDayText(orderPlan.promiseBy)}${order.promiseBy ? '' : ' (by the policy)'}`],
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

const EPOCH = '1970-01-01';

function Timeline({ detail }: { readonly detail: OrderDetail }) {
  const { order, orderPlan, nodes } = detail;
  const { scenario } = useSelection();
  const timeZone = scenario?.timeZone ?? 'UTC';
  const placedDay = daysBetween(EPOCH, localDate(order.placedAt, timeZone));
  const { shipments } = orderPlan;
  const late = shipments.filter((shipment) => shipment.lateDays > 0).length;
  const nodeName = (nodeId: string): string => nodes[nodeId]?.name ?? nodeId;
  const title = arrivalFinding(shipments.length, late);
  return (
    <ChartFrame
      title={title}
      subtitle={`Placed, cutoff (tick), shipped (square), delivered (dot), promised by ${fullDayText(orderPlan.promiseBy)}`}
      table={{
        columns: ['Shipment', 'Cutoff', 'Ships', 'Arrives', 'Days late'],
        rows: shipments.map((one) => ({
          key: one.shipmentId,
          cells: [
            nodeName(one.nodeId),
            nodes[one.nodeId]?.cutoff ?? '',
            fullDayText(one.shipOn),
            fullDayText(one.deliverOn),
            countText(one.lateDays),
          ],
        })),
      }}
    >
      {(width) => (
        <OrderTimeline
          data={{
            placedDay: placedDay + dayShare(order.placedAt, timeZone),
            promiseDay: daysBetween(EPOCH, orderPlan.promiseBy),
            shipments: shipments.map((one) => ({
              id: one.shipmentId,
              label: nodeName(one.nodeId),
              shipDay: daysBetween(EPOCH, one.shipOn),
              deliverDay: daysBetween(EPOCH, one.deliverOn),
              lateDays: one.lateDays,
              ...cutoffOf(nodes[one.nodeId]?.cutoff, placedDay),
            })),
          }}
          options={{ width }}
        />
      )}
    </ChartFrame>
  );
}

/** On the day on which the order was placed. */
function cutoffOf(cutoff: string | undefined, placedDay: number): { readonly cutoffDay?: number } {
  return cutoff === undefined ? {} : { cutoffDay: placedDay + clockShare(cutoff) };
}

function arrivalFinding(shipments: number, late: number): string {
  if (shipments === 0) return 'Nothing ships';
  if (late === 0)
    return shipments === 1 ? 'Arrives by the promise' : `All ${shipments} shipments arrive by the promise`;
  if (late === shipments)
    return shipments === 1 ? 'Arrives after the promise' : 'All shipments arrive after the promise';
  return `${late} of ${shipments} shipments ${late === 1 ? 'arrives' : 'arrive'} after the promise`;
}
