// Decides how a service says no: a problem of the registry, what is the case here, and the issues found.
import { fail, type Issue, type Result } from '@sourcewright/engine';
import type { ProblemName } from '../contract/index.ts';
import type { TaskFailure } from '../jobs/seat.ts';
import type { Log } from '../log.ts';

export interface Failure {
  readonly problem: ProblemName;
  readonly detail: string;
  readonly issues: readonly Issue[];
  readonly retryAfterSeconds?: number;
}

export type Outcome<T> = Result<T, Failure>;

export function refuse(
  problem: ProblemName,
  detail: string,
  issues: readonly Issue[] = [],
): { readonly ok: false; readonly error: Failure } {
  return fail({ problem, detail, issues });
}

export function refuseInput(issues: readonly Issue[]): { readonly ok: false; readonly error: Failure } {
  const count = issues.length === 1 ? '1 issue' : `${issues.length} issues`;
  return refuse('invalid-input', `${count}. Nothing was stored. Mend what is listed and send it again.`, issues);
}

/** What a caller hears when a worker gave no answer. The cause goes to the log, not to the caller. */
export function refuseTask(failure: TaskFailure, log: Log): { readonly ok: false; readonly error: Failure } {
  switch (failure.kind) {
    case 'overloaded':
      return fail({
        problem: 'overloaded',
        detail: 'Too many calls wait for a worker. Try again in a moment.',
        issues: [],
        retryAfterSeconds: 5,
      });
    case 'closed':
      return refuse('shutting-down', 'The server is shutting down. Try again when it is back.');
    case 'deadline':
    case 'cancelled':
      return fail({
        problem: 'deadline-exceeded',
        detail: 'The work was stopped at its deadline. Give more time with deadlineMs, or ask for fewer orders.',
        issues: [],
        retryAfterSeconds: 1,
      });
    case 'crashed':
      log.error({ stack: failure.stack }, 'a worker failed');
      return refuse('worker-failed', 'The worker stopped before it answered. The cause is in the log of the server.');
  }
}
