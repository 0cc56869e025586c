// Decides what is said of a plan that stands in for the one its strategy would have found.
import type { Degraded, DegradedReason } from '../contract/index.ts';
import type { TaskFailure } from './seat.ts';

const WHAT_HAPPENED: Record<DegradedReason, string> = {
  deadline: 'The deadline passed while the strategy was still at work.',
  'worker-died': 'The thread that ran the strategy ended before it answered.',
  'solver-error': 'The strategy failed.',
  'invalid-answer': 'The answer of the strategy did not verify.',
};

/** Why a task that makes a plan has none; nothing when it was not to have one, or was never begun. */
export function degradedReason(failure: TaskFailure): DegradedReason | undefined {
  if (failure.kind === 'deadline') return 'deadline';
  return failure.kind === 'crashed' ? failure.cause : undefined;
}

/** `gap` of the plan that is given instead. */
export function degradedBy(reason: DegradedReason, gap: number): Degraded {
  return { reason, message: `${WHAT_HAPPENED[reason]} This is the best verified plan there was.`, gap };
}
