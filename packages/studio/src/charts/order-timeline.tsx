// Decides the timeline of an order: one row a shipment from the moment it was placed over cutoff and ship day to its delivery. Days are
// cells: what happens on a day lies within it, the promise at the end of its day.
import { scaleLinear, utcFormat } from 'd3';

export interface TimelineShipment {
  readonly id: string;
  readonly label: string;
  /** Day numbers since 1970-01-01. */
  readonly shipDay: number;
  readonly deliverDay: number;
  readonly lateDays: number;
  /** Day on which it comes to where it is collected; left out where it is sent to the customer or stays where it is. */
  readonly arriveDay?: number;
  /** It stays where it is until the customer comes. */
  readonly kept?: boolean;
  /** Day and share of the day at which the node's day of work closed for the order; left out where it is not known. */
  readonly cutoffDay?: number;
}

export interface TimelineData {
  /** With the share of the day that had gone by. */
  readonly placedDay: number;
  readonly promiseDay: number;
  readonly shipments: readonly TimelineShipment[];
}

export interface TimelineOptions {
  readonly width: number;
}

const ROW = 28;
const HEAD = 34;
const LABELS = 150;
const RIGHT = 28;
const DAY_MS = 86_400_000;
/** Where in its cell the hand-over to the carrier stands at the earliest, and the delivery. */
const HAND_OVER = 0.7;
const NOON = 0.5;

export function OrderTimeline({ data, options }: { readonly data: TimelineData; readonly options: TimelineOptions }) {
  const last = Math.max(data.promiseDay, ...data.shipments.map((one) => one.deliverDay), data.placedDay + 1);
  const first = Math.floor(data.placedDay);
  const x = scaleLinear([first, last + 1], [LABELS + 8, options.width - RIGHT]);
  const height = HEAD + Math.max(1, data.shipments.length) * ROW + 4;
  const promise = round(x(data.promiseDay + 1));
  return (
    <svg className="chart timeline" width={options.width} height={height} role="img" aria-label={spoken(data)}>
      <Days from={first} to={last} x={x} height={height} />
      <path className="promise" d={`M${promise} ${HEAD - 8}V${height}`} />
      <text x={promise} y={11} className="promise-name" textAnchor={promise > options.width - 60 ? 'end' : 'middle'}>
        promise
      </text>
      {data.promiseDay !== first && (
        <text x={round(x(first + 0.5))} y={11} className="quiet" textAnchor="middle">
          placed
        </text>
      )}
      {data.shipments.map((shipment, row) => (
        <Row key={shipment.id} shipment={shipment} data={data} x={x} y={HEAD + row * ROW + ROW / 2} />
      ))}
      {data.shipments.length === 0 && (
        <text x={0} y={HEAD + 18} className="quiet">
          Nothing ships.
        </text>
      )}
    </svg>
  );
}

type Scale = (day: number) => number;

interface DaysProps {
  readonly from: number;
  readonly to: number;
  readonly x: Scale;
  readonly height: number;
}

function Days({ from, to, x, height }: DaysProps) {
  const every = Math.max(1, Math.ceil((38 * (to - from)) / Math.max(1, x(to) - x(from))));
  const days = Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, step) => from + step * every);
  return (
    <g className="days">
      {days.map((day) => (
        <g key={day}>
          <path d={`M${round(x(day))} ${HEAD - 4}V${height}`} />
          <text x={round(x(day + 0.5))} y={HEAD - 9} textAnchor="middle" className="quiet">
            {dayName(day)}
          </text>
        </g>
      ))}
    </g>
  );
}

interface RowProps {
  readonly shipment: TimelineShipment;
  readonly data: TimelineData;
  readonly x: Scale;
  readonly y: number;
}

function Row({ shipment, data, x, y }: RowProps) {
  const { shipDay, deliverDay, lateDays, label, kept = false, arriveDay } = shipment;
  const handOver = Math.max(HAND_OVER, shipment.cutoffDay === undefined ? 0 : (shipment.cutoffDay % 1) + 0.1);
  const [placed, ship, deliver] = [x(data.placedDay), x(shipDay + handOver), x(deliverDay + NOON)].map(round) as [
    number,
    number,
    number,
  ];
  const arrive =
    arriveDay === undefined ? deliver : round(x(arriveDay + (arriveDay === deliverDay ? NOON - 0.12 : NOON)));
  const onTime = Math.min(deliver, Math.max(ship, round(x(data.promiseDay + 1))));
  return (
    <g>
      <text x={0} y={y + 4}>
        {label.length > 23 ? `${label.slice(0, 22)}…` : label}
      </text>
      {shipment.cutoffDay !== undefined && (
        <path className="cutoff" d={`M${round(x(shipment.cutoffDay))} ${y - 8}v16`}>
          <title>cutoff of {label}</title>
        </path>
      )}
      <path className="waiting" d={`M${placed} ${y}H${kept ? deliver : ship}`} />
      {!kept && <path className="moving" d={`M${ship} ${y}H${lateDays > 0 ? Math.min(onTime, arrive) : arrive}`} />}
      {arrive < deliver && <path className="waiting" d={`M${arrive} ${y}H${deliver}`} />}
      {lateDays > 0 && <path className="overdue" d={`M${onTime} ${y}H${deliver}`} />}
      <circle className="placed" cx={placed} cy={y} r={3} />
      {!kept && <rect className="ship" x={ship - 3.5} y={y - 3.5} width={7} height={7} />}
      {arriveDay !== undefined && (
        <rect className="arrive" x={round(arrive - 1.5)} y={y - 7} width={3} height={14}>
          <title>there</title>
        </rect>
      )}
      <circle className={lateDays > 0 ? 'deliver late' : 'deliver'} cx={deliver} cy={y} r={4.5} />
    </g>
  );
}

const dayOfMonth = utcFormat('%a %-d');

function dayName(day: number): string {
  return dayOfMonth(new Date(day * DAY_MS));
}

function spoken(data: TimelineData): string {
  const placedDay = Math.floor(data.placedDay);
  const rows = data.shipments.map((one) => {
    const late = one.lateDays > 0 ? `, ${one.lateDays} days late` : '';
    if (one.kept) return `${one.label} keeps it for collection, ready ${dayName(one.deliverDay)}${late}`;
    const end =
      one.arriveDay === undefined
        ? `delivers ${dayName(one.deliverDay)}`
        : `there ${dayName(one.arriveDay)}, ready ${dayName(one.deliverDay)}`;
    return `${one.label} ships ${dayName(one.shipDay)}, ${end}${late}`;
  });
  return `Placed ${dayName(placedDay)}, promised ${dayName(data.promiseDay)}. ${rows.join('. ')}`;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
