// Decides how likely a node's own demand is to reach a number of units: Poisson, or negative binomial where it varies more.
// Leaves what running out costs to stock-balance.ts.

/** P(demand ≥ units), for whole units. */
export type DemandTail = (units: number) => number;

/** Rarer than this, next to the likeliest number, is left out. */
const NEGLIGIBLE = 1e-17;

/** `mean` above 0. A variance up to the mean is taken for Poisson's. */
export function demandTail(mean: number, variance: number): DemandTail {
  const { mode, ratio } = variance > mean * (1 + 1e-9) ? negativeBinomial(mean, variance) : poisson(mean);
  const up: number[] = [1];
  for (let at = mode; up.at(-1)! > NEGLIGIBLE; at++) up.push(up.at(-1)! * ratio(at));
  const down: number[] = [];
  for (let at = mode, share = 1; at > 0 && share > NEGLIGIBLE; at--) down.push((share /= ratio(at - 1)));
  const first = mode - down.length;
  const shares = [...down.reverse(), ...up];
  // Small ones first, so that none is lost.
  const tails = shares.slice();
  for (let at = tails.length - 2; at >= 0; at--) tails[at]! += tails[at + 1]!;
  const all = tails[0]!;
  return (units) => (units <= first ? 1 : (tails[units - first] ?? 0) / all);
}

/** The likeliest number, and P(n + 1) ÷ P(n). */
interface Counts {
  readonly mode: number;
  readonly ratio: (n: number) => number;
}

function poisson(mean: number): Counts {
  return { mode: Math.floor(mean), ratio: (n) => mean / (n + 1) };
}

/** r successes of chance 1 − q: mean r q ÷ (1 − q), variance mean ÷ (1 − q). */
function negativeBinomial(mean: number, variance: number): Counts {
  const q = 1 - mean / variance;
  const r = (mean * mean) / (variance - mean);
  const mode = r > 1 ? Math.floor((q * (r - 1)) / (1 - q)) : 0;
  return { mode, ratio: (n) => (q * (r + n)) / (n + 1) };
}
