// Decides what each rule of a policy costs a wave: the plan with it against the plan without it, one rule at a time.
// Rules that never changed a candidate or an order cost nothing, and no plan is made for them.
import type { Issue } from '../base/issue.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { subtractBreakdown } from '../costs/breakdown.ts';
import type { EffectType } from '../model/effect.ts';
import type { Limits } from '../model/limits.ts';
import type { CostBreakdown, OrderPlan, Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Wave } from '../model/wave.ts';
import { source } from '../source.ts';

export interface RuleCost {
  readonly rule: string;
  readonly effect: EffectType;
  /** How often it changed anything: see `RuleUse`. */
  readonly changed: number;
  /** By term: the plan with the rule less the plan without it. Below 0 where the rule makes the plan cheaper. */
  readonly cost: CostBreakdown;
  /** Units that stay unsourced with the rule, less those without it. */
  readonly unsourcedUnits: number;
  /** Orders that leave in other shipments without the rule. */
  readonly movedOrders: number;
  /** The first of them. */
  readonly movedOrderIds: readonly string[];
  /** Whether a plan was made without it; false where it never changed anything. */
  readonly replanned: boolean;
}

export interface RuleCosts {
  readonly plan: Plan;
  /** Dearest first. They do not add up: a rule may stand in for another. */
  readonly rules: readonly RuleCost[];
}

export interface RuleCostsObserver {
  /** Plans made, of those to make: the policy's own, then one for each rule that changed anything. */
  onProgress?(done: number, total: number, rule: string | null): void;
  isCancelled?(): boolean;
}

const MOST_LISTED = 20;

/** Every plan comes from `source()` with the same limits. Fails with issues where the wave cannot be sourced, or when it is cancelled. */
export async function ruleCosts(
  wave: Wave,
  policy: Policy,
  limits: Limits,
  observer: RuleCostsObserver = {},
): Promise<Result<RuleCosts, Issue[]>> {
  const watch = { isCancelled: () => observer.isCancelled?.() ?? false };
  const planned = await source(wave, policy, limits, watch);
  if (!planned.ok) return planned;
  const plan = planned.value;
  const total = 1 + plan.rules.filter(({ changed }) => changed > 0).length;
  let done = 1;
  observer.onProgress?.(done, total, null);
  const rules: RuleCost[] = [];
  for (const use of plan.rules) {
    if (use.changed === 0) {
      rules.push(costOf(use, plan, plan, false));
      continue;
    }
    const without = { ...policy, rules: (policy.rules ?? []).filter(({ name }) => name !== use.rule) };
    const relaxed = await source(wave, without, limits, watch);
    if (!relaxed.ok) return fail(relaxed.error);
    rules.push(costOf(use, plan, relaxed.value, true));
    done += 1;
    observer.onProgress?.(done, total, use.rule);
  }
  rules.sort((a, b) => b.cost.totalMicros - a.cost.totalMicros);
  return succeed({ plan, rules });
}

function costOf(
  { rule, effect, changed }: Plan['rules'][number],
  plan: Plan,
  without: Plan,
  replanned: boolean,
): RuleCost {
  const before = new Map(without.orders.map((order) => [order.orderId, shipmentsText(order)]));
  const moved = replanned ? plan.orders.filter((order) => before.get(order.orderId) !== shipmentsText(order)) : [];
  return {
    rule,
    effect,
    changed,
    cost: subtractBreakdown(plan.cost, without.cost),
    unsourcedUnits: plan.kpis.unsourcedUnits - without.kpis.unsourcedUnits,
    movedOrders: moved.length,
    movedOrderIds: moved.slice(0, MOST_LISTED).map(({ orderId }) => orderId),
    replanned,
  };
}

/** Nodes, days, services and units: orders with the same text leave in the same shipments. */
function shipmentsText({ shipments }: OrderPlan): string {
  return JSON.stringify(shipments.map(({ nodeId, shipOn, service, lines }) => [nodeId, shipOn, service, lines]));
}
