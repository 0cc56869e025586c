// Decides how a caller who waits gets the answer of a job on a stored scenario; the job is dropped when nobody waits any more.
// Leaves which job, and for how long, to the services that submit it.
import { type Result, succeed } from '@sourcewright/engine';
import type { TaskFailure } from '../jobs/seat.ts';
import type { Json, Refused, Unknown } from '../jobs/task.ts';
import type { Log } from '../log.ts';
import { type Outcome, refuseInput, refuseTask } from './failure.ts';
import { unknownScenario } from './scenario-service.ts';

interface Waiting {
  readonly scenarioId: string;
  readonly abandoned: AbortSignal;
  readonly log: Log;
}

interface Answering {
  readonly outcome: Promise<Result<Json | Refused | Unknown, TaskFailure>>;
  readonly cancel: () => void;
}

/** UTF-8 JSON as the job answered it, or why there is none. */
export async function answerOf(job: Answering, { scenarioId, abandoned, log }: Waiting): Promise<Outcome<Uint8Array>> {
  dropWith(abandoned, job.cancel);
  const outcome = await job.outcome;
  if (!outcome.ok) return refuseTask(outcome.error, log);
  const answer = outcome.value;
  if (answer.outcome === 'refused') return refuseInput(answer.issues);
  return answer.outcome === 'json' ? succeed(answer.bytes) : unknownScenario(scenarioId);
}

export function dropWith(abandoned: AbortSignal, cancel: () => void): void {
  if (abandoned.aborted) cancel();
  abandoned.addEventListener('abort', cancel, { once: true });
}
