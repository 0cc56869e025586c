// Decides what a future receipt is: a dated inbound quantity (purchase order, transfer, in transit).
import { z } from 'zod';
import { idSchema, localDateSchema, quantitySchema } from './scalars.ts';

export const receiptSchema = z.strictObject({
  receiptId: idSchema,
  sku: idSchema,
  nodeId: idSchema,
  quantity: quantitySchema,
  /** The node's local date from which the units can be shipped. */
  dueOn: localDateSchema,
});

export type Receipt = z.infer<typeof receiptSchema>;
