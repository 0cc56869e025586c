// Decides how HiGHS is loaded: a runtime of its own for each wave, so that its memory goes with the wave and no wave sees another's.
// Leaves what is solved to master-lp.ts and restricted-mip.ts; nothing that HiGHS claims is believed before it is worked out anew.
import loadHighs, { type Highs, type Model } from 'highs';

/** The package's types take it for CommonJS; what is imported is the loader itself. */
const load = loadHighs as unknown as () => Promise<Highs>;

export type HighsModel = Model;
export type HighsRuntime = Highs;

export function createHighsRuntime(): Promise<HighsRuntime> {
  return load();
}
