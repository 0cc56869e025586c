// Decides what a plan reports as its goals where the policy ranks none: one tier, all costs alike.
import type { CostBreakdown, Proof, TierResult } from '../model/plan.ts';

export function onlyTier({ totalMicros }: CostBreakdown, { lowerBoundMicros, gap }: Proof): TierResult {
  return { name: 'cost', objectiveMicros: totalMicros, lowerBoundMicros, gap, limitMicros: null };
}
