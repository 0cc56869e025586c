// Decides what a scenario is: a dataset that can be sourced, with its policy and where it came from.
import { z } from 'zod';
import { orderSchema } from './order.ts';
import { policySchema, strategySchema } from './policy.ts';
import { textSchema } from './scalars.ts';
import { snapshotSchema } from './snapshot.ts';

export const MAX_ORDERS = 1_000_000;

export const scenarioInfoSchema = z.strictObject({
  scenarioId: z
    .string()
    .min(1)
    .max(60)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lower-case letters, digits and single hyphens.'),
  title: textSchema.min(1),
  description: z.string().max(2000).optional(),
  /** Layers that were made up by a documented script; shown wherever results of this scenario are shown. */
  synthetic: z.array(textSchema).max(20).optional(),
  /** Who has to be named for the data. */
  attributions: z.array(textSchema).max(20).optional(),
  /** Strategies a comparison runs when none are named. */
  compare: z.array(strategySchema).max(20).optional(),
});

export const scenarioSchema = z.strictObject({
  ...scenarioInfoSchema.shape,
  snapshot: snapshotSchema,
  orders: z.array(orderSchema).min(1).max(MAX_ORDERS),
  policy: policySchema,
});

export type ScenarioInfo = z.infer<typeof scenarioInfoSchema>;
export type Scenario = z.infer<typeof scenarioSchema>;
