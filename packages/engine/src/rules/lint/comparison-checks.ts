// Decides whether a comparison can say anything: an operator that fits the fact's type, a value the fact can have.
import { pointer, shown } from '../../base/issue.ts';
import { dayNumber } from '../../base/time.ts';
import { type Fact, FACTS_BY_NAME, type FactType } from '../catalogue.ts';
import type { Leaf } from '../condition.ts';
import { closest } from '../did-you-mean.ts';
import { OPERATORS_BY_NAME } from '../operators.ts';
import { finding, type LintFinding, replacement } from './finding.ts';

/** What is wrong with the types of one comparison of a rule; at most one finding. */
export function comparisonFindings(leaf: Leaf, rule: string): LintFinding[] {
  const fact = FACTS_BY_NAME.get(leaf.fact)!;
  const operator = OPERATORS_BY_NAME.get(leaf.operator)!;
  if (!operator.factTypes.includes(fact.type)) {
    const fitting = [...OPERATORS_BY_NAME.values()].filter(({ factTypes }) => factTypes.includes(fact.type));
    const names = fitting.map(({ name }) => name).join(', ');
    const message = `${fact.name} is ${a(fact.type)}; ${operator.name} never says anything of one. Use one of: ${names}.`;
    return [finding('type-mismatch', pointer(leaf.path, 'operator'), message, [rule])];
  }
  return leaf.other === null ? valueFindings(leaf, fact, rule) : otherFindings(leaf, fact, leaf.other, rule);
}

function otherFindings(leaf: Leaf, fact: Fact, otherName: string, rule: string): LintFinding[] {
  const other = FACTS_BY_NAME.get(otherName)!;
  const comparable = (type: FactType): string => (type === 'date' ? 'text' : type);
  const fits =
    fact.type === 'list' || other.type === 'list'
      ? (fact.type === 'list') !== (other.type === 'list') || OPERATORS_BY_NAME.get(leaf.operator)!.value === 'list'
      : comparable(fact.type) === comparable(other.type);
  if (fits) return [];
  const message = `${fact.name} is ${a(fact.type)} and ${otherName} ${a(other.type)}: they are never equal and in no order.`;
  return [finding('type-mismatch', pointer(leaf.path, 'value'), message, [rule])];
}

function valueFindings(leaf: Leaf, fact: Fact, rule: string): LintFinding[] {
  const path = pointer(leaf.path, 'value');
  const { value: given } = leaf;
  if (Array.isArray(given)) {
    const { value: shape } = OPERATORS_BY_NAME.get(leaf.operator)!;
    if (shape === 'one') {
      const message = `${leaf.operator} compares with one value; a list is equal to nothing.`;
      return [finding('type-mismatch', path, message, [rule])];
    }
    if (given.length === 0) return [finding('type-mismatch', path, 'The list is empty: nothing is in it.', [rule])];
  }
  const entries = Array.isArray(given)
    ? given.map((value, index) => [value, pointer(path, index)] as const)
    : [[given, path] as const];
  for (const [value, at] of entries) {
    const found = entryFinding(value, at, leaf, fact, rule);
    if (found) return [found];
  }
  return [];
}

const JAVASCRIPT_TYPES: Readonly<Record<FactType, string>> = {
  text: 'string',
  date: 'string',
  number: 'number',
  flag: 'boolean',
  list: 'string',
};

function entryFinding(value: unknown, path: string, leaf: Leaf, fact: Fact, rule: string): LintFinding | undefined {
  if (value === null) {
    const message = `Nothing is ever null: a ${fact.name} that is missing equals nothing. Compare with a value.`;
    return finding('type-mismatch', path, message, [rule]);
  }
  const wanted = JAVASCRIPT_TYPES[fact.type];
  if (typeof value !== wanted) {
    const number = wanted === 'number' && typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
    const fix = Number.isFinite(number) ? replacement(path, number, `Write ${number} without quotes.`) : null;
    const message = `${fact.name} is ${a(fact.type)}; ${shown(value)} is none.`;
    return finding('type-mismatch', path, message, [rule], fix);
  }
  if (fact.type === 'date' && !Number.isFinite(dayNumber(value as string))) {
    return finding('type-mismatch', path, `${shown(value)} is no date. Give one as YYYY-MM-DD.`, [rule]);
  }
  const whole = !['startsWith', 'doesNotStartWith'].includes(leaf.operator);
  if (fact.choices && whole && !fact.choices.includes(value as string)) {
    const near = closest(value as string, fact.choices);
    const hint = near === undefined ? `It is one of: ${fact.choices.join(', ')}.` : `Did you mean ${shown(near)}?`;
    const fix = near === undefined ? null : replacement(path, near, `Write ${shown(near)}.`);
    return finding('type-mismatch', path, `${fact.name} is never ${shown(value)}. ${hint}`, [rule], fix);
  }
  return undefined;
}

function a(type: FactType): string {
  return `a ${type}`;
}
