// Decides what can be said against a policy's rules in the light of orders: rules that no order ever meets, and orders that rules
// leave without any node, with the smallest set of rules that does it.
import { shown } from './base/issue.ts';
import type { OrderCandidates } from './candidates/candidate.ts';
import { createEnumerator, type Enumerator } from './candidates/enumerate.ts';
import { waveNetwork } from './candidates/wave-rules.ts';
import { DEFAULT_LIMITS } from './model/limits.ts';
import type { Policy } from './model/policy.ts';
import type { Wave } from './model/wave.ts';
import { compilePolicy } from './rules/compile-policy.ts';
import { nodeNameFindings } from './rules/lint/cascade-checks.ts';
import { finding, type LintFinding, removal } from './rules/lint/finding.ts';
import { inOrder, lintPolicy } from './rules/lint/lint-policy.ts';
import type { RuleBook } from './rules/rule-book.ts';
import { createRuleCounts } from './rules/rule-counts.ts';

/** Lines without a node that are looked into one by one; those beyond are not told. */
const MOST_LINES = 2000;

/** The policy's findings and those of the wave; a policy that does not compile has only its own. Paths are below `base`. */
export async function lintScenario(wave: Wave, policy: Policy, base = ''): Promise<LintFinding[]> {
  const own = lintPolicy(policy, base);
  const compiled = compilePolicy(policy);
  if (!compiled.ok) return own;
  const { book } = compiled.value;
  const counts = createRuleCounts(book.rules);
  const network = waveNetwork(wave.snapshot, policy, book, counts);
  const enumerator = createEnumerator(network, policy, book, DEFAULT_LIMITS, { counts });
  const stuck = new Stuck(book, enumerator, base);
  const uncovered: string[] = [];
  for (const order of wave.orders) {
    const candidates = await enumerator.candidatesOf(order);
    stuck.look(candidates);
    if (candidates.cascade?.every(({ isFor }) => !isFor)) uncovered.push(order.orderId);
  }
  const idle = book.rules.flatMap(({ name, written }, rule): LintFinding[] => {
    const path = `${base}/rules/${written}`;
    if (counts.held[rule]! > 0 || own.some((found) => found.rules[0] === name && found.code === 'never-holds'))
      return [];
    const message = `The rule ${shown(name)} never holds in ${wave.orders.length} orders.`;
    return [finding('never-hit', path, message, [name], removal(path, 'Remove the rule, if no other orders need it.'))];
  });
  return inOrder([
    ...own,
    ...idle,
    ...stuck.findings(),
    ...uncoveredFinding(uncovered, base),
    ...nodeNameFindings(policy, wave.snapshot, base),
  ]);
}

function uncoveredFinding(orders: readonly string[], base: string): LintFinding[] {
  const [first] = orders;
  if (first === undefined) return [];
  const many =
    orders.length === 1 ? `Order ${shown(first)} has` : `${orders.length} orders, ${shown(first)} first, have`;
  const message = `${many} no strategy in the cascade: nothing of them is sourced.`;
  return [finding('orders-without-strategy', `${base}/cascade`, message)];
}

/** Lines that rules leave without any node, by the rules that do it. */
class Stuck {
  readonly #book: RuleBook;
  readonly #enumerator: Enumerator;
  readonly #base: string;
  readonly #sets = new Map<string, { readonly rules: readonly number[]; readonly orders: Set<string> }>();
  #looked = 0;

  constructor(book: RuleBook, enumerator: Enumerator, base: string) {
    this.#book = book;
    this.#enumerator = enumerator;
    this.#base = base;
  }

  look(candidates: OrderCandidates): void {
    if (candidates.terms.heldBy !== null) return;
    for (const demand of candidates.demands.keys()) {
      const refused = candidates.ineligible.filter(
        (entry) => entry.demand === demand && entry.code === 'rule-excluded',
      );
      if (refused.length === 0 || candidates.nodes.some(({ rows }) => rows[demand])) continue;
      if (this.#looked === MOST_LINES) return;
      this.#looked += 1;
      const rules = this.#smallestSet(candidates, demand, new Set(refused.map(({ node }) => node)));
      const key = rules.join();
      const known = this.#sets.get(key) ?? { rules, orders: new Set() };
      known.orders.add(candidates.order.orderId);
      this.#sets.set(key, known);
    }
  }

  findings(): LintFinding[] {
    return [...this.#sets.values()].map(({ rules, orders }) => {
      const names = rules.map((rule) => this.#book.rules[rule]!.name);
      const [first] = orders;
      const many =
        orders.size === 1 ? `Order ${shown(first)} has` : `${orders.size} orders, ${shown(first)} first, have`;
      const by = names.map((name) => shown(name)).join(', ');
      const message = `${many} a line that no node may supply: ${names.length === 1 ? 'the rule' : 'the rules'} ${by} ${names.length === 1 ? 'refuses' : 'refuse'} every node that could.`;
      return finding(
        'orders-without-node',
        `${this.#base}/rules/${this.#book.rules[rules[0]!]!.written}`,
        message,
        names,
      );
    });
  }

  /** Rules of which each is needed to refuse every node that the order reaches. */
  #smallestSet({ terms, demands }: OrderCandidates, demand: number, nodes: ReadonlySet<number>): number[] {
    const { rows, lines } = demands[demand]!;
    const refusing = this.#book.at.candidate.filter((rule) => {
      const { type } = this.#book.rules[rule]!.effect;
      return type === 'exclude' || type === 'require';
    });
    const byRow = rows
      .filter(({ node }) => nodes.has(node))
      .map((row) => {
        const reads = lines.map((line) => this.#enumerator.factsOf(terms.asked, line, row));
        return new Set(refusing.filter((rule) => reads.some((read) => this.#book.explain(rule, read).holds)));
      });
    let set = refusing.filter((rule) => byRow.some((refused) => refused.has(rule)));
    for (const rule of [...set].reverse()) {
      const without = set.filter((other) => other !== rule);
      if (byRow.every((refused) => without.some((other) => refused.has(other)))) set = without;
    }
    return set;
  }
}
