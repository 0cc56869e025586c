// Decides the goals of a wave by rank: a tier is minimised, then held within its tolerance while the next one is.
// Weights are never piled up to rank goals; leaves each tier to inside-limits.ts and a policy without tiers to its solver alone.
import { invariant } from '../../base/invariant.ts';
import { COST_TERMS } from '../../model/cost-terms.ts';
import type { Network } from '../../model/network.ts';
import type { Effort, ShadowPrice, StopReason, TierResult } from '../../model/plan.ts';
import type { Strategy } from '../../model/policy.ts';
import type { Observer, WaveAnswer, WaveInput, WaveSolver } from '../solver.ts';
import { boundWave } from '../wave/wave-bound.ts';
import { finalDecisions } from './final-decisions.ts';
import { bookOf, limitsOf, minimiseInside, SOLVES_INSIDE, type TierAnswer } from './inside-limits.ts';
import { PlanBook } from './plan-book.ts';
import { goalUnits, rankGoals, type RankedGoal, type TermTotals } from './ranked-goals.ts';
import { choicesOf, createTierRun, solveOnce, type TierRun } from './tier-run.ts';
import { mostParcels, roundingMicros, weightedInput } from './weighted-input.ts';

/** Strategies that minimise what the policy's goals say; the others decide by rules of their own. */
const MINIMISING: ReadonlySet<Strategy> = new Set<Strategy>(['optimal', 'fcfs-exact']);

/** Null when it was cancelled. */
export async function solveInTiers(
  solver: WaveSolver,
  input: WaveInput,
  network: Network,
  observer: Observer,
): Promise<WaveAnswer | null> {
  const { tiers } = input.policy.goals;
  if (!tiers) return solver.solve(input, observer);
  const goals = rankGoals(tiers);
  if (!MINIMISING.has(solver.strategy)) return withReport(await solver.solve(input, observer), goals, input, network);
  const solves = 1 + (goals.length - 1) * SOLVES_INSIDE;
  const run = createTierRun(solver, input, network, goals, solves, observer);
  run.tally.lowerBoundMicros = boundWave(input);
  return solveRanked(run);
}

async function solveRanked(run: TierRun): Promise<WaveAnswer | null> {
  const first = await solveOnce(run, 0, [], []);
  if (!first) return null;
  const answers: TierAnswer[] = [
    { book: bookOf(run, first.choices), lowerUnits: first.lowerUnits, prices: first.prices, reached: [] },
  ];
  for (let tier = 1; tier < run.goals.length; tier++) {
    const { book, reached } = answers.at(-1)!;
    await tellIncumbent(run, answers);
    const all = [...reached, goalUnits(run.goals[tier - 1]!, book.totals)];
    const answer = await minimiseInside(run, tier, book.choices, all);
    if (!answer) return null;
    answers.push(answer);
  }
  return answerOf(run, answers);
}

async function tellIncumbent(run: TierRun, answers: readonly TierAnswer[]): Promise<void> {
  run.tally.costMicros = costOf(answers.at(-1)!.book.totals);
  await run.observer.onIncumbent?.({
    costMicros: run.tally.costMicros,
    lowerBoundMicros: run.tally.lowerBoundMicros,
    answer: () => answerOf(run, answers),
  });
}

function answerOf(run: TierRun, answers: readonly TierAnswer[]): WaveAnswer {
  const { book, prices, reached } = answers.at(-1)!;
  const limits = limitsOf(run.goals.slice(0, reached.length), reached);
  // Of tiers that are not reached yet nothing is proven.
  const tiers = run.goals.map((goal, at) =>
    resultOf(goal, book.totals, answers[at]?.lowerUnits ?? 0, limits[at] ?? null),
  );
  return {
    decisions: finalDecisions(book.choices, run.input),
    lowerBoundMicros: run.tally.lowerBoundMicros,
    prices: byWorth(prices),
    effort: effortOf(run, tiers),
    tiers,
  };
}

/** A strategy that does not minimise: what its plan comes to in each tier, and what no plan goes below in it alone. */
function withReport(
  answer: WaveAnswer | null,
  goals: readonly RankedGoal[],
  input: WaveInput,
  network: Network,
): WaveAnswer | null {
  if (!answer) return null;
  const { totals } = new PlanBook(choicesOf(answer, input), input.createLedger());
  const parcels = mostParcels(input);
  const tiers = goals.map((goal) => {
    const bound = boundWave(weightedInput(input, network, goal.weights, 1));
    return resultOf(goal, totals, bound - roundingMicros(goal.weights, parcels, bound), null);
  });
  return { ...answer, tiers };
}

/** For an answer that is there before a solver has begun: what it comes to in each tier, with nothing proven. */
export function withTiersUnproven(answer: WaveAnswer, input: WaveInput): WaveAnswer {
  const { tiers } = input.policy.goals;
  if (!tiers) return answer;
  const { totals } = new PlanBook(choicesOf(answer, input), input.createLedger());
  return { ...answer, tiers: rankGoals(tiers).map((goal) => resultOf(goal, totals, 0, null)) };
}

/** In whole micros of the goal. */
function resultOf(goal: RankedGoal, totals: TermTotals, lowerUnits: number, limit: number | null): TierResult {
  const { name, unitsPerMicro } = goal;
  const units = goalUnits(goal, totals);
  invariant(lowerUnits <= units * (1 + 1e-9) + 1, `The bound of tier ${name}, ${lowerUnits}, is above its ${units}.`);
  const objectiveMicros = Math.round(units / unitsPerMicro);
  const bound = Math.max(0, Math.ceil(lowerUnits / unitsPerMicro - 1e-6));
  const lowerBoundMicros = Math.min(objectiveMicros, bound);
  const gap = objectiveMicros === 0 ? 0 : (objectiveMicros - lowerBoundMicros) / objectiveMicros;
  const limitMicros = limit === null ? null : Math.round(limit / unitsPerMicro);
  return { name, objectiveMicros, lowerBoundMicros, gap, limitMicros };
}

function effortOf({ tally: { work, rounds, stops } }: TierRun, tiers: readonly TierResult[]): Effort {
  const inTurn = stops.has('last-order');
  const proven = tiers.every(({ gap }) => gap === 0);
  const short: StopReason = stops.has('work-limit') ? 'work-limit' : 'no-improvement';
  return { work, rounds, stopped: inTurn ? 'last-order' : proven ? 'optimal' : short };
}

function costOf(totals: TermTotals): number {
  return COST_TERMS.reduce((sum, term) => sum + totals[term], 0);
}

function byWorth(prices: readonly ShadowPrice[]): ShadowPrice[] {
  return [...prices].sort((a, b) => b.unitMicros - a.unitMicros);
}
