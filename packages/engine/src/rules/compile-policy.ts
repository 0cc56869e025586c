// Decides what a policy means to the pipeline: its rules checked and ready to be asked.
import type { Issue } from '../base/issue.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Policy } from '../model/policy.ts';
import { parsePolicyShape } from '../model/parse.ts';
import { compileRules } from './compile.ts';
import { createRuleBook, type RuleBook } from './rule-book.ts';

export interface CompiledPolicy {
  readonly policy: Policy;
  readonly book: RuleBook;
}

/** A policy ready for use, or everything wrong with its rules. Paths are below `base`. */
export function compilePolicy(policy: Policy, base = ''): Result<CompiledPolicy, Issue[]> {
  const rules = compileRules(policy.rules ?? [], `${base}/rules`, policy.conditions, `${base}/conditions`);
  return rules.ok ? succeed({ policy, book: createRuleBook(rules.value) }) : rules;
}

/** Shape and rules of an unknown input; a policy that passes also compiles. */
export function parsePolicy(input: unknown, base = ''): Result<Policy, Issue[]> {
  const shape = parsePolicyShape(input, base);
  if (!shape.ok) return shape;
  const compiled = compilePolicy(shape.value, base);
  return compiled.ok ? succeed(shape.value) : fail(compiled.error);
}
