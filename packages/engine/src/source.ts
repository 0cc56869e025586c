// Decides how a wave becomes a plan: the one path for live, shadow, batch and what-if, stage after stage.
// Who fills the input and who takes the result is the caller's business; there is no mode.
import { fingerprint } from './base/fingerprint.ts';
import { type Issue, shown } from './base/issue.ts';
import { invariant } from './base/invariant.ts';
import { decimal } from './base/money.ts';
import { orderBy } from './base/order-by.ts';
import { fail, type Result, succeed } from './base/result.ts';
import { compilePolicy } from './rules/compile-policy.ts';
import type { OrderCandidates } from './candidates/candidate.ts';
import { createEnumerator } from './candidates/enumerate.ts';
import { sumBreakdowns } from './costs/breakdown.ts';
import { createPricer } from './costs/price.ts';
import { worstCaseMicros } from './costs/worst-case.ts';
import { Ledger } from './inventory/ledger.ts';
import type { Limits } from './model/limits.ts';
import { indexNetwork } from './model/network.ts';
import type { Order } from './model/order.ts';
import type { Basis, Plan } from './model/plan.ts';
import type { Policy } from './model/policy.ts';
import type { Wave } from './model/wave.ts';
import { buildOrderPlan, proofOf } from './plan/build.ts';
import { computeKpis } from './plan/kpis.ts';
import { onlyTier } from './plan/only-tier.ts';
import { verify } from './plan/verify.ts';
import type { Observer } from './solve/solver.ts';
import { solverFor } from './solve/strategies.ts';
import { ENGINE_VERSION } from './version.ts';

/**
 * Sources a parsed wave under a parsed policy.
 *
 * The plan is in the order in which orders were decided, costs are micros of the snapshot's currency, and every plan has
 * passed `verify`. The same wave, policy and limits give the same plan, byte for byte in canonical JSON. Fails with issues
 * when the policy's rules do not compile, the wave is larger than its limits, its money passes 2^53 micros, or the observer
 * cancels; throws `InvariantError` only for a bug.
 */
export async function source(
  wave: Wave,
  policy: Policy,
  limits: Limits,
  observer: Observer = {},
): Promise<Result<Plan, Issue[]>> {
  const compiled = compilePolicy(policy, '/policy');
  if (!compiled.ok) return compiled;
  if (wave.orders.length > limits.maxOrders) return fail([tooManyOrders(wave.orders.length, limits.maxOrders)]);

  const network = indexNetwork(wave.snapshot);
  const enumerator = createEnumerator(network, policy, compiled.value.book, limits);
  const pricer = createPricer(network, policy);
  const orders: OrderCandidates[] = [];
  for (const order of inDecisionOrder(wave.orders)) {
    if (observer.isCancelled?.()) return fail([CANCELLED]);
    const candidates = await enumerator.candidatesOf(order);
    if (worstCaseMicros(candidates, pricer, policy.goals.splitMicros) > Number.MAX_SAFE_INTEGER) {
      return fail([tooDear(`Order ${shown(order.orderId)}`)]);
    }
    orders.push(candidates);
  }

  const solver = solverFor(policy.strategy, network);
  const input = { orders, policy, pricer, limits, createLedger: () => new Ledger(network) };
  const answer = await solver.solve(input, observer);
  if (!answer) return fail([CANCELLED]);

  const plans = answer.decisions.map((decision) => buildOrderPlan(decision, network, pricer));
  const cost = sumBreakdowns(plans.map((plan) => plan.cost));
  if (cost.totalMicros > Number.MAX_SAFE_INTEGER) return fail([tooDear('The wave')]);
  const proof = proofOf(cost.totalMicros, answer.lowerBoundMicros);
  const plan: Plan = {
    basis: await basisOf(wave, policy, limits),
    strategy: policy.strategy,
    currency: wave.snapshot.currency,
    orders: plans,
    cost,
    proof,
    tiers: answer.tiers ?? [onlyTier(cost, proof)],
    effort: answer.effort,
    kpis: computeKpis(plans, wave.orders, network),
    prices: answer.prices,
  };
  const violations = await verify(plan, wave, policy);
  invariant(violations.length === 0, `The plan does not verify: ${violations.slice(0, 3).join(' ')}`);
  return succeed(plan);
}

/** First come, first served: by the time placed, then by id. */
export function inDecisionOrder(orders: readonly Order[]): Order[] {
  return [...orders].sort(
    orderBy(
      (order) => Date.parse(order.placedAt),
      (order) => order.orderId,
    ),
  );
}

async function basisOf(wave: Wave, policy: Policy, limits: Limits): Promise<Basis> {
  return {
    engineVersion: ENGINE_VERSION,
    snapshotHash: await fingerprint(wave.snapshot),
    ordersHash: await fingerprint(wave.orders),
    policyHash: await fingerprint(policy),
    asOf: wave.snapshot.asOf,
    limits,
  };
}

function tooManyOrders(count: number, most: number): Issue {
  const message = `${count} orders in one wave; the limit is ${most}. Cut the wave or raise maxOrders.`;
  return { code: 'too-large', path: '/orders', message };
}

function tooDear(what: string): Issue {
  const message = `${what} could cost more than ${decimal(Number.MAX_SAFE_INTEGER)}, which cannot be counted to the micro. Lower quantities or amounts.`;
  return { code: 'out-of-range', path: '/orders', message };
}

const CANCELLED: Issue = { code: 'cancelled', path: '', message: 'The run was cancelled before it had a plan.' };
