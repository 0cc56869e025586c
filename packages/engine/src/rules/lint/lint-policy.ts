// Decides everything that can be said against a policy's rules without orders: what cannot be run, what cannot be meant.
// Leaves rules that orders never meet, and orders that no node may supply, to lint-scenario.ts.
import { type Issue, pointer, shown } from '../../base/issue.ts';
import { orderBy } from '../../base/order-by.ts';
import type { Policy } from '../../model/policy.ts';
import { FACTS_BY_NAME } from '../catalogue.ts';
import { compileRules, type CompiledRule } from '../compile.ts';
import { leavesOf } from '../condition.ts';
import { closest } from '../did-you-mean.ts';
import { OPERATORS_BY_NAME } from '../operators.ts';
import { cascadeIssues, strategyFindings } from './cascade-checks.ts';
import { comparisonFindings } from './comparison-checks.ts';
import { contradictionFindings } from './contradictions.ts';
import { finding, LINT_CODES, type LintCode, type LintFinding, removal, replacement } from './finding.ts';
import { duplicateFindings, holdingFindings, idleComparisonFindings, maskedFindings } from './rule-checks.ts';
import { policyFormulas } from './rule-formulas.ts';

/** Findings by severity, then by place. What does not compile hides what could be said of the rest. */
export function lintPolicy(policy: Policy, base = ''): LintFinding[] {
  const rules = policy.rules ?? [];
  const compiled = compileRules(rules, `${base}/rules`, policy.conditions, `${base}/conditions`);
  const wrong = [...(compiled.ok ? [] : compiled.error), ...cascadeIssues(policy, base)];
  if (!compiled.ok || wrong.length > 0) return inOrder(wrong.map((issue) => issueFinding(issue, policy, base)));
  const types = compiled.value.flatMap(typeFindings);
  const badTypes = new Set(types.flatMap(({ path }) => [path, parentOf(path)]));
  const formulas = policyFormulas(compiled.value, base);
  const duplicates = duplicateFindings(rules, base);
  const idle = idleComparisonFindings(formulas).filter(({ path }) => !badTypes.has(path));
  const holding = holdingFindings(formulas);
  const duplicateNames = new Set(duplicates.map((found) => found.rules[0]!));
  return inOrder([
    ...types,
    ...holding,
    ...idle,
    ...duplicates,
    ...maskedFindings(formulas, duplicateNames),
    ...contradictionFindings(formulas),
    ...strategyFindings(policy, base),
    ...unusedFindings(policy, base),
  ]);
}

/** Severity first, then place; each finding once. */
export function inOrder(findings: readonly LintFinding[]): LintFinding[] {
  const codes = Object.keys(LINT_CODES);
  const severities = ['error', 'warning', 'note'];
  const once = new Map(findings.map((found) => [`${found.code}\n${found.path}\n${found.message}`, found]));
  return [...once.values()].sort(
    orderBy(
      ({ severity }) => severities.indexOf(severity),
      ({ code }) => codes.indexOf(code),
      ({ path }) => path,
    ),
  );
}

function typeFindings(rule: CompiledRule): LintFinding[] {
  const leaves = [...leavesOf(rule.when), ...(rule.nodes ? leavesOf(rule.nodes) : [])];
  return leaves.flatMap((leaf) => comparisonFindings(leaf, rule.name));
}

/** What does not compile, with the name that was most likely meant. */
function issueFinding(issue: Issue, policy: Policy, base: string): LintFinding {
  const key = issue.path.slice(issue.path.lastIndexOf('/') + 1);
  const given = valueAt(policy, issue.path.slice(base.length));
  const known = { fact: [...FACTS_BY_NAME.keys()], operator: [...OPERATORS_BY_NAME.keys()] }[key];
  const code: LintCode = key === 'fact' ? 'unknown-fact' : key === 'operator' ? 'unknown-operator' : 'bad-rule';
  const isUnknown = known !== undefined && !(typeof given === 'string' && known.includes(given));
  const near = isUnknown && typeof given === 'string' ? closest(given, known) : undefined;
  const fix = near === undefined ? null : replacement(issue.path, near, `Write ${shown(near)}.`);
  const rule = ruleAt(policy, issue.path, base);
  return finding(isUnknown ? code : 'bad-rule', issue.path, issue.message, rule === undefined ? [] : [rule], fix);
}

function ruleAt(policy: Policy, path: string, base: string): string | undefined {
  const [list, index] = path.slice(base.length + 1).split('/');
  return list === 'rules' ? policy.rules?.[Number(index)]?.name : undefined;
}

function valueAt(document: unknown, path: string): unknown {
  let at = document;
  for (const key of path.split('/').slice(1)) {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, name)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return at;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** Named conditions that no rule leads to. */
function unusedFindings(policy: Policy, base: string): LintFinding[] {
  const named = new Map((policy.conditions ?? []).map(({ name, conditions }) => [name, conditions]));
  const reached = new Set<string>();
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      if (key !== 'condition' || typeof inner !== 'string') visit(inner);
      else if (!reached.has(inner)) {
        reached.add(inner);
        visit(named.get(inner));
      }
    }
  };
  visit(policy.cascade);
  for (const { conditions, event } of policy.rules ?? []) {
    visit(conditions);
    if ('nodes' in event.params) visit(event.params.nodes);
  }
  return (policy.conditions ?? []).flatMap(({ name }, index): LintFinding[] => {
    if (reached.has(name)) return [];
    const path = pointer(`${base}/conditions`, index);
    return [
      finding(
        'unused-condition',
        path,
        `No rule asks for the conditions ${shown(name)}.`,
        [],
        removal(path, 'Remove them.'),
      ),
    ];
  });
}
