// Decides what a cart is: an order that is not placed yet, of which only lines and destination need to be known.
import type { z } from 'zod';
import { orderLineSchema, orderSchema } from './order.ts';

export const MAX_CART_LINES = 200;

export const cartLineSchema = orderLineSchema.extend({
  /** Left out, the line's position: 1, 2, 3. */
  lineId: orderLineSchema.shape.lineId.optional(),
});

/** Left out, `orderId` is `cart` and `placedAt` the instant of the snapshot. */
export const cartSchema = orderSchema.extend({
  orderId: orderSchema.shape.orderId.optional(),
  placedAt: orderSchema.shape.placedAt.optional(),
  lines: cartLineSchema.array().min(1).max(MAX_CART_LINES),
});

export type Cart = z.infer<typeof cartSchema>;
