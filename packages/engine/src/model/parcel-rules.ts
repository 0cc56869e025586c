// Decides by what weight goods are charged: the same rules for all carriers of a snapshot.
// Leaves the sums to candidates/billable-weight.ts.
import { z } from 'zod';
import { idSchema, lengthMmSchema, weightGramsSchema } from './scalars.ts';

export const parcelRulesSchema = z.strictObject({
  /** Cubic centimetres that are charged as a kilogram, for example 5000. A unit is charged by the larger of weight and size. */
  dimensionalDivisor: z.number().min(100).max(100_000).optional(),
  /** What a unit of an item marked `oversize` is charged as at least. */
  oversizeMinimumGrams: weightGramsSchema.optional(),
});

/** A carton that a node packs in, by its inside. */
export const boxSchema = z.strictObject({
  boxId: idSchema,
  lengthMm: lengthMmSchema,
  widthMm: lengthMmSchema,
  heightMm: lengthMmSchema,
  /** What it may weigh packed; left out means what the carrier takes. */
  maxGrams: weightGramsSchema.refine((grams) => grams >= 1, 'Give at least 1 g.').optional(),
  /** How much of it is filled with goods, in percent; 100 where left out. */
  fillPercent: z.number().min(1).max(100).optional(),
});

export type Box = z.infer<typeof boxSchema>;
export type ParcelRules = z.infer<typeof parcelRulesSchema>;
