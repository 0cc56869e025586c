// Decides what the wire shows of a scenario: its summary, and in detail its policy and nodes.
// Leaves the scenario document itself to the engine's model.
import { NODE_TYPES, policySchema, scenarioInfoSchema } from '@sourcewright/engine';
import { z } from 'zod';

const count = z.int().min(0);
const instant = z.string().meta({ description: 'Instant, RFC 3339.', format: 'date-time' });

export const scenarioIdParams = z.strictObject({ scenarioId: scenarioInfoSchema.shape.scenarioId });

const summaryShape = {
  ...scenarioInfoSchema.shape,
  currency: z.string().meta({ description: 'ISO 4217 code of every amount in this scenario.' }),
  timeZone: z.string(),
  asOf: instant,
  orders: count,
  collectedOrders: count
    .exactOptional()
    .meta({ description: 'Orders that customers collect at a node; left out where there are none.' }),
  lines: count,
  nodes: count,
  items: count,
  firstPlacedAt: instant,
  lastPlacedAt: instant,
  createdAt: instant,
};
export const scenarioSummarySchema = z.strictObject(summaryShape).meta({ id: 'ScenarioSummary' });

export const nodeViewShape = {
  nodeId: z.string(),
  name: z.string(),
  type: z.enum(NODE_TYPES),
  status: z.enum(['open', 'closed']),
  region: z.string().nullable(),
  postcode: z.string().nullable(),
  location: z.strictObject({ lat: z.number(), lon: z.number() }).nullable(),
  capacity: z
    .strictObject({ shipmentsPerDay: count.nullable(), unitsPerDay: count.nullable() })
    .nullable()
    .meta({ description: 'Hard limits a ship day; null where there is none.' }),
  skusStocked: count.meta({ description: 'Skus with at least one unit on hand.' }),
  unitsOnHand: count,
  services: z.array(z.string()).meta({ description: 'Services of the rate cards the node ships by, sorted.' }),
};
export const nodeViewSchema = z.strictObject(nodeViewShape).meta({ id: 'NodeView' });

export const scenarioDetailSchema = z
  .strictObject({ ...summaryShape, policy: policySchema, nodeList: z.array(nodeViewSchema) })
  .meta({ id: 'ScenarioDetail' });

export const scenarioListSchema = z.strictObject({ scenarios: z.array(scenarioSummarySchema) });

export type ScenarioSummary = z.infer<typeof scenarioSummarySchema>;
export type NodeView = z.infer<typeof nodeViewSchema>;
export type ScenarioDetail = z.infer<typeof scenarioDetailSchema>;
export type ScenarioList = z.infer<typeof scenarioListSchema>;
