// Decides how long carriage may take: a spread of transit days through the two that are stated, half and nine tenths of parcels.
// Leaves delivery dates to schedule.ts and what lateness costs to costs/.

export interface TransitChance {
  readonly transitDays: number;
  readonly share: number;
}

/** What is rarer than this counts with the day before it. */
const RAREST = 0.0005;

/**
 * Half of parcels take `halfDays` delivery days; of those that take longer, as many again are through with each further day,
 * so that nine tenths are through after `mostDays`: P(T > half + j) = 0.5 × 0.2^(j ÷ (most − half)). All take `halfDays` where both are one.
 */
export function transitSpread(halfDays: number, mostDays: number): readonly TransitChance[] {
  if (mostDays <= halfDays) return [{ transitDays: halfDays, share: 1 }];
  const stay = 0.2 ** (1 / (mostDays - halfDays));
  const spread: TransitChance[] = [];
  let slower = 0.5;
  let left = 1;
  for (let days = halfDays; ; days++) {
    if (slower < RAREST) return [...spread, { transitDays: days, share: left }];
    spread.push({ transitDays: days, share: left - slower });
    left = slower;
    slower *= stay;
  }
}
