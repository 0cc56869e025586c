// Decides what a direct call for a plan takes and gives back. Nothing of it is stored.
// Leaves the check of snapshot and orders to the engine's own parse functions, which report every issue at once.
import { limitsSchema, orderSchema, policySchema, snapshotSchema, strategySchema } from '@sourcewright/engine';
import { z } from 'zod';
import { degradedSchema } from './degraded-schema.ts';
import { changeSchema, explanationSchema } from './explanation-schema.ts';
import { planSchema } from './plan-schema.ts';
import { MAX_DEADLINE_MS } from './run-wire.ts';

export const DEFAULT_DEADLINE_MS = 30_000;
/** More orders than this are not explained in one call. */
export const MAX_EXPLAINED_ORDERS = 200;
export const MAX_CHANGES = 20;

const shared = {
  policy: policySchema.optional().meta({ description: "Replaces the scenario's policy; needed with a snapshot." }),
  strategy: strategySchema.optional().meta({ description: "Replaces the policy's strategy." }),
  limits: limitsSchema.partial().optional().meta({ description: 'What is left out has its default.' }),
  deadlineMs: z.int().min(1).max(MAX_DEADLINE_MS).default(DEFAULT_DEADLINE_MS).meta({
    description:
      'Milliseconds from the arrival of the call, waiting included. Then the answer is the best verified plan there is and says so in `degraded`.',
  }),
  explain: z
    .boolean()
    .default(false)
    .meta({ description: `Explain every order of the plan; at most ${MAX_EXPLAINED_ORDERS} orders.` }),
};

export const planScenarioSchema = z
  .strictObject({
    scenarioId: z.string().min(1).max(60),
    orderIds: z
      .array(orderSchema.shape.orderId)
      .min(1)
      .max(100_000)
      .optional()
      .meta({ description: 'Only these orders, on the untouched stock of the scenario.' }),
    changes: z
      .array(changeSchema)
      .max(MAX_CHANGES)
      .optional()
      .meta({ description: 'What if: changes to what one order meets. Needs `orderIds` with one order.' }),
    ...shared,
  })
  .meta({ id: 'PlanScenario', description: 'Plan a stored scenario, or some of its orders.' });

export const planWaveSchema = z
  .strictObject({ snapshot: snapshotSchema, orders: z.array(orderSchema).min(1), ...shared, policy: policySchema })
  .meta({ id: 'PlanWave', description: 'Plan the orders given on the snapshot given.' });

export const planRequestSchema = z.union([planScenarioSchema, planWaveSchema]);

/** What is checked at the door; `snapshot`, `orders` and `policy` are checked by the engine in the worker. */
export const planEnvelopeSchema = z.strictObject({
  scenarioId: planScenarioSchema.shape.scenarioId.optional(),
  orderIds: planScenarioSchema.shape.orderIds,
  changes: planScenarioSchema.shape.changes,
  snapshot: z.unknown().optional(),
  orders: z.unknown().optional(),
  ...shared,
  policy: z.unknown().optional(),
});

export const planResponseSchema = z
  .strictObject({
    plan: planSchema,
    explanations: z.array(explanationSchema).optional().meta({ description: 'Not with a degraded plan.' }),
    degraded: degradedSchema.optional(),
    elapsedMs: z.int().min(0).meta({
      description:
        'Inside the worker: parsing, sourcing and explaining. Of a degraded plan: from the arrival of the call.',
    }),
  })
  .meta({ id: 'PlanResponse' });

export type PlanRequest = z.input<typeof planRequestSchema>;
export type PlanEnvelope = z.infer<typeof planEnvelopeSchema>;
export type PlanResponse = z.infer<typeof planResponseSchema>;
