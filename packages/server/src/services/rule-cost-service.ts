// Decides how the cost of rules is worked out for a caller who listens: in a worker, with progress, dropped when nobody waits for it.
import { parsePolicy, type Policy, succeed } from '@sourcewright/engine';
import type { RuleCostsRequest } from '../contract/index.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { answerOf } from './answered-job.ts';
import { type Outcome, refuseInput } from './failure.ts';
import { policyByRef, TWO_POLICIES } from './policy-service.ts';

export interface RuleCostService {
  /** UTF-8 JSON of the last line of the answer. */
  compute(
    scenarioId: string,
    request: RuleCostsRequest,
    listener: { readonly onProgress: (done: number, total: number) => void; readonly abandoned: AbortSignal },
  ): Promise<Outcome<Uint8Array>>;
}

interface Needs {
  readonly store: Store;
  readonly calls: WorkerPool;
  readonly log: Log;
}

const LONGEST_MS = 600_000;

export function createRuleCostService({ store, calls, log }: Needs): RuleCostService {
  return {
    compute: async (scenarioId, request, { onProgress, abandoned }) => {
      const policy = await chosenPolicy(store, request);
      if (!policy.ok) return policy;
      const job = calls.submit(
        { kind: 'rule-costs', scenarioId, policy: policy.value, request },
        {
          warmKey: scenarioId,
          deadlineMs: request.deadlineMs ?? LONGEST_MS,
          onProgress: ({ done, total }) => onProgress(done, total),
        },
      );
      return answerOf(job, { scenarioId, abandoned, log });
    },
  };
}

/** Undefined for the scenario's own. */
async function chosenPolicy(
  store: Store,
  { policy, policyRef }: RuleCostsRequest,
): Promise<Outcome<Policy | undefined>> {
  if (policy !== undefined && policyRef !== undefined) return refuseInput([TWO_POLICIES]);
  if (policyRef !== undefined) return policyByRef(store, policyRef);
  if (policy === undefined) return succeed(undefined);
  const parsed = parsePolicy(policy, '/policy');
  return parsed.ok ? parsed : refuseInput(parsed.error);
}
