// Decides how the cost of rules is worked out on a stored scenario, in a worker thread.
import { fail, type Issue, type Policy, type Result, ruleCosts, succeed } from '@sourcewright/engine';
import type { RuleCostsLine, RuleCostsRequest } from '../contract/index.ts';
import { completeLimits } from './complete-limits.ts';
import type { TaskContext } from './task-context.ts';

type Figures = Extract<RuleCostsLine, { type: 'rule-costs' }>;

/** The last line of the answer, or all that is wrong; nothing when the scenario is unknown. */
export async function costsOfRules(
  scenarioId: string,
  given: Policy | undefined,
  { strategy, limits, lastOrders }: RuleCostsRequest,
  { warm, isStopped, onProgress }: TaskContext,
): Promise<Result<Figures, Issue[]> | undefined> {
  const known = await warm.scenario(scenarioId);
  if (!known) return undefined;
  const { snapshot, orders, policy: own } = known.scenario;
  const policy = { ...(given ?? own), ...(strategy && { strategy }) };
  const latest = [...orders].sort((a, b) => Date.parse(b.placedAt) - Date.parse(a.placedAt)).slice(0, lastOrders);
  const wave = { snapshot, orders: latest };
  const found = await ruleCosts(wave, policy, completeLimits(limits), {
    onProgress: (done, total) => onProgress({ stage: null, done, total, costMicros: 0 }),
    isCancelled: isStopped,
  });
  if (!found.ok) return fail(found.error);
  const rules = found.value.rules.map((rule) => ({ ...rule, movedOrderIds: [...rule.movedOrderIds] }));
  return succeed({ type: 'rule-costs', currency: snapshot.currency, cost: found.value.plan.cost, rules });
}
