// Decides what may supply each demand of an order: nodes that stock it, that the rules allow, that a rate card reaches in time.
// Leaves stock and capacity left to the ledger, and money to costs/.
import type { LocalTime } from '../base/time.ts';
import { dayNumber, localTime } from '../base/time.ts';
import type { Limits } from '../model/limits.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { Order, OrderLine } from '../model/order.ts';
import type { Policy } from '../model/policy.ts';
import { MAX_PARCELS } from '../model/rate-card.ts';
import { lineWeightGrams } from '../rules/facts.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type {
  CandidateDemand,
  CandidateNode,
  CandidateService,
  Ineligible,
  OrderCandidates,
  ShipDay,
} from './candidate.ts';
import { createEligibility, type LineJudge, type Verdict } from './eligibility.ts';
import { type LaneView, laneTo, parcelMilligrams, zoneFor } from './lanes.ts';
import { compileDelivery, compileSchedule, type Schedule } from './schedule.ts';

export interface Enumerator {
  candidatesOf(order: Order): Promise<OrderCandidates>;
  /** For explanations: reads the facts of one line at one node as the rules saw them. */
  factsOf(order: Order, line: OrderLine, node: number, row: StockRow): Promise<(name: string) => unknown>;
}

/** Holds what all orders of a wave share: compiled calendars, tariffs and rules. */
export function createEnumerator(network: Network, policy: Policy, book: RuleBook, limits: Limits): Enumerator {
  const { snapshot } = network;
  const asOfMs = Date.parse(snapshot.asOf);
  const asOfDay = localTime(asOfMs, snapshot.timeZone).day;
  const eligibility = createEligibility(book, network);
  const schedules = network.calendars.map(compileSchedule);
  const services = createServices(network);
  const dayCount = Math.min(limits.shipDaysPerNode, policy.allow.maxShipDelayDays + 1);

  const candidatesOf = async (order: Order): Promise<OrderCandidates> => {
    const placed = localTime(Date.parse(order.placedAt), snapshot.timeZone);
    const promiseDay = order.promiseBy ? dayNumber(order.promiseBy) : placed.day + policy.promise.defaultDays;
    const takenUpAt = memoByZone(Math.max(Date.parse(order.placedAt), asOfMs));
    const demands = demandsOf(order, network);
    const draft = new Draft(demands.length);
    const judge = eligibility.forOrder(order, placed, asOfDay);
    const lineJudges: LineJudge[][] = [];
    for (const demand of demands) {
      const ofDemand: LineJudge[] = [];
      for (const line of demand.lines) ofDemand.push(await judge.forLine(line));
      lineJudges.push(ofDemand);
    }
    const weightMilligrams = demands.reduce((sum, demand) => sum + demand.weightMilligrams, 0);
    const servicesOf = services(order, weightMilligrams);
    const reachable = new Map<number, Reach>();
    const reachOf = (node: number): Reach =>
      reachFrom(network, node, order, schedules[node]!, takenUpAt, servicesOf, dayCount, {
        promiseDay,
        maxLateDays: policy.allow.maxLateDays ?? Infinity,
      });
    for (const [index, demand] of demands.entries()) {
      for (const row of demand.rows) {
        let reach = reachable.get(row.node);
        if (!reach) {
          reach = reachOf(row.node);
          reachable.set(row.node, reach);
        }
        const code = reach.refusal;
        if (code) {
          draft.refuse({ node: row.node, demand: index, code, rule: null });
          continue;
        }
        const verdict = await judgeDemand(lineJudges[index]!, row, reach.lane.distanceKm);
        if (verdict.excludedBy !== null) {
          draft.refuse({ node: row.node, demand: index, code: 'rule-excluded', rule: verdict.excludedBy });
        } else draft.allow(reach, index, row, verdict.penaltyMicros);
      }
    }
    return { order, placedDay: placed.day, promiseDay, demands, nodes: draft.nodes(), ineligible: draft.refused };
  };

  const factsOf: Enumerator['factsOf'] = async (order, line, node, row) => {
    const placed = localTime(Date.parse(order.placedAt), snapshot.timeZone);
    const judge = await eligibility.forOrder(order, placed, asOfDay).forLine(line);
    return judge.reader(node, row, laneTo(network, node, order.destination).distanceKm);
  };
  return { candidatesOf, factsOf };
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

/** Every line must be allowed; the highest charge of its lines counts, as they travel as one. */
async function judgeDemand(judges: readonly LineJudge[], row: StockRow, distanceKm: number | null): Promise<Verdict> {
  let penaltyMicros = 0;
  for (const judge of judges) {
    const answer = judge.judge(row.node, row, distanceKm);
    const verdict = answer instanceof Promise ? await answer : answer;
    if (verdict.excludedBy !== null) return verdict;
    penaltyMicros = Math.max(penaltyMicros, verdict.penaltyMicros);
  }
  return { excludedBy: null, penaltyMicros };
}

/** How a node reaches an order's destination, or why it does not. */
interface Reach {
  readonly node: number;
  readonly lane: LaneView;
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
  if (network.nodes[node]!.status === 'closed') return { node, lane, shipDays: [], refusal: 'node-closed' };
  const services = servicesOf(node, lane);
  if (services.length === 0) return { node, lane, shipDays: [], refusal: 'no-rate' };
  const shipDays = schedule.shipDays(takenUpAt(schedule.timeZone), dayCount).flatMap((day): ShipDay[] => {
    const inTime = services
      .map((service) => {
        const deliverDay = service.deliverDay(day);
        return { service, deliverDay, lateDays: Math.max(0, deliverDay - promise.promiseDay) };
      })
      .filter((entry) => entry.lateDays <= promise.maxLateDays);
    return inTime.length > 0 ? [{ day, services: inTime }] : [];
  });
  return { node, lane, shipDays, refusal: shipDays.length > 0 ? null : 'too-late' };
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
