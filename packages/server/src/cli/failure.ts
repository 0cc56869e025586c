// Decides how a command ends when it cannot do its work: a message a person can act on, and an exit code a script can read.
import type { Issue } from '@sourcewright/engine';

/** 0 done · 1 a bug · 2 the input or the call is wrong · 3 a check failed. */
export const EXIT = { ok: 0, bug: 1, input: 2, checks: 3 } as const;

export class CommandFailure extends Error {
  override name = 'CommandFailure';
  readonly issues: readonly Issue[];
  /** What a machine that asked for JSON gets on standard output in place of the message. */
  readonly output: string | undefined;
  readonly exitCode: number;

  constructor(message: string, issues: readonly Issue[] = [], output?: string, exitCode: number = EXIT.input) {
    super(message);
    this.issues = issues;
    this.output = output;
    this.exitCode = exitCode;
  }
}

/** Every issue on a line of its own: where, what is wrong, what next. */
export function renderIssues(issues: readonly Issue[]): string {
  return issues.map((issue) => `  ${issue.path || '(whole input)'}: ${issue.message} [${issue.code}]`).join('\n');
}
