// Decides how HiGHS is loaded: a runtime of its own for each wave, so that its memory goes with the wave and no wave sees another's.
// Leaves what is solved to master-lp.ts and restricted-mip.ts; nothing that HiGHS claims is believed before it is worked out anew.
import loadHighs, { type Highs, type Model } from 'highs';

/** The package's types take it for CommonJS; what is imported is the loader itself. */
const load = loadHighs as unknown as () => Promise<Highs>;

export type HighsModel = Model;
export type HighsRuntime = Highs;

/** Null where it does not load. */
export function createHighsRuntime(): Promise<HighsRuntime | null> {
  return load().catch(() => null);
}

/** What HiGHS answers; null where it throws, for one that fails has nothing to propose. */
export function proposal<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch {
    return null;
  }
}
