// Decides how it is told how cost and bound of a run moved while it was computed.
import { z } from 'zod';

/** Points kept of a run. */
export const MAX_TRACE_POINTS = 200;

export const tracePointSchema = z.strictObject({
  elapsedMs: z.int().min(0).meta({ description: 'From the start of the run.' }),
  costMicros: z.int().nullable().meta({ description: 'Of the cheapest plan so far; null before there is one.' }),
  lowerBoundMicros: z.int().nullable().meta({ description: 'No plan costs less; null before anything is proven.' }),
});

export const traceSchema = z
  .strictObject({
    currency: z.string(),
    points: z
      .array(tracePointSchema)
      .max(MAX_TRACE_POINTS)
      .meta({ description: 'By time. The last is the result. Runs that were kept before traces have none.' }),
  })
  .meta({ id: 'Trace', description: 'Times differ from run to run; costs and bounds do not.' });

export type TracePoint = z.infer<typeof tracePointSchema>;
export type Trace = z.infer<typeof traceSchema>;
