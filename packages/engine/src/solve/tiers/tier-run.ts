// Decides one solve of a goal tier: the goals above at multipliers, the wave's own solver, and what its answer proves.
// Leaves which multipliers to try to inside-limits.ts.
import { invariant } from '../../base/invariant.ts';
import { COST_TERMS } from '../../model/cost-terms.ts';
import type { Network } from '../../model/network.ts';
import type { ShadowPrice, StopReason } from '../../model/plan.ts';
import type { Observer, WaveAnswer, WaveInput, WaveSolver } from '../solver.ts';
import { type Choice, choiceOf } from './plan-book.ts';
import { type Combination, combineGoals, type RankedGoal } from './ranked-goals.ts';
import { mostParcels, roundingMicros, weightedInput } from './weighted-input.ts';

/** What all solves of a wave share. */
export interface TierRun {
  readonly input: WaveInput;
  readonly network: Network;
  readonly solver: WaveSolver;
  readonly observer: Observer;
  readonly goals: readonly RankedGoal[];
  /** The most that any plan sends. */
  readonly parcels: number;
  /** Solves that the work is shared out to. */
  readonly solves: number;
  readonly tally: Tally;
}

interface Tally {
  solves: number;
  work: number;
  rounds: number;
  stops: Set<StopReason>;
  /** Of the wave's cost at plain money, as far as it is known. */
  lowerBoundMicros: number;
  /** Of the best plan so far, at plain money. */
  costMicros: number;
}

/** What one solve found. */
export interface Found {
  readonly choices: readonly Choice[];
  /** No plan within the limits has less of the goal, in its units. */
  readonly lowerUnits: number;
  /** In micros of the goal. */
  readonly prices: readonly ShadowPrice[];
  /** What orders were priced by. */
  readonly weighted: WaveInput;
}

export function createTierRun(
  solver: WaveSolver,
  input: WaveInput,
  network: Network,
  goals: readonly RankedGoal[],
  solves: number,
  observer: Observer,
): TierRun {
  const tally: Tally = { solves: 0, work: 0, rounds: 0, stops: new Set(), lowerBoundMicros: 0, costMicros: 0 };
  return { input, network, solver, observer, goals, parcels: mostParcels(input), solves, tally };
}

/** Minimises goal `tier` with those above at `multipliers`; null when it was cancelled. */
export async function solveOnce(
  run: TierRun,
  tier: number,
  multipliers: readonly number[],
  limits: readonly number[],
): Promise<Found | null> {
  const combination = combineGoals(run.goals.slice(0, tier + 1), multipliers);
  const { weights } = combination;
  const weighted = weightedInput(run.input, run.network, weights, run.input.limits.waveWork / run.solves);
  const answer = await run.solver.solve(weighted, quiet(run));
  if (!answer) return null;
  const { tally } = run;
  tally.solves += 1;
  tally.work += answer.effort.work;
  tally.rounds += answer.effort.rounds;
  tally.stops.add(answer.effort.stopped);
  const bound = answer.lowerBoundMicros - roundingMicros(weights, run.parcels, answer.lowerBoundMicros);
  const alike = weights.shipping > 0 && COST_TERMS.every((term) => weights[term] === weights.shipping);
  if (alike) tally.lowerBoundMicros = Math.max(tally.lowerBoundMicros, bound / weights.shipping);
  return {
    choices: choicesOf(answer, run.input),
    lowerUnits: Math.max(0, lowerOf(combination, bound, limits)),
    prices: pricesOf(answer, combination, run.goals[tier]!),
    weighted,
  };
}

/** Lagrangian relaxation: multiplier × goal ≥ the bound of the weighted wave − Σ multiplier × limit of the goals above. */
function lowerOf({ divisor, multipliers }: Combination, bound: number, limits: readonly number[]): number {
  const above = multipliers.slice(0, -1).reduce((sum, multiplier, at) => sum + multiplier * limits[at]!, 0);
  return (divisor * bound - above) / multipliers.at(-1)!;
}

/** By order of the input. */
export function choicesOf({ decisions }: Pick<WaveAnswer, 'decisions'>, { orders, pricer }: WaveInput): Choice[] {
  const decided = new Map(decisions.map((decision) => [decision.view.candidates.order.orderId, decision]));
  return orders.map(({ order }) => {
    const decision = decided.get(order.orderId);
    invariant(decision, `Order ${order.orderId} was not decided.`);
    return choiceOf(decision, pricer);
  });
}

function pricesOf({ prices }: WaveAnswer, { divisor, multipliers }: Combination, goal: RankedGoal): ShadowPrice[] {
  const micros = divisor / multipliers.at(-1)! / goal.unitsPerMicro;
  return prices
    .map((price) => ({ ...price, unitMicros: Math.round(price.unitMicros * micros) }))
    .filter(({ unitMicros }) => unitMicros > 0);
}

/** Progress over all solves; costs on the way are weighted, so that only the best plan's is told. */
function quiet({ observer, solves, tally }: TierRun): Observer {
  return {
    onProgress: (done, total) => {
      const share = (tally.solves + done / Math.max(1, total)) / solves;
      observer.onProgress?.(Math.min(total, Math.floor(share * total)), total, tally.costMicros);
    },
    isCancelled: () => observer.isCancelled?.() ?? false,
  };
}
