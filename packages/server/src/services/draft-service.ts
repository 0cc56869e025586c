// Decides how a policy that is being written is tried: in a worker that has the scenario at hand, dropped when nobody waits for it.
import type { DraftEffectEnvelope, LintDraftEnvelope } from '../contract/index.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';
import type { Log } from '../log.ts';
import { answerOf } from './answered-job.ts';
import type { Outcome } from './failure.ts';

export interface DraftService {
  /** UTF-8 JSON of a LintReport. */
  lint(scenarioId: string, request: LintDraftEnvelope, abandoned: AbortSignal): Promise<Outcome<Uint8Array>>;
  /** UTF-8 JSON of an EffectReport. */
  effect(scenarioId: string, request: DraftEffectEnvelope, abandoned: AbortSignal): Promise<Outcome<Uint8Array>>;
}

/** Beyond what a caller may ask for: a scenario may first have to be read. */
const DEADLINE_MS = 60_000;

export function createDraftService({ calls, log }: { readonly calls: WorkerPool; readonly log: Log }): DraftService {
  return {
    lint: (scenarioId, request, abandoned) => {
      const options = { warmKey: scenarioId, deadlineMs: DEADLINE_MS };
      const job = calls.submit({ kind: 'draft-lint', scenarioId, request }, options);
      return answerOf(job, { scenarioId, abandoned, log });
    },

    effect: (scenarioId, request, abandoned) => {
      const options = { warmKey: scenarioId, deadlineMs: DEADLINE_MS };
      const job = calls.submit({ kind: 'draft-effect', scenarioId, request }, options);
      return answerOf(job, { scenarioId, abandoned, log });
    },
  };
}
