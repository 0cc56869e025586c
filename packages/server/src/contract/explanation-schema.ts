// Decides how the engine's explanation of one order is described on the wire.
import {
  type AppliedRule,
  type CascadeStep,
  EFFECT_TYPES,
  type Choice,
  type Evidence,
  type Explanation,
  type LineExplanation,
  REJECTION_CODES,
  type Rejection,
  STRATEGY_OUTCOMES,
  UNSOURCED_REASONS,
} from '@sourcewright/engine';
import { z } from 'zod';
import { costBreakdownSchema, proofSchema } from './plan-schema.ts';

const count = z.int().min(0);

const choice = {
  nodeId: z.string(),
  service: z.string(),
  shipOn: z.string(),
  deliverOn: z.string(),
  quantity: count,
};
const choiceSchema: z.ZodType<Choice> = z.strictObject(choice);

const evidenceSchema: z.ZodType<Evidence> = z
  .strictObject({
    fact: z.string(),
    operator: z.string(),
    expected: z.unknown(),
    actual: z.unknown(),
    holds: z.boolean(),
  })
  .meta({ id: 'Evidence', description: 'One condition of a rule as it was found.' });

const rejectionSchema: z.ZodType<Rejection> = z
  .strictObject({
    nodeId: z.string(),
    code: z.enum(REJECTION_CODES),
    rule: z.string().exactOptional(),
    because: z.string().exactOptional(),
    evidence: z.array(evidenceSchema).exactOptional(),
    wanted: count.exactOptional(),
    available: count.exactOptional(),
    marginMicros: z.int().exactOptional(),
    sentence: z.string(),
  })
  .meta({ id: 'Rejection', description: 'Why a node did not supply a line.' });

const appliedRuleSchema: z.ZodType<AppliedRule> = z
  .strictObject({
    rule: z.string(),
    effect: z.enum(EFFECT_TYPES),
    because: z.string(),
    nodeId: z.string().nullable(),
    lineId: z.string().nullable(),
    evidence: z.array(evidenceSchema),
    sentence: z.string(),
  })
  .meta({ id: 'AppliedRule', description: 'A rule that set the order’s terms, or charged what was chosen.' });

const cascadeStepSchema: z.ZodType<CascadeStep> = z
  .strictObject({
    strategy: z.string(),
    outcome: z.enum(STRATEGY_OUTCOMES),
    evidence: z.array(evidenceSchema),
    sentence: z.string(),
  })
  .meta({ id: 'CascadeStep', description: 'What one strategy of a cascade did for the order.' });

const lineExplanationSchema: z.ZodType<LineExplanation> = z
  .strictObject({
    lineId: z.string(),
    sku: z.string(),
    quantity: count,
    chosen: z.array(choiceSchema),
    runnerUp: z.strictObject({ ...choice, marginMicros: z.int(), margin: costBreakdownSchema }).nullable(),
    unsourced: z.strictObject({ quantity: count, reason: z.enum(UNSOURCED_REASONS), sentence: z.string() }).nullable(),
    rejections: z.array(rejectionSchema),
    sentence: z.string(),
  })
  .meta({ id: 'LineExplanation' });

export const explanationSchema: z.ZodType<Explanation> = z
  .strictObject({
    orderId: z.string(),
    summary: z.array(z.string()),
    split: z
      .strictObject({
        unavoidable: z.boolean(),
        singleShipmentMarginMicros: z.int().nullable(),
        sentence: z.string(),
      })
      .nullable(),
    rules: z.array(appliedRuleSchema),
    cascade: z.array(cascadeStepSchema).exactOptional(),
    lines: z.array(lineExplanationSchema),
    cost: costBreakdownSchema,
    proof: proofSchema,
  })
  .meta({ id: 'Explanation' });
