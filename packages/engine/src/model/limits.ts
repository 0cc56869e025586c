// Decides how much work one call to source() may spend. Work, not seconds: the same limits give the same plan anywhere.
import { z } from 'zod';

export const limitsSchema = z.strictObject({
  /** Branch-and-bound nodes a single order may cost before its best answer is taken with the gap it has. */
  orderWork: z.int().min(1).max(100_000_000),
  /** Work of the optimiser on a whole wave: one for each time an order is priced from its tables, about a hundred for a large one. */
  waveWork: z.int().min(1).max(10_000_000_000),
  /** Gap at which a whole wave is good enough: the optimiser stops when no plan can be cheaper by a larger share of the cost. */
  targetGap: z.number().min(0).max(1),
  /** Ship days a node may be considered for in one order. */
  shipDaysPerNode: z.int().min(1).max(31),
  /** Orders in one wave. */
  maxOrders: z.int().min(1).max(1_000_000),
  /** Seed of everything that draws chance. */
  seed: z.int().min(0).max(4_294_967_295),
});

export type Limits = z.infer<typeof limitsSchema>;

export const DEFAULT_LIMITS: Limits = {
  orderWork: 20_000,
  waveWork: 24_000_000,
  targetGap: 0.00002,
  shipDaysPerNode: 4,
  maxOrders: 1_000_000,
  seed: 1,
};
