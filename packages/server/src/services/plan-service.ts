// Decides how a call for a plan is answered: in a worker, by its deadline, without storing anything.
import { succeed } from '@sourcewright/engine';
import type { PlanEnvelope } from '../contract/index.ts';
import { planByDeadline, type PlanPools } from '../jobs/plan-by-deadline.ts';
import type { Log } from '../log.ts';
import { dropWith } from './answered-job.ts';
import { type Outcome, refuseInput, refuseTask } from './failure.ts';
import { unknownScenario } from './scenario-service.ts';

export interface PlanService {
  /** UTF-8 JSON of a PlanResponse. The work is stopped when nobody waits for it any more. */
  plan(request: PlanEnvelope, abandoned: AbortSignal): Promise<Outcome<Uint8Array>>;
}

export function createPlanService({ log, ...pools }: PlanPools & { readonly log: Log }): PlanService {
  return {
    plan: async (request, abandoned) => {
      const { scenarioId } = request;
      const issues = sourceIssues(request);
      if (issues.length > 0) return refuseInput(issues);
      const job = planByDeadline(pools, request);
      dropWith(abandoned, job.cancel);
      const outcome = await job.outcome;
      if (!outcome.ok) return refuseTask(outcome.error, log);
      const cause = job.cause();
      if (cause?.kind === 'crashed') log.error({ stack: cause.stack }, 'a worker failed; the caller has another plan');
      const answer = outcome.value;
      if (answer.outcome === 'refused') return refuseInput(answer.issues);
      return answer.outcome === 'unknown' ? unknownScenario(scenarioId!) : succeed(answer.bytes);
    },
  };
}

/** Either a stored scenario, or a snapshot with orders; never both. */
function sourceIssues(request: PlanEnvelope): Parameters<typeof refuseInput>[0] {
  const { scenarioId, orderIds, snapshot, orders } = request;
  if (scenarioId !== undefined) {
    return (['snapshot', 'orders'] as const)
      .filter((field) => request[field] !== undefined)
      .map((field) => ({
        code: 'inconsistent',
        path: `/${field}`,
        message: `${field} and scenarioId exclude each other. Send the one or the other.`,
      }));
  }
  if (snapshot === undefined && orders === undefined) {
    const message = 'Missing: name a scenarioId, or send a snapshot with orders and a policy.';
    return [{ code: 'missing', path: '/scenarioId', message }];
  }
  if (orderIds === undefined) return [];
  const message = 'orderIds choose from a stored scenario. Send only the orders that are to be planned.';
  return [{ code: 'inconsistent', path: '/orderIds', message }];
}
