// Decides how a call for a promise is answered: in a worker that has the network at hand, dropped when nobody waits for it.
import { type Policy, succeed } from '@sourcewright/engine';
import type { PromiseEnvelope } from '../contract/index.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { answerOf } from './answered-job.ts';
import type { Outcome } from './failure.ts';
import { policyByRef } from './policy-service.ts';

export interface PromiseService {
  /** UTF-8 JSON of a PromiseResponse. */
  promise(request: PromiseEnvelope, abandoned: AbortSignal): Promise<Outcome<Uint8Array>>;
}

interface Needs {
  readonly store: Store;
  readonly calls: WorkerPool;
  readonly log: Log;
}

/** Far more than a cart takes: the scenario may first have to be read. */
const DEADLINE_MS = 30_000;

export function createPromiseService({ store, calls, log }: Needs): PromiseService {
  return {
    promise: async (request, abandoned) => {
      const { scenarioId, policyRef } = request;
      const policy: Outcome<Policy | undefined> =
        policyRef === undefined ? succeed(undefined) : await policyByRef(store, policyRef);
      if (!policy.ok) return policy;
      const task = { kind: 'promise', policy: policy.value, request } as const;
      const job = calls.submit(task, { warmKey: scenarioId, deadlineMs: DEADLINE_MS });
      return answerOf(job, { scenarioId, abandoned, log });
    },
  };
}
