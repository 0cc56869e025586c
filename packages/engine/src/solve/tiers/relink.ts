// Decides how two plans of a wave become a better one: orders change over from one to the other while limits and stock allow it.
// Leaves where the plans come from to inside-limits.ts.
import { goalUnits, type RankedGoal } from './ranked-goals.ts';
import type { Choice, PlanBook } from './plan-book.ts';

/** The goal that is minimised and those above it with what they may reach, in their units. */
export interface GoalLimits {
  readonly goal: RankedGoal;
  readonly above: readonly RankedGoal[];
  readonly limits: readonly number[];
}

const PASSES = 2;

export function keepsLimits(book: PlanBook, { above, limits }: GoalLimits): boolean {
  return above.every((goal, at) => goalUnits(goal, book.totals) <= limits[at]!);
}

/** `book` keeps its limits and goes on to; orders take their choice in `target` where that lowers the goal. */
export function improveTowards(book: PlanBook, target: readonly Choice[], goals: GoalLimits): void {
  for (let pass = 0; pass < PASSES; pass++) {
    let changed = false;
    for (const { order } of changesTo(book, target, goals).sort(byGain)) {
      if (tryChoice(book, order, target[order]!, goals)) changed = true;
    }
    if (!changed) return;
  }
}

/** Takes the choice where it fits, lowers the goal and keeps the limits; else nothing changes. */
export function tryChoice(book: PlanBook, order: number, choice: Choice, goals: GoalLimits): boolean {
  const before = goalUnits(goals.goal, book.totals);
  const old = book.choices[order]!;
  if (!book.swap(order, choice)) return false;
  if (goalUnits(goals.goal, book.totals) < before && keepsLimits(book, goals)) return true;
  book.swap(order, old);
  return false;
}

/** `book` breaks its limits: orders take their choice in `safe`, those first that give up least, until it keeps them. */
export function retreatTo(book: PlanBook, safe: readonly Choice[], goals: GoalLimits): boolean {
  for (let pass = 0; pass < PASSES && !keepsLimits(book, goals); pass++) {
    const back = changesTo(book, safe, goals).filter(({ relief }) => relief > 0);
    back.sort((a, b) => a.change / a.relief - b.change / b.relief || a.order - b.order);
    for (const { order } of back) {
      if (keepsLimits(book, goals)) return true;
      book.swap(order, safe[order]!);
    }
  }
  return keepsLimits(book, goals);
}

interface Change {
  readonly order: number;
  /** In units of the goal. */
  readonly change: number;
  /** What it uses of the limits, as a share of them. */
  readonly burden: number;
  /** What it frees of limits that are broken, as a share of them. */
  readonly relief: number;
}

function changesTo(book: PlanBook, target: readonly Choice[], { goal, above, limits }: GoalLimits): Change[] {
  const broken = above.map((of, at) => goalUnits(of, book.totals) > limits[at]!);
  return book.choices.flatMap((choice, order): Change[] => {
    const to = target[order]!;
    if (to === choice) return [];
    const difference = (of: RankedGoal): number => goalUnits(of, to.own) - goalUnits(of, choice.own);
    const shares = above.map((of, at) => difference(of) / (1 + limits[at]!));
    const burden = shares.reduce((sum, share) => sum + Math.max(0, share), 0);
    const relief = shares.reduce((sum, share, at) => sum + (broken[at] ? Math.max(0, -share) : 0), 0);
    return [{ order, change: difference(goal), burden, relief }];
  });
}

/** What costs the limits nothing first, then most gain for what it uses. */
function byGain(a: Change, b: Change): number {
  if (a.burden === 0 || b.burden === 0) return a.burden - b.burden || a.change - b.change || a.order - b.order;
  return a.change / a.burden - b.change / b.burden || a.order - b.order;
}
