// Decides what each rule of a policy says to the linter: when it is about something, which nodes it names, when it strikes.
import type { CompiledRule } from '../compile.ts';
import { type Condition, leavesOf } from '../condition.ts';
import { allOf, type Formula, FormulaSpace, negate } from './formula.ts';

export interface RuleFormulas {
  readonly rule: CompiledRule;
  /** JSON pointer of the rule. */
  readonly path: string;
  readonly when: Formula;
  /** For `require` and `prefer`: nodes that are meant. */
  readonly nodes: Formula | null;
  /** When it refuses, charges or acts. */
  readonly strikes: Formula;
  readonly notStrikes: Formula;
  readonly facts: ReadonlySet<string>;
  /** Facts on which everything hangs: the rule strikes for some of their values only, whatever the others are. */
  readonly mandatory: readonly string[];
}

export interface PolicyFormulas {
  readonly space: FormulaSpace;
  /** In the order in which rules are asked. */
  readonly rules: readonly RuleFormulas[];
}

export function policyFormulas(rules: readonly CompiledRule[], base: string): PolicyFormulas {
  const space = new FormulaSpace(rules.flatMap(({ when, nodes }) => (nodes ? [when, nodes] : [when])));
  return {
    space,
    rules: rules.map((rule): RuleFormulas => {
      const when = space.of(rule.when);
      const nodes = rule.nodes && space.of(rule.nodes);
      const strikes = nodes ? allOf(when, negate(nodes, space)) : when;
      const path = `${base}/rules/${rule.written}`;
      const notStrikes = negate(strikes, space);
      return { rule, path, when, nodes, strikes, notStrikes, facts: new Set(rule.facts), mandatory: mandatory(rule) };
    }),
  };
}

/** Facts of comparisons that stand at the top and can fail: a rule that is never about them cannot be implied. */
function mandatory({ when }: CompiledRule): string[] {
  const top: readonly Condition[] = when.kind === 'all' ? when.children : [when];
  return [
    ...new Set(
      top
        .filter(({ kind }) => kind === 'leaf')
        .flatMap(leavesOf)
        .map(({ fact }) => fact),
    ),
  ];
}
