// Decides what the engine knows of a thing that is sold.
import { z } from 'zod';
import { amountSchema, idSchema, lengthMmSchema, tagsSchema, textSchema, weightGramsSchema } from './scalars.ts';

export const itemSchema = z.strictObject({
  sku: idSchema,
  name: textSchema.optional(),
  category: z.string().max(80).optional(),
  weightGrams: weightGramsSchema,
  /** Length, width and height of one unit ready to send: all three or none. */
  lengthMm: lengthMmSchema.optional(),
  widthMm: lengthMmSchema.optional(),
  heightMm: lengthMmSchema.optional(),
  /** Usual selling price of one unit. */
  priceMicros: amountSchema.optional(),
  hazmat: z.boolean().optional(),
  /** Rules and searches may name it. */
  brand: z.string().max(80).optional(),
  /** Too large for ordinary parcels: the snapshot's `parcels` may state what it is charged as at least. */
  oversize: z.boolean().optional(),
  /** Sold as one, made up of several things. */
  bundle: z.boolean().optional(),
  tags: tagsSchema.optional(),
});

export type Item = z.infer<typeof itemSchema>;
