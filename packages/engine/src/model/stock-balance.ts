// Decides how a policy says what a node's stock is worth to the node itself.
// Leaves the sum to inventory/stock-balance.ts.
import { z } from 'zod';

export const stockBalanceSchema = z.strictObject({
  /** Share of an item's price that is lost with a sale the node cannot make, in percent. */
  marginPercent: z.number().min(0).max(100),
  /** Days until more comes, for a sku and node without a receipt to come. */
  horizonDays: z.int().min(1).max(365),
  /** Units above what a node should hold may have to be marked down: taking them first is worth so much. */
  markdown: z
    .strictObject({
      /** How likely such a unit is to be marked down, in percent. */
      chancePercent: z.number().min(0).max(100),
      /** Share of the price that this loses, in percent. */
      lossPercent: z.number().min(0).max(100),
      /** What a node should hold where its stock level gives no `targetUnits`: so many days of its demand. */
      targetCoverDays: z.number().min(0).max(3650).optional(),
    })
    .optional(),
});
