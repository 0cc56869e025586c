// Decides what carrying a parcel costs and how long it takes: one service, zones by region or distance, weight bands.
// Leaves choosing a service and adding up a shipment to costs/.
import { z } from 'zod';
import {
  amountSchema,
  idSchema,
  localDateSchema,
  postcodePrefixesSchema,
  textSchema,
  weekdaysSchema,
  weightGramsSchema,
} from './scalars.ts';

/** Sends to customers, hands over at the node itself, or takes goods to the node where the customer collects them. */
export const CARD_KINDS = ['delivery', 'pickup', 'transfer'] as const;
export type CardKind = (typeof CARD_KINDS)[number];

/** A service that would carry the whole order in more parcels than this is not considered for it. */
export const MAX_PARCELS = 10_000;

/** A parcel of at most `uptoGrams` costs max(minimum, fixed + perKg × weight). The last band may be open. */
export const rateBandSchema = z.strictObject({
  uptoGrams: weightGramsSchema.optional(),
  fixedMicros: amountSchema,
  perKgMicros: amountSchema,
  minimumMicros: amountSchema.optional(),
});

/** The first zone that fits a destination is used: by region or postcode where it names some, else by distance. */
export const rateZoneSchema = z.strictObject({
  zone: z.string().min(1).max(40),
  regions: z.array(z.string().min(1).max(80)).max(300).optional(),
  /** Fits destinations whose postcode begins with one of these; one that ends in a space ends where the postcode's first part ends. */
  postcodePrefixes: postcodePrefixesSchema.optional(),
  maxDistanceKm: z.number().min(0).max(40_100).optional(),
  /** Delivery days between hand-over and delivery. */
  transitDays: z.int().min(0).max(120),
  /** Nine tenths of parcels need no more delivery days, half need no more than `transitDays`; left out means all keep to those. */
  transitDaysP90: z.int().min(0).max(120).optional(),
  bands: z.array(rateBandSchema).min(1).max(200),
});

/** What is charged besides the bands, for each parcel. */
export const surchargesSchema = z.strictObject({
  /** To a home. */
  residentialMicros: amountSchema.optional(),
  /** To a postcode that begins with one of the prefixes. */
  remote: z.strictObject({ perParcelMicros: amountSchema, postcodePrefixes: postcodePrefixesSchema }).optional(),
  /** On everything else the parcel costs, in percent. */
  fuelPercent: z.number().min(0).max(1000).optional(),
});

export const rateCardSchema = z.strictObject({
  rateCardId: idSchema,
  name: textSchema,
  /** The service level customers and orders name, for example `standard` or `express`. */
  service: idSchema,
  carrier: textSchema.optional(),
  /**
   * What it is for: `delivery` to customers (also where left out), `pickup` for what is collected at the node itself from its own stock,
   * `transfer` for what is collected at another node, whose zone it then falls in.
   */
  kind: z.enum(CARD_KINDS).optional(),
  /** A shipment heavier than this goes in several parcels: full ones and one with the rest. */
  maxParcelGrams: weightGramsSchema.optional(),
  deliveryWeekdays: weekdaysSchema.min(1),
  noDeliveryOn: z.array(localDateSchema).max(1000).optional(),
  surcharges: surchargesSchema.optional(),
  zones: z.array(rateZoneSchema).min(1).max(300),
});

export type RateBand = z.infer<typeof rateBandSchema>;
export type RateZone = z.infer<typeof rateZoneSchema>;
export type RateCard = z.infer<typeof rateCardSchema>;
