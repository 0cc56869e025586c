// Decides the shape of what the linter finds: a stable code, where, which rules, what to do about it.
import type { RuleOp } from './rule-op.ts';

/** In the order of precedence in lists. Errors keep a policy from being used, or make rules do what nobody can want. */
export const LINT_CODES = {
  'unknown-fact': 'error',
  'unknown-operator': 'error',
  'bad-rule': 'error',
  contradiction: 'error',
  'never-holds': 'error',
  'type-mismatch': 'warning',
  'always-holds': 'warning',
  'duplicate-rule': 'warning',
  'masked-rule': 'warning',
  'unused-condition': 'warning',
  'strategy-never-asked': 'warning',
  'orders-without-strategy': 'warning',
  'unknown-node-name': 'warning',
  'orders-without-node': 'warning',
  'never-hit': 'note',
} as const;

export type LintCode = keyof typeof LINT_CODES;
export type LintSeverity = (typeof LINT_CODES)[LintCode];

export interface LintFix {
  readonly text: string;
  /** JSON Patch (RFC 6902) of the policy. */
  readonly patch: readonly RuleOp[];
}

export interface LintFinding {
  readonly code: LintCode;
  readonly severity: LintSeverity;
  /** JSON pointer (RFC 6901) into the policy. */
  readonly path: string;
  readonly message: string;
  /** Rules it is about, the one at `path` first. */
  readonly rules: readonly string[];
  readonly fix: LintFix | null;
}

export function finding(
  code: LintCode,
  path: string,
  message: string,
  rules: readonly string[] = [],
  fix: LintFix | null = null,
): LintFinding {
  return { code, severity: LINT_CODES[code], path, message, rules, fix };
}

export function removal(path: string, text: string): LintFix {
  return { text, patch: [{ op: 'remove', path }] };
}

export function replacement(path: string, value: unknown, text: string): LintFix {
  return { text, patch: [{ op: 'replace', path, value }] };
}
