// Decides how it is told how often a node found what it was asked to pick: counts for the node, a category there, or a sku there.
// Leaves the chance that follows to inventory/reject-chance.ts.
import { z } from 'zod';
import { amountSchema, countSchema, idSchema } from './scalars.ts';

export const pickHistorySchema = z.strictObject({
  nodeId: idSchema,
  /** Lines of this category; with neither category nor sku all lines of the node. */
  category: z.string().min(1).max(80).optional(),
  /** Lines of this item. */
  sku: idSchema.optional(),
  /** Lines it was asked for. */
  picks: countSchema,
  /** Lines of them that it turned down. */
  rejects: countSchema,
});

/** What a line that a node turns down costs, and how sure counts have to be. */
export const rejectRiskSchema = z.strictObject({
  /** What it costs on average when a line is turned down and has to be sent from elsewhere. */
  perRejectMicros: amountSchema,
  /** Share of lines turned down where nothing is known of the node, in percent. */
  usualPercent: z.number().min(0).max(100),
  /** So many lines of its own count as much as what is known one level up. */
  priorPicks: z.number().min(1).max(1_000_000),
});

export type PickHistory = z.infer<typeof pickHistorySchema>;
