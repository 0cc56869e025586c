// Decides how a bug announces itself: an assertion that failed is thrown, not returned.

/** Throws when `condition` does not hold. For states the code itself must prevent, never for bad input. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

export class InvariantError extends Error {
  override name = 'InvariantError';
}
