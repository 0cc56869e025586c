// Decides what the map of a run is drawn from: nodes, destination areas, and what goes from one to the other.
import { nodeSchema } from '@sourcewright/engine';
import { z } from 'zod';
import { nodeKpisSchema } from './plan-schema.ts';
import { nodeViewShape } from './scenario-wire.ts';

const count = z.int().min(0);

export const flowQuery = z.strictObject({
  nodeId: nodeSchema.shape.nodeId
    .optional()
    .meta({ description: 'Only what this node ships, and only the areas it ships to.' }),
});

export const flowNodeSchema = z.strictObject({ ...nodeViewShape, kpis: nodeKpisSchema }).meta({ id: 'FlowNode' });

export const flowAreaSchema = z
  .strictObject({
    areaId: z.string().meta({
      description:
        'Destination region; the country where an order names no region; `collect:` and the node for what is collected.',
    }),
    collectAt: z.string().nullable().meta({ description: 'The node where it is collected; null where it is sent.' }),
    lat: z
      .number()
      .nullable()
      .meta({ description: 'Mean of the destinations, or the collecting node; null where none has a position.' }),
    lon: z.number().nullable(),
    orders: count,
    units: count.meta({ description: 'Units shipped.' }),
    costMicros: z.int().meta({ description: 'Cost of the shipments.' }),
    lateShipments: count,
  })
  .meta({ id: 'FlowArea' });

export const flowSchema = z
  .strictObject({
    nodeId: z.string(),
    areaId: z.string(),
    shipments: count,
    units: count,
    costMicros: z.int(),
    lateShipments: count,
  })
  .meta({ id: 'Flow' });

export const flowMapSchema = z.strictObject({
  nodes: z.array(flowNodeSchema),
  areas: z.array(flowAreaSchema),
  flows: z.array(flowSchema),
});

export type FlowNode = z.infer<typeof flowNodeSchema>;
export type FlowArea = z.infer<typeof flowAreaSchema>;
export type Flow = z.infer<typeof flowSchema>;
export type FlowMap = z.infer<typeof flowMapSchema>;
