// Decides the shape of a change that is tried: its steps from what is, and what is known of where it may flip a choice.
// Leaves which are tried to probes.ts, and at which steps to bracket.ts.
import type { Change, Rejection } from '../model/explanation.ts';
import type { Network } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { OrderPlan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { CompiledRule } from '../rules/compile.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { OrderView } from '../solve/order-view.ts';
import type { DraftOrder } from './draft-order.ts';
import type { Taken } from './plan-uses.ts';
import type { Alternative } from './runner-up.ts';

export interface Probe {
  /** The change at a step; step 0 is what is. */
  at(step: number): Change;
  readonly most: number;
  /** The step at which it should flip, where that can be worked out: it is tried first. */
  readonly guess?: number;
  /** Ascending steps that are the likeliest to be the first that flips. */
  readonly turns?: readonly number[];
  /** Where money is changed: what a step adds to the cost of the order as it is planned, and probably to that of a plan that flips. */
  readonly perStep?: { readonly staysMicros: number; readonly flipsMicros: number };
  /** How large a step is beside what is there: to tell which change is the smallest. */
  readonly stepShare: number;
}

export interface ProbeContext {
  readonly order: Order;
  readonly orderPlan: OrderPlan;
  /** What others of the plan have. */
  readonly taken: readonly Taken[];
  readonly view: OrderView;
  readonly draft: DraftOrder;
  readonly network: Network;
  readonly policy: Policy;
  readonly book: RuleBook;
}

export interface LineContext {
  readonly demand: number;
  /** Nodes that supply it. */
  readonly chosen: ReadonlySet<number>;
  readonly alternatives: readonly Alternative[];
  readonly rejections: readonly Rejection[];
  /** Rules that had a hand in it. */
  readonly rules: readonly string[];
}

/** Whether a rule is such, or a cascade may read anything. */
export function reads({ book }: ProbeContext, isSuch: (rule: CompiledRule) => boolean): boolean {
  return book.cascade !== null || book.rules.some(isSuch);
}
