// Decides what is counted of one sku at one node, and which part of it is spoken for.
// Leaves the sums (what may be promised, what may be sourced) to inventory/.
import { z } from 'zod';
import { countSchema, idSchema } from './scalars.ts';

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
});

export type StockLevel = z.infer<typeof stockLevelSchema>;
