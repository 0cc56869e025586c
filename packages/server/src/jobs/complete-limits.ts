// Decides which limits hold where only some are named.
import { DEFAULT_LIMITS, type Limits } from '@sourcewright/engine';

type Named = { readonly [K in keyof Limits]?: Limits[K] | undefined };

export function completeLimits(named: Named = {}): Limits {
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(given) };
}
