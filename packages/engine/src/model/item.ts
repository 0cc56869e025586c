// Decides what the engine knows of a thing that is sold.
import { z } from 'zod';
import { amountSchema, idSchema, tagsSchema, textSchema, weightGramsSchema } from './scalars.ts';

export const itemSchema = z.strictObject({
  sku: idSchema,
  name: textSchema.optional(),
  category: z.string().max(80).optional(),
  weightGrams: weightGramsSchema,
  /** Usual selling price of one unit. */
  priceMicros: amountSchema.optional(),
  hazmat: z.boolean().optional(),
  /** Rules and searches may name it. */
  brand: z.string().max(80).optional(),
  /** Too large for ordinary parcels. */
  oversize: z.boolean().optional(),
  /** Sold as one, made up of several things. */
  bundle: z.boolean().optional(),
  tags: tagsSchema.optional(),
});

export type Item = z.infer<typeof itemSchema>;
