// Decides how the rules of a policy are asked of many nodes at once: equal comparisons once, each at the level at which it
// can change (once a wave, a sku, an order or a line), over nodes as bits. Leaves the values to rule-wave.ts.
import { FACTS_BY_NAME, type FactScope } from './catalogue.ts';
import type { CompiledRule } from './compile.ts';
import type { Condition, Leaf } from './condition.ts';
import { EFFECTS_BY_TYPE } from './effects.ts';
import { testOf } from './operators.ts';

/** How often a result can change, as bits: 0 once a wave, 1 with the sku, 2 with the order, more with the line. */
export const LEVEL = { wave: 0, sku: 1, order: 2, line: 7 } as const;
export type LevelName = keyof typeof LEVEL;
export const LEVELS: readonly LevelName[] = ['wave', 'sku', 'order', 'line'];

const LEVEL_OF_SCOPE: Readonly<Record<FactScope, number>> = {
  time: LEVEL.wave,
  node: LEVEL.wave,
  item: LEVEL.sku,
  stock: LEVEL.sku,
  order: LEVEL.order,
  lane: LEVEL.order,
  line: LEVEL.line,
};

/** Scopes whose values differ from node to node. */
const WIDE_SCOPES: readonly FactScope[] = ['node', 'lane', 'stock'];

export interface Step {
  readonly kind: 'leaf' | 'all' | 'any' | 'not';
  readonly level: number;
  /** Whether the result is one bit a node; else it is one for all. */
  readonly wide: boolean;
  /** Positions of earlier steps. */
  readonly inputs: readonly number[];
  readonly leaf: LeafStep | null;
}

export interface LeafStep {
  readonly fact: string;
  readonly other: string | null;
  readonly test: (fact: unknown, other: unknown) => boolean;
  /** For comparisons of numbers with one limit. */
  readonly limit: NumberLimit | null;
}

export interface RuleProgram {
  readonly rules: readonly CompiledRule[];
  /** Inputs stand before what needs them. */
  readonly steps: readonly Step[];
  /** By rule: the step that says whether it strikes; -1 for rules that are not asked of candidates or orders. */
  readonly roots: Int32Array;
  /** Facts that are read, by scope. */
  readonly facts: Readonly<Record<FactScope, readonly string[]>>;
}

export function buildProgram(rules: readonly CompiledRule[]): RuleProgram {
  const draft = new ProgramDraft();
  const roots = Int32Array.from(rules, ({ when, nodes, effect }) => {
    const { scope } = EFFECTS_BY_TYPE.get(effect.type)!;
    if (scope === 'stock' || scope === 'node') return -1;
    const asked = draft.add(when);
    return nodes === null ? asked : draft.group('all', [asked, draft.not(draft.add(nodes))]);
  });
  const used = new Set(draft.steps.flatMap(({ leaf }) => (leaf ? [leaf.fact, leaf.other] : [])));
  const facts = { time: [], order: [], line: [], item: [], node: [], lane: [], stock: [] } as Record<
    FactScope,
    string[]
  >;
  for (const name of used) if (name !== null) facts[FACTS_BY_NAME.get(name)!.scope].push(name);
  return { rules, steps: draft.steps, roots, facts };
}

class ProgramDraft {
  readonly steps: Step[] = [];
  readonly #known = new Map<string, number>();

  add(condition: Condition): number {
    switch (condition.kind) {
      case 'leaf':
        return this.#leaf(condition);
      case 'not':
        return this.not(this.add(condition.child));
      case 'all':
      case 'any':
        return this.group(
          condition.kind,
          condition.children.map((child) => this.add(child)),
        );
    }
  }

  not(input: number): number {
    const { level, wide, kind, inputs } = this.steps[input]!;
    if (kind === 'not') return inputs[0]!;
    return this.#step(`not ${input}`, { kind: 'not', level, wide, inputs: [input], leaf: null });
  }

  /** Inputs of one level make a step of their own, so that it is worked out no oftener than they change. */
  group(kind: 'all' | 'any', inputs: readonly number[]): number {
    const distinct = [...new Set(inputs)].sort((a, b) => a - b);
    if (distinct.length === 1) return distinct[0]!;
    const byLevel = Map.groupBy(distinct, (input) => this.steps[input]!.level);
    if (byLevel.size > 1 && byLevel.size < distinct.length) {
      return this.group(
        kind,
        [...byLevel.values()].map((same) => this.group(kind, same)),
      );
    }
    let level = 0;
    let wide = false;
    for (const input of distinct) {
      level |= this.steps[input]!.level;
      wide ||= this.steps[input]!.wide;
    }
    return this.#step(`${kind} ${distinct.join(' ')}`, {
      kind,
      level: named(level),
      wide,
      inputs: distinct,
      leaf: null,
    });
  }

  #leaf(leaf: Leaf): number {
    const { fact, operator, value, other } = leaf;
    const scopes = [fact, ...(other === null ? [] : [other])].map((name) => FACTS_BY_NAME.get(name)!.scope);
    const level = named(scopes.reduce((sum, scope) => sum | LEVEL_OF_SCOPE[scope], 0));
    const wide = scopes.some((scope) => WIDE_SCOPES.includes(scope));
    const key = `leaf ${JSON.stringify([fact, operator, other, other === null ? value : null])}`;
    const step = { fact, other, test: compileTest(leaf), limit: limitOf(leaf) };
    return this.#step(key, { kind: 'leaf', level, wide, inputs: [], leaf: step });
  }

  #step(key: string, step: Step): number {
    let position = this.#known.get(key);
    if (position === undefined) {
      position = this.steps.push(step) - 1;
      this.#known.set(key, position);
    }
    return position;
  }
}

/** What changes with both sku and order changes with the line. */
function named(level: number): number {
  return level > LEVEL.order ? LEVEL.line : level;
}

/** The limit of a comparison of numbers: its answer for a number needs no call. */
export interface NumberLimit {
  readonly than: number;
  readonly below: boolean;
  readonly inclusive: boolean;
}

const COMPARISONS: ReadonlyMap<string, Omit<NumberLimit, 'than'>> = new Map([
  ['lessThan', { below: true, inclusive: false }],
  ['lessThanInclusive', { below: true, inclusive: true }],
  ['withinKm', { below: true, inclusive: true }],
  ['greaterThan', { below: false, inclusive: false }],
  ['greaterThanInclusive', { below: false, inclusive: true }],
  ['beyondKm', { below: false, inclusive: false }],
]);

function limitOf({ operator, value, other }: Leaf): NumberLimit | null {
  const comparison = COMPARISONS.get(operator);
  return comparison && other === null && typeof value === 'number' ? { ...comparison, than: value } : null;
}

const FEW_VALUES = 8;

/** The operator's test with the value bound; long lists by the shorter way that gives the same answer. */
function compileTest({ operator, value, other }: Leaf): LeafStep['test'] {
  const test = testOf(operator);
  if (other !== null) return test;
  if (Array.isArray(value) && value.length > FEW_VALUES && (operator === 'in' || operator === 'notIn')) {
    const values = new Set<unknown>(value);
    return operator === 'in' ? (fact) => values.has(fact) : (fact) => !values.has(fact);
  }
  return (fact) => test(fact, value);
}
