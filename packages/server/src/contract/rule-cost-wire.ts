// Decides how the cost of rules is asked for and told: progress as it comes, then the figures, one JSON document a line.
import { EFFECT_TYPES, limitsSchema, policySchema, type RuleCost, strategySchema } from '@sourcewright/engine';
import { z } from 'zod';
import { costBreakdownSchema } from './plan-schema.ts';
import { policyRefSchema } from './policy-wire.ts';
import { problemSchema } from './problems.ts';
import { BODY_MAX_BYTES, BODY_PROBLEMS, type Route } from './route.ts';
import { scenarioIdParams } from './scenario-wire.ts';

const count = z.int().min(0);

export const ruleCostsRequestSchema = z
  .strictObject({
    policy: policySchema.optional().meta({ description: "In place of the scenario's." }),
    policyRef: policyRefSchema.optional(),
    strategy: strategySchema.optional().meta({ description: "In place of the policy's." }),
    limits: limitsSchema.partial().optional(),
    lastOrders: z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .meta({ description: 'Only so many, the latest. Left out, all.' }),
    deadlineMs: z.int().min(1).max(600_000).optional().meta({ description: 'Left out, ten minutes.' }),
  })
  .meta({ id: 'RuleCostsRequest' });

const ruleCostSchema: z.ZodType<RuleCost> = z
  .strictObject({
    rule: z.string(),
    effect: z.enum(EFFECT_TYPES),
    changed: count.meta({ description: 'How often it changed anything.' }),
    cost: costBreakdownSchema.meta({ description: 'The plan with the rule less the plan without it.' }),
    unsourcedUnits: z.int(),
    movedOrders: count,
    movedOrderIds: z.array(z.string()).meta({ description: 'The first of them.' }),
    replanned: z.boolean().meta({ description: 'False where the rule never changed anything and no plan was made.' }),
  })
  .meta({ id: 'RuleCost' });

/** A line of the answer. */
export const ruleCostsLineSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('progress'),
      done: count.meta({ description: 'Plans made.' }),
      total: count.meta({ description: 'Plans to make: one, and one for each rule that changed anything.' }),
    }),
    z.strictObject({
      type: z.literal('rule-costs'),
      currency: z.string(),
      cost: costBreakdownSchema.meta({ description: 'Of the plan with all rules.' }),
      rules: z.array(ruleCostSchema).meta({ description: 'Dearest first.' }),
    }),
    z.strictObject({ type: z.literal('problem'), problem: problemSchema }),
  ])
  .meta({ id: 'RuleCostsLine' });

export type RuleCostsRequest = z.infer<typeof ruleCostsRequestSchema>;
export type RuleCostsLine = z.infer<typeof ruleCostsLineSchema>;

export const ruleCostRoutes = {
  computeRuleCosts: {
    operationId: 'computeRuleCosts',
    method: 'post',
    path: '/v1/scenarios/{scenarioId}/rule-costs',
    tag: 'Policies',
    summary: 'What each rule of a policy costs',
    description:
      'The plan with all rules against the plan without each. Each line of the answer is a JSON document, a RuleCostsLine: progress, then `rule-costs`, or a problem where one comes up after the first line. Nothing is stored; closing the connection stops the work.',
    params: scenarioIdParams,
    query: z.strictObject({}),
    body: {
      schema: ruleCostsRequestSchema,
      description: 'Which policy. An empty object asks for the scenario’s.',
      example: { lastOrders: 500 },
      maxBytes: BODY_MAX_BYTES,
    },
    answer: {
      status: 200,
      description: 'Lines, as they come.',
      contentType: 'application/x-ndjson',
      schema: z.string(),
      example: '{"type":"progress","done":1,"total":3}\n',
    },
    problems: [
      ...BODY_PROBLEMS,
      'scenario-not-found',
      'policy-not-found',
      'worker-failed',
      'overloaded',
      'deadline-exceeded',
      'shutting-down',
    ],
  },
} as const satisfies Record<string, Route>;
