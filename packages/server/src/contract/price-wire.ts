// Decides how it is told what one more of each scarce resource is worth to a run.
import { nodeSchema, type ShadowPrice } from '@sourcewright/engine';
import { z } from 'zod';
import { offsetQueryShape } from './order-wire.ts';
import { shadowPriceShape } from './plan-schema.ts';

export const priceQuery = z.strictObject({
  nodeId: nodeSchema.shape.nodeId.optional().meta({ description: 'Only what is scarce at this node.' }),
  ...offsetQueryShape,
});

export const priceRowSchema = z
  .strictObject({
    ...shadowPriceShape,
    name: z.string().nullable().meta({ description: "The item's name; null for capacity and for items without one." }),
    nodeName: z.string(),
  })
  .meta({ id: 'PriceRow', description: 'What one more of a scarce resource is worth to the wave.' });

export const priceListSchema = z.strictObject({
  currency: z.string(),
  total: z.int().min(0).meta({ description: 'All prices that match, also those on other pages.' }),
  prices: z.array(priceRowSchema).meta({ description: 'Highest first.' }),
  nextCursor: z.string().nullable(),
});

export type PriceQuery = z.infer<typeof priceQuery>;
export type PriceRow = z.infer<typeof priceRowSchema> & ShadowPrice;
export type PriceList = z.infer<typeof priceListSchema>;
