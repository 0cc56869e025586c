// Decides the contract of a wave solver: candidates, stock and capacity in; one decision an order out, with a bound.
// Every strategy keeps it, so that strategies are compared on equal terms.
import type { OrderCandidates } from '../candidates/candidate.ts';
import type { Pricer } from '../costs/price.ts';
import type { Ledger } from '../inventory/ledger.ts';
import type { Limits } from '../model/limits.ts';
import type { Effort, ShadowPrice, TierResult } from '../model/plan.ts';
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
  /** The order was not looked at: all of it stays unsourced for that reason. */
  readonly skipped?: boolean;
}

export interface WaveAnswer {
  /** In the order in which they were taken. */
  readonly decisions: readonly Decision[];
  /** No plan for the wave costs less. */
  readonly lowerBoundMicros: number;
  /** Empty where the strategy finds none. */
  readonly prices: readonly ShadowPrice[];
  readonly effort: Effort;
  /** Only where the policy has goal tiers. */
  readonly tiers?: readonly TierResult[];
}

/** A plan that a solver has in hand while it goes on. */
export interface Incumbent {
  readonly costMicros: number;
  /** What is proven so far; 0 while nothing is. */
  readonly lowerBoundMicros: number;
  /** Makes the answer: only until the call that told of it has returned and what it promised is settled. */
  readonly answer: () => WaveAnswer;
}

/** Told while a solver works; `isCancelled` is asked before each order. Nothing of it can change the answer. */
export interface Observer {
  onProgress?(done: number, total: number, costMicros: number): void;
  /** The solver has its answer and works out how good it is; told after each order of that. */
  onProving?(done: number, total: number): void;
  /** A higher lower bound on every plan. */
  onBound?(lowerBoundMicros: number): void;
  /** The cheapest plan so far, now and then, also when it is the one told before. The solver waits for what is promised. */
  onIncumbent?(incumbent: Incumbent): void | Promise<void>;
  isCancelled?(): boolean;
}

export interface WaveSolver {
  readonly strategy: Strategy;
  /** Null when it was cancelled. */
  solve(input: WaveInput, observer: Observer): WaveAnswer | null | Promise<WaveAnswer | null>;
}
