// Decides what the policy's rules say of an order and of the nodes that may supply its demands: limits, refusals, charges.
// Asks each rule of all nodes at once; leaves the meaning of a rule to rules/.
import { localTime } from '../base/time.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { Order, OrderLine } from '../model/order.ts';
import type { RuleEffect } from '../model/effect.ts';
import { factReader } from '../rules/fact-reader.ts';
import type { LaneView, StockView } from '../rules/facts/fact.ts';
import type { ReadFact } from '../rules/interpret.ts';
import { unitPriceMicros } from '../rules/line-amounts.ts';
import { type OrderTerms, orderTerms } from '../rules/order-terms.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { RuleCounts } from '../rules/rule-counts.ts';
import { RuleWave } from '../rules/rule-wave.ts';
import type { CandidateDemand } from './candidate.ts';
import { nodeViews, orderView, stockView, timeView } from './fact-views.ts';

/** What the rules say of a demand at each of the rows that were asked. */
export interface Verdicts {
  /** Position of the first rule that refuses the row's node, -1 where none does. */
  readonly refusedBy: Int32Array;
  readonly penaltyMicros: Float64Array;
}

/** Asked in this order: `startOrder`, `setLanes`, then each demand. */
export interface Eligibility {
  startOrder(order: Order): OrderTerms;
  /** The ways from the nodes that reach the order's destination, by node position. */
  setLanes(lanes: ReadonlyMap<number, LaneView>): void;
  /** `rows` are rows of the demand at nodes with a lane. */
  judge(demand: CandidateDemand, rows: readonly StockRow[]): Verdicts;
  /** Reads any fact of the catalogue for a line at a row, as the rules saw it. */
  reader(order: Order, line: OrderLine, row: StockRow, lane: LaneView): ReadFact;
}

export function createEligibility(
  book: RuleBook,
  network: Network,
  counts: RuleCounts,
  policyMinPartValueMicros: number,
): Eligibility {
  const { snapshot } = network;
  const asOfDay = localTime(Date.parse(snapshot.asOf), snapshot.timeZone).day;
  const time = timeView(snapshot);
  const nodes = nodeViews(network);
  const wave = new RuleWave(book.program, time, nodes);
  const candidateRules = splitCandidateRules(book);
  const stockOf = (demand: CandidateDemand): ((node: number) => StockView) => {
    const rows = new Map(demand.rows.map((row) => [row.node, row]));
    return (node) => stockView(rows.get(node)!, asOfDay);
  };
  return {
    startOrder: (order) => {
      const view = orderView(order, network);
      wave.startOrder(view);
      const holding = book.at.order.filter((rule) => wave.strikes(rule, 0));
      for (const rule of book.at.order) counts.asked[rule]! += 1;
      const terms = orderTerms(order, view.placed.day, book.rules, holding, policyMinPartValueMicros);
      for (const rule of holding) {
        counts.held[rule]! += 1;
        if (changesOrder(book.rules[rule]!.effect, order, terms, rule)) counts.changed[rule]! += 1;
      }
      return terms;
    },
    setLanes: (lanes) => wave.setLanes([...lanes.keys()], (node) => lanes.get(node)!),
    judge: (demand, rows) => {
      const verdicts = {
        refusedBy: new Int32Array(rows.length).fill(-1),
        penaltyMicros: new Float64Array(rows.length),
      };
      if (book.at.candidate.length === 0 || rows.length === 0) return verdicts;
      const stocked = demand.rows.map((row) => row.node);
      const asked = rows.map((row) => row.node);
      const views = stockOf(demand);
      for (const line of demand.lines) {
        wave.setLine({ line, item: demand.item }, stocked, views, asked);
        judgeLine(wave, candidateRules, counts, asked, lineValueMicros(demand, line), verdicts);
      }
      return verdicts;
    },
    reader: (order, line, row, lane) => {
      const item = network.items.get(line.sku);
      return factReader({
        time,
        order: orderView(order, network),
        line: { line, item },
        item: { sku: line.sku, item },
        node: nodes[row.node]!,
        lane,
        stock: stockView(row, asOfDay),
      });
    },
  };
}

/** Refusing and charging rules of a book, each in the order in which they are asked. */
interface CandidateRules {
  readonly refusing: readonly number[];
  readonly charging: readonly {
    readonly rule: number;
    readonly perLineMicros: number;
    readonly valuePercent: number;
  }[];
}

function splitCandidateRules(book: RuleBook): CandidateRules {
  const refusing: number[] = [];
  const charging: CandidateRules['charging'][number][] = [];
  for (const rule of book.at.candidate) {
    const { effect } = book.rules[rule]!;
    if (effect.type === 'exclude' || effect.type === 'require') refusing.push(rule);
    else if (effect.type === 'penalise' || effect.type === 'prefer') {
      charging.push({
        rule,
        perLineMicros: effect.params.perLineMicros,
        valuePercent: effect.params.valuePercent ?? 0,
      });
    }
  }
  return { refusing, charging };
}

/** Every line must be allowed; the highest charge of its lines counts, as they travel as one. */
function judgeLine(
  wave: RuleWave,
  { refusing, charging }: CandidateRules,
  counts: RuleCounts,
  nodes: readonly number[],
  valueMicros: number,
  { refusedBy, penaltyMicros }: Verdicts,
): void {
  // A node that an earlier line of the demand may not be sent from stays refused by that line's rule.
  const refused = refusedBy.slice();
  for (const rule of refusing) {
    counts.asked[rule]! += nodes.length;
    if (wave.strikesNone(rule)) continue;
    for (let index = 0; index < nodes.length; index++) {
      if (!wave.strikes(rule, nodes[index]!)) continue;
      counts.held[rule]! += 1;
      if (refused[index] !== -1) continue;
      counts.changed[rule]! += 1;
      refused[index] = rule;
    }
  }
  const charges = new Float64Array(nodes.length);
  for (const { rule, perLineMicros, valuePercent } of charging) {
    counts.asked[rule]! += nodes.length;
    if (wave.strikesNone(rule)) continue;
    const micros = chargeMicros(perLineMicros, valuePercent, valueMicros);
    for (let index = 0; index < nodes.length; index++) {
      if (!wave.strikes(rule, nodes[index]!)) continue;
      counts.held[rule]! += 1;
      if (refused[index] === -1 && micros > 0) counts.changed[rule]! += 1;
      charges[index]! += micros;
    }
  }
  for (let index = 0; index < nodes.length; index++) {
    refusedBy[index] = refused[index]!;
    penaltyMicros[index] = Math.max(penaltyMicros[index]!, charges[index]!);
  }
}

/** The fixed part and the share of the line's value, in whole micros. */
export function chargeMicros(perLineMicros: number, valuePercent: number, valueMicros: number): number {
  return perLineMicros + Math.round((valueMicros * valuePercent) / 100);
}

function lineValueMicros({ item }: CandidateDemand, line: OrderLine): number {
  return unitPriceMicros(line, item) * line.quantity;
}

/** Whether an order's terms are other for the rule than the order itself asks for. */
function changesOrder(effect: RuleEffect, order: Order, terms: OrderTerms, rule: number): boolean {
  switch (effect.type) {
    case 'max-shipments':
      return effect.params.shipments < (order.maxShipments ?? Infinity);
    case 'ship-complete':
      return !order.shipComplete;
    case 'allow-partial':
      return !terms.order.shipComplete;
    case 'hold':
      return terms.heldBy === rule;
    case 'promise-by':
      return order.promiseBy === undefined;
    case 'min-part-value':
      return terms.order.minPartValueMicros === effect.params.minPartValueMicros;
    case 'unsourced-penalty':
      return terms.unsourcedPercent === effect.params.percent && effect.params.percent !== 100;
    case 'when-unsourced':
      return terms.whenUnsourced?.rule === rule;
    default:
      return false;
  }
}
