// Decides how nodes reach where an order's goods go: by which services, on which ship days, or why not at all.
// What many orders have in common (services to a zone, days after a cutoff) is worked out once and shared.
import { dayNumber, localTime } from '../base/time.ts';
import type { Limits } from '../model/limits.ts';
import type { Network } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { Policy } from '../model/policy.ts';
import { MAX_PARCELS, type RateCard, type RateZone } from '../model/rate-card.ts';
import type { CandidateService, ServiceDay, ShipDay, Unreachable } from './candidate.ts';
import { createChargedZones, type LaneView, parcelMilligrams, zoneFor } from './lanes.ts';
import { compileDelivery, compileSchedule, type Schedule } from './schedule.ts';
import { transitSpread } from './transit.ts';
import { type Way, wayFrom } from './way.ts';

export type Reach = Reached | { readonly refusal: Unreachable };

export interface Reached {
  readonly refusal: null;
  readonly node: number;
  readonly lane: LaneView;
  readonly services: readonly CandidateService[];
  readonly shipDays: readonly ShipDay[];
}

export interface ReachRules {
  /** Ship days of a node that are looked at. */
  readonly dayCount: number;
  /** Calendar days after the promise that are still acceptable. */
  readonly maxLateDays: number;
  /** Whether work that waits at a node puts its ship days off. */
  readonly waitsForBacklog: boolean;
  /** Whether the policy asks how long customers wait. */
  readonly countsWait: boolean;
}

/** What a policy and limits say about which days are looked at. */
export function reachRulesOf({ allow, goals, promise }: Policy, { shipDaysPerNode }: Limits): ReachRules {
  return {
    dayCount: Math.min(shipDaysPerNode, allow.maxShipDelayDays + 1),
    maxLateDays: allow.maxLateDays ?? Infinity,
    waitsForBacklog: promise.backlog === 'wait',
    countsWait: (goals.speedPerDayMicros ?? 0) > 0,
  };
}

/** How nodes reach one order. */
export interface OrderReach {
  from(node: number): Reach;
  /** The services that could carry the order, whatever the days. */
  services(node: number): readonly CandidateService[];
}

/** Days since 1970-01-01 that delivery is held against. */
export interface OrderDates {
  readonly placedDay: number;
  /** The last day on which delivery is in time. */
  readonly promiseDay: number;
}

/** For orders of a wave one after another. */
export function createReach(
  network: Network,
  rules: ReachRules,
): (order: Order, weightMilligrams: number, dates: OrderDates) => OrderReach {
  const asOfMs = Date.parse(network.snapshot.asOf);
  const schedules = nodeSchedules(network, rules);
  const services = createServices(network, schedules);
  const { dayCount, maxLateDays, countsWait } = rules;
  return (order, weightMilligrams, dates) => {
    const held = countsWait ? dates : { ...dates, placedDay: dates.promiseDay };
    const takenUpMs = Math.max(Date.parse(order.placedAt), asOfMs);
    const setFor = (node: number, way: Way): ServiceSet => services(node, way, order, weightMilligrams);
    return {
      services: (node) => {
        const way = wayFrom(network, node, order);
        return typeof way === 'string' ? [] : setFor(node, way).services;
      },
      from: (node) => {
        if (network.nodes[node]!.status === 'closed') return { refusal: 'node-closed' };
        const way = wayFrom(network, node, order);
        if (typeof way === 'string') return { refusal: way };
        const set = setFor(node, way);
        if (set.services.length === 0) return { refusal: 'no-rate' };
        const schedule = schedules[node]!;
        const days = schedule.shipDays(localTime(takenUpMs, schedule.timeZone), dayCount);
        const shipDays = set.shipDays(days, held, maxLateDays);
        if (shipDays.length === 0) return { refusal: 'too-late' };
        return { refusal: null, node, lane: way.lane, services: set.services, shipDays };
      },
    };
  };
}

/** By node; where the policy says so an order waits for its turn behind the work that is there. */
export function nodeSchedules({ calendars, nodes }: Network, { waitsForBacklog }: ReachRules): readonly Schedule[] {
  return calendars.map((calendar, node) =>
    compileSchedule(calendar, waitsForBacklog ? Math.ceil(nodes[node]!.backlogDays ?? 0) : 0),
  );
}

/** The services of one node to the same zones, and what they make of ship days and promises. */
class ServiceSet {
  readonly services: readonly CandidateService[];
  /** By days, then promise and day of placing in one number. */
  readonly #known = new Map<readonly number[], Map<number, readonly ShipDay[]>>();

  constructor(services: readonly CandidateService[]) {
    this.services = services;
  }

  shipDays(days: readonly number[], dates: OrderDates, maxLateDays: number): readonly ShipDay[] {
    let byDates = this.#known.get(days);
    if (!byDates) this.#known.set(days, (byDates = new Map()));
    const key = dates.promiseDay * 2 ** 20 + dates.placedDay;
    let shipDays = byDates.get(key);
    if (!shipDays) {
      shipDays = days.flatMap((day) => this.#shipDay(day, dates, maxLateDays));
      byDates.set(key, shipDays);
    }
    return shipDays;
  }

  #shipDay(day: number, dates: OrderDates, maxLateDays: number): ShipDay[] {
    const inTime = this.services
      .map((service) => {
        const deliverDay = service.deliverDay(day);
        return {
          service,
          deliverDay,
          lateDays: Math.max(0, deliverDay - dates.promiseDay),
          ...meansOf(service, day, dates),
        };
      })
      .filter(({ lateDays }) => lateDays <= maxLateDays);
    return inTime.length > 0 ? [{ day, services: inTime }] : [];
  }
}

function meansOf(
  service: CandidateService,
  shipDay: number,
  { placedDay, promiseDay }: OrderDates,
): Pick<ServiceDay, 'expectedLateMillionths' | 'expectedWaitMillionths' | 'onTimeShare'> {
  const shares = service.deliveryShares(shipDay);
  let lateDays = 0;
  let waitDays = 0;
  let onTimeShare = 0;
  for (const { day, share } of shares) {
    waitDays += share * Math.max(0, Math.min(day, promiseDay) - placedDay);
    if (day > promiseDay) lateDays += share * (day - promiseDay);
    else onTimeShare += share;
  }
  return {
    expectedLateMillionths: Math.round(lateDays * 1e6),
    expectedWaitMillionths: Math.round(waitDays * 1e6),
    onTimeShare: shares.length > 1 ? onTimeShare : null,
  };
}

type ServicesOf = (node: number, way: Way, order: Order, weightMilligrams: number) => ServiceSet;

/** Sets by node, receiver and extra days of the lane (all in one number), and the zone on each of the node's rate cards that can carry the order. */
interface SetNode {
  set?: ServiceSet;
  readonly byZone: Map<RateZone | null, SetNode>;
}

function createServices(network: Network, schedules: readonly Schedule[]): ServicesOf {
  const delivery = new Map(network.snapshot.rateCards.map((card) => [card.rateCardId, compileDelivery(card)]));
  const roots = network.nodes.map(() => new Map<number, SetNode>());
  const mostMilligrams = createMostMilligrams();
  const chargedZone = createChargedZones();
  const serviceTo = (card: RateCard, zone: RateZone, { lane, receiver }: Way): CandidateService => {
    const transitDays = zone.transitDays + lane.extraTransitDays;
    const arrive = delivery.get(card.rateCardId)!;
    const received = receiver === null ? null : receiving(network, schedules, receiver);
    const deliver = received ? (day: number, days: number) => received.readyDay(arrive(day, days)) : arrive;
    const spread = transitSpread(transitDays, (zone.transitDaysP90 ?? zone.transitDays) + lane.extraTransitDaysP90);
    return {
      card,
      zone,
      transitDays,
      ...(received && {
        transfer: {
          arrivalDay: (shipDay: number) => arrive(shipDay, transitDays),
          perShipmentMicros: received.perShipmentMicros,
        },
      }),
      deliverDay: (shipDay) => deliver(shipDay, transitDays),
      deliveryShares: (shipDay) =>
        spread.map(({ transitDays: days, share }) => ({ day: deliver(shipDay, days), share })),
    };
  };
  return (node, way, order, weightMilligrams) => {
    const { distanceKm, extraTransitDays, extraTransitDaysP90 } = way.lane;
    const cards = network.rateCards[node]!;
    const carries = (card: RateCard): RateZone | null => {
      if ((card.kind ?? 'delivery') !== way.kind) return null;
      if (order.services && !order.services.includes(card.service)) return null;
      const zone = zoneFor(card, way.place, distanceKm);
      if (!zone || mostMilligrams(card, zone) < weightMilligrams) return null;
      return chargedZone(card, zone, way.place);
    };
    let at = entry(roots[node]!, (1 + (way.receiver ?? -1)) * 4096 + extraTransitDays * 64 + extraTransitDaysP90);
    for (const card of cards) at = entry(at.byZone, carries(card));
    at.set ??= new ServiceSet(
      cards.flatMap((card) => {
        const zone = carries(card);
        return zone ? [serviceTo(card, zone, way)] : [];
      }),
    );
    return at.set;
  };
}

/** When goods that come to a node can be collected there, and what receiving them costs. */
function receiving(network: Network, schedules: readonly Schedule[], node: number) {
  const { workingDays = 0, perShipmentMicros = 0 } = network.nodes[node]!.receiving ?? {};
  const schedule = schedules[node]!;
  return { perShipmentMicros, readyDay: (arrivalDay: number) => schedule.workingDay(arrivalDay, workingDays) };
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

/** The last day on which delivery is in time. */
export function promiseDayOf(order: Order, placedDay: number, defaultDays: number): number {
  return order.promiseBy ? dayNumber(order.promiseBy) : placedDay + defaultDays;
}
