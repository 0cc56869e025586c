// Decides how conditions of a rule become the builder's query and back: nothing is lost, whatever they say.
// A name that rules share stands as a comparison with the field NAMED.
import type { RuleGroupType, RuleType } from 'react-querybuilder';
import { plainText } from './plain-text.ts';
import type { Operator } from './fact-words.ts';

export const NAMED = '@condition';
const HOLDS = 'holds';

type Json = Readonly<Record<string, unknown>>;

/** Priorities are kept: they mean nothing to the answer, but they are the author's. */
interface Kept {
  readonly priority?: unknown;
}
export type QueryRule = RuleType & Kept;
export type QueryGroup = RuleGroupType<QueryRule> & Kept;

export function conditionsToQuery(conditions: unknown): QueryGroup {
  const query = toQuery(conditions);
  return 'rules' in query ? query : { combinator: 'and', rules: [query], id: freshId() };
}

function toQuery(conditions: unknown): QueryGroup | QueryRule {
  const json = isObject(conditions) ? conditions : {};
  const kept = 'priority' in json ? { priority: json['priority'] } : {};
  const { all, any, not, condition } = json;
  if (Array.isArray(all)) return { ...kept, id: freshId(), combinator: 'and', rules: all.map(toQuery) };
  if (Array.isArray(any)) return { ...kept, id: freshId(), combinator: 'or', rules: any.map(toQuery) };
  if (not !== undefined) {
    const inner = toQuery(not);
    const isPlain = 'rules' in inner && inner.not !== true && inner.priority === undefined;
    return isPlain
      ? { ...inner, ...kept, not: true }
      : { ...kept, id: freshId(), combinator: 'and', not: true, rules: [inner] };
  }
  if (condition !== undefined) return { ...kept, id: freshId(), field: NAMED, operator: HOLDS, value: condition };
  return {
    ...kept,
    id: freshId(),
    field: plainText(json['fact']),
    operator: plainText(json['operator']),
    value: json['value'],
  };
}

export function queryToConditions(query: QueryGroup, operators: ReadonlyMap<string, Operator>): Json {
  const members = (query.rules as readonly (QueryGroup | QueryRule)[]).map((member) =>
    'rules' in member ? queryToConditions(member, operators) : ruleToCondition(member, operators),
  );
  const kept = query.priority === undefined ? {} : { priority: query.priority };
  const [only] = members;
  if (query.not === true && members.length === 1) return { ...kept, not: only };
  const key = query.combinator === 'or' ? 'any' : 'all';
  return query.not === true ? { ...kept, not: { [key]: members } } : { ...kept, [key]: members };
}

function ruleToCondition(
  { field, operator, value, priority }: QueryRule,
  operators: ReadonlyMap<string, Operator>,
): Json {
  const kept = priority === undefined ? {} : { priority };
  if (field === NAMED) return { ...kept, condition: value };
  return { ...kept, fact: field, operator, value: shaped(value, operators.get(operator)) };
}

/** A value in the shape its operator wants: what was one becomes a list, and the other way round. */
function shaped(value: unknown, operator: Operator | undefined): unknown {
  if (isObject(value) && 'fact' in value) return operator?.value === 'pair' ? [0, 0] : value;
  switch (operator?.value) {
    case 'list':
      return Array.isArray(value) ? value : value === '' || value === undefined ? [] : [value];
    case 'pair':
      return Array.isArray(value) && value.length === 2 ? value : [first(value) ?? 0, first(value) ?? 0];
    case 'one':
      return first(value);
    default:
      return value;
  }
}

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);

let last = 0;
function freshId(): string {
  last += 1;
  return `c${last}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
