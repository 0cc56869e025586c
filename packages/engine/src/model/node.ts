// Decides what a node is: a place that can supply goods, with its capacity, handling costs and the rate cards it ships by.
import { z } from 'zod';
import { amountSchema, countSchema, idSchema, pointSchema, tagsSchema, textSchema } from './scalars.ts';

export const NODE_TYPES = ['dc', 'store', 'vendor', '3pl'] as const;
export type NodeType = (typeof NODE_TYPES)[number];

export const nodeSchema = z.strictObject({
  nodeId: idSchema,
  name: textSchema,
  type: z.enum(NODE_TYPES),
  /** A closed node supplies nothing. */
  status: z.enum(['open', 'closed']).optional(),
  location: pointSchema.optional(),
  region: z.string().max(80).optional(),
  postcode: z.string().max(12).optional(),
  groups: tagsSchema.optional(),
  tags: tagsSchema.optional(),
  calendarId: idSchema,
  rateCardIds: z.array(idSchema).max(200),
  /** Hard limits a ship day; left out means no limit. */
  capacity: z.strictObject({ shipmentsPerDay: countSchema.optional(), unitsPerDay: countSchema.optional() }).optional(),
  handling: z
    .strictObject({
      perShipmentMicros: amountSchema.optional(),
      perLineMicros: amountSchema.optional(),
      perUnitMicros: amountSchema.optional(),
    })
    .optional(),
});

export type Node = z.infer<typeof nodeSchema>;
