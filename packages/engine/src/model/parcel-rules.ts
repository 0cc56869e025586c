// Decides by what weight goods are charged: the same rules for all carriers of a snapshot.
// Leaves the sums to candidates/billable-weight.ts.
import { z } from 'zod';
import { weightGramsSchema } from './scalars.ts';

export const parcelRulesSchema = z.strictObject({
  /** Cubic centimetres that are charged as a kilogram, for example 5000. A unit is charged by the larger of weight and size. */
  dimensionalDivisor: z.number().min(100).max(100_000).optional(),
  /** What a unit of an item marked `oversize` is charged as at least. */
  oversizeMinimumGrams: weightGramsSchema.optional(),
});

export type ParcelRules = z.infer<typeof parcelRulesSchema>;
