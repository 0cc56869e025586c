// Decides how the shipments of an order stand: what each node sends, when, by which service, at what cost.
import type { OrderDetail } from '@sourcewright/server/contract';
import { NodeSign } from '../../charts/node-symbol.tsx';
import { dayText } from '../../format/date.ts';
import { amountText, currencySign } from '../../format/money.ts';
import { countText, decimalText, plural } from '../../format/number.ts';
import { reasonLabel } from '../../format/words.ts';
import { Cartons } from './cartons.tsx';
import { isKept } from './collection.ts';
import { Lines } from './lines.tsx';

type Shipment = OrderDetail['orderPlan']['shipments'][number];

export function Shipments({ detail }: { readonly detail: OrderDetail }) {
  const { shipments, unsourced } = detail.orderPlan;
  const missing = unsourced.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <section>
      <h2>
        {shipments.length === 0 ? 'No shipment' : plural(shipments.length, 'shipment')}
        {missing > 0 && <span className="mark-scarce"> · {plural(missing, 'unit')} unsourced</span>}
      </h2>
      {shipments.map((shipment) => (
        <ShipmentBlock key={shipment.shipmentId} shipment={shipment} detail={detail} />
      ))}
      {unsourced.length > 0 && (
        <div className="shipment">
          <h3 className="mark-scarce">Nobody ships</h3>
          <Lines
            label="Unsourced lines"
            items={detail.items}
            lines={unsourced.map((line) => ({ ...line, note: reasonLabel(line.reason) }))}
          />
        </div>
      )}
    </section>
  );
}

/** By what and when it gets to the customer. */
function journey(shipment: Shipment, { nodes }: OrderDetail): string {
  const { service, zone, distanceKm, shipOn, deliverOn, collectAt, arriveOn } = shipment;
  if (isKept(shipment)) return `stays there for collection, ready ${dayText(deliverOn)}`;
  const way = `${service}, zone ${zone}${distanceKm === null ? '' : `, ${countText(distanceKm)} km`}`;
  if (collectAt === undefined || arriveOn === undefined) {
    return `${way} · ships ${dayText(shipOn)}, arrives ${dayText(deliverOn)}`;
  }
  const place = nodes[collectAt]?.name ?? collectAt;
  return `${way} · ships ${dayText(shipOn)}, at ${place} ${dayText(arriveOn)}, ready ${dayText(deliverOn)}`;
}

function ShipmentBlock({ shipment, detail }: { readonly shipment: Shipment; readonly detail: OrderDetail }) {
  const node = detail.nodes[shipment.nodeId];
  const units = shipment.lines.reduce((sum, line) => sum + line.quantity, 0);
  const packing = detail.explanation.packing?.find(({ shipmentId }) => shipmentId === shipment.shipmentId);
  return (
    <div className="shipment">
      <h3>
        {node && <NodeSign type={node.type} />}
        <span>{node?.name ?? shipment.nodeId}</span>
        {shipment.lateDays > 0 && <span className="tag late">{plural(shipment.lateDays, 'day')} late</span>}
        <span className="spring" />
        <span className="num">
          {currencySign(detail.currency)}
          {amountText(shipment.cost.totalMicros)}
        </span>
      </h3>
      <p className="muted">
        {plural(shipment.lines.length, 'line')}, {plural(units, 'unit')}, {decimalText(shipment.weightGrams / 1000, 1)}{' '}
        kg in {plural(shipment.parcels, 'parcel')} · {journey(shipment, detail)}
      </p>
      <Lines label={`Lines from ${node?.name ?? shipment.nodeId}`} items={detail.items} lines={shipment.lines} />
      {packing && <Cartons packing={packing} items={detail.items} />}
    </div>
  );
}
