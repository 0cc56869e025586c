// Decides how nodes reach an order's destination: by which services, on which ship days, or why not at all.
// What many orders have in common (services to a zone, days after a cutoff) is worked out once and shared.
import { dayNumber, type LocalTime, localTime } from '../base/time.ts';
import type { Network } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import { MAX_PARCELS, type RateCard, type RateZone } from '../model/rate-card.ts';
import type { CandidateService, ShipDay } from './candidate.ts';
import { createChargedZones, type LaneView, laneTo, parcelMilligrams, zoneFor } from './lanes.ts';
import { compileDelivery, compileSchedule } from './schedule.ts';
import { transitSpread } from './transit.ts';

export interface Reach {
  readonly node: number;
  readonly lane: LaneView;
  readonly services: readonly CandidateService[];
  readonly shipDays: readonly ShipDay[];
  readonly refusal: 'node-closed' | 'no-rate' | 'too-late' | null;
}

export interface ReachRules {
  /** Ship days of a node that are looked at. */
  readonly dayCount: number;
  /** Calendar days after the promise that are still acceptable. */
  readonly maxLateDays: number;
  /** Whether work that waits at a node puts its ship days off. */
  readonly waitsForBacklog: boolean;
}

/** How nodes reach one order. */
export interface OrderReach {
  from(node: number): Reach;
  /** The services that could carry the order, whatever the days. */
  services(node: number, lane: LaneView): readonly CandidateService[];
}

/** For orders of a wave one after another; `promiseDay` is the last day on which delivery is in time. */
export function createReach(
  network: Network,
  { dayCount, maxLateDays, waitsForBacklog }: ReachRules,
): (order: Order, weightMilligrams: number, promiseDay: number) => OrderReach {
  const asOfMs = Date.parse(network.snapshot.asOf);
  const waitDays = (node: number): number => (waitsForBacklog ? Math.ceil(network.nodes[node]!.backlogDays ?? 0) : 0);
  const schedules = network.calendars.map((calendar, node) => compileSchedule(calendar, waitDays(node)));
  const services = createServices(network);
  return (order, weightMilligrams, promiseDay) => {
    const takenUpAt = memoByZone(Math.max(Date.parse(order.placedAt), asOfMs));
    const setFor = (node: number, lane: LaneView): ServiceSet => services(node, lane, order, weightMilligrams);
    return {
      services: (node, lane) => setFor(node, lane).services,
      from: (node) => {
        const lane = laneTo(network, node, order.destination);
        if (network.nodes[node]!.status === 'closed')
          return { node, lane, services: [], shipDays: [], refusal: 'node-closed' };
        const set = setFor(node, lane);
        if (set.services.length === 0) return { node, lane, services: [], shipDays: [], refusal: 'no-rate' };
        const schedule = schedules[node]!;
        const days = schedule.shipDays(takenUpAt(schedule.timeZone), dayCount);
        const shipDays = set.shipDays(days, promiseDay, maxLateDays);
        const refusal = shipDays.length > 0 ? null : 'too-late';
        return { node, lane, services: set.services, shipDays, refusal };
      },
    };
  };
}

/** The services of one node to the same zones, and what they make of ship days and promises. */
class ServiceSet {
  readonly services: readonly CandidateService[];
  readonly #known = new Map<readonly number[], Map<number, readonly ShipDay[]>>();

  constructor(services: readonly CandidateService[]) {
    this.services = services;
  }

  shipDays(days: readonly number[], promiseDay: number, maxLateDays: number): readonly ShipDay[] {
    let byPromise = this.#known.get(days);
    if (!byPromise) this.#known.set(days, (byPromise = new Map()));
    let shipDays = byPromise.get(promiseDay);
    if (!shipDays) {
      shipDays = days.flatMap((day) => this.#shipDay(day, promiseDay, maxLateDays));
      byPromise.set(promiseDay, shipDays);
    }
    return shipDays;
  }

  #shipDay(day: number, promiseDay: number, maxLateDays: number): ShipDay[] {
    const inTime = this.services
      .map((service) => {
        const deliverDay = service.deliverDay(day);
        return {
          service,
          deliverDay,
          lateDays: Math.max(0, deliverDay - promiseDay),
          ...lateness(service, day, promiseDay),
        };
      })
      .filter(({ lateDays }) => lateDays <= maxLateDays);
    return inTime.length > 0 ? [{ day, services: inTime }] : [];
  }
}

function lateness(
  service: CandidateService,
  shipDay: number,
  promiseDay: number,
): { expectedLateMillionths: number; onTimeShare: number | null } {
  const shares = service.deliveryShares(shipDay);
  let lateDays = 0;
  let onTimeShare = 0;
  for (const { day, share } of shares) {
    if (day > promiseDay) lateDays += share * (day - promiseDay);
    else onTimeShare += share;
  }
  return { expectedLateMillionths: Math.round(lateDays * 1e6), onTimeShare: shares.length > 1 ? onTimeShare : null };
}

type ServicesOf = (node: number, lane: LaneView, order: Order, weightMilligrams: number) => ServiceSet;

/** Sets by node, extra days of the lane (both in one number), and the zone on each of the node's rate cards that can carry the order. */
interface SetNode {
  set?: ServiceSet;
  readonly byZone: Map<RateZone | null, SetNode>;
}

function createServices(network: Network): ServicesOf {
  const delivery = new Map(network.snapshot.rateCards.map((card) => [card.rateCardId, compileDelivery(card)]));
  const roots = network.nodes.map(() => new Map<number, SetNode>());
  const mostMilligrams = createMostMilligrams();
  const chargedZone = createChargedZones();
  const serviceTo = (card: RateCard, zone: RateZone, lane: LaneView): CandidateService => {
    const transitDays = zone.transitDays + lane.extraTransitDays;
    const deliver = delivery.get(card.rateCardId)!;
    const spread = transitSpread(transitDays, (zone.transitDaysP90 ?? zone.transitDays) + lane.extraTransitDaysP90);
    return {
      card,
      zone,
      transitDays,
      deliverDay: (shipDay) => deliver(shipDay, transitDays),
      deliveryShares: (shipDay) =>
        spread.map(({ transitDays: days, share }) => ({ day: deliver(shipDay, days), share })),
    };
  };
  return (node, lane, order, weightMilligrams) => {
    const { distanceKm, extraTransitDays, extraTransitDaysP90 } = lane;
    const cards = network.rateCards[node]!;
    const carries = (card: RateCard): RateZone | null => {
      if (order.services && !order.services.includes(card.service)) return null;
      const zone = zoneFor(card, order.destination, distanceKm);
      if (!zone || mostMilligrams(card, zone) < weightMilligrams) return null;
      return chargedZone(card, zone, order.destination);
    };
    let at = entry(roots[node]!, extraTransitDays * 64 + extraTransitDaysP90);
    for (const card of cards) at = entry(at.byZone, carries(card));
    at.set ??= new ServiceSet(
      cards.flatMap((card) => {
        const zone = carries(card);
        return zone ? [serviceTo(card, zone, lane)] : [];
      }),
    );
    return at.set;
  };
}

function entry<K>(map: Map<K, SetNode>, key: K): SetNode {
  let found = map.get(key);
  if (!found) map.set(key, (found = { byZone: new Map() }));
  return found;
}

/** The heaviest shipment a card takes to one of its zones. */
function createMostMilligrams(): (card: RateCard, zone: RateZone) => number {
  const known = new Map<RateZone, Map<RateCard, number>>();
  return (card, zone) => {
    let byCard = known.get(zone);
    if (!byCard) known.set(zone, (byCard = new Map()));
    let most = byCard.get(card);
    if (most === undefined) byCard.set(card, (most = parcelMilligrams(card, zone) * MAX_PARCELS));
    return most;
  };
}

function memoByZone(instantMs: number): (timeZone: string) => LocalTime {
  const known = new Map<string, LocalTime>();
  return (timeZone) => {
    let time = known.get(timeZone);
    if (!time) known.set(timeZone, (time = localTime(instantMs, timeZone)));
    return time;
  };
}

/** The last day on which delivery is in time. */
export function promiseDayOf(order: Order, placedDay: number, defaultDays: number): number {
  return order.promiseBy ? dayNumber(order.promiseBy) : placedDay + defaultDays;
}
