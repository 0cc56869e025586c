// Decides an order by the number of shipments alone: as few nodes as cover all that can be covered; equal covers by cost.
import { mergeTogether } from '../order/merge-together.ts';
import type { OrderProblem, OrderSolution } from '../order/order-problem.ts';
import type { DecideOrder } from '../wave/sequential.ts';
import { cascade } from './cascade.ts';
import { withBound } from './price-shipments.ts';

/** Sets of this many nodes are tried one by one; beyond it nodes are added greedily. */
const EXHAUSTIVE_SIZE = 2;
const METHOD = 'fewest-shipments';

export const byFewestShipments: DecideOrder = ({ problem }) => {
  // What ships together is covered together.
  const asked = mergeTogether(problem)?.problem ?? problem;
  for (let size = 1; size <= EXHAUSTIVE_SIZE; size++) {
    const best = bestCover(problem, asked, size);
    if (best) return withBound(problem, best);
  }
  return withBound(problem, cascade(problem, greedyRanking(asked), METHOD));
};

/** The best answer among the sets of `size` sources that cover all that can be covered; undefined where there is none. */
function bestCover(problem: OrderProblem, asked: OrderProblem, size: number): OrderSolution | undefined {
  const all = problem.sources.map((_, index) => index);
  const coverable = countCovered(asked, all);
  let best: OrderSolution | undefined;
  forEachSet(all, size, (set) => {
    if (countCovered(asked, set) < coverable) return;
    const answer = cascade(problem, set, METHOD);
    if (!best || better(answer, best)) best = answer;
  });
  return best;
}

/** Fewer units missing first, then fewer shipments, then lower cost. */
function better(left: OrderSolution, right: OrderSolution): boolean {
  const units = shippedUnits(left) - shippedUnits(right);
  if (units !== 0) return units > 0;
  if (left.shipments.length !== right.shipments.length) return left.shipments.length < right.shipments.length;
  return left.costMicros < right.costMicros;
}

function shippedUnits(solution: OrderSolution): number {
  return solution.shipments.reduce((sum, { taken }) => taken.reduce((inner, { quantity }) => inner + quantity, sum), 0);
}

function covers(problem: OrderProblem, source: number, demand: number): boolean {
  return problem.sources[source]!.available[demand]! >= problem.demands[demand]!.quantity;
}

function countCovered(problem: OrderProblem, set: readonly number[]): number {
  return problem.demands.filter((_, demand) => set.some((source) => covers(problem, source, demand))).length;
}

/** Again and again the source that covers most of what is still open. */
function greedyRanking(problem: OrderProblem): number[] {
  const open = new Set(problem.demands.keys());
  const left = new Set(problem.sources.keys());
  const ranking: number[] = [];
  while (left.size > 0) {
    let best = -1;
    let most = -1;
    for (const source of left) {
      let count = 0;
      for (const demand of open) if (covers(problem, source, demand)) count += 1;
      if (count > most) [best, most] = [source, count];
    }
    ranking.push(best);
    left.delete(best);
    for (const demand of open) if (covers(problem, best, demand)) open.delete(demand);
  }
  return ranking;
}

function forEachSet(items: readonly number[], size: number, visit: (set: readonly number[]) => void): void {
  const extend = (set: readonly number[], from: number): void => {
    if (set.length === size) return visit(set);
    for (let index = from; index < items.length; index++) extend([...set, items[index]!], index + 1);
  };
  extend([], 0);
}
