// Decides what the policy's rules say of an order and of the nodes that may supply its demands: limits, refusals, charges.
// Asks each rule of all nodes at once; leaves the meaning of a rule to rules/.
import { localTime } from '../base/time.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { Order, OrderLine } from '../model/order.ts';
import type { RuleEffect } from '../model/effect.ts';
import { factReader } from '../rules/fact-reader.ts';
import type { LaneView } from '../rules/facts/fact.ts';
import type { ReadFact } from '../rules/interpret.ts';
import { unitPriceMicros } from '../rules/line-amounts.ts';
import { type OrderTerms, orderTerms } from '../rules/order-terms.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { RuleCounts } from '../rules/rule-counts.ts';
import { countBits, fillBits } from '../rules/node-bits.ts';
import { RuleWave, type StockRows } from '../rules/rule-wave.ts';
import type { CandidateDemand } from './candidate.ts';
import { nodeViews, orderViews, stockView, timeView } from './fact-views.ts';

/** What the rules say of a demand at each of the rows that were asked; there may be room behind them. */
export interface Verdicts {
  /** Position of the first rule that refuses the row's node, -1 where none does. */
  readonly refusedBy: Int32Array;
  readonly penaltyMicros: Float64Array;
}

/** Asked in this order: `startOrder`, `setLanes`, then each demand. */
export interface Eligibility {
  startOrder(order: Order): OrderTerms;
  /** The ways from the nodes that reach the order's destination. */
  setLanes(nodes: readonly number[], lanes: readonly LaneView[]): void;
  /** `rows` are rows of the demand at nodes with a lane. The answer is good until the next is asked for. */
  judge(demand: CandidateDemand, rows: readonly StockRow[]): Verdicts;
  /** Reads any fact of the catalogue for a line at a row, as the rules saw it. */
  reader(order: Order, line: OrderLine, row: StockRow, lane: LaneView): ReadFact;
}

/** Without `counts` nothing is counted of the rules; what they decide is the same. */
export function createEligibility(
  book: RuleBook,
  network: Network,
  counts: RuleCounts | undefined,
  policyMinPartValueMicros: number,
): Eligibility {
  const { snapshot } = network;
  const asOfDay = localTime(Date.parse(snapshot.asOf), snapshot.timeZone).day;
  const time = timeView(snapshot);
  const nodes = nodeViews(network);
  const viewOf = orderViews(network);
  const wave = new RuleWave(book.program, time, nodes);
  const judge = new LineJudge(book, wave, counts);
  const stocks = new Map<readonly StockRow[], StockRows>();
  const stockOf = (rows: readonly StockRow[]): StockRows => {
    let stock = stocks.get(rows);
    if (!stock) {
      stock = { nodes: rows.map(({ node }) => node), views: () => rows.map((row) => stockView(row, asOfDay)) };
      stocks.set(rows, stock);
    }
    return stock;
  };
  return {
    startOrder: (order) => {
      const view = viewOf(order);
      wave.startOrder(view);
      const holding = book.at.order.filter((rule) => wave.strikes(rule, 0));
      const terms = orderTerms(order, () => view.placed.day, book.rules, holding, policyMinPartValueMicros);
      if (counts) countOrder(counts, book, order, terms, holding);
      return terms;
    },
    setLanes: (nodesReached, lanes) => wave.setLanes(nodesReached, lanes),
    judge: (demand, rows) => {
      const verdicts = judge.verdicts(rows.length);
      if (book.at.candidate.length === 0 || rows.length === 0) return verdicts;
      const stock = stockOf(demand.rows);
      // Rows are a selection of the demand's, in its order: as many are the same.
      const asked = rows.length === demand.rows.length ? stock.nodes : rows.map(({ node }) => node);
      judge.ask(asked);
      for (const line of demand.lines) {
        wave.setLine({ line, item: demand.item }, stock, asked);
        judge.judge(lineValueMicros(demand, line));
      }
      return verdicts;
    },
    reader: (order, line, row, lane) => {
      const item = network.items.get(line.sku);
      return factReader({
        time,
        order: viewOf(order),
        line: { line, item },
        item: { sku: line.sku, item },
        node: nodes[row.node]!,
        lane,
        stock: stockView(row, asOfDay),
      });
    },
  };
}

function countOrder(
  counts: RuleCounts,
  book: RuleBook,
  order: Order,
  terms: OrderTerms,
  holding: readonly number[],
): void {
  for (const rule of book.at.order) counts.asked[rule]! += 1;
  for (const rule of holding) {
    counts.held[rule]! += 1;
    if (changesOrder(book.rules[rule]!.effect, order, terms, rule)) counts.changed[rule]! += 1;
  }
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
class LineJudge {
  readonly #wave: RuleWave;
  readonly #rules: CandidateRules;
  readonly #counts: RuleCounts | undefined;
  /** Nodes that are asked, then of those the ones that a line of the demand may not be sent from. */
  readonly #asked: Uint32Array;
  readonly #refused: Uint32Array;
  /** By node: its position among those asked. */
  readonly #position: Int32Array;
  readonly #refusedBy: Int32Array;
  readonly #penaltyMicros: Float64Array;
  readonly #charges: Float64Array;
  #count = 0;

  constructor(book: RuleBook, wave: RuleWave, counts: RuleCounts | undefined) {
    this.#wave = wave;
    this.#rules = splitCandidateRules(book);
    this.#counts = counts;
    this.#asked = new Uint32Array(wave.words);
    this.#refused = new Uint32Array(wave.words);
    this.#position = new Int32Array(wave.words * 32);
    this.#refusedBy = new Int32Array(wave.words * 32);
    this.#penaltyMicros = new Float64Array(wave.words * 32);
    this.#charges = new Float64Array(wave.words * 32);
  }

  /** Nothing refused and nothing charged, for so many rows. */
  verdicts(count: number): Verdicts {
    this.#count = count;
    this.#refusedBy.fill(-1, 0, count);
    this.#penaltyMicros.fill(0, 0, count);
    return { refusedBy: this.#refusedBy, penaltyMicros: this.#penaltyMicros };
  }

  ask(nodes: readonly number[]): void {
    fillBits(this.#asked, nodes);
    this.#refused.fill(0);
    for (let index = 0; index < nodes.length; index++) this.#position[nodes[index]!] = index;
  }

  /** Judges the line that the wave is set to. */
  judge(valueMicros: number): void {
    const { refusing, charging } = this.#rules;
    for (const rule of refusing) this.#refuse(rule);
    if (charging.length === 0) return;
    this.#charges.fill(0, 0, this.#count);
    for (const { rule, perLineMicros, valuePercent } of charging) {
      this.#charge(rule, chargeMicros(perLineMicros, valuePercent, valueMicros));
    }
    for (let index = 0; index < this.#count; index++) {
      const micros = this.#charges[index]!;
      if (micros > this.#penaltyMicros[index]!) this.#penaltyMicros[index] = micros;
    }
  }

  #refuse(rule: number): void {
    let held = 0;
    let changed = 0;
    for (let word = 0; word < this.#asked.length; word++) {
      const struck = this.#wave.struck(rule, word, this.#asked[word]!);
      if (struck === 0) continue;
      if (this.#counts) held += countBits(struck);
      let fresh = struck & ~this.#refused[word]!;
      this.#refused[word]! |= struck;
      for (; fresh !== 0; fresh &= fresh - 1) {
        this.#refusedBy[this.#position[word * 32 + 31 - Math.clz32(fresh & -fresh)]!] = rule;
        changed += 1;
      }
    }
    this.#note(rule, held, changed);
  }

  /** Nodes that are refused are not charged. */
  #charge(rule: number, micros: number): void {
    let held = 0;
    let changed = 0;
    for (let word = 0; word < this.#asked.length; word++) {
      const struck = this.#wave.struck(rule, word, this.#asked[word]!);
      if (struck === 0) continue;
      if (this.#counts) held += countBits(struck);
      if (micros === 0) continue;
      for (let fresh = struck & ~this.#refused[word]!; fresh !== 0; fresh &= fresh - 1) {
        this.#charges[this.#position[word * 32 + 31 - Math.clz32(fresh & -fresh)]!]! += micros;
        changed += 1;
      }
    }
    this.#note(rule, held, changed);
  }

  #note(rule: number, held: number, changed: number): void {
    if (!this.#counts) return;
    this.#counts.asked[rule]! += this.#count;
    this.#counts.held[rule]! += held;
    this.#counts.changed[rule]! += changed;
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
