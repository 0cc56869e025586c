// Decides what a change of policy does to orders, fast enough to be asked while it is typed: each order by itself, on the stock and
// capacity with which the wave starts; only orders that the change touches are decided.
// Leaves orders that compete for stock to source().
import type { Issue } from '../base/issue.ts';
import { orderBy } from '../base/order-by.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Limits } from '../model/limits.ts';
import type { RuleUse } from '../model/plan.ts';
import type { Policy, Strategy } from '../model/policy.ts';
import type { Wave } from '../model/wave.ts';
import { type OrderOutcome, type PolicySurvey, surveyPolicy } from './policy-survey.ts';

export interface EffectSums {
  readonly costMicros: number;
  readonly shipments: number;
  readonly splitOrders: number;
  readonly lateOrders: number;
  readonly unsourcedUnits: number;
}

export interface OrderEffect {
  readonly orderId: string;
  readonly before: OrderOutcome;
  readonly after: OrderOutcome;
}

export interface PolicyEffect {
  /** How each order was decided, before and after. */
  readonly strategy: Strategy;
  /** Orders looked at. */
  readonly orders: number;
  /** Orders of which the change alters who may supply them, or at what cost. */
  readonly touched: number;
  /** Touched orders that were decided under both policies; fewer than touched where there was no time for all. */
  readonly decided: number;
  /** Decided orders that ship otherwise, or leave other units. */
  readonly changed: number;
  /** Of the decided orders. */
  readonly before: EffectSums;
  readonly after: EffectSums;
  /** Orders that ship otherwise or cost otherwise, the largest difference of cost first. */
  readonly changes: readonly OrderEffect[];
  /** How the rules of the policy after fared over all orders looked at. */
  readonly rules: readonly RuleUse[];
}

export interface EffectWatch {
  /** Asked before each order; ends with an issue. */
  isCancelled?(): boolean;
  /** Asked before each order is decided; ends with what there is. */
  isEnough?(): boolean;
}

export interface EffectDesk {
  effect(before: Policy, after: Policy, watch?: EffectWatch): Promise<Result<PolicyEffect, Issue[]>>;
}

/** Policies whose survey is kept: the one before, and the last few after it. */
const KEPT_SURVEYS = 4;

/** For one wave; remembers what it found, so that the next question about nearly the same policies is quick. Newest orders first. */
export function createEffectDesk(wave: Wave, limits: Limits): EffectDesk {
  const orders = wave.orders.toSorted(
    orderBy(
      ({ placedAt }) => -Date.parse(placedAt),
      ({ orderId }) => orderId,
    ),
  );
  const surveys = new Map<string, PolicySurvey>();
  const survey = async (policy: Policy, watch: EffectWatch): Promise<Result<PolicySurvey, Issue[]>> => {
    const key = JSON.stringify(policy);
    const known = surveys.get(key);
    surveys.delete(key);
    const found = known ? succeed(known) : await surveyPolicy({ ...wave, orders }, policy, limits, watch);
    if (!found.ok) return found;
    surveys.set(key, found.value);
    const [oldest] = surveys.keys();
    if (surveys.size > KEPT_SURVEYS) surveys.delete(oldest!);
    return found;
  };
  return {
    effect: async (before, after, watch = {}) => {
      const strategy = previewStrategy(after.strategy);
      const old = await survey({ ...before, strategy }, watch);
      if (!old.ok) return old;
      const now = await survey({ ...after, strategy }, watch);
      if (!now.ok) return now;
      return compareSurveys(strategy, old.value, now.value, orders.length, watch);
    },
  };
}

/** An order alone has nothing to weigh against others: the best plan for it is the exact one. */
function previewStrategy(strategy: Strategy): Strategy {
  return strategy === 'optimal' ? 'fcfs-exact' : strategy;
}

function compareSurveys(
  strategy: Strategy,
  old: PolicySurvey,
  now: PolicySurvey,
  orders: number,
  watch: EffectWatch,
): Result<PolicyEffect, Issue[]> {
  const touched = now.signatures.flatMap((signature, at) => (signature === old.signatures[at] ? [] : [at]));
  const decided: OrderEffect[] = [];
  for (const at of touched) {
    if (watch.isCancelled?.()) return fail([CANCELLED]);
    if (watch.isEnough?.() && decided.length > 0) break;
    const [before, after] = [old.outcomeAt(at), now.outcomeAt(at)];
    decided.push({ orderId: now.orderIdAt(at), before, after });
  }
  const changes = decided.filter(({ before, after }) => isChanged(before, after) || costDelta({ before, after }) !== 0);
  return succeed({
    strategy,
    orders,
    touched: touched.length,
    decided: decided.length,
    changed: decided.filter(({ before, after }) => isChanged(before, after)).length,
    before: sumsOf(decided.map(({ before }) => before)),
    after: sumsOf(decided.map(({ after }) => after)),
    changes: changes.sort(
      orderBy(
        (change) => -Math.abs(costDelta(change)),
        ({ orderId }) => orderId,
      ),
    ),
    rules: now.rules,
  });
}

function costDelta({ before, after }: Pick<OrderEffect, 'before' | 'after'>): number {
  return after.costMicros - before.costMicros;
}

function isChanged(before: OrderOutcome, after: OrderOutcome): boolean {
  return before.choice !== after.choice;
}

function sumsOf(outcomes: readonly OrderOutcome[]): EffectSums {
  const sum = (of: (outcome: OrderOutcome) => number): number => outcomes.reduce((total, one) => total + of(one), 0);
  return {
    costMicros: sum(({ costMicros }) => costMicros),
    shipments: sum(({ shipments }) => shipments),
    splitOrders: sum(({ shipments }) => (shipments > 1 ? 1 : 0)),
    lateOrders: sum(({ lateDays }) => (lateDays > 0 ? 1 : 0)),
    unsourcedUnits: sum(({ unsourcedUnits }) => unsourcedUnits),
  };
}

const CANCELLED: Issue = { code: 'cancelled', path: '', message: 'The question was dropped before it had an answer.' };
