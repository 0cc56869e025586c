// Decides where an order's goods have to go from a node, by which kind of rate card, how far, and when they can be collected.
// For the verification only; it shares no code with candidates and costs.
import { distanceMetres } from '../base/geo.ts';
import { dayNumber, isoWeekday } from '../base/time.ts';
import type { Calendar } from '../model/calendar.ts';
import type { Lane } from '../model/lane.ts';
import type { Node } from '../model/node.ts';
import type { Destination, Order } from '../model/order.ts';
import type { CardKind } from '../model/rate-card.ts';
import type { Snapshot } from '../model/snapshot.ts';

export interface CheckedWay {
  /** Null where the node may not send the order's goods at all. */
  readonly kind: CardKind | null;
  readonly place: Destination;
  readonly km: number | null;
  readonly lane: Lane | undefined;
  readonly receiver: Node | null;
  /** From the day of arrival, the day from which a customer has the goods or can collect them. */
  readonly ready: (arrivalDay: number) => number;
}

export function createWays(snapshot: Snapshot): (node: Node, order: Order) => CheckedWay {
  const nodes = new Map(snapshot.nodes.map((node) => [node.nodeId, node]));
  const calendars = new Map(snapshot.calendars.map((calendar) => [calendar.calendarId, calendar]));
  const lanes = new Map((snapshot.lanes ?? []).map((lane) => [`${lane.nodeId}\n${lane.region}`, lane]));
  return (node, order) => {
    const collects = order.fulfilment === 'pickup' || order.fulfilment === 'ship-to-store';
    const at = collects ? nodes.get(order.collectAt ?? '')! : null;
    const place = at ? { ...at.location, ...at, country: order.destination.country } : order.destination;
    const counter = at?.nodeId === node.nodeId;
    const lane = counter || place.region === undefined ? undefined : lanes.get(`${node.nodeId}\n${place.region}`);
    const { lat, lon } = place;
    const straight =
      node.location && lat !== undefined && lon !== undefined
        ? distanceMetres(node.location, { lat, lon }) / 1000
        : null;
    const receiver = at && !counter ? at : null;
    const barred = receiver !== null && (order.fulfilment === 'pickup' || receiver.status === 'closed');
    return {
      kind: barred ? null : at === null ? 'delivery' : counter ? 'pickup' : 'transfer',
      place,
      km: counter ? 0 : (lane?.distanceKm ?? straight),
      lane,
      receiver,
      ready: (day) => (receiver ? readyDay(calendars.get(receiver.calendarId)!, receiver, day) : day),
    };
  };
}

function readyDay({ workingWeekdays, closedOn = [] }: Calendar, { receiving }: Node, arrivalDay: number): number {
  const closed = closedOn.map(dayNumber);
  let toWork = (receiving?.workingDays ?? 0) + 1;
  let day = arrivalDay - 1;
  while (toWork > 0) {
    day += 1;
    if (workingWeekdays.includes(isoWeekday(day)) && !closed.includes(day)) toWork -= 1;
  }
  return day;
}
