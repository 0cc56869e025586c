// Decides whether the strategies of a cascade can be asked: their conditions, facts and names.
// Leaves asking them to candidates/ and following them to solve/baselines.
import { type Issue, pointer, shown } from '../base/issue.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Cascade, CascadeStrategy, Rank } from '../model/cascade.ts';
import type { NamedCondition } from '../model/policy.ts';
import { FACTS_BY_NAME, type FactScope } from './catalogue.ts';
import { type CompiledRule, nameConditions } from './compile.ts';
import { type Condition, leavesOf } from './condition.ts';
import { closest } from './did-you-mean.ts';
import { READABLE } from './effects.ts';
import { type ConditionWalk, type NamedConditions, parseConditions, startWalk } from './parse-condition.ts';
import { buildProgram, type RuleProgram } from './program.ts';

/** A strategy whose conditions are known to run. */
export interface CompiledStrategy {
  readonly strategy: CascadeStrategy;
  readonly orders: Condition | null;
  readonly nodes: Condition | null;
  /** Positions of its conditions among the rules of the program; -1 where it has none. */
  readonly ordersAt: number;
  readonly nodesAt: number;
  /** Facts by which it ranks nodes, in the order of its list. */
  readonly facts: readonly string[];
}

export interface CompiledCascade {
  readonly strategies: readonly CompiledStrategy[];
  readonly program: RuleProgram;
}

const RANKABLE: readonly FactScope[] = ['node', 'lane', 'stock'];

/** Checks all strategies; paths are below `base`. */
export function compileCascade(
  { strategies }: Cascade,
  base: string,
  conditions: readonly NamedCondition[] = [],
  conditionsBase = '/conditions',
): Result<CompiledCascade, Issue[]> {
  const issues: Issue[] = [];
  // What is wrong with the named conditions themselves is reported with the rules.
  const named = nameConditions(conditions, conditionsBase, []);
  const asked: CompiledRule[] = [];
  const names = new Set<string>();
  const compiled = strategies.map((strategy, index): CompiledStrategy => {
    const path = pointer(pointer(base, 'strategies'), index);
    if (names.has(strategy.name)) {
      const message = `Two strategies are called ${shown(strategy.name)}. Give each its own name: explanations refer to it.`;
      issues.push({ code: 'duplicate-id', path: pointer(path, 'name'), message });
    }
    names.add(strategy.name);
    const orders = conditionsAt(strategy, 'orders', path, named, issues);
    const nodes = conditionsAt(strategy, 'nodes', path, named, issues);
    return {
      strategy,
      orders,
      nodes,
      ordersAt: add(asked, strategy.name, 'hold', orders),
      nodesAt: add(asked, strategy.name, 'exclude', nodes),
      facts: rankFacts(strategy.rank ?? [], pointer(path, 'rank'), issues),
    };
  });
  if (issues.length > 0) return fail(issues);
  return succeed({ strategies: compiled, program: buildProgram(asked) });
}

function conditionsAt(
  strategy: CascadeStrategy,
  key: 'orders' | 'nodes',
  base: string,
  named: NamedConditions,
  issues: Issue[],
): Condition | null {
  const given = strategy[key];
  if (given === undefined) return null;
  const walk: ConditionWalk = startWalk(named, issues);
  const condition = parseConditions(given, pointer(base, key), walk);
  if (!condition) return null;
  const readable = READABLE[key === 'orders' ? 'order' : 'candidate'];
  for (const { fact, other, path } of leavesOf(condition)) {
    for (const name of other === null ? [fact] : [fact, other]) {
      if (readable.includes(FACTS_BY_NAME.get(name)!.scope)) continue;
      const message = `Which orders a strategy is for is decided by facts of ${readable.join(', ')} only; ${shown(name)} is none of them.`;
      issues.push({ code: 'bad-rule', path: pointer(path, name === fact ? 'fact' : 'value'), message });
    }
  }
  return condition;
}

/** Conditions are asked as a rule program asks rules: `type` says at which scope. */
function add(asked: CompiledRule[], name: string, type: 'hold' | 'exclude', when: Condition | null): number {
  if (!when) return -1;
  const facts = [
    ...new Set(leavesOf(when).flatMap(({ fact, other }) => (other === null ? [fact] : [fact, other]))),
  ].sort();
  const scopes = new Set(facts.map((fact) => FACTS_BY_NAME.get(fact)!.scope));
  const effect = { type, params: { because: name } };
  return asked.push({ name, written: asked.length, effect, when, nodes: null, facts, scopes }) - 1;
}

function rankFacts(ranks: readonly Rank[], base: string, issues: Issue[]): string[] {
  return ranks.flatMap((rank, index) => {
    if (rank.by !== 'fact') return [];
    const path = pointer(pointer(base, index), 'fact');
    const fact = FACTS_BY_NAME.get(rank.fact);
    if (!fact) {
      const near = closest(rank.fact, [...FACTS_BY_NAME.keys()]);
      const hint = near ? ` Did you mean ${shown(near)}?` : ' See the fact catalogue.';
      issues.push({ code: 'bad-rule', path, message: `${shown(rank.fact)} is no fact.${hint}` });
    } else if (!RANKABLE.includes(fact.scope) || (fact.type !== 'number' && fact.type !== 'flag')) {
      const message = `Nodes are ranked by numbers and flags of ${RANKABLE.join(', ')} only; ${shown(rank.fact)} is none of them.`;
      issues.push({ code: 'bad-rule', path, message });
    }
    return [rank.fact];
  });
}
