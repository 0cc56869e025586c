// Decides how conditions look to the linter: over sets of a fact's values, over what lists contain, and over comparisons of two
// facts, which may be true or false as they please. Whether a formula can hold is then searched exactly, within a budget.
import { FACTS_BY_NAME } from '../catalogue.ts';
import { type Condition, type Leaf, leavesOf } from '../condition.ts';
import { factDomain, type FactDomain } from './fact-domain.ts';

export type Formula =
  | { readonly kind: 'values'; readonly fact: number; readonly mask: Uint32Array }
  | { readonly kind: 'atom'; readonly atom: number; readonly holds: boolean }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Formula[] };

export const ALWAYS: Formula = { kind: 'all', parts: [] };
export const NEVER: Formula = { kind: 'any', parts: [] };

export function negate(formula: Formula, space: FormulaSpace): Formula {
  switch (formula.kind) {
    case 'values':
      return { ...formula, mask: space.complement(formula.fact, formula.mask) };
    case 'atom':
      return { ...formula, holds: !formula.holds };
    case 'all':
    case 'any':
      return { kind: formula.kind === 'all' ? 'any' : 'all', parts: formula.parts.map((part) => negate(part, space)) };
  }
}

export const allOf = (...parts: readonly Formula[]): Formula => ({ kind: 'all', parts });
export const anyOf = (...parts: readonly Formula[]): Formula => ({ kind: 'any', parts });

/** The other side of a coin: what holds exactly where the first does not. */
const OPPOSITES: Readonly<Record<string, string>> = {
  notEqual: 'equal',
  notIn: 'in',
  doesNotContain: 'contains',
  notInGroup: 'inGroup',
};

/** Steps a question may take before it is left open. */
const BUDGET = 4000;

/** All formulas of one policy: they share their facts' values. */
export class FormulaSpace {
  readonly #domains: (FactDomain | undefined)[] = [];
  readonly #facts = new Map<string, number>();
  readonly #atoms = new Map<string, number>();
  readonly #masks = new Map<string, Formula>();

  constructor(conditions: readonly Condition[]) {
    const leaves = conditions.flatMap(leavesOf).filter(({ other }) => other === null);
    for (const [fact, ofFact] of Map.groupBy(leaves, (leaf) => leaf.fact)) {
      const known = FACTS_BY_NAME.get(fact)!;
      this.#facts.set(fact, this.#domains.length);
      this.#domains.push(known.type === 'list' ? undefined : factDomain(known, ofFact));
    }
  }

  of(condition: Condition): Formula {
    switch (condition.kind) {
      case 'leaf':
        return this.#leaf(condition);
      case 'not':
        return negate(this.of(condition.child), this);
      case 'all':
      case 'any':
        return { kind: condition.kind, parts: condition.children.map((child) => this.of(child)) };
    }
  }

  complement(fact: number, mask: Uint32Array): Uint32Array {
    const { all } = this.#domains[fact]!;
    return all.map((word, index) => word & ~mask[index]!);
  }

  /** False only where it surely cannot hold. */
  canHold(...formulas: readonly Formula[]): boolean {
    const search: Search = { masks: this.#domains.map((domain) => domain?.all), atoms: new Map(), budget: BUDGET };
    return satisfy(formulas, search);
  }

  #leaf(leaf: Leaf): Formula {
    const { fact, operator, value, other } = leaf;
    const key = JSON.stringify([fact, operator, other, other === null ? value : null]);
    let formula = this.#masks.get(key);
    if (!formula) this.#masks.set(key, (formula = this.#build(leaf)));
    return formula;
  }

  #build(leaf: Leaf): Formula {
    const { fact, operator, value, other } = leaf;
    if (other !== null) return this.#atom(operator, `${fact} | ${other}`);
    const { type } = FACTS_BY_NAME.get(fact)!;
    if (type === 'list') return this.#list(fact, operator, value);
    const position = this.#facts.get(fact)!;
    const domain = this.#domains[position];
    if (!domain) return this.#atom(operator, `${fact} | ${JSON.stringify(value)}`);
    return { kind: 'values', fact: position, mask: domain.maskOf(leaf) };
  }

  /** A list is what it contains; it is never missing, and equal to nothing that can be written. */
  #list(fact: string, operator: string, value: unknown): Formula {
    const values = Array.isArray(value) ? value : [value];
    const contains = (entry: unknown): Formula => this.#atom('contains', `${fact} | ${JSON.stringify(entry)}`);
    switch (operator) {
      case 'contains':
        return Array.isArray(value) ? NEVER : contains(value);
      case 'doesNotContain':
        return Array.isArray(value) ? ALWAYS : negate(contains(value), this);
      case 'containsAny':
      case 'inGroup':
        return anyOf(...values.map(contains));
      case 'notInGroup':
        return negate(anyOf(...values.map(contains)), this);
      case 'containsAll':
        return allOf(...values.map(contains));
      case 'notEqual':
      case 'notIn':
        return ALWAYS;
      case 'equal':
      case 'in':
        return NEVER;
      default:
        return this.#atom(operator, `${fact} | ${JSON.stringify(value)}`);
    }
  }

  #atom(operator: string, subject: string): Formula {
    const opposite = OPPOSITES[operator];
    const key = `${opposite ?? operator} ${subject}`;
    let atom = this.#atoms.get(key);
    if (atom === undefined) this.#atoms.set(key, (atom = this.#atoms.size));
    return { kind: 'atom', atom, holds: opposite === undefined };
  }
}

interface Search {
  /** By fact: values that are still possible. */
  readonly masks: (Uint32Array | undefined)[];
  readonly atoms: Map<number, boolean>;
  budget: number;
}

/** Whether all formulas can hold at once; true as well where the budget ends first. */
function satisfy(formulas: readonly Formula[], search: Search): boolean {
  search.budget -= 1;
  if (search.budget <= 0) return true;
  const [first, ...rest] = formulas;
  if (!first) return true;
  switch (first.kind) {
    case 'all':
      return satisfy([...first.parts, ...rest], search);
    case 'any': {
      // Branches wait until what must hold has narrowed the values.
      const position = rest.findIndex(({ kind }) => kind !== 'any');
      if (position >= 0) {
        const next = rest[position]!;
        return satisfy([next, first, ...rest.slice(0, position), ...rest.slice(position + 1)], search);
      }
      return first.parts.some((part) => satisfy([part, ...rest], search));
    }
    case 'values':
      return withMask(first.fact, first.mask, search, () => satisfy(rest, search));
    case 'atom':
      return withAtom(first.atom, first.holds, search, () => satisfy(rest, search));
  }
}

function withMask(fact: number, mask: Uint32Array, { masks }: Search, then: () => boolean): boolean {
  const before = masks[fact]!;
  const after = before.map((word, index) => word & mask[index]!);
  if (after.every((word) => word === 0)) return false;
  masks[fact] = after;
  const answer = then();
  masks[fact] = before;
  return answer;
}

function withAtom(atom: number, holds: boolean, { atoms }: Search, then: () => boolean): boolean {
  const before = atoms.get(atom);
  if (before !== undefined) return before === holds && then();
  atoms.set(atom, holds);
  const answer = then();
  atoms.delete(atom);
  return answer;
}
