// Decides how a wave becomes a plan: the one path for live, shadow, batch and what-if, stage after stage.
// Who fills the input and who takes the result is the caller's business; there is no mode.
import { fingerprint } from './base/fingerprint.ts';
import { type Issue, shown } from './base/issue.ts';
import { decimal } from './base/money.ts';
import { orderBy } from './base/order-by.ts';
import { fail, type Result, succeed } from './base/result.ts';
import { compilePolicy } from './rules/compile-policy.ts';
import { createRuleCounts } from './rules/rule-counts.ts';
import type { OrderCandidates } from './candidates/candidate.ts';
import { createEnumerator, type Enumerator } from './candidates/enumerate.ts';
import { waveNetwork } from './candidates/wave-rules.ts';
import { createPricer, type Pricer } from './costs/price.ts';
import { worstCaseMicros } from './costs/worst-case.ts';
import { Ledger } from './inventory/ledger.ts';
import type { Limits } from './model/limits.ts';
import { indexNetwork, type Network } from './model/network.ts';
import type { Order } from './model/order.ts';
import type { Basis, Plan } from './model/plan.ts';
import type { Policy, Strategy } from './model/policy.ts';
import type { Wave } from './model/wave.ts';
import { assemble, type PlanContext, TooDearError } from './plan/assemble.ts';
import { firstOnTheList, nothingSourced } from './solve/safe-answers.ts';
import type { Observer, WaveAnswer, WaveInput, WaveSolver } from './solve/solver.ts';
import { solverFor } from './solve/strategies.ts';
import { solveInTiers, withTiersUnproven } from './solve/tiers/solve-in-tiers.ts';
import { ENGINE_VERSION } from './version.ts';

/** What a call goes through, in this order; `bound` only where a strategy proves its answer after it has it. */
export const STAGES = ['enumerate', 'solve', 'bound', 'build', 'verify'] as const;
export type Stage = (typeof STAGES)[number];

export interface Progress {
  readonly stage: Stage;
  /** Orders; for a strategy that improves a whole wave, its share of the work in orders. */
  readonly done: number;
  readonly total: number;
  /** Of what is decided so far, in micros; 0 before the solver has begun. */
  readonly costMicros: number;
}

/** The cheapest plan so far. */
export interface IncumbentPlan {
  readonly costMicros: number;
  /** 0 while nothing is proven. */
  readonly lowerBoundMicros: number;
  /** Builds and verifies the plan; only until what `onIncumbent` promised is settled. Throws `InvalidAnswerError`. */
  readonly take: () => Promise<Plan>;
}

/** Who watches a call. What is left out costs nothing; nothing of it can change the plan. */
export interface SourceObserver {
  onProgress?(progress: Progress): void;
  /** A plan that can be had at once, verified: first with nothing sourced, then by the policy's list of nodes. */
  onSafePlan?(plan: Plan): void;
  /** No plan costs less: told when it is known better. */
  onBound?(lowerBoundMicros: number): void;
  /** Now and then, also when it is the one told before. The solver waits for what is promised. */
  onIncumbent?(incumbent: IncumbentPlan): void | Promise<void>;
  isCancelled?(): boolean;
}

/** Which solver stands behind a strategy. */
export type SolverOf = (strategy: Strategy, network: Network) => WaveSolver;

/**
 * Sources a parsed wave under a parsed policy.
 *
 * The plan is in the order in which orders were decided, costs are micros of the snapshot's currency, and every plan has
 * passed `verify`. The same wave, policy and limits give the same plan, byte for byte in canonical JSON. Fails with issues
 * when the policy's rules do not compile, the wave is larger than its limits, its money passes 2^53 micros, or the observer
 * cancels; throws `InvalidAnswerError` or `InvariantError` only for a bug.
 */
export function source(
  wave: Wave,
  policy: Policy,
  limits: Limits,
  observer: SourceObserver = {},
  solverOf: SolverOf = solverFor,
): Promise<Result<Plan, Issue[]>> {
  return sourceCounting(true, wave, policy, limits, observer, solverOf);
}

/** For measuring what counting costs: not counted, all is the same but the plan's `rules`, which say nothing of lines and orders. */
export async function sourceCounting(
  countsRules: boolean,
  wave: Wave,
  policy: Policy,
  limits: Limits,
  observer: SourceObserver,
  solverOf: SolverOf,
): Promise<Result<Plan, Issue[]>> {
  const compiled = compilePolicy(policy, '/policy');
  if (!compiled.ok) return compiled;
  if (wave.orders.length > limits.maxOrders) return fail([tooManyOrders(wave.orders.length, limits.maxOrders)]);

  const { book } = compiled.value;
  const counts = createRuleCounts(book.rules);
  const network = waveNetwork(wave.snapshot, policy, book, counts);
  const pricer = createPricer(network, policy);
  const enumerator = createEnumerator(network, policy, book, limits, {
    counts: countsRules ? counts : undefined,
    refusals: false,
  });
  const basis = await basisOf(wave, policy, limits);
  const context: PlanContext = { wave, policy, network, pricer, basis, book, counts };
  try {
    if (observer.onSafePlan) await offerNothing(context, limits, observer);
    const orders = await enumerate(wave, policy, enumerator, pricer, observer);
    if (!orders.ok) return orders;
    const input = { orders: orders.value, policy, pricer, limits, createLedger: () => new Ledger(network) };
    if (observer.onSafePlan && policy.strategy !== 'priority') await offerList(input, context, observer);
    const solver = solverOf(policy.strategy, network);
    const answer = await solveInTiers(solver, input, network, solverObserver(context, observer));
    if (!answer) return fail([CANCELLED]);
    return succeed(await finish(answer, context, observer));
  } catch (error) {
    if (error instanceof TooDearError) return fail([tooDear('The wave')]);
    throw error;
  }
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

async function enumerate(
  wave: Wave,
  policy: Policy,
  enumerator: Enumerator,
  pricer: Pricer,
  observer: SourceObserver,
): Promise<Result<OrderCandidates[], Issue[]>> {
  const found: OrderCandidates[] = [];
  const total = wave.orders.length;
  for (const order of inDecisionOrder(wave.orders)) {
    if (observer.isCancelled?.()) return fail([CANCELLED]);
    observer.onProgress?.({ stage: 'enumerate', done: found.length, total, costMicros: 0 });
    const candidates = await enumerator.candidatesOf(order);
    if (worstCaseMicros(candidates, pricer, policy.goals.splitMicros) > Number.MAX_SAFE_INTEGER) {
      return fail([tooDear(`Order ${shown(order.orderId)}`)]);
    }
    found.push(candidates);
  }
  return succeed(found);
}

/** Asks no node and no rule on nodes, so that it is there long before candidates are. */
async function offerNothing(context: PlanContext, limits: Limits, observer: SourceObserver): Promise<void> {
  const { wave, policy, book } = context;
  const bare = indexNetwork({ ...wave.snapshot, stock: [], receipts: [] });
  const enumerator = createEnumerator(bare, policy, book, limits, { refusals: false });
  const pricer = createPricer(bare, policy);
  const orders = await enumerate(wave, policy, enumerator, pricer, {});
  if (!orders.ok) return;
  const input = { orders: orders.value, policy, pricer, limits, createLedger: () => new Ledger(bare) };
  observer.onSafePlan?.(await assemble(withTiersUnproven(nothingSourced(input), input), context));
}

async function offerList(input: WaveInput, context: PlanContext, observer: SourceObserver): Promise<void> {
  const answer = firstOnTheList(input, context.network, { isCancelled: () => observer.isCancelled?.() ?? false });
  if (answer) observer.onSafePlan?.(await assemble(withTiersUnproven(answer, input), context));
}

/** What a solver is told to report, as the host wants to hear it. */
function solverObserver(context: PlanContext, observer: SourceObserver): Observer {
  let costMicros = 0;
  return {
    onProgress: (done, total, soFar) => {
      costMicros = soFar;
      observer.onProgress?.({ stage: 'solve', done, total, costMicros });
    },
    onProving: (done, total) => observer.onProgress?.({ stage: 'bound', done, total, costMicros }),
    onBound: (lowerBoundMicros) => observer.onBound?.(wholeBound(lowerBoundMicros)),
    onIncumbent: ({ answer, costMicros: micros, lowerBoundMicros }) =>
      observer.onIncumbent?.({
        costMicros: micros,
        lowerBoundMicros: Math.min(micros, wholeBound(lowerBoundMicros)),
        take: () => assemble(answer(), context),
      }),
    isCancelled: () => observer.isCancelled?.() ?? false,
  };
}

function wholeBound(micros: number): number {
  return Math.max(0, Math.ceil(micros - 1e-6));
}

async function finish(answer: WaveAnswer, context: PlanContext, observer: SourceObserver): Promise<Plan> {
  const costMicros = answer.decisions.reduce((sum, { solution }) => sum + solution.costMicros, 0);
  return assemble(answer, context, (stage, done, total) => observer.onProgress?.({ stage, done, total, costMicros }));
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
