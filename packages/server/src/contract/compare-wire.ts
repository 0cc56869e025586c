// Decides how finished runs of one scenario are set against a baseline: in total by cost term, and order by order.
import { COST_TERMS } from '@sourcewright/engine';
import { z } from 'zod';
import { DIRECTIONS, pageQueryShape } from './order-wire.ts';
import { runIdSchema, runSchema } from './run-wire.ts';

export const MAX_COMPARED_RUNS = 12;
export const COMPARE_SORTS = ['delta', 'abs'] as const;
export type CompareSort = (typeof COMPARE_SORTS)[number];

const count = z.int().min(0);

export const compareQuery = z.strictObject({
  runs: z
    .string()
    .min(1)
    .max(600)
    .meta({ description: 'Run ids with commas between them; the first is the baseline.', example: 'r-base,r-other' }),
});

export const comparisonSchema = z
  .strictObject({
    runId: runIdSchema,
    deltaMicros: z.int().meta({ description: "The run's cost less the baseline's; below 0 is a saving." }),
    steps: z
      .array(z.strictObject({ term: z.enum(COST_TERMS), deltaMicros: z.int() }))
      .meta({ description: 'By cost term; sums exactly to `deltaMicros`.' }),
    changedOrders: count.meta({ description: 'Orders whose shipments or unsourced units differ.' }),
    cheaperOrders: count,
    dearerOrders: count,
  })
  .meta({ id: 'Comparison' });

export const compareSchema = z.strictObject({
  baselineRunId: runIdSchema,
  runs: z.array(runSchema),
  comparisons: z.array(comparisonSchema),
});

export const compareOrdersQuery = z.strictObject({
  baseline: runIdSchema,
  run: runIdSchema,
  sort: z.enum(COMPARE_SORTS).default('abs'),
  dir: z.enum(DIRECTIONS).default('desc'),
  ...pageQueryShape,
});

export const orderDeltaSchema = z
  .strictObject({
    orderId: z.string(),
    baselineCostMicros: z.int(),
    runCostMicros: z.int(),
    deltaMicros: z.int(),
    baselineNodeIds: z.array(z.string()),
    runNodeIds: z.array(z.string()),
    baselineShipments: count,
    runShipments: count,
    baselineUnsourcedUnits: count,
    runUnsourcedUnits: count,
  })
  .meta({ id: 'OrderDelta' });

export const orderDeltaListSchema = z.strictObject({
  orders: z.array(orderDeltaSchema).meta({ description: 'Orders whose cost, shipments or unsourced units differ.' }),
  total: count,
  nextCursor: z.string().nullable(),
});

export type CompareOrdersQuery = z.infer<typeof compareOrdersQuery>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type Compare = z.infer<typeof compareSchema>;
export type OrderDelta = z.infer<typeof orderDeltaSchema>;
export type OrderDeltaList = z.infer<typeof orderDeltaListSchema>;
