// Decides what a policy means to the pipeline: its rules checked and ready to be asked.
import type { Issue } from '../base/issue.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Policy } from '../model/policy.ts';
import { parsePolicyShape } from '../model/parse.ts';
import { DEFAULT_CASCADE } from '../model/cascade.ts';
import { compileRules } from './compile.ts';
import { type CompiledCascade, compileCascade } from './compile-cascade.ts';
import { createRuleBook, type RuleBook } from './rule-book.ts';

export interface CompiledPolicy {
  readonly policy: Policy;
  readonly book: RuleBook;
}

/** A policy ready for use, or everything wrong with its rules. Paths are below `base`. */
export function compilePolicy(policy: Policy, base = ''): Result<CompiledPolicy, Issue[]> {
  const rules = compileRules(policy.rules ?? [], `${base}/rules`, policy.conditions, `${base}/conditions`);
  const cascade = policyCascade(policy, base);
  if (!rules.ok) return cascade.ok ? rules : fail([...rules.error, ...cascade.error]);
  return cascade.ok ? succeed({ policy, book: createRuleBook(rules.value, cascade.value) }) : cascade;
}

/** A cascade that is written is checked whatever the strategy; only the strategy `cascade` follows it. */
function policyCascade(policy: Policy, base: string): Result<CompiledCascade | null, Issue[]> {
  const isFollowed = policy.strategy === 'cascade';
  const written = policy.cascade ?? (isFollowed ? DEFAULT_CASCADE : undefined);
  if (!written) return succeed(null);
  const compiled = compileCascade(written, `${base}/cascade`, policy.conditions, `${base}/conditions`);
  return compiled.ok && !isFollowed ? succeed(null) : compiled;
}

/** Shape and rules of an unknown input; a policy that passes also compiles. */
export function parsePolicy(input: unknown, base = ''): Result<Policy, Issue[]> {
  const shape = parsePolicyShape(input, base);
  if (!shape.ok) return shape;
  const compiled = compilePolicy(shape.value, base);
  return compiled.ok ? succeed(shape.value) : fail(compiled.error);
}
