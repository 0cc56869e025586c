// Decides how a command runs the engine: one call to source() with progress, timed.
import { type Limits, type Plan, type Policy, type Scenario, source } from '@sourcewright/engine';
import { CommandFailure } from './failure.ts';
import { money } from './figures.ts';
import { createProgress } from './progress.ts';

export interface TimedPlan {
  readonly plan: Plan;
  readonly elapsedMs: number;
}

export async function runSource(scenario: Scenario, policy: Policy, limits: Limits): Promise<TimedPlan> {
  const progress = createProgress(`Sourcing ${scenario.scenarioId} (${policy.strategy})`);
  const began = performance.now();
  const result = await source(scenario, policy, limits, {
    onProgress: ({ done, total, costMicros }) =>
      progress.report(done, total, `${money(costMicros)} ${scenario.snapshot.currency} so far`),
  });
  progress.finish();
  if (!result.ok) throw new CommandFailure('The wave cannot be sourced.', result.error);
  return { plan: result.value, elapsedMs: performance.now() - began };
}
