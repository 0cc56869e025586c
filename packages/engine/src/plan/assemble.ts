// Decides how a solver's answer becomes a plan that may be believed: built, summed up, verified.
// Leaves one order to build.ts and what is held against it to verify.ts.
import { decimal } from '../base/money.ts';
import type { Pricer } from '../costs/price.ts';
import { sumBreakdowns } from '../costs/breakdown.ts';
import { Ledger } from '../inventory/ledger.ts';
import type { Network } from '../model/network.ts';
import type { Basis, OrderPlan, Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Wave } from '../model/wave.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import { type RuleCounts, ruleUses } from '../rules/rule-counts.ts';
import type { WaveAnswer } from '../solve/solver.ts';
import { buildOrderPlan, proofOf } from './build.ts';
import { computeKpis } from './kpis.ts';
import { onlyTier } from './only-tier.ts';
import { withReasonsAfterAll } from './unsourced-reason.ts';
import { verify } from './verify.ts';

export interface PlanContext {
  readonly wave: Wave;
  readonly policy: Policy;
  readonly network: Network;
  readonly pricer: Pricer;
  readonly basis: Basis;
  readonly book: RuleBook;
  /** How the rules fared so far. */
  readonly counts: RuleCounts;
}

/** Told as orders are built, then as they are verified. */
export type OnAssembled = (stage: 'build' | 'verify', done: number, total: number) => void;

/** A solver's answer is no plan that holds: a bug of the solver, or of what builds on it. */
export class InvalidAnswerError extends Error {
  override name = 'InvalidAnswerError';
}

/** The plan costs more than can be counted to the micro. */
export class TooDearError extends Error {
  override name = 'TooDearError';
  constructor() {
    super(`The plan costs more than ${decimal(Number.MAX_SAFE_INTEGER)}.`);
  }
}

/** Throws `InvalidAnswerError` when the answer cannot be built or does not verify, `TooDearError` when it cannot be counted. */
export async function assemble(answer: WaveAnswer, context: PlanContext, onOrder?: OnAssembled): Promise<Plan> {
  const plan = built(answer, context, onOrder);
  const { length } = plan.orders;
  const violations = await verified(plan, context, (done) => onOrder?.('verify', done, length));
  if (violations.length > 0) {
    throw new InvalidAnswerError(`The plan does not verify: ${violations.slice(0, 3).join(' ')}`);
  }
  return plan;
}

function built(answer: WaveAnswer, context: PlanContext, onOrder: OnAssembled | undefined): Plan {
  const { wave, policy, network, pricer, basis, book, counts } = context;
  try {
    const { decisions } = answer;
    const ledger = new Ledger(network);
    const built = decisions.map((decision, index): OrderPlan => {
      onOrder?.('build', index, decisions.length);
      return buildOrderPlan(decision, network, pricer, ledger, book);
    });
    // Orders that are weighed together have to leave alone what all others take; in turn, only those before them.
    const orders =
      policy.strategy === 'optimal'
        ? built.map((order, index) => withReasonsAfterAll(order, decisions[index]!, ledger, pricer, policy))
        : built;
    const cost = sumBreakdowns(orders.map((order) => order.cost));
    if (cost.totalMicros > Number.MAX_SAFE_INTEGER) throw new TooDearError();
    const proof = proofOf(cost.totalMicros, answer.lowerBoundMicros);
    return {
      basis,
      strategy: policy.strategy,
      currency: wave.snapshot.currency,
      orders,
      cost,
      proof,
      tiers: answer.tiers ?? [onlyTier(cost, proof)],
      effort: answer.effort,
      kpis: computeKpis(orders, wave.orders, network),
      prices: answer.prices,
      rules: ruleUses(book.rules, counts),
    };
  } catch (error) {
    throw error instanceof TooDearError ? error : invalid('built', error);
  }
}

async function verified(
  plan: Plan,
  { wave, policy }: PlanContext,
  onOrder: (done: number) => void,
): Promise<readonly string[]> {
  try {
    return await verify(plan, wave, policy, onOrder);
  } catch (error) {
    throw invalid('verified', error);
  }
}

function invalid(what: string, cause: unknown): InvalidAnswerError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new InvalidAnswerError(`The answer cannot be ${what}: ${message}`, { cause });
}
