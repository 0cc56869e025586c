// Decides the shape of a problem found in an input: a stable code, where, and what to do about it.
// Leaves finding problems to the parse functions and showing them to the doors (CLI, HTTP, studio).

/** One thing wrong with an input. `path` is a JSON pointer (RFC 6901), or `file:row` for a table. */
export interface Issue {
  readonly code: IssueCode;
  readonly path: string;
  /** Names the thing, shows the value, says what next. Never holds a customer's name. */
  readonly message: string;
}

export const ISSUE_CODES = [
  'too-large',
  'too-deep',
  'unreadable',
  'missing-column',
  'wrong-type',
  'missing',
  'unknown-field',
  'out-of-range',
  'bad-format',
  'duplicate-id',
  'unknown-reference',
  'inconsistent',
  'unsupported',
  'bad-rule',
  'cancelled',
] as const;

export type IssueCode = (typeof ISSUE_CODES)[number];

/** Extends a JSON pointer by one key, escaped as RFC 6901 asks. */
export function pointer(base: string, key: string | number): string {
  return `${base}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A value as it may appear in a message: JSON, cut at 60 characters. */
export function shown(value: unknown): string {
  const text = textOf(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Numbers as they are (JSON has no NaN), long texts cut before they are quoted, what JSON cannot hold by its type. */
function textOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return typeof value;
  }
}
