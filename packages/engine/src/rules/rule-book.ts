// Decides what a compiled policy's rules are to the stages that ask them: by the scope at which their effects act.
import type { CompiledRule } from './compile.ts';
import type { CompiledCascade } from './compile-cascade.ts';
import { type EffectScope, EFFECTS_BY_TYPE } from './effects.ts';
import { explainRule, type ReadFact, type RuleOutcome } from './interpret.ts';
import { buildProgram, type RuleProgram } from './program.ts';

export interface RuleBook {
  readonly rules: readonly CompiledRule[];
  readonly program: RuleProgram;
  /** Positions of the rules whose effects act at a scope, in the order in which they are asked. */
  readonly at: Readonly<Record<EffectScope, readonly number[]>>;
  /** Whether a rule strikes, with its evidence. */
  explain(rule: number, read: ReadFact): RuleOutcome;
  /** The strategies of the policy's cascade; null where it follows none. */
  readonly cascade: CompiledCascade | null;
}

export function createRuleBook(rules: readonly CompiledRule[], cascade: CompiledCascade | null = null): RuleBook {
  const at: Record<EffectScope, number[]> = { order: [], candidate: [], stock: [], node: [] };
  for (const [position, { effect }] of rules.entries()) at[EFFECTS_BY_TYPE.get(effect.type)!.scope].push(position);
  return {
    rules,
    program: buildProgram(rules),
    at,
    explain: (rule, read) => explainRule(rules[rule]!, read),
    cascade,
  };
}
