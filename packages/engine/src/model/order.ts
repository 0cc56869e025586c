// Decides what an order asks for: who gets how much of what, where, by when, and what may be done to it.
import { z } from 'zod';
import {
  amountSchema,
  countrySchema,
  idSchema,
  instantSchema,
  localDateSchema,
  quantitySchema,
  tagsSchema,
  weightGramsSchema,
} from './scalars.ts';

export const MAX_LINES_PER_ORDER = 2000;

export const FULFILMENTS = ['ship', 'pickup', 'ship-to-store'] as const;
export type Fulfilment = (typeof FULFILMENTS)[number];

export const orderLineSchema = z.strictObject({
  lineId: idSchema,
  sku: idSchema,
  quantity: quantitySchema,
  unitPriceMicros: amountSchema.optional(),
  /** Weight of the whole line where it is known; else the item's weight × quantity. */
  lineWeightGrams: weightGramsSchema.optional(),
  /** Lines of the order with the same name here travel in one shipment, whole, or all stay unsourced. */
  shipTogether: z.string().min(1).max(60).optional(),
});

export const destinationSchema = z.strictObject({
  country: countrySchema,
  region: z.string().max(80).optional(),
  postcode: z.string().max(12).optional(),
  /** A home, where rate cards may charge more. */
  residential: z.boolean().optional(),
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
});

export const orderSchema = z.strictObject({
  orderId: idSchema,
  placedAt: instantSchema,
  channel: z.string().max(40).optional(),
  /** 0 (ordinary) to 9; raises the penalty for leaving units unsourced. */
  priority: z.int().min(0).max(9).optional(),
  customerId: idSchema.optional(),
  customerTier: z.string().max(40).optional(),
  tags: tagsSchema.optional(),
  /** Local date at the destination by which delivery was promised. */
  promiseBy: localDateSchema.optional(),
  /** Services the customer accepts; left out means any. */
  services: z.array(idSchema).min(1).max(50).optional(),
  /** Where the customer is: `ship` sends there; for what is collected only rules look at it. */
  destination: destinationSchema,
  /**
   * How the customer gets the goods: sent to the destination (`ship`, also where left out), collected at a node from its own stock
   * (`pickup`), or collected at a node that others may send to (`ship-to-store`).
   */
  fulfilment: z.enum(FULFILMENTS).optional(),
  /** The node where the customer collects: for `pickup` and `ship-to-store`, and only there. */
  collectAt: idSchema.optional(),
  /** All units or none. */
  shipComplete: z.boolean().optional(),
  maxShipments: z.int().min(1).max(100).optional(),
  /** Goods value of a part at least, instead of the policy's: see `minPartValueMicros` there. 0 means no minimum. */
  minPartValueMicros: amountSchema.optional(),
  lines: z.array(orderLineSchema).min(1).max(MAX_LINES_PER_ORDER),
});

export type OrderLine = z.infer<typeof orderLineSchema>;
export type Destination = z.infer<typeof destinationSchema>;
export type Order = z.infer<typeof orderSchema>;
