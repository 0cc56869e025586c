// Decides how the orders of a finished run are listed, searched and shown one by one.
import { EXPLAIN_EFFORTS, FULFILMENTS, NODE_TYPES, nodeSchema, orderSchema } from '@sourcewright/engine';
import { z } from 'zod';
import { explanationDiffSchema, explanationSchema } from './explanation-schema.ts';
import { orderPlanSchema } from './plan-schema.ts';
import { runIdSchema } from './run-wire.ts';

export const MAX_PAGE = 500;
export const ORDER_FILTERS = ['all', 'split', 'late', 'unsourced', 'unproven', 'collected'] as const;
export const ORDER_SORTS = ['orderId', 'cost', 'shipments', 'days', 'late'] as const;
export const DIRECTIONS = ['asc', 'desc'] as const;
export type OrderFilter = (typeof ORDER_FILTERS)[number];
export type OrderSort = (typeof ORDER_SORTS)[number];
export type Direction = (typeof DIRECTIONS)[number];

const count = z.int().min(0);

export const pageQueryShape = {
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(100),
  cursor: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .meta({ description: '`nextCursor` of the page before; belongs to the same filters and sorting.' }),
};

const offset = z.coerce.number().int().min(0).max(10_000_000).optional();

/** For lists that can also be entered anywhere. */
export const offsetQueryShape = { offset, ...pageQueryShape };

const orderFilterShape = {
  q: z
    .string()
    .max(120)
    .optional()
    .meta({ description: 'Found in order id, postcode, region, collecting node, sku or item name, in any case.' }),
  filter: z
    .enum(ORDER_FILTERS)
    .default('all')
    .meta({ description: '`collected`: those that the customer collects at a node.' }),
  nodeId: nodeSchema.shape.nodeId.optional().meta({ description: 'Only orders this node ships to.' }),
  sort: z.enum(ORDER_SORTS).default('orderId'),
  dir: z.enum(DIRECTIONS).default('asc'),
};
export const exportOrdersQuery = z.strictObject(orderFilterShape);
export const listOrdersQuery = z.strictObject({
  ...orderFilterShape,
  ...offsetQueryShape,
});

export const orderRowSchema = z
  .strictObject({
    orderId: z.string(),
    placedAt: z.string(),
    region: z.string().nullable(),
    postcode: z.string().nullable(),
    fulfilment: z.enum(FULFILMENTS),
    collectAt: z
      .string()
      .nullable()
      .meta({ description: 'The node where the customer collects; null where the order is sent.' }),
    lines: count,
    units: count,
    shipments: count,
    nodeIds: z.array(z.string()).meta({ description: 'Nodes that ship, in order of the shipments, each once.' }),
    costMicros: z.int(),
    unsourcedUnits: count,
    lateDays: count.meta({ description: 'Of the latest shipment; 0 where all arrive by the promise.' }),
    deliveryDays: count.nullable().meta({ description: 'To the last delivery; null where nothing ships.' }),
    gap: z.number(),
    proven: z.boolean(),
  })
  .meta({ id: 'OrderRow' });

export const orderListSchema = z.strictObject({
  orders: z.array(orderRowSchema),
  total: count.meta({ description: 'Orders that match, over all pages.' }),
  nextCursor: z.string().nullable(),
});

export const orderParams = z.strictObject({ runId: runIdSchema, orderId: orderSchema.shape.orderId });

export const orderDetailQuery = z.strictObject({
  lineId: z
    .string()
    .max(120)
    .optional()
    .meta({ description: 'Look longer for what would flip this line, and for no other.' }),
  effort: z
    .enum(EXPLAIN_EFFORTS)
    .optional()
    .meta({ description: '`thorough` takes up to about a second to find what would flip it; left out means `quick`.' }),
  against: runIdSchema.optional().meta({ description: 'Also say what is other in this run of the same scenario.' }),
});

export const orderDetailSchema = z
  .strictObject({
    order: orderSchema,
    orderPlan: orderPlanSchema,
    explanation: explanationSchema,
    diff: explanationDiffSchema.exactOptional().meta({ description: 'From the run `against` to this one.' }),
    items: z
      .record(z.string(), z.strictObject({ name: z.string() }))
      .meta({ description: "By sku; the order's items." }),
    nodes: z
      .record(
        z.string(),
        z.strictObject({
          name: z.string(),
          type: z.enum(NODE_TYPES),
          location: z.strictObject({ lat: z.number(), lon: z.number() }).nullable(),
          cutoff: z
            .string()
            .meta({ description: 'Orders placed at or after this local time start a working day later.' }),
        }),
      )
      .meta({ description: 'By node id; every node of the scenario.' }),
    currency: z.string(),
  })
  .meta({ id: 'OrderDetail' });

export type ListOrdersQuery = z.infer<typeof listOrdersQuery>;
export type ExportOrdersQuery = z.infer<typeof exportOrdersQuery>;
export type OrderDetailQuery = z.infer<typeof orderDetailQuery>;
export type OrderRow = z.infer<typeof orderRowSchema>;
export type OrderList = z.infer<typeof orderListSchema>;
export type OrderDetail = z.infer<typeof orderDetailSchema>;
