// Decides whether a policy passes what a team wrote down: no lint errors, golden orders, invariants, gates on its figures.
// Every figure comes from source(), the same path as any plan.
import type { Issue } from '../base/issue.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { lintScenario } from '../lint-scenario.ts';
import type { Limits } from '../model/limits.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Scenario } from '../model/scenario.ts';
import { source, type SourceObserver } from '../source.ts';
import { askGate, breaches, compileInvariants, figure, type Gates, needsBaseline } from './gates.ts';
import { type Golden, goldenDifferences } from './golden.ts';

export const CHECK_KINDS = ['lint', 'golden', 'invariant', 'gate'] as const;
export type CheckKind = (typeof CHECK_KINDS)[number];

export interface CheckOutcome {
  readonly kind: CheckKind;
  readonly name: string;
  readonly passed: boolean;
  /** What was found, in words: failures, or the figure that was kept. */
  readonly details: readonly string[];
}

export interface CheckReport {
  readonly passed: boolean;
  readonly checks: readonly CheckOutcome[];
  readonly plan: Plan;
  /** Only where a gate stands against it. */
  readonly baseline: Plan | null;
}

export interface CheckRequest {
  readonly scenario: Scenario;
  readonly policy: Policy;
  /** What gates stand against; left out, the scenario’s own policy. */
  readonly baseline?: Policy | undefined;
  readonly golden?: Golden | undefined;
  readonly gates?: Gates | undefined;
  readonly limits: Limits;
}

/** Fails with issues where the wave cannot be sourced or an invariant cannot be asked. */
export async function checkPolicy(
  request: CheckRequest,
  observer: SourceObserver = {},
): Promise<Result<CheckReport, Issue[]>> {
  const { scenario, policy, golden, limits } = request;
  const gates = request.gates ?? {};
  const invariants = compileInvariants(gates, policy);
  if (!invariants.ok) return invariants;
  const planned = await source(scenario, policy, limits, observer);
  if (!planned.ok) return planned;
  const plan = planned.value;
  const before = needsBaseline(gates)
    ? await source(scenario, request.baseline ?? scenario.policy, limits, observer)
    : undefined;
  if (before && !before.ok) return fail(before.error);
  const baseline = before?.value;
  const checks: CheckOutcome[] = [await lintCheck(scenario, policy)];
  for (const order of golden?.orders ?? [])
    checks.push(outcome('golden', order.orderId, goldenDifferences(order, plan)));
  for (const [index, { name, because }] of (gates.invariants ?? []).entries()) {
    const found = breaches(invariants.value[index]!, plan, scenario, policy);
    checks.push(outcome('invariant', name, found.length > 0 && because ? [because, ...found] : found));
  }
  for (const gate of gates.gates ?? []) {
    const { value, failures } = askGate(gate, plan, baseline);
    checks.push({
      ...outcome('gate', gate.name, failures),
      ...(failures.length === 0 && { details: [`${gate.measure} is ${figure(value)}.`] }),
    });
  }
  return succeed({ passed: checks.every(({ passed }) => passed), checks, plan, baseline: baseline ?? null });
}

async function lintCheck(scenario: Scenario, policy: Policy): Promise<CheckOutcome> {
  const findings = await lintScenario(scenario, policy);
  const told = findings.map(
    ({ severity, path, message, code }) => `${severity} ${path || '(whole policy)'}: ${message} [${code}]`,
  );
  const passed = !findings.some(({ severity }) => severity === 'error');
  return { kind: 'lint', name: 'rules', passed, details: told };
}

function outcome(kind: CheckKind, name: string, failures: readonly string[]): CheckOutcome {
  return { kind, name, passed: failures.length === 0, details: failures };
}
