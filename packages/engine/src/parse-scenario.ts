// Decides whether a whole scenario or wave can be sourced: shapes, references and rules, every issue at once.
import type { z } from 'zod';
import type { Issue } from './base/issue.ts';
import { fail, type Result, succeed } from './base/result.ts';
import { compilePolicy } from './rules/compile-policy.ts';
import { limitIssues, parserOf } from './model/parse.ts';
import { orderIssues, policyReferenceIssues, snapshotIssues } from './model/references.ts';
import { type Scenario, scenarioSchema } from './model/scenario.ts';
import type { Policy } from './model/policy.ts';
import type { Wave } from './model/wave.ts';

const parseShape = parserOf(scenarioSchema);
export const waveSchema = scenarioSchema.pick({ orders: true, snapshot: true });
const parseWaveShape: (input: unknown, base?: string) => Result<z.infer<typeof waveSchema>, Issue[]> =
  parserOf(waveSchema);

/** A scenario that can be sourced, or all that keeps it from being one. Paths are JSON pointers into the scenario. */
export function parseScenario(input: unknown): Result<Scenario, Issue[]> {
  const shape = parseShape(input);
  if (!shape.ok) return shape;
  const { snapshot, orders, policy } = shape.value;
  const compiled = compilePolicy(policy, '/policy');
  const issues = [
    ...waveIssues({ snapshot, orders }),
    ...policyReferenceIssues(policy, snapshot, '/policy'),
    ...(compiled.ok ? [] : compiled.error),
  ];
  return issues.length === 0 ? shape : fail(limitIssues(issues));
}

/** Orders and the snapshot they are to be sourced from. */
export function parseWave(input: unknown): Result<Wave, Issue[]> {
  const shape = parseWaveShape(input);
  if (!shape.ok) return shape;
  const issues = waveIssues(shape.value);
  return issues.length === 0 ? succeed(shape.value) : fail(limitIssues(issues));
}

/** What a policy names that a snapshot does not have. */
export function policyIssuesFor(policy: Policy, wave: Wave): Issue[] {
  return policyReferenceIssues(policy, wave.snapshot, '/policy');
}

function waveIssues(wave: Wave): Issue[] {
  return [...snapshotIssues(wave.snapshot, '/snapshot'), ...orderIssues(wave.orders, wave.snapshot, '/orders')];
}
