// Decides what is counted of one sku at one node, and which part of it is spoken for.
// Leaves the sums (what may be promised, what may be sourced) to inventory/.
import { z } from 'zod';
import { amountSchema, countSchema, idSchema, MAX_QUANTITY, quantitySchema } from './scalars.ts';

export const stockLevelSchema = z.strictObject({
  sku: idSchema,
  nodeId: idSchema,
  onHand: countSchema,
  allocated: countSchema.optional(),
  reserved: countSchema.optional(),
  /** Units withheld from what channels may promise. */
  sellingBuffer: countSchema.optional(),
  /** Units withheld from sourcing at this node. */
  sourcingBuffer: countSchema.optional(),
  /** What taking units costs because the node may run out: so much for each of the first, no less for the next; the last step goes on for the rest. */
  stockOutSteps: z
    .array(z.strictObject({ units: quantitySchema, perUnitMicros: amountSchema }))
    .min(1)
    .max(20)
    .refine(
      (steps) => steps.every((step, index) => index === 0 || step.perUnitMicros >= steps[index - 1]!.perUnitMicros),
      'Let no step cost less a unit than the one before it.',
    )
    .optional(),
  /** Units that the node's own customers and channels are expected to take a day. */
  demandPerDay: z.number().min(0).max(MAX_QUANTITY).optional(),
  /** Standard deviation of that demand on one day; the square root of the demand where left out. */
  demandSdPerDay: z.number().min(0).max(MAX_QUANTITY).optional(),
  /** Units the node should hold. */
  targetUnits: countSchema.optional(),
  /** Share of the units received that is sold, in percent. */
  sellThroughPercent: z.number().min(0).max(100).optional(),
});

export type StockLevel = z.infer<typeof stockLevelSchema>;
