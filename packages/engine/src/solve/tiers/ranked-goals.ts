// Decides what a goal tier weighs in whole numbers, and what several weigh together at given multipliers.
// Leaves which multipliers to inside-limits.ts.
import type { TermWeights } from '../../costs/price.ts';
import { COST_TERMS, type CostTerm } from '../../model/cost-terms.ts';
import { type GoalTier, WEIGHT_STEPS } from '../../model/goal-tiers.ts';

/** Sums of a plan by term, in micros. */
export type TermTotals = Readonly<Record<CostTerm, number>>;

export interface RankedGoal {
  readonly name: string;
  /** Whole numbers without a common divisor, those of a sum in `unitsPerMicro`. */
  readonly weights: TermWeights;
  readonly unitsPerMicro: number;
  readonly tolerancePercent: number;
  readonly toleranceMicros: number;
}

/** A weighted sum of goals that a solver may minimise: Σ weights × term = (Σ multiplier × goal) ÷ `divisor`. */
export interface Combination {
  readonly weights: TermWeights;
  readonly divisor: number;
  /** By goal: how often its units are in the sum. */
  readonly multipliers: readonly number[];
}

/** Parts that a multiplier is counted in: a multiplier of `STEPS` weighs a micro of a goal above as one of its own. */
export const STEPS = 16;

export function rankGoals(tiers: readonly GoalTier[]): RankedGoal[] {
  const named = new Set(tiers.flatMap((tier) => Object.keys(tier.terms)));
  return tiers.map((tier, at) => {
    const last = at === tiers.length - 1;
    const stepsOf = (term: CostTerm): number => {
      const weight = tier.terms[term] ?? (last && !named.has(term) ? 1 : 0);
      return Math.round(weight * WEIGHT_STEPS);
    };
    const steps = weightsBy(stepsOf);
    const divisor = COST_TERMS.reduce((common, term) => commonDivisor(steps[term], common), WEIGHT_STEPS);
    return {
      name: tier.name,
      weights: weightsBy((term) => steps[term] / divisor),
      unitsPerMicro: WEIGHT_STEPS / divisor,
      tolerancePercent: tier.tolerancePercent ?? 0,
      toleranceMicros: tier.toleranceMicros ?? 0,
    };
  });
}

/** In units of the goal. */
export function goalUnits({ weights }: RankedGoal, totals: TermTotals): number {
  return COST_TERMS.reduce((sum, term) => sum + weights[term] * totals[term], 0);
}

/** What the goals below may raise this one to once it has reached `units`: the larger of its two tolerances on top. */
export function limitUnits({ unitsPerMicro, tolerancePercent, toleranceMicros }: RankedGoal, units: number): number {
  return Math.floor(units + Math.max((units * tolerancePercent) / 100, toleranceMicros * unitsPerMicro));
}

/** The last of `goals`, and those above it at `multipliers` ÷ `STEPS` of its own money. */
export function combineGoals(goals: readonly RankedGoal[], multipliers: readonly number[]): Combination {
  const common = goals.reduce((product, { unitsPerMicro }) => leastMultiple(product, unitsPerMicro), 1);
  const full = goals.map(({ unitsPerMicro }, at) => {
    return ((at === goals.length - 1 ? STEPS : multipliers[at]!) * common) / unitsPerMicro;
  });
  const sums = weightsBy((term) => goals.reduce((sum, goal, at) => sum + full[at]! * goal.weights[term], 0));
  const divisor = Math.max(
    1,
    COST_TERMS.reduce((divides, term) => commonDivisor(sums[term], divides), 0),
  );
  return { weights: weightsBy((term) => sums[term] / divisor), divisor, multipliers: full };
}

function weightsBy(of: (term: CostTerm) => number): TermWeights {
  return Object.fromEntries(COST_TERMS.map((term) => [term, of(term)])) as TermWeights;
}

function leastMultiple(a: number, b: number): number {
  return (a / commonDivisor(a, b)) * b;
}

function commonDivisor(a: number, b: number): number {
  let [high, low] = [a, b];
  while (low > 0) [high, low] = [low, high % low];
  return high;
}
