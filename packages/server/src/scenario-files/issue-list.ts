// Decides how many issues are kept while a scenario is read: enough to list the first ones in order, never millions.
import type { Issue } from '@sourcewright/engine';

/** Issues beyond this many are counted, not listed. */
export const MAX_LISTED_ISSUES = 100;

/** Kept from one source before they are put in order: more than are ever listed, as some say the same twice. */
const MAX_KEPT_ISSUES = 1000;

export interface IssueList {
  readonly kept: readonly Issue[];
  /** How many more there were. */
  readonly dropped: number;
  add(issue: Issue): void;
}

export function createIssueList(): IssueList {
  const kept: Issue[] = [];
  let dropped = 0;
  return {
    kept,
    get dropped() {
      return dropped;
    },
    add: (issue) => {
      if (kept.length < MAX_KEPT_ISSUES) kept.push(issue);
      else dropped += 1;
    },
  };
}

/** The first `MAX_LISTED_ISSUES`; one last issue counts the rest and those that were `dropped`, of which some may say the same. */
export function listIssues(issues: readonly Issue[], dropped = 0): Issue[] {
  const rest = issues.length - MAX_LISTED_ISSUES + dropped;
  if (rest <= 0) return [...issues];
  const count = dropped > 0 ? `at least ${rest}` : String(rest);
  const message = `And ${count} more issues. Mend those above and load again.`;
  return [...issues.slice(0, MAX_LISTED_ISSUES), { code: 'too-large', path: '', message }];
}

/** Takes the engine's own count of what it did not list off its issues. */
export function splitCount(issues: readonly Issue[]): { listed: readonly Issue[]; dropped: number } {
  const last = issues.at(-1);
  const count = last?.path === '' && last.code === 'too-large' ? /\d+/.exec(last.message)?.[0] : undefined;
  return count === undefined ? { listed: issues, dropped: 0 } : { listed: issues.slice(0, -1), dropped: Number(count) };
}
