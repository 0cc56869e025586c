// Decides a goal tier inside the limits of the tiers above: multipliers on them, raised where a limit breaks and lowered where it holds.
// The plan of the tiers above keeps every limit, so that there is always an answer; each solve adds a bound and a plan to relink.
// A plan that does better in a tier above tightens its limit; bounds proven under the wider one still hold.
import type { ShadowPrice } from '../../model/plan.ts';
import { type Choice, PlanBook } from './plan-book.ts';
import { goalUnits, limitUnits, type RankedGoal, STEPS } from './ranked-goals.ts';
import { type GoalLimits, improveTowards, keepsLimits, retreatTo } from './relink.ts';
import { replanOrders } from './replan-orders.ts';
import { type Found, solveOnce, type TierRun } from './tier-run.ts';

/** Solves of the wave for each tier but the first. */
export const SOLVES_INSIDE = 6;

const RAISE = 16;
const MOST_MULTIPLIER = STEPS * 2 ** 20;

/** Where the right multiplier of a limit lies: it breaks at `breaks` and holds at `holds`. */
interface Bracket {
  readonly breaks: number;
  readonly holds: number;
}

export interface TierAnswer {
  readonly book: PlanBook;
  /** In units of the goal. */
  readonly lowerUnits: number;
  readonly prices: readonly ShadowPrice[];
  /** By goal above: the least met while it was kept, in its units. Its limit follows from it. */
  readonly reached: readonly number[];
}

/** Null when it was cancelled. `best` keeps the limits of all that was `reached`. */
export async function minimiseInside(
  run: TierRun,
  tier: number,
  best: readonly Choice[],
  reached: readonly number[],
): Promise<TierAnswer | null> {
  const above = run.goals.slice(0, tier);
  let goals: GoalLimits = { goal: run.goals[tier]!, above, limits: limitsOf(above, reached) };
  let least = reached;
  let book = bookOf(run, best);
  let proof: Found | null = null;
  let brackets: readonly Bracket[] = above.map(() => ({ breaks: -1, holds: Infinity }));
  let multipliers: readonly number[] | null = above.map(() => STEPS);
  let last: Found | null = null;
  for (let solve = 0; solve < SOLVES_INSIDE && multipliers; solve++) {
    const found = await solveOnce(run, tier, multipliers, goals.limits);
    if (!found) return null;
    last = found;
    if (!proof || found.lowerUnits > proof.lowerUnits) proof = found;
    const fresh = bookOf(run, found.choices);
    brackets = narrowed(brackets, multipliers, fresh, goals);
    if (keepsLimits(fresh, goals)) {
      least = above.map((goal, at) => Math.min(least[at]!, goalUnits(goal, fresh.totals)));
      goals = { ...goals, limits: limitsOf(above, least) };
      if (!keepsLimits(book, goals)) book = bookOf(run, found.choices);
    }
    book = cheaper(book, fresh, found.choices, goals);
    if (isProven(book, proof, goals)) break;
    multipliers = nextMultipliers(brackets, multipliers);
  }
  const stop = (): boolean => (run.observer.isCancelled?.() ?? false) || isProven(book, proof!, goals);
  run.tally.work += replanOrders(book, run.input, last!.weighted, goals, stop);
  return { book, lowerUnits: proof!.lowerUnits, prices: proof!.prices, reached: least };
}

export function limitsOf(above: readonly RankedGoal[], reached: readonly number[]): number[] {
  return above.map((goal, at) => limitUnits(goal, reached[at]!));
}

export function bookOf({ input }: TierRun, choices: readonly Choice[]): PlanBook {
  return new PlanBook(choices, input.createLedger());
}

function isProven(book: PlanBook, proof: Found, { goal }: GoalLimits): boolean {
  return goalUnits(goal, book.totals) <= Math.ceil(proof.lowerUnits - 1e-6);
}

/** The better of two plans within the limits, each improved by the other. */
function cheaper(book: PlanBook, fresh: PlanBook, found: readonly Choice[], goals: GoalLimits): PlanBook {
  const units = (of: PlanBook): number => goalUnits(goals.goal, of.totals);
  let better = book;
  if (keepsLimits(fresh, goals)) improveTowards(fresh, book.choices, goals);
  else if (retreatTo(fresh, book.choices, goals)) improveTowards(fresh, found, goals);
  if (keepsLimits(fresh, goals) && units(fresh) < units(book)) better = fresh;
  improveTowards(better, found, goals);
  return better;
}

function narrowed(
  brackets: readonly Bracket[],
  multipliers: readonly number[],
  { totals }: PlanBook,
  { above, limits }: GoalLimits,
): Bracket[] {
  return brackets.map(({ breaks, holds }, at) => {
    const multiplier = multipliers[at]!;
    return goalUnits(above[at]!, totals) > limits[at]!
      ? { breaks: Math.max(breaks, multiplier), holds }
      : { breaks, holds: Math.min(holds, multiplier) };
  });
}

/** Null where no limit asks for another multiplier. */
function nextMultipliers(brackets: readonly Bracket[], now: readonly number[]): number[] | null {
  const next = brackets.map((bracket) => nextMultiplier(bracket));
  return next.every((multiplier, at) => multiplier === now[at]) ? null : next;
}

function nextMultiplier({ breaks, holds }: Bracket): number {
  if (holds === Infinity) return Math.min(MOST_MULTIPLIER, Math.max(1, breaks * RAISE));
  if (breaks < 0) return Math.floor(holds / RAISE);
  if (holds <= breaks + 1) return holds;
  return Math.max(breaks + 1, Math.round(Math.sqrt(Math.max(0.25, breaks) * holds)));
}
