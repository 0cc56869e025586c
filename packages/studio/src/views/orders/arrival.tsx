// Decides how the days of an order are told: when each shipment leaves and comes, against the promise.
import type { OrderDetail } from '@sourcewright/server/contract';
import { ChartFrame } from '../../charts/chart-frame.tsx';
import { OrderTimeline } from '../../charts/order-timeline.tsx';
import { clockShare, daysBetween, dayShare, fullDayText, localDate } from '../../format/date.ts';
import { countText } from '../../format/number.ts';
import { useSelection } from '../../state/selection.tsx';
import { type Collection, collectionOf, isKept } from './collection.ts';

const EPOCH = '1970-01-01';

export function Arrival({ detail }: { readonly detail: OrderDetail }) {
  const { order, orderPlan, nodes } = detail;
  const { scenario } = useSelection();
  const timeZone = scenario?.timeZone ?? 'UTC';
  const placedDay = daysBetween(EPOCH, localDate(order.placedAt, timeZone));
  const { shipments } = orderPlan;
  const late = shipments.filter((shipment) => shipment.lateDays > 0).length;
  const nodeName = (nodeId: string): string => nodes[nodeId]?.name ?? nodeId;
  const collection = collectionOf(detail);
  const title = arrivalFinding(shipments.length, late, collection !== null);
  const moves = shipments.some((shipment) => !isKept(shipment));
  return (
    <ChartFrame
      title={title}
      subtitle={`${legend(collection, moves)} by ${fullDayText(orderPlan.promiseBy)}`}
      table={{
        columns: ['Shipment', 'Cutoff', 'Ships', ...(collection ? ['There', 'Ready'] : ['Arrives']), 'Days late'],
        rows: shipments.map((one) => ({
          key: one.shipmentId,
          cells: [
            nodeName(one.nodeId),
            nodes[one.nodeId]?.cutoff ?? '',
            isKept(one) ? 'stays there' : fullDayText(one.shipOn),
            ...(collection ? [one.arriveOn === undefined ? '' : fullDayText(one.arriveOn)] : []),
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
              ...(one.arriveOn !== undefined && { arriveDay: daysBetween(EPOCH, one.arriveOn) }),
              kept: isKept(one),
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

/** What the signs stand for; ends before the day. */
function legend(collection: Collection | null, moves: boolean): string {
  if (!collection) return 'Placed, cutoff (tick), shipped (square), delivered (dot), promised';
  const way = moves ? `shipped (square), at ${collection.name} (bar), ` : '';
  return `Placed, cutoff (tick), ${way}ready to collect (dot), promised`;
}

function arrivalFinding(shipments: number, late: number, collected: boolean): string {
  if (shipments === 0) return collected ? 'Nothing to collect' : 'Nothing ships';
  const [is, are] = collected ? ['is ready', 'are ready'] : ['arrives', 'arrive'];
  const when = late === 0 ? 'by the promise' : 'after the promise';
  if (late > 0 && late < shipments) return `${late} of ${shipments} shipments ${late === 1 ? is : are} ${when}`;
  if (shipments === 1) return collected ? `Ready to collect ${when}` : `Arrives ${when}`;
  return `${shipments === 2 ? 'Both' : `All ${shipments}`} shipments ${are} ${when}`;
}
