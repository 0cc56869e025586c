// Decides what may supply each demand of an order: nodes that stock it, that the rules allow, that a rate card reaches in time.
// Leaves stock and capacity left to the ledger, and money to costs/.
import { localTime } from '../base/time.ts';
import type { Limits } from '../model/limits.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { Order, OrderLine } from '../model/order.ts';
import type { Policy } from '../model/policy.ts';
import type { LaneView as RuleLane } from '../rules/facts/fact.ts';
import type { ReadFact } from '../rules/interpret.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { RuleCounts } from '../rules/rule-counts.ts';
import { lineMilligrams } from './billable-weight.ts';
import type { CandidateDemand, CandidateNode, CandidateService, Ineligible, OrderCandidates } from './candidate.ts';
import { createCascadeViews } from './cascade-views.ts';
import { createEligibility } from './eligibility.ts';
import type { LaneView } from './lanes.ts';
import { createReach, promiseDayOf, type Reach, type Reached, reachRulesOf } from './reach.ts';
import { laneFrom } from './way.ts';

/** For services, whatever the days. */
const NO_DATES = { placedDay: 0, promiseDay: 0 };

export interface Enumerator {
  candidatesOf(order: Order): Promise<OrderCandidates>;
  /** For explanations: reads the facts of one line at one stock row as the rules saw them. */
  factsOf(order: Order, line: OrderLine, row: StockRow): ReadFact;
}

/** What is noted on the way; it changes nothing of what may supply an order. */
export interface Noting {
  /** Learns how rules fared; left out, nothing is counted. */
  readonly counts?: RuleCounts | undefined;
  /** Whether `ineligible` is listed, as explanations need it; true where left out. */
  readonly refusals?: boolean;
}

/** Holds what all orders of a wave share: compiled calendars, tariffs and rules. */
export function createEnumerator(
  network: Network,
  policy: Policy,
  book: RuleBook,
  limits: Limits,
  { counts, refusals = true }: Noting = {},
): Enumerator {
  const { snapshot } = network;
  const eligibility = createEligibility(book, network, counts, policy.allow.minPartValueMicros ?? 0);
  const viewCascade = book.cascade && createCascadeViews(book.cascade, network);
  const zeros = createZeros();
  const reachOf = createReach(network, reachRulesOf(policy, limits));

  const candidatesOf = async (asked: Order): Promise<OrderCandidates> => {
    const terms = eligibility.startOrder(asked);
    const { order } = terms;
    const placed = localTime(Date.parse(order.placedAt), snapshot.timeZone);
    const promiseDay = promiseDayOf(order, placed.day, policy.promise.defaultDays);
    const demands = demandsOf(order, network);
    const draft = new Draft(demands.length, zeros, refusals);
    const found = { order, terms, placedDay: placed.day, promiseDay, demands };
    if (terms.heldBy !== null) {
      for (const [demand, { rows }] of demands.entries()) {
        for (const { node } of rows) draft.refuse({ node, demand, code: 'order-held', rule: terms.heldBy });
      }
      return { ...found, nodes: [], ineligible: draft.refused };
    }
    const weightMilligrams = orderMilligrams(demands);
    const reachable = reachOf(order, weightMilligrams, { placedDay: placed.day, promiseDay });
    const reaches = new Map<number, Reach>();
    const reached: number[] = [];
    const lanes: RuleLane[] = [];
    for (const { node } of demands.flatMap(({ rows }) => rows)) {
      if (reaches.has(node)) continue;
      const reach = reachable.from(node);
      reaches.set(node, reach);
      if (reach.refusal) continue;
      reached.push(node);
      lanes.push(ruleLane(reach.lane, reach.services, weightMilligrams));
    }
    eligibility.setLanes(reached, lanes);
    for (const [index, demand] of demands.entries()) {
      const open = demand.rows.filter(({ node }) => !reaches.get(node)!.refusal);
      const { refusedBy, penaltyMicros } = eligibility.judge(demand, open);
      let position = 0;
      for (const row of demand.rows) {
        const reach = reaches.get(row.node)!;
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
    const nodes = draft.nodes();
    const cascade = viewCascade?.(asked, demands, nodes, { nodes: reached, lanes });
    return { ...found, nodes, ineligible: draft.refused, ...(cascade && { cascade }) };
  };

  const weights = new WeakMap<Order, number>();
  const weightOf = (order: Order): number => {
    let weight = weights.get(order);
    if (weight === undefined) weights.set(order, (weight = orderMilligrams(demandsOf(order, network))));
    return weight;
  };
  const factsOf: Enumerator['factsOf'] = (order, line, row) => {
    const weightMilligrams = weightOf(order);
    const lane = laneFrom(network, row.node, order);
    const services = reachOf(order, weightMilligrams, NO_DATES).services(row.node);
    return eligibility.reader(order, line, row, ruleLane(lane, services, weightMilligrams));
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
    let weightMilligrams = 0;
    let actualMilligrams = 0;
    for (const line of lines) {
      const { billable, actual } = lineMilligrams(line, item, network.snapshot.parcels);
      weightMilligrams += billable;
      actualMilligrams += actual;
    }
    return {
      sku,
      item,
      lines,
      quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
      weightMilligrams,
      ...(actualMilligrams === weightMilligrams ? {} : { actualMilligrams }),
      rows: network.rowsOf.get(sku) ?? [],
    };
  });
}

/** Collects allowed and refused pairs of one order. */
class Draft {
  readonly refused: Ineligible[] = [];
  readonly #nodes = new Map<number, CandidateDraft>();
  readonly #uncharged: Float64Array;
  readonly #listsRefused: boolean;

  constructor(demands: number, uncharged: (demands: number) => Float64Array, listsRefused: boolean) {
    this.#uncharged = uncharged(demands);
    this.#listsRefused = listsRefused;
  }

  refuse(ineligible: Ineligible): void {
    if (this.#listsRefused) this.refused.push(ineligible);
  }

  allow({ node, lane, shipDays }: Reached, demand: number, row: StockRow, penaltyMicros: number): void {
    let entry = this.#nodes.get(node);
    if (!entry) {
      const rows = Array.from<StockRow | null>({ length: this.#uncharged.length }).fill(null);
      entry = { node, distanceKm: lane.distanceKm, shipDays, rows, penaltyMicros: this.#uncharged };
      this.#nodes.set(node, entry);
    }
    entry.rows[demand] = row;
    if (penaltyMicros === 0) return;
    if (entry.penaltyMicros === this.#uncharged) entry.penaltyMicros = this.#uncharged.slice();
    entry.penaltyMicros[demand] = penaltyMicros;
  }

  nodes(): CandidateNode[] {
    return [...this.#nodes.values()].sort((a, b) => a.node - b.node);
  }
}

interface CandidateDraft extends CandidateNode {
  readonly rows: (StockRow | null)[];
  penaltyMicros: Float64Array;
}

/** One array of zeros for each count, shared by all that are charged nothing. */
function createZeros(): (count: number) => Float64Array {
  const known = new Map<number, Float64Array>();
  return (count) => {
    let zeros = known.get(count);
    if (!zeros) known.set(count, (zeros = new Float64Array(count)));
    return zeros;
  };
}
