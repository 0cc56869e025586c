// Decides which demands a node may supply under the policy's rules, and what rules charge for it.
// Asks each rule once for each distinct set of fact values; leaves the meaning of a rule to rules/.
import type { LocalTime } from '../base/time.ts';
import { sourceableBy } from '../inventory/sourceable.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { Order, OrderLine } from '../model/order.ts';
import { candidateFacts, type FactValues, lineFacts, nodeFacts, orderFacts } from '../rules/facts.ts';
import type { RuleBook } from '../rules/rule-book.ts';

export interface Verdict {
  /** Position of the first rule that excludes the node, or null. */
  readonly excludedBy: number | null;
  readonly penaltyMicros: number;
}

/** Asked for one order; then for each line, for each node. */
export interface OrderJudge {
  forLine(line: OrderLine): Promise<LineJudge>;
}

export interface LineJudge {
  judge(node: number, row: StockRow, distanceKm: number | null): Promise<Verdict> | Verdict;
  /** Reads any fact of the catalogue for this line at a node, as the rules saw it. */
  reader(node: number, row: StockRow, distanceKm: number | null): (name: string) => unknown;
}

export interface Eligibility {
  forOrder(order: Order, placed: LocalTime, asOfDay: number): OrderJudge;
}

export function createEligibility(book: RuleBook, network: Network): Eligibility {
  const facts = network.nodes.map(nodeFacts);
  const plans = book.rules.map((rule) => planOf(rule.facts, facts));
  return {
    forOrder: (order, placed, asOfDay) => {
      const ofOrder = orderFacts(order, placed, network.items);
      return {
        forLine: (line) => {
          const upper: FactValues = { ...ofOrder, ...lineFacts(line, network.items.get(line.sku)) };
          return createLineJudge(book, plans, facts, upper, asOfDay);
        },
      };
    },
  };
}

/** The facts a rule reads, split by when their values are known, and the nodes in classes of equal node facts. */
interface RulePlan {
  readonly upper: readonly string[];
  readonly pair: readonly string[];
  readonly classOf: readonly number[];
  /** A node of each class. */
  readonly members: readonly number[];
}

function planOf(names: readonly string[], nodes: readonly FactValues[]): RulePlan {
  const within = (...scopes: string[]): string[] => names.filter((name) => scopes.includes(name.split('.')[0]!));
  const ofNode = within('node');
  const numbers = new Map<string, number>();
  const members: number[] = [];
  const classOf = nodes.map((values, node) => {
    const key = keyOf(ofNode, values);
    let number = numbers.get(key);
    if (number === undefined) {
      numbers.set(key, (number = members.length));
      members.push(node);
    }
    return number;
  });
  return { upper: within('order', 'line', 'item'), pair: within('lane', 'stock'), classOf, members };
}

async function createLineJudge(
  book: RuleBook,
  plans: readonly RulePlan[],
  ofNodes: readonly FactValues[],
  upper: FactValues,
  asOfDay: number,
): Promise<LineJudge> {
  const readUpper = (node: number, name: string): unknown => upper[name] ?? ofNodes[node]![name];
  const upperKeys = plans.map((plan) => keyOf(plan.upper, upper));
  // Rules that need no lane or stock are settled here, once for each class of nodes.
  const byClass: boolean[][] = [];
  for (const [rule, plan] of plans.entries()) {
    const answers: boolean[] = [];
    if (plan.pair.length === 0) {
      for (const [number, member] of plan.members.entries()) {
        const answer = book.holds(rule, `${upperKeys[rule]}|${number}`, (name) => readUpper(member, name));
        answers.push(typeof answer === 'boolean' ? answer : await answer);
      }
    }
    byClass.push(answers);
  }
  const pairOf = (row: StockRow, distanceKm: number | null): FactValues =>
    candidateFacts(distanceKm, row.level?.onHand ?? 0, Math.max(0, sourceableBy(row.level, row.receipts, asOfDay)));
  const reader: LineJudge['reader'] = (node, row, distanceKm) => {
    const pair = pairOf(row, distanceKm);
    return (name) => readUpper(node, name) ?? pair[name];
  };
  const hasPairRules = plans.some((plan) => plan.pair.length > 0);
  const judge: LineJudge['judge'] = (node, row, distanceKm) => {
    const settled = (rule: number): boolean | undefined => byClass[rule]![plans[rule]!.classOf[node]!];
    if (!hasPairRules) return verdictOf(book, (rule) => settled(rule)!);
    return judgePairs(node, row, distanceKm, settled);
  };
  const judgePairs = async (
    node: number,
    row: StockRow,
    km: number | null,
    settled: (rule: number) => boolean | undefined,
  ) => {
    const answers: boolean[] = [];
    for (const [rule, plan] of plans.entries()) {
      const key = `${upperKeys[rule]}|${plan.classOf[node]}|${keyOf(plan.pair, pairOf(row, km))}`;
      answers.push(settled(rule) ?? (await book.holds(rule, key, reader(node, row, km))));
    }
    return verdictOf(book, (rule) => answers[rule]!);
  };
  return { judge, reader };
}

function verdictOf(book: RuleBook, holds: (rule: number) => boolean): Verdict {
  let excludedBy: number | null = null;
  let penaltyMicros = 0;
  for (let rule = 0; rule < book.rules.length; rule++) {
    if (!holds(rule)) continue;
    const { effect } = book.rules[rule]!;
    if (effect.type === 'penalise') penaltyMicros += effect.params.perLineMicros;
    else if (excludedBy === null) excludedBy = rule;
  }
  return { excludedBy, penaltyMicros };
}

function keyOf(names: readonly string[], values: FactValues): string {
  let key = '';
  for (const name of names) {
    const value = values[name];
    key += typeof value === 'string' ? `${value.length}:${value};` : `${JSON.stringify(value)};`;
  }
  return key;
}
