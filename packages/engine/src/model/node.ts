// Decides what a node is: a place that can supply goods, with its capacity, handling costs and the rate cards it ships by.
import { z } from 'zod';
import { boxSchema } from './parcel-rules.ts';
import {
  amountSchema,
  countSchema,
  idSchema,
  localDateSchema,
  pointSchema,
  tagsSchema,
  textSchema,
} from './scalars.ts';

export const NODE_TYPES = ['dc', 'store', 'vendor', '3pl'] as const;
export type NodeType = (typeof NODE_TYPES)[number];

const MAX_STEPS = 20;

/** Thresholds and charges both rise; what is not above the first costs nothing more. */
function rises(steps: readonly (readonly [above: number, micros: number])[]): boolean {
  return steps.every(([above, micros], index) => {
    const before = steps[index - 1];
    return before === undefined || (above > before[0] && micros > before[1]);
  });
}
const RISING = 'Let both the threshold and the charge rise from step to step.';

const softCapacitySchema = z.strictObject({
  /** For each shipment of a day above so many: what it costs besides all else, until the next step. */
  shipmentsPerDay: z
    .array(z.strictObject({ above: countSchema, perShipmentMicros: amountSchema }))
    .min(1)
    .max(MAX_STEPS)
    .refine((steps) => rises(steps.map(({ above, perShipmentMicros }) => [above, perShipmentMicros])), RISING)
    .optional(),
  /** For each unit of a day above so many: what it costs besides all else, until the next step. */
  unitsPerDay: z
    .array(z.strictObject({ above: countSchema, perUnitMicros: amountSchema }))
    .min(1)
    .max(MAX_STEPS)
    .refine((steps) => rises(steps.map(({ above, perUnitMicros }) => [above, perUnitMicros])), RISING)
    .optional(),
});

const labourSchema = z.strictObject({
  /** Units that an hour of work picks and packs. */
  unitsPerHour: z.number().min(0.01).max(100_000),
  /**
   * Hours of work on a ship day that cost alike, such as a shift or overtime, all people together; the cheapest are worked first. What all of
   * them do is the most the node does in a day.
   */
  bands: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(60),
        hours: z.number().min(0).max(10_000),
        perHourMicros: amountSchema,
      }),
    )
    .min(1)
    .max(MAX_STEPS),
});

const receivingSchema = z.strictObject({
  /** Its working days between the day a transfer arrives and the day the customer can collect; 0 where left out. */
  workingDays: z.int().min(0).max(60).optional(),
  perShipmentMicros: amountSchema.optional(),
});

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
  /** Limits a ship day; left out means no limit. */
  capacity: z
    .strictObject({
      shipmentsPerDay: countSchema.optional(),
      unitsPerDay: countSchema.optional(),
      /** Charges that rise with what the node has to do on a day. */
      soft: softCapacitySchema.optional(),
    })
    .optional(),
  /** Share of a day's capacity that was spoken for when the snapshot was taken, in percent. */
  capacityUsedPercent: z.number().min(0).max(1000).optional(),
  /** Days of work waiting when the snapshot was taken; left out, those that `backlog` takes. */
  backlogDays: z.number().min(0).max(365).optional(),
  /** Work waiting when the snapshot was taken; how many days it takes follows from the node's limits a day, the slower of the two. */
  backlog: z.strictObject({ shipments: countSchema.optional(), units: countSchema.optional() }).optional(),
  /** Share of its shipments that it turned down lately, in percent. */
  rejectPercent: z.number().min(0).max(100).optional(),
  /** The local date on which it last turned a shipment down. */
  lastRejectOn: localDateSchema.optional(),
  /** Cartons it packs in: no parcel of its holds more than the largest. Left out means as much as the carrier takes. */
  boxes: z.array(boxSchema).min(1).max(50).optional(),
  handling: z
    .strictObject({
      perShipmentMicros: amountSchema.optional(),
      perLineMicros: amountSchema.optional(),
      perUnitMicros: amountSchema.optional(),
      /** Commission or rent by turnover: a share of each unit's price, in percent. */
      valuePercent: z.number().min(0).max(100).optional(),
    })
    .optional(),
  /** What work costs by the hour, besides `handling`: the cheapest hours are charged as handling, what dearer ones cost more as capacity. */
  labour: labourSchema.optional(),
  /** What it does with goods that other nodes send there for customers to collect. */
  receiving: receivingSchema.optional(),
});

export type Node = z.infer<typeof nodeSchema>;
