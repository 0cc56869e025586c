// Decides what is counted of each rule during a wave: how often it was asked, how often it held, how often that changed anything.
import type { RuleUse } from '../model/plan.ts';
import type { CompiledRule } from './compile.ts';

export interface RuleCounts {
  /** By rule: lines at nodes, orders, stock rows or nodes, by the effect's scope. */
  readonly asked: Float64Array;
  readonly held: Float64Array;
  readonly changed: Float64Array;
}

export function createRuleCounts(rules: readonly CompiledRule[]): RuleCounts {
  const zeros = (): Float64Array => new Float64Array(rules.length);
  return { asked: zeros(), held: zeros(), changed: zeros() };
}

/** In the order in which the policy lists its rules. */
export function ruleUses(rules: readonly CompiledRule[], counts: RuleCounts): RuleUse[] {
  return rules
    .map((rule, index) => ({ rule, index }))
    .sort((a, b) => a.rule.written - b.rule.written)
    .map(({ rule, index }) => ({
      rule: rule.name,
      effect: rule.effect.type,
      asked: counts.asked[index]!,
      held: counts.held[index]!,
      changed: counts.changed[index]!,
    }));
}
