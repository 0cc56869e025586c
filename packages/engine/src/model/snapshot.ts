// Decides what is known of the network at one moment: nodes, items, stock, receipts, calendars, tariffs.
import { z } from 'zod';
import { calendarSchema } from './calendar.ts';
import { itemSchema } from './item.ts';
import { laneSchema } from './lane.ts';
import { nodeSchema } from './node.ts';
import { parcelRulesSchema } from './parcel-rules.ts';
import { pickHistorySchema } from './pick-history.ts';
import { rateCardSchema } from './rate-card.ts';
import { receiptSchema } from './receipt.ts';
import { currencySchema, instantSchema, timeZoneSchema } from './scalars.ts';
import { stockLevelSchema } from './stock-level.ts';

export const snapshotSchema = z.strictObject({
  currency: currencySchema,
  /** Zone of dates that belong to no node, such as the day an order was placed. */
  timeZone: timeZoneSchema,
  asOf: instantSchema,
  nodes: z.array(nodeSchema).min(1).max(5000),
  items: z.array(itemSchema).min(1).max(1_000_000),
  stock: z.array(stockLevelSchema).max(5_000_000),
  receipts: z.array(receiptSchema).max(1_000_000).optional(),
  calendars: z.array(calendarSchema).min(1).max(5000),
  rateCards: z.array(rateCardSchema).min(1).max(20_000),
  lanes: z.array(laneSchema).max(1_000_000).optional(),
  pickHistory: z.array(pickHistorySchema).max(5_000_000).optional(),
  parcels: parcelRulesSchema.optional(),
});

export type Snapshot = z.infer<typeof snapshotSchema>;
