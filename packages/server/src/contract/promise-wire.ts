// Decides how it is asked what can be promised to a cart, and what is answered. Nothing is stored or reserved.
import {
  type CartPromise,
  cartSchema,
  type CollectionPromise,
  type LinePromise,
  NODE_TYPES,
  PROMISE_REASONS,
  REJECTION_CODES,
  type ServicePromise,
  type WholeCart,
} from '@sourcewright/engine';
import { z } from 'zod';
import { policyRefSchema } from './policy-wire.ts';
import { BODY_MAX_BYTES, BODY_PROBLEMS, type Route } from './route.ts';

export const DEFAULT_PROMISE_OPTIONS = 5;
export const MAX_PROMISE_OPTIONS = 100;
export const DEFAULT_PROMISE_NODES = 10;
export const MAX_PROMISE_NODES = 50;

const count = z.int().min(0);
const date = z.string().meta({ description: 'Local date.', format: 'date' });
const instant = z.string().meta({ description: 'Instant, RFC 3339.', format: 'date-time' });
const share = z.number().min(0).max(1);
const reason = z.enum(PROMISE_REASONS).meta({ id: 'PromiseReason', description: 'A word of plans and explanations.' });

export const promiseRequestSchema = z
  .strictObject({
    scenarioId: z.string().min(1).max(60),
    policyRef: policyRefSchema.optional(),
    cart: cartSchema.meta({ id: 'Cart', description: 'An order that is not placed yet; see Order for its fields.' }),
    maxOptions: count
      .max(MAX_PROMISE_OPTIONS)
      .default(DEFAULT_PROMISE_OPTIONS)
      .meta({ description: 'How many options are listed a line.' }),
    maxNodes: count.max(MAX_PROMISE_NODES).default(DEFAULT_PROMISE_NODES).meta({
      description: 'How many nodes to collect at are looked at; 0 for none. They take most of the time.',
    }),
  })
  .meta({ id: 'PromiseRequest' });

/** What is checked at the door; the cart is checked by the engine in the worker. */
export const promiseEnvelopeSchema = z.strictObject({ ...promiseRequestSchema.shape, cart: z.unknown() });

const shipmentSchema = z
  .strictObject({
    nodeId: z.string(),
    service: z.string(),
    shipOn: date,
    deliverOn: date,
    deliverOnP90: date.meta({ description: 'Nine tenths of parcels come by then.' }),
    units: z.array(z.strictObject({ sku: z.string(), quantity: count })).readonly(),
  })
  .meta({ id: 'PromisedShipment' });

const wholeSchema = z
  .strictObject({
    deliverOn: date.meta({
      description:
        'The last shipment comes by then, or can be collected; half of its parcels where days are not certain.',
    }),
    deliverOnP90: date.meta({ description: 'Nine tenths of such carts have come whole.' }),
    onTimeShare: share.meta({ description: 'Of such carts that have come whole by `promiseBy`.' }),
    orderBefore: instant.meta({ description: 'What is placed before it can still come as said.' }),
    shipments: z.array(shipmentSchema).readonly(),
  })
  .meta({ id: 'WholePromise' });

const wholeShape = {
  whole: wholeSchema.nullable().meta({ description: 'Null where not all of the cart can come.' }),
  missing: z
    .array(z.strictObject({ lineId: z.string(), reason }))
    .readonly()
    .meta({ description: 'What would be left out even by the latest day looked at.' }),
};
const wholeCartSchema: z.ZodType<WholeCart> = z.strictObject(wholeShape).meta({ id: 'WholeCart' });

const servicePromiseSchema: z.ZodType<ServicePromise> = z
  .strictObject({ service: z.string(), ...wholeShape })
  .meta({ id: 'ServicePromise' });

const linePromiseSchema: z.ZodType<LinePromise> = z
  .strictObject({
    lineId: z.string(),
    sku: z.string(),
    quantity: count,
    deliverOn: date.nullable().meta({ description: 'All units asked of the sku, whatever else is in the cart.' }),
    reason: reason.nullable().meta({ description: 'Why not; null where they can come.' }),
    options: z
      .array(
        z
          .strictObject({
            nodeId: z.string(),
            service: z.string(),
            rateCardId: z.string(),
            shipOn: date,
            deliverOn: date,
            deliverOnP90: date,
            onTimeShare: share,
            units: count.meta({ description: 'Of the sku that could ship on that day.' }),
          })
          .meta({ id: 'PromiseOption' }),
      )
      .readonly()
      .meta({ description: 'Best first: the earlier, the surer, the one with more units, the nearer.' }),
    optionsTotal: count,
    refusals: z
      .array(z.strictObject({ code: z.enum(REJECTION_CODES), nodes: count }))
      .readonly()
      .meta({ description: 'Nodes that have the item and may not send it, by why.' }),
  })
  .meta({ id: 'LinePromise' });

const collectionPromiseSchema: z.ZodType<CollectionPromise> = z
  .strictObject({
    nodeId: z.string(),
    distanceKm: z.number().nullable(),
    pickup: wholeCartSchema.nullable().meta({ description: "From the node's own stock." }),
    shipToStore: wholeCartSchema
      .nullable()
      .meta({ description: 'From its own stock and what other nodes send there.' }),
  })
  .meta({ id: 'CollectionPromise' });

const cartPromiseShape = {
  orderId: z.string(),
  asOf: instant.meta({ description: 'Of the stock.' }),
  takenUpAt: instant.meta({ description: 'Days are counted from then.' }),
  promiseBy: date.meta({ description: 'The last day on which delivery is in time.' }),
  delivery: z
    .strictObject({
      ...wholeShape,
      services: z.array(servicePromiseSchema).readonly(),
      lines: z.array(linePromiseSchema).readonly(),
    })
    .nullable()
    .meta({ id: 'DeliveryPromise', description: 'Null for a cart that is to be collected.' }),
  collection: z.array(collectionPromiseSchema).readonly().meta({ description: 'The nearest node first.' }),
};

export const promiseResponseSchema = z
  .strictObject({
    ...cartPromiseShape,
    policyId: z.string(),
    policyVersion: z.int(),
    nodes: z
      .record(z.string(), z.strictObject({ name: z.string(), type: z.enum(NODE_TYPES) }))
      .meta({ description: 'The nodes that are named.' }),
    elapsedMs: z.number().min(0).meta({ description: 'Inside the worker.' }),
  })
  .meta({ id: 'PromiseResponse' });

export type PromiseRequest = z.input<typeof promiseRequestSchema>;
export type PromiseEnvelope = z.infer<typeof promiseEnvelopeSchema>;
export type PromiseResponse = CartPromise & Omit<z.infer<typeof promiseResponseSchema>, keyof CartPromise>;

const exampleShipment = {
  nodeId: 'DAV',
  service: 'standard',
  shipOn: '2011-11-14',
  deliverOn: '2011-11-16',
  deliverOnP90: '2011-11-17',
};
const exampleWhole = {
  deliverOn: '2011-11-16',
  deliverOnP90: '2011-11-17',
  onTimeShare: 0.9996,
  orderBefore: '2011-11-14T14:00:00Z',
  shipments: [{ ...exampleShipment, units: [{ sku: '85123A', quantity: 2 }] }],
};

export const examplePromiseRequest: PromiseRequest = {
  scenarioId: 'two-gifts',
  cart: {
    destination: { country: 'GB', region: 'Leicestershire', postcode: 'LE1', lat: 52.63, lon: -1.13 },
    lines: [{ sku: '85123A', quantity: 2 }],
  },
};

export const examplePromiseResponse: PromiseResponse = {
  orderId: 'cart',
  asOf: '2011-11-14T00:00:00Z',
  takenUpAt: '2011-11-14T00:00:00Z',
  promiseBy: '2011-11-19',
  delivery: {
    whole: exampleWhole,
    missing: [],
    services: [{ service: 'standard', whole: exampleWhole, missing: [] }],
    lines: [
      {
        lineId: '1',
        sku: '85123A',
        quantity: 2,
        deliverOn: '2011-11-16',
        reason: null,
        options: [{ ...exampleShipment, rateCardId: 'parcel-standard', onTimeShare: 0.9996, units: 40 }],
        optionsTotal: 3,
        refusals: [],
      },
    ],
  },
  collection: [],
  policyId: 'house-rules',
  policyVersion: 1,
  nodes: { DAV: { name: 'Daventry DC', type: 'dc' } },
  elapsedMs: 1.4,
};

export const promiseRoutes = {
  createPromise: {
    operationId: 'createPromise',
    method: 'post',
    path: '/v1/promises',
    tag: 'Plans',
    summary: 'What can be promised to a cart',
    description:
      'For product, cart and checkout pages: when the whole cart comes by each service and until when it can be ordered, the ways of each line, where it can be collected. From the candidates of sourcing, on stock and capacity that no order has touched; nothing is stored or reserved.',
    query: z.strictObject({}),
    body: {
      schema: promiseRequestSchema,
      description: 'A cart, and the stored scenario whose network it is asked of.',
      example: examplePromiseRequest,
      maxBytes: BODY_MAX_BYTES,
    },
    answer: {
      status: 200,
      description: 'What can be promised.',
      contentType: 'application/json',
      schema: promiseResponseSchema,
      example: examplePromiseResponse,
    },
    problems: [
      ...BODY_PROBLEMS,
      'scenario-not-found',
      'policy-not-found',
      'worker-failed',
      'overloaded',
      'deadline-exceeded',
      'shutting-down',
    ],
  },
} as const satisfies Record<string, Route>;
