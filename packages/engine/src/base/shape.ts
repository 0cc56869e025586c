// Decides whether an unknown value is small and shallow enough to be looked at, before any schema walks it.
import { type Issue, pointer } from './issue.ts';

/** Values nested deeper than this are refused unseen. */
export const MAX_DEPTH = 48;

/** The first place where `input` nests deeper than `MAX_DEPTH`, or nothing. Iterative: depth cannot exhaust the stack. */
export function depthIssue(input: unknown): Issue | undefined {
  const pending: { value: unknown; depth: number; path: string }[] = [{ value: input, depth: 0, path: '' }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, depth, path } = next;
    if (value === null || typeof value !== 'object') continue;
    if (depth >= MAX_DEPTH) {
      const message = `Nested ${MAX_DEPTH} levels deep or more. Flatten the document.`;
      return { code: 'too-deep', path: path.length > 200 ? `${path.slice(0, 200)}...` : path, message };
    }
    // Flat lists of scalars are the common case and need no visit.
    for (const [key, inner] of Object.entries(value)) {
      if (inner !== null && typeof inner === 'object') {
        pending.push({ value: inner, depth: depth + 1, path: depth < 8 ? pointer(path, key) : path });
      }
    }
  }
  return undefined;
}
