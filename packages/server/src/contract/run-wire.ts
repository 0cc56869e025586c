// Decides what the wire shows of a run: one strategy and policy computed over one scenario, with its progress and results.
import { limitsSchema, policySchema, STAGES, strategySchema } from '@sourcewright/engine';
import { z } from 'zod';
import { policyRefSchema } from './policy-wire.ts';
import { degradedSchema } from './degraded-schema.ts';
import {
  basisSchema,
  costBreakdownSchema,
  kpisSchema,
  effortSchema,
  proofSchema,
  tierResultSchema,
} from './plan-schema.ts';

export const RUN_STATUSES = ['queued', 'running', 'done', 'cancelled', 'failed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const MAX_DEADLINE_MS = 600_000;

const count = z.int().min(0);
const instant = z.string().meta({ description: 'Instant, RFC 3339.', format: 'date-time' });

export const runIdSchema = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[a-z0-9-]+$/, 'A run id has lower-case letters, digits and hyphens only.')
  .meta({ description: 'Identifier of a run, given by the server.' });
export const runIdParams = z.strictObject({ runId: runIdSchema });

export const createRunSchema = z
  .strictObject({
    scenarioId: z.string().min(1).max(60),
    strategy: strategySchema,
    policy: policySchema.optional().meta({ description: "Replaces the scenario's policy for this run." }),
    policyRef: policyRefSchema.optional(),
    limits: limitsSchema.partial().optional().meta({ description: 'What is left out has its default.' }),
    name: z.string().trim().min(1).max(120).optional(),
    deadlineMs: z.int().min(1).max(MAX_DEADLINE_MS).optional().meta({
      description:
        'Milliseconds from the start of the computation. Then the run is done with the best verified plan it has and says so in `degraded`. Left out, only the work in `limits` ends it, and its result repeats exactly.',
    }),
  })
  .meta({ id: 'CreateRun' });

export const runProgressSchema = z.strictObject({
  stage: z.enum(STAGES).nullable().meta({ description: 'What is under way; null unless the run is running.' }),
  done: count.meta({ description: 'Orders that have gone through the stage.' }),
  total: count,
  costMicros: z.int().meta({ description: 'Cost of the orders decided so far.' }),
});

export const runSchema = z
  .strictObject({
    runId: runIdSchema,
    scenarioId: z.string(),
    name: z.string(),
    strategy: strategySchema,
    status: z.enum(RUN_STATUSES),
    progress: runProgressSchema,
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    elapsedMs: count.nullable().meta({ description: 'From start to finish; null until it finished.' }),
    error: z.string().nullable().meta({ description: 'What went wrong, where the run failed.' }),
    deadlineMs: count.nullable().meta({ description: 'As it was asked for.' }),
    degraded: degradedSchema.nullable().meta({ description: 'Set where the run was stopped before its end.' }),
    currency: z.string(),
    kpis: kpisSchema.nullable(),
    cost: costBreakdownSchema.nullable(),
    proof: proofSchema.nullable(),
    tiers: z
      .array(tierResultSchema)
      .readonly()
      .nullable()
      .meta({ description: 'Goals in the order in which they count.' }),
    effort: effortSchema.nullable().meta({ description: 'Null also for runs kept before runs said so.' }),
    basis: basisSchema.nullable(),
    policy: z.strictObject({ policyId: z.string(), version: z.int(), name: z.string() }),
  })
  .meta({ id: 'Run', description: 'Figures are null until the run is done; a missing figure is never shown as 0.' });

export const listRunsQuery = z.strictObject({ scenarioId: z.string().min(1).max(60).optional() });
export const runListSchema = z.strictObject({ runs: z.array(runSchema) });

export type CreateRun = z.infer<typeof createRunSchema>;
export type RunProgress = z.infer<typeof runProgressSchema>;
export type Run = z.infer<typeof runSchema>;
export type RunList = z.infer<typeof runListSchema>;
