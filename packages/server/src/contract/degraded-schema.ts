// Decides how it is told that a plan is not what its strategy would have found, and why.
import { z } from 'zod';

export const DEGRADED_REASONS = ['deadline', 'worker-died', 'solver-error', 'invalid-answer'] as const;
export type DegradedReason = (typeof DEGRADED_REASONS)[number];

export const degradedSchema = z
  .strictObject({
    reason: z.enum(DEGRADED_REASONS).meta({
      description:
        '`deadline`: the time was up. `worker-died`: the thread ended. `solver-error`: the solver threw. `invalid-answer`: its answer did not verify.',
    }),
    message: z.string().meta({ description: 'What the plan is instead, as a sentence.' }),
    gap: z.number().min(0).max(1).meta({ description: 'Of this plan, to what is proven: 1 where nothing is.' }),
  })
  .meta({
    id: 'Degraded',
    description: 'The plan is the best verified one there was when the strategy was stopped before its end.',
  });

export type Degraded = z.infer<typeof degradedSchema>;
