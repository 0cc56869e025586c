// Decides which solver stands behind each strategy's name.
import type { Network } from '../model/network.ts';
import type { Strategy } from '../model/policy.ts';
import { byFewestShipments } from './baselines/fewest-shipments.ts';
import { byDistance } from './baselines/nearest.ts';
import { byPriority } from './baselines/priority.ts';
import { byCascade } from './baselines/strategy-cascade.ts';
import type { WaveSolver } from './solver.ts';
import { createOptimalSolver } from './wave/optimal.ts';
import { createSequentialSolver, solveExact } from './wave/sequential.ts';

export function solverFor(strategy: Strategy, network: Network): WaveSolver {
  switch (strategy) {
    case 'optimal':
      return createOptimalSolver(network);
    case 'fcfs-exact':
      return createSequentialSolver(strategy, solveExact);
    case 'priority':
      return createSequentialSolver(strategy, byPriority(network));
    case 'nearest':
      return createSequentialSolver(strategy, byDistance);
    case 'fewest-shipments':
      return createSequentialSolver(strategy, byFewestShipments);
    case 'cascade':
      return createSequentialSolver(strategy, byCascade(network));
  }
}
