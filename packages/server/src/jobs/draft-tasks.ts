// Decides how a policy that is being written is tried on a stored scenario, in a worker thread.
// Leaves what is found to the engine; keeps what it remembers of a scenario's orders from call to call.
import {
  createEffectDesk,
  DEFAULT_LIMITS,
  type EffectDesk,
  fail,
  type Issue,
  type LintFinding,
  lintScenario,
  type Order,
  parsePolicy,
  parsePolicyShape,
  policyIssuesFor,
  type Result,
  type Scenario,
  succeed,
  type Policy,
} from '@sourcewright/engine';
import type { DraftEffectEnvelope, EffectReport, LintDraftEnvelope, LintReport } from '../contract/index.ts';
import type { TaskContext } from './task-context.ts';

/** What the linter says; nothing when the scenario is unknown. */
export async function lintOfDraft(
  scenarioId: string,
  { policy, lastOrders }: LintDraftEnvelope,
  { warm }: TaskContext,
): Promise<LintReport | undefined> {
  const startedAt = performance.now();
  const known = await warm.scenario(scenarioId);
  if (!known) return undefined;
  const report = (runs: boolean, orders: number, findings: LintFinding[]): LintReport => ({
    runs,
    orders,
    findings,
    elapsedMs: Math.round(performance.now() - startedAt),
  });
  const shape = parsePolicyShape(policy, '');
  if (!shape.ok) return report(false, 0, shape.error.map(shapeFinding));
  const wave = { orders: newest(known.scenario, lastOrders), snapshot: known.scenario.snapshot };
  const runs = parsePolicy(policy).ok;
  const findings = await lintScenario(wave, shape.value);
  const strangers = policyIssuesFor(shape.value, wave).map((issue) =>
    shapeFinding({ ...issue, path: inPolicy(issue) }),
  );
  return report(runs && strangers.length === 0, runs ? wave.orders.length : 0, [...strangers, ...findings]);
}

/** What the draft changes, or all that is wrong with it; nothing when the scenario is unknown. */
export async function effectOfDraft(
  scenarioId: string,
  request: DraftEffectEnvelope,
  { warm, isStopped }: TaskContext,
): Promise<Result<EffectReport, Issue[]> | undefined> {
  const startedAt = performance.now();
  const known = await warm.scenario(scenarioId);
  if (!known) return undefined;
  const { scenario } = known;
  const after = parseDraft(request.policy, '/policy', scenario);
  const before =
    request.against === undefined ? succeed(scenario.policy) : parseDraft(request.against, '/against', scenario);
  if (!after.ok || !before.ok) return fail([after, before].flatMap((parsed) => (parsed.ok ? [] : parsed.error)));
  const found = await deskOf(scenario, request.lastOrders).effect(before.value, after.value, {
    isCancelled: isStopped,
    isEnough: () => performance.now() - startedAt > request.withinMs,
  });
  if (!found.ok) return found;
  const { changes, ...effect } = found.value;
  return succeed({
    ...effect,
    rules: [...effect.rules],
    currency: scenario.snapshot.currency,
    changes: changes.slice(0, request.changes).map(({ orderId, before: old, after: now }) => ({
      orderId,
      before: onWire(old),
      after: onWire(now),
    })),
    changesTotal: changes.length,
    elapsedMs: Math.round(performance.now() - startedAt),
  });
}

type Change = EffectReport['changes'][number];

function onWire({
  choice: _choice,
  nodeIds,
  ...outcome
}: Readonly<Change['after']> & { readonly choice: string }): Change['after'] {
  return { ...outcome, nodeIds: [...nodeIds] };
}

function parseDraft(input: unknown, base: string, { orders, snapshot }: Scenario): Result<Policy, Issue[]> {
  const parsed = parsePolicy(input, base);
  if (!parsed.ok) return parsed;
  const strangers = policyIssuesFor(parsed.value, { orders, snapshot });
  return strangers.length > 0 ? fail([...strangers]) : parsed;
}

/** The last desk of each scenario; gone with the scenario. */
const desks = new WeakMap<Scenario, { readonly lastOrders: number; readonly desk: EffectDesk }>();

function deskOf(scenario: Scenario, lastOrders: number): EffectDesk {
  const known = desks.get(scenario);
  if (known?.lastOrders === lastOrders) return known.desk;
  const wave = { orders: newest(scenario, lastOrders), snapshot: scenario.snapshot };
  const desk = createEffectDesk(wave, DEFAULT_LIMITS);
  desks.set(scenario, { lastOrders, desk });
  return desk;
}

/** The orders placed last. */
function newest({ orders }: Scenario, count: number): readonly Order[] {
  if (orders.length <= count) return orders;
  return orders.toSorted((a, b) => Date.parse(b.placedAt) - Date.parse(a.placedAt)).slice(0, count);
}

function inPolicy({ path }: Issue): string {
  return path.replace(/^\/policy/, '');
}

function shapeFinding({ path, message }: Issue): LintFinding {
  return { code: 'bad-rule', severity: 'error', path, message, rules: [], fix: null };
}
