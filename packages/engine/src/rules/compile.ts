// Decides whether the rules of a policy can be run: their conditions, what their effects may read, names used once.
// Leaves asking them to the rule program and the interpreter, and what effects change to candidates/.
import { type Issue, pointer, shown } from '../base/issue.ts';
import { orderBy } from '../base/order-by.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { RuleEffect } from '../model/effect.ts';
import type { NamedCondition, Rule } from '../model/policy.ts';
import { FACTS_BY_NAME, type FactScope } from './catalogue.ts';
import { type Condition, leavesOf } from './condition.ts';
import { EFFECTS_BY_TYPE, READABLE } from './effects.ts';
import { type ConditionWalk, type NamedConditions, parseConditions, startWalk } from './parse-condition.ts';

export { MAX_CONDITION_DEPTH, MAX_CONDITIONS, MAX_VALUE_LENGTH, MAX_VALUES } from './parse-condition.ts';

/** Conditions over all rules of a policy, names looked up. */
export const MAX_POLICY_CONDITIONS = 20_000;

/** A rule that is known to run. */
export interface CompiledRule {
  readonly name: string;
  /** Where it stands in the policy's list of rules. */
  readonly written: number;
  readonly effect: RuleEffect;
  readonly when: Condition;
  /** For `require` and `prefer`: which nodes. */
  readonly nodes: Condition | null;
  /** Facts it reads, in the order of their names. */
  readonly facts: readonly string[];
  readonly scopes: ReadonlySet<FactScope>;
}

/** Checks all rules; the result has those that are on, in the order in which they are asked: by priority, then as written. */
export function compileRules(
  rules: readonly Rule[],
  base: string,
  conditions: readonly NamedCondition[] = [],
  conditionsBase = '/conditions',
): Result<CompiledRule[], Issue[]> {
  const issues: Issue[] = [];
  const named = nameConditions(conditions, conditionsBase, issues);
  const names = new Set<string>();
  let total = 0;
  const compiled = rules.map((rule, written) => {
    const path = pointer(base, written);
    if (names.has(rule.name)) {
      const message = `Two rules are called ${shown(rule.name)}. Give each its own name: explanations refer to it.`;
      issues.push({ code: 'duplicate-id', path: pointer(path, 'name'), message });
    }
    names.add(rule.name);
    const walk = startWalk(named, issues);
    const entry = total > MAX_POLICY_CONDITIONS ? undefined : compileRule(rule, written, path, walk);
    if (total <= MAX_POLICY_CONDITIONS && total + walk.count > MAX_POLICY_CONDITIONS) {
      const message = `More than ${MAX_POLICY_CONDITIONS} conditions in all, names looked up. Split the policy.`;
      issues.push({ code: 'too-large', path, message });
    }
    total += walk.count;
    return { priority: rule.priority ?? 1, written, entry };
  });
  if (issues.length > 0) return fail(distinct(issues));
  const inOrder = compiled
    .filter(({ written }) => rules[written]!.enabled !== false)
    .sort(
      orderBy(
        ({ priority }) => -priority,
        ({ written }) => written,
      ),
    );
  return succeed(inOrder.map(({ entry }) => entry!));
}

/** The named conditions by name; each is checked once where it stands. */
export function nameConditions(conditions: readonly NamedCondition[], base: string, issues: Issue[]): NamedConditions {
  const named = new Map<string, { conditions: unknown; path: string }>();
  for (const [index, { name, conditions: given }] of conditions.entries()) {
    const path = pointer(base, index);
    if (named.has(name)) {
      const message = `Two conditions are called ${shown(name)}. Give each its own name: rules refer to it.`;
      issues.push({ code: 'duplicate-id', path: pointer(path, 'name'), message });
    } else named.set(name, { conditions: given, path: pointer(path, 'conditions') });
  }
  for (const [name, { conditions: given, path }] of named) {
    const walk = startWalk(named, issues);
    walk.trail.push(name);
    parseConditions(given, path, walk);
  }
  return named;
}

function compileRule(rule: Rule, written: number, path: string, walk: ConditionWalk): CompiledRule | undefined {
  const effect = rule.event;
  const paramsPath = pointer(pointer(path, 'event'), 'params');
  const when = parseConditions(rule.conditions, pointer(path, 'conditions'), walk);
  const nodes =
    effect.type === 'require' || effect.type === 'prefer'
      ? parseConditions(effect.params.nodes, pointer(paramsPath, 'nodes'), walk)
      : null;
  walk.issues.push(...effectIssues(effect, paramsPath));
  if (!when || nodes === undefined) return undefined;
  const leaves = [...leavesOf(when), ...(nodes ? leavesOf(nodes) : [])];
  const readable = READABLE[EFFECTS_BY_TYPE.get(effect.type)!.scope];
  for (const { fact, other, path: at } of leaves) {
    for (const name of other === null ? [fact] : [fact, other]) {
      if (readable.includes(FACTS_BY_NAME.get(name)!.scope)) continue;
      const message = `A rule with the effect ${effect.type} reads facts of ${readable.join(', ')} only; ${shown(name)} is none of them.`;
      walk.issues.push({ code: 'bad-rule', path: pointer(at, name === fact ? 'fact' : 'value'), message });
    }
  }
  const facts = [...new Set(leaves.flatMap(({ fact, other }) => (other === null ? [fact] : [fact, other])))].sort();
  const scopes = new Set(facts.map((name) => FACTS_BY_NAME.get(name)!.scope));
  return { name: rule.name, written, effect, when, nodes, facts, scopes };
}

/** Parameters that make no sense together. */
function effectIssues(effect: RuleEffect, path: string): Issue[] {
  const issue = (message: string): Issue[] => [{ code: 'bad-rule', path, message }];
  if (effect.type === 'sourcing-buffer') {
    const { units, coverDays } = effect.params;
    return units === undefined && coverDays === undefined ? issue('Give units, coverDays or both.') : [];
  }
  if (effect.type !== 'when-unsourced') return [];
  const { action, cancelAfterHours, strategy } = effect.params;
  if ((action === 'next-strategy') !== (strategy !== undefined)) {
    return issue('Give a strategy with the action next-strategy, and with no other.');
  }
  return cancelAfterHours !== undefined && action !== 'queue'
    ? issue('cancelAfterHours goes with the action queue only.')
    : [];
}

/** Conditions under a name are met by each rule that asks for them: what is wrong with them is said once. */
function distinct(issues: readonly Issue[]): Issue[] {
  const seen = new Set<string>();
  return issues.filter(({ code, path, message }) => {
    const key = `${code}\n${path}\n${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
