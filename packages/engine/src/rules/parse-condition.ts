// Decides whether conditions can be run: one group a level, known facts, operators and names, values that fit, bounded size.
// Leaves whether they make sense to the linter.
import { type Issue, pointer, shown } from '../base/issue.ts';
import { FACTS_BY_NAME } from './catalogue.ts';
import type { Condition, Leaf } from './condition.ts';
import { closest } from './did-you-mean.ts';
import { OPERATORS_BY_NAME, type ValueShape } from './operators.ts';

export const MAX_CONDITION_DEPTH = 16;
export const MAX_CONDITIONS = 500;
export const MAX_VALUES = 5000;
export const MAX_VALUE_LENGTH = 1000;
const MAX_PRIORITY = 1_000_000;

/** Conditions that a policy gives a name, and where they stand. */
export type NamedConditions = ReadonlyMap<string, { readonly conditions: unknown; readonly path: string }>;

/** One walk through the conditions of a rule: the names it went through, how many there were, what was wrong. */
export interface ConditionWalk {
  readonly named: NamedConditions;
  readonly issues: Issue[];
  /** Names being looked up, outermost first. */
  readonly trail: string[];
  count: number;
}

export function startWalk(named: NamedConditions, issues: Issue[]): ConditionWalk {
  return { named, issues, trail: [], count: 0 };
}

/** The conditions at the top of a rule or under a name: a group or a name. Undefined where issues were reported. */
export function parseConditions(input: unknown, path: string, walk: ConditionWalk): Condition | undefined {
  return parseGroup(input as object, path, 1, walk);
}

function parseCondition(input: unknown, path: string, depth: number, walk: ConditionWalk): Condition | undefined {
  walk.count += 1;
  if (walk.count === MAX_CONDITIONS + 1) {
    report(walk, path, `More than ${MAX_CONDITIONS} conditions, names looked up. Split the rule.`, 'too-large');
  }
  if (walk.count > MAX_CONDITIONS) return undefined;
  if (input === null || typeof input !== 'object' || Array.isArray(input)) {
    report(walk, path, `${shown(input)} is no condition. Give {fact, operator, value} or all, any, not.`);
    return undefined;
  }
  const own = (key: string): boolean => Object.hasOwn(input, key);
  if (own('all') || own('any') || own('not') || own('condition')) return parseGroup(input, path, depth, walk);
  return parseLeaf(input as Record<string, unknown>, path, walk);
}

const GROUPS = ['all', 'any', 'not', 'condition'];

function parseGroup(input: object, path: string, depth: number, walk: ConditionWalk): Condition | undefined {
  if (depth > MAX_CONDITION_DEPTH) {
    return report(walk, path, `Conditions nest deeper than ${MAX_CONDITION_DEPTH}. Flatten them.`, 'too-deep');
  }
  const given = Object.entries(input) as [string, unknown][];
  const groups = given.filter(([key]) => key !== 'priority');
  const [group, inner] = groups[0] ?? [];
  if (groups.length !== 1 || group === undefined || !GROUPS.includes(group)) {
    const found = given.length === 0 ? 'nothing' : given.map(([key]) => key).join(', ');
    return report(walk, path, `Give exactly one of all, any, not, condition here; found ${found.slice(0, 100)}.`);
  }
  const priority = parsePriority((input as { priority?: unknown }).priority, pointer(path, 'priority'), walk);
  const below = pointer(path, group);
  if (group === 'condition') return lookUp(inner, below, depth, priority, walk);
  if (group === 'not') {
    const child = parseCondition(inner, below, depth + 1, walk);
    return child && { kind: 'not', child, priority };
  }
  if (!Array.isArray(inner) || inner.length === 0) {
    return report(walk, below, `${group} holds a list of at least one condition; found ${shown(inner)}.`);
  }
  const children: Condition[] = [];
  for (const [index, entry] of inner.entries()) {
    if (walk.count > MAX_CONDITIONS) return undefined;
    const child = parseCondition(entry, pointer(below, index), depth + 1, walk);
    if (child) children.push(child);
  }
  return children.length === inner.length ? { kind: group as 'all' | 'any', children, priority } : undefined;
}

/** The conditions under a name, in place of the name. A name met on the way to itself has no meaning. */
function lookUp(name: unknown, path: string, depth: number, priority: number, walk: ConditionWalk) {
  const known = typeof name === 'string' ? walk.named.get(name) : undefined;
  if (typeof name !== 'string' || !known) {
    const near = typeof name === 'string' ? closest(name, [...walk.named.keys()]) : undefined;
    const hint = near ? `Did you mean ${shown(near)}?` : 'Add it to the policy’s conditions.';
    return report(walk, path, `No conditions are called ${shown(name)}. ${hint}`);
  }
  if (walk.trail.includes(name)) {
    const trail = [...walk.trail.slice(walk.trail.indexOf(name)), name].join(' → ');
    return report(walk, path, `Conditions ask for themselves: ${shown(trail)}. Break the circle.`);
  }
  walk.trail.push(name);
  const found = parseGroup(known.conditions as object, known.path, depth, walk);
  walk.trail.pop();
  return found && { ...found, priority };
}

const LEAF_KEYS = ['fact', 'operator', 'value', 'priority'];

function parseLeaf(input: Record<string, unknown>, path: string, walk: ConditionWalk): Leaf | undefined {
  const before = walk.issues.length;
  for (const key of Object.keys(input)) {
    if (!LEAF_KEYS.includes(key)) {
      report(walk, pointer(path, key), `A condition has fact, operator and value only; remove ${shown(key)}.`);
    }
  }
  const priority = parsePriority(input['priority'], pointer(path, 'priority'), walk);
  const { fact, operator: name, value } = input;
  checkFact(fact, pointer(path, 'fact'), walk);
  const operator = typeof name === 'string' ? OPERATORS_BY_NAME.get(name) : undefined;
  if (!operator) {
    const near = typeof name === 'string' ? closest(name, [...OPERATORS_BY_NAME.keys()]) : undefined;
    const hint = near ? ` Did you mean ${shown(near)}?` : ' See the list of operators.';
    report(walk, pointer(path, 'operator'), `${shown(name)} is no operator.${hint}`);
  }
  const other = checkValue(value, operator?.value ?? 'one', shown(name), pointer(path, 'value'), walk);
  if (walk.issues.length > before) return undefined;
  return { kind: 'leaf', fact: fact as string, operator: name as string, value, other, priority, path };
}

function parsePriority(input: unknown, path: string, walk: ConditionWalk): number {
  if (input === undefined) return 1;
  if (Number.isInteger(input) && (input as number) >= 1 && (input as number) <= MAX_PRIORITY) return input as number;
  report(walk, path, `${shown(input)} is no priority. Give a whole number from 1 to ${MAX_PRIORITY}.`);
  return 1;
}

function checkFact(name: unknown, path: string, walk: ConditionWalk): void {
  if (typeof name === 'string' && FACTS_BY_NAME.has(name)) return;
  const near = typeof name === 'string' ? closest(name, [...FACTS_BY_NAME.keys()]) : undefined;
  const hint = near ? ` Did you mean ${shown(near)}?` : ' See the fact catalogue.';
  report(walk, path, `${shown(name)} is no fact.${hint}`);
}

/** Reports what does not fit the operator; gives the fact that stands on the right, where one does. */
function checkValue(value: unknown, shape: ValueShape, operator: string, path: string, walk: ConditionWalk) {
  if (Array.isArray(value)) return checkList(value, shape, operator, path, walk);
  if (value !== null && typeof value === 'object') return checkOther(value, shape, operator, path, walk);
  if (shape === 'list') report(walk, path, `${operator} compares with a list; found ${shown(value)}.`);
  else if (shape === 'pair') report(walk, path, `${operator} compares with [low, high]; found ${shown(value)}.`);
  else if (!isScalar(value)) {
    report(walk, path, `${shown(value)} is no value. Give a text, number, true, false, null or a list.`);
  }
  return null;
}

function checkList(value: readonly unknown[], shape: ValueShape, operator: string, path: string, walk: ConditionWalk) {
  if (value.length > MAX_VALUES) report(walk, path, `${value.length} values; at most ${MAX_VALUES}.`, 'too-large');
  else if (!value.every(isScalar)) {
    report(
      walk,
      path,
      `A list holds texts of at most ${MAX_VALUE_LENGTH} characters, numbers, true, false or null only.`,
    );
  } else if (shape === 'pair') {
    const kinds = new Set(value.map((entry) => typeof entry));
    const fits = value.length === 2 && kinds.size === 1 && (kinds.has('number') || kinds.has('string'));
    if (!fits) report(walk, path, `${operator} compares with two numbers or two dates; found ${shown(value)}.`);
  }
  return null;
}

function checkOther(value: object, shape: ValueShape, operator: string, path: string, walk: ConditionWalk) {
  const fact = Object.hasOwn(value, 'fact') ? (value as { fact: unknown }).fact : undefined;
  for (const key of Object.keys(value)) {
    if (key !== 'fact') {
      report(walk, pointer(path, key), `A value that is a fact has nothing but fact; remove ${shown(key)}.`);
    }
  }
  checkFact(fact, pointer(path, 'fact'), walk);
  const type = typeof fact === 'string' ? FACTS_BY_NAME.get(fact)?.type : undefined;
  if (type === undefined) return null;
  if (shape === 'pair') report(walk, path, `${operator} compares with [low, high], not with a fact.`);
  else if (shape === 'list' && type !== 'list') {
    report(walk, path, `${operator} compares with a list; ${shown(fact)} is none.`);
  }
  return fact as string;
}

function isScalar(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_VALUE_LENGTH;
  return value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

function report(walk: ConditionWalk, path: string, message: string, code: Issue['code'] = 'bad-rule'): undefined {
  walk.issues.push({ code, path, message });
}
