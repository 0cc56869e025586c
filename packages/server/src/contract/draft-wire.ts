// Decides how a policy that is being written is tried on a stored scenario: what the linter says, and what it does to orders.
// Nothing of it is stored. Leaves the policy's shape to the engine, which reports every issue at once.
import { LINT_CODES, type LintFinding, type PolicyEffect, policySchema, strategySchema } from '@sourcewright/engine';
import { z } from 'zod';
import { ruleUseSchema } from './plan-schema.ts';

export const DEFAULT_DRAFT_ORDERS = 1000;
export const MAX_DRAFT_ORDERS = 10_000;
export const MAX_EFFECT_CHANGES = 200;
export const DEFAULT_EFFECT_MS = 800;

const count = z.int().min(0);
const micros = z.int().meta({ description: 'Micros of the currency (1.00 = 1,000,000).' });
const policy = policySchema.meta({ description: 'The draft.' });
const lastOrders = z
  .int()
  .min(1)
  .max(MAX_DRAFT_ORDERS)
  .default(DEFAULT_DRAFT_ORDERS)
  .meta({ description: 'How many of the orders placed last are looked at.' });
const elapsedMs = count.meta({ description: 'Inside the worker.' });

export const lintDraftSchema = z.strictObject({ policy, lastOrders }).meta({ id: 'LintDraft' });

/** What is checked at the door; the policy is for the linter. */
export const lintDraftEnvelopeSchema = z.strictObject({ policy: z.unknown(), lastOrders });

const LINT_CODE_NAMES = Object.keys(LINT_CODES) as (keyof typeof LINT_CODES)[];

export const lintFindingSchema: z.ZodType<LintFinding> = z
  .strictObject({
    code: z.enum(LINT_CODE_NAMES),
    severity: z.enum(['error', 'warning', 'note']),
    path: z.string().meta({ description: 'JSON pointer into the policy.' }),
    message: z.string(),
    rules: z.array(z.string()).meta({ description: 'Rules it is about, the one at `path` first.' }),
    fix: z
      .strictObject({
        text: z.string(),
        patch: z
          .array(
            z.union([
              z.strictObject({ op: z.literal('remove'), path: z.string() }),
              z.strictObject({ op: z.literal('replace'), path: z.string(), value: z.unknown() }),
            ]),
          )
          .meta({ description: 'JSON Patch (RFC 6902) of the policy.' }),
      })
      .nullable(),
  })
  .meta({ id: 'LintFinding' });

export const lintReportSchema = z
  .strictObject({
    runs: z.boolean().meta({ description: 'Whether the policy can be run at all.' }),
    orders: count.meta({ description: 'Orders the rules were held against; 0 where the policy cannot be run.' }),
    findings: z.array(lintFindingSchema).meta({ description: 'Errors first.' }),
    elapsedMs,
  })
  .meta({ id: 'LintReport' });

export const draftEffectSchema = z
  .strictObject({
    policy,
    against: policySchema
      .optional()
      .meta({ description: "What it is compared with; left out, the scenario's policy." }),
    lastOrders,
    withinMs: z
      .int()
      .min(1)
      .max(30_000)
      .default(DEFAULT_EFFECT_MS)
      .meta({ description: 'No further order is decided when so many milliseconds have passed in the worker.' }),
    changes: count.max(MAX_EFFECT_CHANGES).default(50).meta({ description: 'How many changed orders are listed.' }),
  })
  .meta({ id: 'DraftEffectRequest' });

export const draftEffectEnvelopeSchema = z.strictObject({
  ...draftEffectSchema.shape,
  policy: z.unknown(),
  against: z.unknown().optional(),
});

const outcomeSchema = z.strictObject({
  costMicros: micros,
  shipments: count,
  nodeIds: z.array(z.string()).readonly().meta({ description: 'In order of the shipments, each once.' }),
  lateDays: count.meta({ description: 'Of the latest shipment.' }),
  unsourcedUnits: count,
});

const sumsSchema = z.strictObject({
  costMicros: micros,
  shipments: count,
  splitOrders: count,
  lateOrders: count,
  unsourcedUnits: count,
});

export const effectReportSchema = z
  .strictObject({
    strategy: strategySchema.meta({ description: 'How each order was decided, by itself, before and after.' }),
    currency: z.string(),
    orders: count.meta({ description: 'Orders looked at, those placed last.' }),
    touched: count.meta({ description: 'Of which the change alters who may supply them, or at what cost.' }),
    decided: count.meta({ description: 'Touched orders decided under both policies in the time given, newest first.' }),
    changed: count.meta({ description: 'Decided orders that ship otherwise.' }),
    before: sumsSchema.meta({ description: 'Of the decided orders.' }),
    after: sumsSchema,
    changes: z
      .array(z.strictObject({ orderId: z.string(), before: outcomeSchema, after: outcomeSchema }))
      .meta({ description: 'Orders that ship or cost otherwise, the largest difference of cost first.' }),
    changesTotal: count,
    rules: z.array(ruleUseSchema).meta({ description: 'How the rules fared over all orders looked at.' }),
    elapsedMs,
  })
  .meta({
    id: 'EffectReport',
    description:
      'Each order by itself on the stock the scenario starts with; orders that compete for stock are a run’s business.',
  });

export type LintDraft = z.input<typeof lintDraftSchema>;
export type LintDraftEnvelope = z.infer<typeof lintDraftEnvelopeSchema>;
export type LintReport = z.infer<typeof lintReportSchema>;
export type DraftEffectRequest = z.input<typeof draftEffectSchema>;
export type DraftEffectEnvelope = z.infer<typeof draftEffectEnvelopeSchema>;
export type EffectReport = z.infer<typeof effectReportSchema>;
export type EffectSums = PolicyEffect['after'];

export const exampleLintReport: LintReport = {
  runs: false,
  orders: 0,
  findings: [
    {
      code: 'unknown-fact',
      severity: 'error',
      path: '/rules/0/conditions/all/0/fact',
      message: 'There is no fact "node.typ". Did you mean "node.type"?',
      rules: ['heavy items do not ship from stores'],
      fix: {
        text: 'Write "node.type".',
        patch: [{ op: 'replace', path: '/rules/0/conditions/all/0/fact', value: 'node.type' }],
      },
    },
  ],
  elapsedMs: 41,
};

const exampleSums = { costMicros: 412_300_000, shipments: 61, splitOrders: 17, lateOrders: 5, unsourcedUnits: 0 };

export const exampleEffectReport: EffectReport = {
  strategy: 'fcfs-exact',
  currency: 'GBP',
  orders: 1000,
  touched: 58,
  decided: 58,
  changed: 1,
  before: exampleSums,
  after: { ...exampleSums, costMicros: 415_400_000, shipments: 60, splitOrders: 16 },
  changes: [
    {
      orderId: '576080',
      before: { costMicros: 9_800_000, shipments: 2, nodeIds: ['DC-NORTH', 'S-07'], lateDays: 0, unsourcedUnits: 0 },
      after: { costMicros: 12_900_000, shipments: 1, nodeIds: ['DC-NORTH'], lateDays: 0, unsourcedUnits: 0 },
    },
  ],
  changesTotal: 1,
  rules: [{ rule: 'heavy items do not ship from stores', effect: 'exclude', asked: 237_473, held: 260, changed: 260 }],
  elapsedMs: 310,
};
