// Decides how a fact's value is read from what its scope looks at, and that it is the same each time it is asked.
import { FACTS_BY_NAME, FACTS_OF } from './catalogue.ts';
import type { ScopeViews } from './facts/fact.ts';
import type { ReadFact } from './interpret.ts';

/** Reads a fact from the view of its scope. */
export type ReadView = (view: unknown) => unknown;

const READS: ReadonlyMap<string, ReadView> = new Map(
  Object.values(FACTS_OF).flatMap((facts) =>
    facts.map(({ name, read }): [string, ReadView] => [name, read as ReadView]),
  ),
);

/** The reader of a known fact; what it is handed must be the view of the fact's scope. */
export function readerOf(name: string): ReadView {
  return READS.get(name)!;
}

/** Reads any fact of the scopes that are given, each once; facts of other scopes are missing. */
export function factReader(views: Partial<ScopeViews>): ReadFact {
  const known = new Map<string, unknown>();
  return (name) => {
    if (known.has(name)) return known.get(name);
    const scope = FACTS_BY_NAME.get(name)?.scope;
    const view = scope && views[scope];
    const value = view && readerOf(name)(view);
    known.set(name, value);
    return value;
  };
}
