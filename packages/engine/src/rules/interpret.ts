// Decides what a rule says of given facts, one comparison after the other, with the evidence for it.
// The plain reading of a rule: explanations and the check of plans use it; waves use the rule program.
import type { Evidence } from '../model/explanation.ts';
import type { CompiledRule } from './compile.ts';
import type { Condition, Group, Leaf } from './condition.ts';
import { testOf } from './operators.ts';

/** Reads one fact by name; undefined where it is missing. The same name must give the same value each time. */
export type ReadFact = (name: string) => unknown;

export interface RuleOutcome {
  readonly holds: boolean;
  /** Every comparison that was asked, in the order of the rule's text. */
  readonly evidence: readonly Evidence[];
}

export function holds(condition: Condition, read: ReadFact): boolean {
  switch (condition.kind) {
    case 'leaf':
      return testLeaf(condition, read);
    case 'not':
      return !holds(condition.child, read);
    case 'all':
      return condition.children.every((child) => holds(child, read));
    case 'any':
      return condition.children.some((child) => holds(child, read));
  }
}

/** The same answer with its evidence. Comparisons of one priority are all asked; lower ones only where they are needed. */
export function explainCondition(condition: Condition, read: ReadFact): RuleOutcome {
  switch (condition.kind) {
    case 'leaf':
      return { holds: testLeaf(condition, read), evidence: [evidenceOf(condition, read)] };
    case 'not': {
      const inner = explainCondition(condition.child, read);
      return { holds: !inner.holds, evidence: inner.evidence };
    }
    case 'all':
    case 'any':
      return explainGroup(condition, read);
  }
}

function explainGroup({ kind, children }: Group, read: ReadFact): RuleOutcome {
  const asked: (RuleOutcome | undefined)[] = children.map(() => undefined);
  const priorities = [...new Set(children.map(({ priority }) => priority))].sort((a, b) => b - a);
  // What settles a group: one that does not hold settles all, one that holds settles any.
  const settling = kind === 'any';
  let settled = false;
  for (const priority of priorities) {
    if (settled) break;
    for (const [index, child] of children.entries()) {
      if (child.priority === priority) asked[index] = explainCondition(child, read);
    }
    settled = asked.some((outcome) => outcome?.holds === settling);
  }
  return { holds: settled === settling, evidence: asked.flatMap((outcome) => outcome?.evidence ?? []) };
}

/** Whether the rule refuses, charges or acts: for `require` and `prefer` where the node is not one of those named. */
export function strikes(rule: CompiledRule, read: ReadFact): boolean {
  return holds(rule.when, read) && (rule.nodes === null || !holds(rule.nodes, read));
}

/** The same with its evidence: what the conditions found, then what was found of the node. */
export function explainRule(rule: CompiledRule, read: ReadFact): RuleOutcome {
  const when = explainCondition(rule.when, read);
  if (!rule.nodes || !when.holds) return when;
  const nodes = explainCondition(rule.nodes, read);
  return { holds: !nodes.holds, evidence: [...when.evidence, ...nodes.evidence] };
}

function testLeaf({ fact, operator, value, other }: Leaf, read: ReadFact): boolean {
  return testOf(operator)(read(fact), other === null ? value : read(other));
}

function evidenceOf(leaf: Leaf, read: ReadFact): Evidence {
  const { fact, operator, value, other } = leaf;
  // A fact on the right that is missing is named, so that a reader sees what was compared.
  const expected = other === null ? value : (read(other) ?? value);
  return { fact, operator, expected: expected ?? null, actual: read(fact) ?? null, holds: testLeaf(leaf, read) };
}
