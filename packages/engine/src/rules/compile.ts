// Decides whether a rule can be run: its conditions name known facts and operators, its values fit, its size is bounded.
// Leaves running it to reference.ts and the answer's use to candidates/.
import { type Issue, pointer, shown } from '../base/issue.ts';
import { orderBy } from '../base/order-by.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Rule } from '../model/policy.ts';
import { FACTS_BY_NAME, type FactScope, OPERATORS } from './catalogue.ts';
import { closest } from './did-you-mean.ts';

export const MAX_CONDITION_DEPTH = 16;
export const MAX_CONDITIONS = 500;
export const MAX_VALUES = 5000;

/** A rule that is known to run. */
export interface CompiledRule {
  readonly name: string;
  readonly effect: Rule['event'];
  readonly conditions: Rule['conditions'];
  /** Facts it reads, in the order of their names. */
  readonly facts: readonly string[];
  readonly scopes: ReadonlySet<FactScope>;
}

/** Checks all rules; the result is in the order in which they are asked: by priority, then as written. */
export function compileRules(rules: readonly Rule[], base: string): Result<CompiledRule[], Issue[]> {
  const issues: Issue[] = [];
  const names = new Set<string>();
  const compiled = rules.map((rule, index) => {
    const path = pointer(base, index);
    if (names.has(rule.name)) {
      const message = `Two rules are called ${shown(rule.name)}. Give each its own name: explanations refer to it.`;
      issues.push({ code: 'duplicate-id', path: pointer(path, 'name'), message });
    }
    names.add(rule.name);
    const walk: Walk = { facts: new Set(), conditions: 0, issues };
    checkGroup(rule.conditions, pointer(path, 'conditions'), 1, walk);
    const facts = [...walk.facts].sort();
    const scopes = new Set(facts.map((name) => FACTS_BY_NAME.get(name)!.scope));
    return { index, priority: rule.priority ?? 1, rule, facts, scopes };
  });
  if (issues.length > 0) return fail(issues);
  const inOrder = compiled.sort(
    orderBy(
      (entry) => -entry.priority,
      (entry) => entry.index,
    ),
  );
  return succeed(
    inOrder.map(({ rule, facts, scopes }) => ({
      name: rule.name,
      effect: rule.event,
      conditions: rule.conditions,
      facts,
      scopes,
    })),
  );
}

interface Walk {
  readonly facts: Set<string>;
  conditions: number;
  readonly issues: Issue[];
}

function checkCondition(input: unknown, path: string, depth: number, walk: Walk): void {
  walk.conditions += 1;
  if (walk.conditions === MAX_CONDITIONS + 1) {
    report(walk, path, `More than ${MAX_CONDITIONS} conditions. Split the rule.`, 'too-large');
  }
  if (walk.conditions > MAX_CONDITIONS) return;
  if (input === null || typeof input !== 'object' || Array.isArray(input)) {
    report(walk, path, `${shown(input)} is no condition. Give {fact, operator, value} or all, any, not.`);
    return;
  }
  if ('all' in input || 'any' in input || 'not' in input) checkGroup(input, path, depth, walk);
  else checkLeaf(input as Record<string, unknown>, path, walk);
}

function checkGroup(input: object, path: string, depth: number, walk: Walk): void {
  if (depth > MAX_CONDITION_DEPTH) {
    report(walk, path, `Conditions nest deeper than ${MAX_CONDITION_DEPTH}. Flatten them.`, 'too-deep');
    return;
  }
  const keys = Object.keys(input);
  const group = keys[0];
  if (keys.length !== 1 || (group !== 'all' && group !== 'any' && group !== 'not')) {
    report(
      walk,
      path,
      `Give exactly one of all, any, not here; found ${keys.length === 0 ? 'nothing' : keys.join(', ')}.`,
    );
    return;
  }
  const inner = (input as Record<string, unknown>)[group];
  if (group === 'not') {
    checkCondition(inner, pointer(path, 'not'), depth + 1, walk);
  } else if (!Array.isArray(inner) || inner.length === 0) {
    report(walk, pointer(path, group), `${group} holds a list of at least one condition; found ${shown(inner)}.`);
  } else {
    inner.forEach((child, index) => checkCondition(child, pointer(pointer(path, group), index), depth + 1, walk));
  }
}

function checkLeaf(leaf: Record<string, unknown>, path: string, walk: Walk): void {
  for (const key of Object.keys(leaf)) {
    if (!['fact', 'operator', 'value'].includes(key)) {
      report(walk, pointer(path, key), `A condition has fact, operator and value only; remove ${shown(key)}.`);
    }
  }
  checkFact(leaf['fact'], pointer(path, 'fact'), walk);
  const operator = leaf['operator'];
  if (!OPERATORS.some((known) => known.name === operator)) {
    const near = closest(
      String(operator),
      OPERATORS.map((known) => known.name),
    );
    report(
      walk,
      pointer(path, 'operator'),
      `${shown(operator)} is no operator.${near ? ` Did you mean ${shown(near)}?` : ''}`,
    );
  }
  checkValue(leaf['value'], operator === 'in' || operator === 'notIn', pointer(path, 'value'), walk);
}

function checkFact(name: unknown, path: string, walk: Walk): void {
  if (typeof name === 'string' && FACTS_BY_NAME.has(name)) {
    walk.facts.add(name);
    return;
  }
  const near = typeof name === 'string' ? closest(name, [...FACTS_BY_NAME.keys()]) : undefined;
  report(
    walk,
    path,
    `${shown(name)} is no fact.${near ? ` Did you mean ${shown(near)}?` : ' See the fact catalogue.'}`,
  );
}

function checkValue(value: unknown, wantsList: boolean, path: string, walk: Walk): void {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    const { fact, ...others } = value as { fact?: unknown };
    for (const key of Object.keys(others)) {
      report(walk, pointer(path, key), `A value that is a fact has nothing but fact; remove ${shown(key)}.`);
    }
    checkFact(fact, pointer(path, 'fact'), walk);
    if (wantsList && typeof fact === 'string' && FACTS_BY_NAME.get(fact)?.type !== 'list') {
      report(walk, path, `in and notIn compare with a list; ${shown(fact)} is none.`);
    }
    return;
  }
  if (Array.isArray(value)) {
    if (value.length > MAX_VALUES) report(walk, path, `${value.length} values; at most ${MAX_VALUES}.`, 'too-large');
    else if (!value.every(isScalar)) report(walk, path, 'A list holds texts, numbers, true, false or null only.');
    return;
  }
  if (wantsList) report(walk, path, `in and notIn compare with a list; found ${shown(value)}.`);
  else if (!isScalar(value))
    report(walk, path, `${shown(value)} is no value. Give a text, number, true, false, null or a list.`);
}

function isScalar(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function report(walk: Walk, path: string, message: string, code: Issue['code'] = 'bad-rule'): void {
  walk.issues.push({ code, path, message });
}
