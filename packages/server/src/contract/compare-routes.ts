// Decides the routes that set runs against a baseline. A part of the list in routes.ts.
import { compareOrdersQuery, compareQuery, compareSchema, orderDeltaListSchema } from './compare-wire.ts';
import { exampleCompare, exampleOrderDeltas } from './examples.ts';
import type { Route } from './route.ts';

const JSON_TYPE = 'application/json';

export const compareRoutes = {
  compareRuns: {
    operationId: 'compareRuns',
    method: 'get',
    path: '/v1/compare',
    tag: 'Comparison',
    summary: 'Finished runs of one scenario against a baseline',
    query: compareQuery,
    answer: {
      status: 200,
      description: 'The runs and their differences, by cost term.',
      contentType: JSON_TYPE,
      schema: compareSchema,
      example: exampleCompare,
    },
    problems: ['invalid-input', 'run-not-found', 'run-not-done', 'runs-not-comparable'],
  },
  compareOrders: {
    operationId: 'compareOrders',
    method: 'get',
    path: '/v1/compare/orders',
    tag: 'Comparison',
    summary: 'Orders that differ between two runs',
    query: compareOrdersQuery,
    answer: {
      status: 200,
      description: 'A page of orders. Equal keys are ordered by order id.',
      contentType: JSON_TYPE,
      schema: orderDeltaListSchema,
      example: exampleOrderDeltas,
    },
    problems: ['invalid-input', 'run-not-found', 'run-not-done', 'runs-not-comparable'],
  },
} as const satisfies Record<string, Route>;
