// Decides how a task calls the engine: it can be stopped, reports its progress, and tells plans on the way to whoever may have to do with them.
import { type Issue, type Limits, type Plan, type Policy, type Result, source, type Wave } from '@sourcewright/engine';
import { createPace } from './pace.ts';
import type { Anytime } from './task.ts';
import type { TaskContext } from './task-context.ts';
import type { Tracer } from './trace.ts';

export interface Watching extends Anytime {
  readonly tracer?: Tracer;
  /** A verified plan that is better than the one before, told before a deadline only. */
  readonly onPlan: (plan: Plan) => void;
}

/** A plan, or what is wrong with the wave; nothing where only a quick plan was wanted and told. */
export async function watchedSource(
  wave: Wave,
  policy: Policy,
  limits: Limits,
  context: TaskContext,
  { deadlineAt, quick, tracer, onPlan }: Watching,
): Promise<Result<Plan, Issue[]> | undefined> {
  const pace = createPace(Date.now, deadlineAt ?? Infinity);
  let told = Infinity;
  let safePlans = 0;
  const enough = (): boolean => quick && safePlans === 2;
  const tell = (plan: Plan): void => {
    if (plan.cost.totalMicros >= told) return;
    told = plan.cost.totalMicros;
    tracer?.cost(told);
    onPlan(plan);
  };
  const result = await source(
    wave,
    policy,
    limits,
    {
      isCancelled: () => context.isStopped() || enough(),
      onProgress: context.onProgress,
      onBound: (micros) => tracer?.bound(micros),
      onIncumbent: ({ costMicros, take }) => {
        tracer?.cost(costMicros);
        if (deadlineAt === null || costMicros >= told || !pace.due()) return undefined;
        return pace.spend(take).then(tell);
      },
      ...((deadlineAt !== null || quick) && {
        onSafePlan: (plan: Plan) => {
          safePlans += 1;
          tell(plan);
        },
      }),
    },
    context.solverOf,
  );
  if (!result.ok) return enough() ? undefined : result;
  tracer?.end(result.value.cost.totalMicros, result.value.proof.lowerBoundMicros);
  return result;
}
