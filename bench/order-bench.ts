// Decides how fast one order is solved, and how it compares with a general MIP solver on the same orders in the same run.
import { type OrderProblem, type OrderSolution, randomOrderProblem, solveOrder } from '@sourcewright/engine/testing';
import { type Bench, type BenchCase, quantile, timeEach } from './harness.ts';
import { comparable, solveByHighs } from './order-mip.ts';

const WORK = 20_000;
const NODES = 200;

interface Size {
  readonly demands: number;
  readonly orders: number;
  /** Orders that the rival solves too; it is slower. */
  readonly rivalOrders: number;
  readonly target: { readonly metric: 'p50' | 'p99' | 'max'; readonly ms: number };
}

const SIZES: readonly Size[] = [
  { demands: 5, orders: 2000, rivalOrders: 20, target: { metric: 'p50', ms: 0.3 } },
  { demands: 50, orders: 200, rivalOrders: 3, target: { metric: 'p99', ms: 20 } },
  { demands: 1000, orders: 5, rivalOrders: 0, target: { metric: 'max', ms: 1000 } },
];

export const orderBench: Bench = { bench: 'orders', cases: SIZES.map(caseOf) };

function caseOf({ demands, orders, rivalOrders, target }: Size): BenchCase {
  return {
    row: `order-${demands}`,
    about: `${orders} random orders of ${demands} lines over ${NODES} nodes, seeds 1 to ${orders}`,
    run: async () => {
      const problems = Array.from({ length: orders }, (_, index) =>
        randomOrderProblem({ demands, nodes: NODES }, index + 1),
      );
      for (const problem of problems.slice(0, 50)) solveOrder(problem, WORK);
      const solutions: OrderSolution[] = [];
      const times = timeEach(orders, (index) => solutions.push(solveOrder(problems[index]!, WORK)));
      const rival = rivalOrders === 0 ? null : await measureRival(problems.slice(0, rivalOrders));
      const limits = { p50: quantile(times, 0.5), p99: quantile(times, 0.99), max: Math.max(...times) };
      const none = { rival: '-', rivalValue: null, target: '', met: null };
      return [
        {
          metric: 'p50',
          value: limits.p50,
          unit: 'ms',
          rival: '-',
          rivalValue: null,
          target: target.metric === 'p50' ? `<= ${target.ms}` : '',
          met: target.metric === 'p50' ? limits.p50 <= target.ms : null,
        },
        {
          metric: target.metric === 'max' ? 'max' : 'p99',
          value: target.metric === 'max' ? limits.max : limits.p99,
          unit: 'ms',
          ...none,
          ...(target.metric === 'p50' ? {} : { target: `<= ${target.ms}`, met: limits[target.metric] <= target.ms }),
        },
        { metric: 'proven', value: 100 * share(solutions, (solution) => solution.proven), unit: '%', ...none },
        { metric: 'mean gap', value: 100 * mean(solutions.map(gapOf)), unit: '%', ...none },
        ...(rival === null
          ? []
          : [
              {
                ...none,
                metric: 'p50, single band',
                value: rival.ours,
                unit: 'ms',
                rival: 'HiGHS MIP',
                rivalValue: rival.p50,
              },
              {
                ...none,
                metric: 'cost above rival',
                value: 100 * rival.above,
                unit: '%',
                rival: 'HiGHS MIP',
                rivalValue: 0,
              },
            ]),
      ];
    },
  };
}

/** Both solve the same orders, simplified to what both can say; HiGHS has half a minute for each. */
async function measureRival(problems: readonly OrderProblem[]): Promise<{ ours: number; p50: number; above: number }> {
  const ours: number[] = [];
  const times: number[] = [];
  let own = 0;
  let rival = 0;
  for (const problem of problems.map(comparable)) {
    const began = performance.now();
    const { costMicros } = solveOrder(problem, WORK);
    ours.push(performance.now() - began);
    const start = performance.now();
    const other = await solveByHighs(problem, 30);
    times.push(performance.now() - start);
    if (other === null) continue;
    own += costMicros;
    rival += other;
  }
  return { ours: quantile(ours, 0.5), p50: quantile(times, 0.5), above: own / rival - 1 };
}

function gapOf(solution: OrderSolution): number {
  return solution.costMicros === 0 ? 0 : (solution.costMicros - solution.lowerBoundMicros) / solution.costMicros;
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / items.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
