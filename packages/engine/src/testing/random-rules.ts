// Decides what random conditions and fact values look like when two ways of asking rules are held against each other:
// every operator, groups in groups, priorities, names, and values that are missing, null or of the wrong type.
import type { Prng } from '../base/prng.ts';
import type { NamedCondition } from '../model/policy.ts';
import { FACTS } from '../rules/catalogue.ts';
import type { FactScope } from '../rules/facts/fact.ts';
import { OPERATORS, type Operator } from '../rules/operators.ts';

const WORDS = [
  'a',
  'b',
  'EH',
  'EH3',
  '',
  '3',
  '12abc',
  ' 7',
  'Infinity',
  '2011-11-14',
  '2012-02-29',
  'true',
  '$..x',
  '(a+)+$',
];
const NUMBERS = [0, -0, 1, 2, 3, 7, 12, -5, 2.5, 1e21, 20111114];
const LIST_FACTS = FACTS.filter(({ type }) => type === 'list');

export interface RandomConditions {
  readonly conditions: Record<string, unknown>;
  readonly named: readonly NamedCondition[];
}

/** Facts are drawn from `scopes` only. */
export function randomConditions(prng: Prng, scopes: readonly FactScope[]): RandomConditions {
  const facts = FACTS.filter(({ scope }) => scopes.includes(scope)).map(({ name }) => name);
  const lists = LIST_FACTS.filter(({ scope }) => scopes.includes(scope)).map(({ name }) => name);
  const named: NamedCondition[] = [];
  for (let index = prng.integer(0, 2); index > 0; index--) {
    const conditions = group(prng, 2, { facts, lists, names: named.map(({ name }) => name) });
    named.push({ name: `named ${named.length}`, conditions });
  }
  const conditions = group(prng, 3, { facts, lists, names: named.map(({ name }) => name) });
  return { conditions, named };
}

interface Pool {
  readonly facts: readonly string[];
  readonly lists: readonly string[];
  readonly names: readonly string[];
}

function group(prng: Prng, depth: number, pool: Pool): Record<string, unknown> {
  const draw = prng.next();
  const priority = prng.next() < 0.15 ? { priority: prng.integer(1, 3) } : {};
  if (draw < 0.08 && pool.names.length > 0) return { condition: prng.pick(pool.names) };
  if (draw < 0.2) return { not: condition(prng, depth - 1, pool), ...priority };
  const inner = Array.from({ length: prng.integer(1, 3) }, () => condition(prng, depth - 1, pool));
  return { [draw < 0.6 ? 'all' : 'any']: inner, ...priority };
}

function condition(prng: Prng, depth: number, pool: Pool): Record<string, unknown> {
  if (depth > 0 && prng.next() < 0.4) return group(prng, depth, pool);
  const operator = prng.pick(OPERATORS);
  const leaf = { fact: prng.pick(pool.facts), operator: operator.name, value: valueFor(prng, operator, pool) };
  return prng.next() < 0.15 ? { ...leaf, priority: prng.integer(1, 3) } : leaf;
}

function scalar(prng: Prng): unknown {
  const draw = prng.next();
  if (draw < 0.4) return prng.pick(WORDS);
  if (draw < 0.85) return prng.pick(NUMBERS);
  return prng.pick([true, false, null]);
}

const list = (prng: Prng): unknown[] => Array.from({ length: prng.integer(0, 12) }, () => scalar(prng));

function valueFor(prng: Prng, { value }: Operator, { facts, lists }: Pool): unknown {
  const draw = prng.next();
  switch (value) {
    case 'list':
      return draw < 0.2 && lists.length > 0 ? { fact: prng.pick(lists) } : list(prng);
    case 'pair':
      return draw < 0.5 ? [prng.pick(NUMBERS), prng.pick(NUMBERS)] : [prng.pick(WORDS), prng.pick(WORDS)];
    case 'one':
    case 'one-or-list':
      if (draw < 0.2) return { fact: prng.pick(facts) };
      return draw < 0.3 ? list(prng) : scalar(prng);
  }
}

/** A value a fact might have, or must never trip over. Lists are always lists: that is what the catalogue promises. */
export function randomFactValue(prng: Prng, name: string): unknown {
  if (LIST_FACTS.some((fact) => fact.name === name)) return prng.next() < 0.3 ? [] : list(prng);
  const draw = prng.next();
  if (draw < 0.2) return undefined;
  return draw < 0.27 ? list(prng) : scalar(prng);
}
