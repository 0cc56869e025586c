// Decides what each operator means: json-rules-engine's own, with exactly its meaning, and a few named ones.
// All are total: whatever the fact's value, they answer and never throw.
import type { FactType } from './facts/fact.ts';

/** What stands on the right: one value, a list, a pair low and high, or one value or a list of them. */
export type ValueShape = 'one' | 'list' | 'pair' | 'one-or-list';

export interface Operator {
  readonly name: string;
  /** Reads between fact and value. */
  readonly text: string;
  /** Types of facts for which it can ever hold, or fail, by more than type. */
  readonly factTypes: readonly FactType[];
  readonly value: ValueShape;
  /** Whether json-rules-engine brings it. */
  readonly standard: boolean;
}

type Test = (fact: unknown, value: unknown) => boolean;

const SCALARS: readonly FactType[] = ['text', 'number', 'flag', 'date'];

/** The number check of json-rules-engine: what parseFloat makes a number of. */
function isNumeric(fact: unknown): boolean {
  return typeof fact === 'number' ? fact === fact : !Number.isNaN(Number.parseFloat(fact as string));
}

/** Compares as JavaScript does, when the fact looks like a number. */
function ordered(compare: (fact: number, value: number) => boolean): Test {
  return (fact, value) => isNumeric(fact) && compare(fact as number, value as number);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

interface Entry extends Omit<Operator, 'name'> {
  readonly test: Test;
}

const ENTRIES: Readonly<Record<string, Entry>> = {
  equal: { text: 'is', factTypes: SCALARS, value: 'one', standard: true, test: (a, b) => a === b },
  notEqual: { text: 'is not', factTypes: SCALARS, value: 'one', standard: true, test: (a, b) => a !== b },
  in: {
    text: 'is one of',
    factTypes: SCALARS,
    value: 'list',
    standard: true,
    test: (a, b) => (b as readonly unknown[]).indexOf(a) > -1,
  },
  notIn: {
    text: 'is none of',
    factTypes: SCALARS,
    value: 'list',
    standard: true,
    test: (a, b) => (b as readonly unknown[]).indexOf(a) === -1,
  },
  contains: {
    text: 'contains',
    factTypes: ['list'],
    value: 'one',
    standard: true,
    test: (a, b) => Array.isArray(a) && a.indexOf(b) > -1,
  },
  doesNotContain: {
    text: 'does not contain',
    factTypes: ['list'],
    value: 'one',
    standard: true,
    test: (a, b) => Array.isArray(a) && a.indexOf(b) === -1,
  },
  lessThan: {
    text: 'is less than',
    factTypes: ['number'],
    value: 'one',
    standard: true,
    test: ordered((a, b) => a < b),
  },
  lessThanInclusive: {
    text: 'is at most',
    factTypes: ['number'],
    value: 'one',
    standard: true,
    test: ordered((a, b) => a <= b),
  },
  greaterThan: {
    text: 'is more than',
    factTypes: ['number'],
    value: 'one',
    standard: true,
    test: ordered((a, b) => a > b),
  },
  greaterThanInclusive: {
    text: 'is at least',
    factTypes: ['number'],
    value: 'one',
    standard: true,
    test: ordered((a, b) => a >= b),
  },
  between: {
    text: 'is between, both ends included,',
    factTypes: ['number', 'date'],
    value: 'pair',
    standard: false,
    test: isBetween,
  },
  before: {
    text: 'is before',
    factTypes: ['date'],
    value: 'one',
    standard: false,
    test: (a, b) => typeof a === 'string' && typeof b === 'string' && a < b,
  },
  after: {
    text: 'is after',
    factTypes: ['date'],
    value: 'one',
    standard: false,
    test: (a, b) => typeof a === 'string' && typeof b === 'string' && a > b,
  },
  startsWith: {
    text: 'starts with',
    factTypes: ['text'],
    value: 'one-or-list',
    standard: false,
    test: (a, b) =>
      typeof a === 'string' && listOf(b).some((prefix) => typeof prefix === 'string' && a.startsWith(prefix)),
  },
  doesNotStartWith: {
    text: 'does not start with',
    factTypes: ['text'],
    value: 'one-or-list',
    standard: false,
    test: (a, b) =>
      typeof a === 'string' && !listOf(b).some((prefix) => typeof prefix === 'string' && a.startsWith(prefix)),
  },
  containsAny: {
    text: 'contains any of',
    factTypes: ['list'],
    value: 'list',
    standard: false,
    test: (a, b) => Array.isArray(a) && listOf(b).some((value) => a.includes(value)),
  },
  containsAll: {
    text: 'contains all of',
    factTypes: ['list'],
    value: 'list',
    standard: false,
    test: (a, b) => Array.isArray(a) && listOf(b).every((value) => a.includes(value)),
  },
  inGroup: {
    text: 'has the group',
    factTypes: ['list'],
    value: 'one-or-list',
    standard: false,
    test: (a, b) => Array.isArray(a) && listOf(b).some((value) => a.includes(value)),
  },
  notInGroup: {
    text: 'has not the group',
    factTypes: ['list'],
    value: 'one-or-list',
    standard: false,
    test: (a, b) => Array.isArray(a) && !listOf(b).some((value) => a.includes(value)),
  },
  withinKm: {
    text: 'is within km',
    factTypes: ['number'],
    value: 'one',
    standard: false,
    test: (a, b) => typeof a === 'number' && typeof b === 'number' && a <= b,
  },
  beyondKm: {
    text: 'is beyond km',
    factTypes: ['number'],
    value: 'one',
    standard: false,
    test: (a, b) => typeof a === 'number' && typeof b === 'number' && a > b,
  },
};

function isBetween(fact: unknown, value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [low, high] = value as [unknown, unknown];
  if (typeof fact === 'number') {
    return typeof low === 'number' && typeof high === 'number' && low <= fact && fact <= high;
  }
  return typeof fact === 'string' && typeof low === 'string' && typeof high === 'string' && low <= fact && fact <= high;
}

/** Without a prototype: a name such as __proto__ is no operator. */
const TESTS: ReadonlyMap<string, Test> = new Map(Object.entries(ENTRIES).map(([name, { test }]) => [name, test]));

export const OPERATORS: readonly Operator[] = Object.entries(ENTRIES).map(
  ([name, { text, factTypes, value, standard }]) => ({ name, text, factTypes, value, standard }),
);

export const OPERATORS_BY_NAME: ReadonlyMap<string, Operator> = new Map(OPERATORS.map((entry) => [entry.name, entry]));

/** The test behind a known operator's name. */
export function testOf(operator: string): Test {
  return TESTS.get(operator)!;
}
