// Decides the contract of a wave solver: candidates, stock and capacity in; one decision an order out, with a bound.
// Every strategy keeps it, so that strategies are compared on equal terms.
import type { OrderCandidates } from '../candidates/candidate.ts';
import type { Pricer } from '../costs/price.ts';
import type { Ledger } from '../inventory/ledger.ts';
import type { Limits } from '../model/limits.ts';
import type { ShadowPrice } from '../model/plan.ts';
import type { Policy, Strategy } from '../model/policy.ts';
import type { OrderSolution } from './order/order-problem.ts';
import type { OrderView } from './order-view.ts';

export interface WaveInput {
  /** In the order in which they were placed; ties by order id. */
  readonly orders: readonly OrderCandidates[];
  readonly policy: Policy;
  readonly pricer: Pricer;
  readonly limits: Limits;
  /** A fresh ledger on the wave's snapshot. */
  createLedger(): Ledger;
}

export interface Decision {
  /** The order as it stood when it was decided. */
  readonly view: OrderView;
  readonly solution: OrderSolution;
  /** Whether every plan for the order was weighed; a baseline leaves units that it does not look for. */
  readonly exact: boolean;
}

export interface WaveAnswer {
  /** In the order in which they were taken. */
  readonly decisions: readonly Decision[];
  /** No plan for the wave costs less. */
  readonly lowerBoundMicros: number;
  /** Empty where the strategy finds none. */
  readonly prices: readonly ShadowPrice[];
}

/** Told after each order; `isCancelled` is asked before each. Neither can change the answer. */
export interface Observer {
  onProgress?(done: number, total: number, costMicros: number): void;
  isCancelled?(): boolean;
}

export interface WaveSolver {
  readonly strategy: Strategy;
  /** Null when it was cancelled. */
  solve(input: WaveInput, observer: Observer): WaveAnswer | null;
}
