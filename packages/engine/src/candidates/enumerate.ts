// Decides what may supply each demand of an order: nodes that stock it, that the rules allow, that a rate card reaches in time.
// Leaves stock and capacity left to the ledger, and money to costs/.
import type { LocalTime } from '../base/time.ts';
import { dayNumber, localTime } from '../base/time.ts';
import type { Limits } from '../model/limits.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { Order, OrderLine } from '../model/order.ts';
import type { Policy } from '../model/policy.ts';
import { MAX_PARCELS } from '../model/rate-card.ts';
import { lineWeightGrams } from '../rules/line-amounts.ts';
import type { LaneView as RuleLane } from '../rules/facts/fact.ts';
import type { ReadFact } from '../rules/interpret.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import { createRuleCounts, type RuleCounts } from '../rules/rule-counts.ts';
import type {
  CandidateDemand,
  CandidateNode,
  CandidateService,
  Ineligible,
  OrderCandidates,
  ShipDay,
} from './candidate.ts';
import { createEligibility } from './eligibility.ts';
import { type LaneView, laneTo, parcelMilligrams, zoneFor } from './lanes.ts';
import { compileDelivery, compileSchedule, type Schedule } from './schedule.ts';

export interface Enumerator {
  candidatesOf(order: Order): Promise<OrderCandidates>;
  /** For explanations: reads the facts of one line at one stock row as the rules saw them. */
  factsOf(order: Order, line: OrderLine, row: StockRow): ReadFact;
}

/** Holds what all orders of a wave share: compiled calendars, tariffs and rules. `counts` learns how rules fared. */
export function createEnumerator(
  network: Network,
  policy: Policy,
  book: RuleBook,
  limits: Limits,
  counts: RuleCounts = createRuleCounts(book.rules),
): Enumerator {
  const { snapshot } = network;
  const asOfMs = Date.parse(snapshot.asOf);
  const eligibility = createEligibility(book, network, counts, policy.allow.minPartValueMicros ?? 0);
  const schedules = network.calendars.map(compileSchedule);
  const services = createServices(network);
  const dayCount = Math.min(limits.shipDaysPerNode, policy.allow.maxShipDelayDays + 1);

  const candidatesOf = async (asked: Order): Promise<OrderCandidates> => {
    const terms = eligibility.startOrder(asked);
    const { order } = terms;
    const placed = localTime(Date.parse(order.placedAt), snapshot.timeZone);
    const promiseDay = order.promiseBy ? dayNumber(order.promiseBy) : placed.day + policy.promise.defaultDays;
    const demands = demandsOf(order, network);
    const draft = new Draft(demands.length);
    const found = { order, terms, placedDay: placed.day, promiseDay, demands };
    if (terms.heldBy !== null) {
      for (const [demand, { rows }] of demands.entries()) {
        for (const { node } of rows) draft.refuse({ node, demand, code: 'order-held', rule: terms.heldBy });
      }
      return { ...found, nodes: [], ineligible: draft.refused };
    }
    const weightMilligrams = orderMilligrams(demands);
    const takenUpAt = memoByZone(Math.max(Date.parse(order.placedAt), asOfMs));
    const servicesOf = services(order, weightMilligrams);
    const reachable = new Map<number, Reach>();
    const reached: number[] = [];
    const lanes: RuleLane[] = [];
    for (const { node } of demands.flatMap(({ rows }) => rows)) {
      if (reachable.has(node)) continue;
      const reach = reachFrom(network, node, order, schedules[node]!, takenUpAt, servicesOf, dayCount, {
        promiseDay,
        maxLateDays: policy.allow.maxLateDays ?? Infinity,
      });
      reachable.set(node, reach);
      if (reach.refusal) continue;
      reached.push(node);
      lanes.push(ruleLane(reach.lane, reach.services, weightMilligrams));
    }
    eligibility.setLanes(reached, lanes);
    for (const [index, demand] of demands.entries()) {
      const open = demand.rows.filter(({ node }) => !reachable.get(node)!.refusal);
      const { refusedBy, penaltyMicros } = eligibility.judge(demand, open);
      let position = 0;
      for (const row of demand.rows) {
        const reach = reachable.get(row.node)!;
        if (reach.refusal) {
          draft.refuse({ node: row.node, demand: index, code: reach.refusal, rule: null });
          continue;
        }
        const rule = refusedBy[position]!;
        if (rule >= 0) draft.refuse({ node: row.node, demand: index, code: 'rule-excluded', rule });
        else draft.allow(reach, index, row, penaltyMicros[position]!);
        position += 1;
      }
    }
    return { ...found, nodes: draft.nodes(), ineligible: draft.refused };
  };

  const factsOf: Enumerator['factsOf'] = (order, line, row) => {
    const weightMilligrams = orderMilligrams(demandsOf(order, network));
    const lane = laneTo(network, row.node, order.destination);
    const reached = services(order, weightMilligrams)(row.node, lane);
    return eligibility.reader(order, line, row, ruleLane(lane, reached, weightMilligrams));
  };
  return { candidatesOf, factsOf };
}

function orderMilligrams(demands: readonly CandidateDemand[]): number {
  return demands.reduce((sum, demand) => sum + demand.weightMilligrams, 0);
}

function ruleLane(lane: LaneView, services: readonly CandidateService[], weightMilligrams: number): RuleLane {
  return { distanceKm: lane.distanceKm, services, orderMilligrams: weightMilligrams };
}

/** Lines of one sku become one demand, in the order of their first line. */
function demandsOf(order: Order, network: Network): CandidateDemand[] {
  const bySku = new Map<string, OrderLine[]>();
  for (const line of order.lines) {
    const lines = bySku.get(line.sku);
    if (lines) lines.push(line);
    else bySku.set(line.sku, [line]);
  }
  return [...bySku].map(([sku, lines]) => {
    const item = network.items.get(sku);
    const grams = lines.reduce((sum, line) => sum + lineWeightGrams(line, item), 0);
    return {
      sku,
      item,
      lines,
      quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
      weightMilligrams: Math.round(grams * 1000),
      rows: network.rowsOf.get(sku) ?? [],
    };
  });
}

/** How a node reaches an order's destination, or why it does not. */
interface Reach {
  readonly node: number;
  readonly lane: LaneView;
  readonly services: readonly CandidateService[];
  readonly shipDays: readonly ShipDay[];
  readonly refusal: 'node-closed' | 'no-rate' | 'too-late' | null;
}

type ServicesOf = (node: number, lane: LaneView) => CandidateService[];

/** The services by which a node can carry an order of a weight to where a lane leads. */
function createServices(network: Network): (order: Order, weightMilligrams: number) => ServicesOf {
  const delivery = new Map(network.snapshot.rateCards.map((card) => [card.rateCardId, compileDelivery(card)]));
  return (order, weightMilligrams) => (node, lane) =>
    network.rateCards[node]!.flatMap((card) => {
      if (order.services && !order.services.includes(card.service)) return [];
      const zone = zoneFor(card, order.destination.region, lane.distanceKm);
      if (!zone || parcelMilligrams(card, zone) * MAX_PARCELS < weightMilligrams) return [];
      const transitDays = zone.transitDays + lane.extraTransitDays;
      const deliverDay = (shipDay: number): number => delivery.get(card.rateCardId)!(shipDay, transitDays);
      return [{ card, zone, transitDays, deliverDay }];
    });
}

function reachFrom(
  network: Network,
  node: number,
  order: Order,
  schedule: Schedule,
  takenUpAt: (timeZone: string) => LocalTime,
  servicesOf: ServicesOf,
  dayCount: number,
  promise: { readonly promiseDay: number; readonly maxLateDays: number },
): Reach {
  const lane = laneTo(network, node, order.destination);
  if (network.nodes[node]!.status === 'closed')
    return { node, lane, services: [], shipDays: [], refusal: 'node-closed' };
  const services = servicesOf(node, lane);
  if (services.length === 0) return { node, lane, services, shipDays: [], refusal: 'no-rate' };
  const shipDays = schedule.shipDays(takenUpAt(schedule.timeZone), dayCount).flatMap((day): ShipDay[] => {
    const inTime = services
      .map((service) => {
        const deliverDay = service.deliverDay(day);
        return { service, deliverDay, lateDays: Math.max(0, deliverDay - promise.promiseDay) };
      })
      .filter((entry) => entry.lateDays <= promise.maxLateDays);
    return inTime.length > 0 ? [{ day, services: inTime }] : [];
  });
  return { node, lane, services, shipDays, refusal: shipDays.length > 0 ? null : 'too-late' };
}

function memoByZone(instantMs: number): (timeZone: string) => LocalTime {
  const known = new Map<string, LocalTime>();
  return (timeZone) => {
    let time = known.get(timeZone);
    if (!time) known.set(timeZone, (time = localTime(instantMs, timeZone)));
    return time;
  };
}

/** Collects allowed and refused pairs of one order. */
class Draft {
  readonly refused: Ineligible[] = [];
  readonly #demands: number;
  readonly #nodes = new Map<number, { reach: Reach; rows: (StockRow | null)[]; penaltyMicros: Float64Array }>();

  constructor(demands: number) {
    this.#demands = demands;
  }

  refuse(ineligible: Ineligible): void {
    this.refused.push(ineligible);
  }

  allow(reach: Reach, demand: number, row: StockRow, penaltyMicros: number): void {
    let entry = this.#nodes.get(reach.node);
    if (!entry) {
      const rows = Array.from<StockRow | null>({ length: this.#demands }).fill(null);
      this.#nodes.set(reach.node, (entry = { reach, rows, penaltyMicros: new Float64Array(this.#demands) }));
    }
    entry.rows[demand] = row;
    entry.penaltyMicros[demand] = penaltyMicros;
  }

  nodes(): CandidateNode[] {
    return [...this.#nodes.values()]
      .sort((a, b) => a.reach.node - b.reach.node)
      .map(({ reach, rows, penaltyMicros }) => ({
        node: reach.node,
        distanceKm: reach.lane.distanceKm,
        shipDays: reach.shipDays,
        rows,
        penaltyMicros,
      }));
  }
}
