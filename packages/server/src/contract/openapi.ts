// Decides the OpenAPI 3.1 document: built from the list of routes, never written by hand.
import {
  calendarSchema,
  itemSchema,
  limitsSchema,
  nodeSchema,
  orderSchema,
  policySchema,
  rateCardSchema,
  receiptSchema,
  ruleSchema,
  scenarioSchema,
  snapshotSchema,
  stockLevelSchema,
} from '@sourcewright/engine';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { PROBLEMS, type Problem, type ProblemName, problemSchema, problemType } from './problems.ts';
import { COMMON_PROBLEMS, MEBIBYTE, type Route } from './route.ts';
import { routes } from './routes.ts';

const TAGS: readonly (readonly [Route['tag'], string])[] = [
  ['Scenarios', 'Datasets that can be sourced: network, items, stock, tariffs, orders and a policy.'],
  ['Policies', 'Versions of policies: draft, tested, approved, published, retired.'],
  ['Runs', 'One strategy and policy computed over a whole scenario, in the background.'],
  ['Results', 'What a finished run decided, and why.'],
  ['Comparison', 'Finished runs set against a baseline, in money.'],
  ['Plans', 'Sourcing on the spot, without storing anything.'],
  ['Server', 'Health and this document.'],
];

export type OpenApiDocument = ReturnType<typeof createDocument>;

/** The document of every route. `version` is the server's. */
export function buildOpenApi(version: string): OpenApiDocument {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of Object.values<Route>(routes)) {
    (paths[route.path] ??= {})[route.method] = operation(route);
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Sourcewright',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Sourcing for distributed order management: plans with a proven gap, runs over whole scenarios, and the reasons for every choice.\n\n' +
        'Money is in micros of the currency (1.00 = 1,000,000). Instants are RFC 3339, local dates `YYYY-MM-DD`. ' +
        'Unknown fields are refused. Errors are RFC 9457 problems that list every issue at once. ' +
        'Changes of runs are pushed over the WebSocket at `/v1/ws`.',
    },
    servers: [{ url: '/' }],
    tags: TAGS.map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: {
        Scenario: scenarioSchema,
        Snapshot: snapshotSchema,
        Node: nodeSchema,
        Item: itemSchema,
        StockLevel: stockLevelSchema,
        Receipt: receiptSchema,
        Calendar: calendarSchema,
        RateCard: rateCardSchema,
        Order: orderSchema,
        Policy: policySchema,
        Rule: ruleSchema,
        Limits: limitsSchema,
      },
    },
  });
}

function operation(route: Route): ZodOpenApiOperationObject {
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    requestParams: {
      ...(route.params === undefined ? {} : { path: route.params }),
      ...(route.query === undefined ? {} : { query: route.query }),
    },
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            description: `${route.body.description} At most ${route.body.maxBytes / MEBIBYTE} MiB.`,
            content: { 'application/json': { schema: route.body.schema, example: route.body.example } },
          },
        }),
    responses: responses(route),
  };
}

function responses(route: Route): ZodOpenApiResponsesObject {
  const { status, description, contentType, schema, example, headers } = route.answer;
  const all: Record<string, ZodOpenApiResponsesObject[`${1 | 2 | 3 | 4 | 5}${string}`]> = {};
  all[String(status)] = {
    description,
    ...(contentType === undefined || schema === undefined ? {} : { content: { [contentType]: { schema, example } } }),
    ...(headers === undefined
      ? {}
      : {
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, text]) => [name, { description: text, schema: { type: 'string' } }]),
          ),
        }),
  };
  for (const [code, names] of problemsByStatus(route)) {
    all[code] = {
      description: names.map((name) => `\`${name}\`: ${PROBLEMS[name].title}.`).join(' '),
      content: {
        'application/problem+json': {
          schema: problemSchema,
          examples: Object.fromEntries(names.map((name) => [name, { value: exampleProblem(name) }])),
        },
      },
    };
  }
  return all as ZodOpenApiResponsesObject;
}

function problemsByStatus(route: Route): Map<string, ProblemName[]> {
  const grouped = new Map<string, ProblemName[]>();
  for (const name of new Set([...route.problems, ...COMMON_PROBLEMS])) {
    const code = String(PROBLEMS[name].status);
    grouped.set(code, [...(grouped.get(code) ?? []), name]);
  }
  return new Map([...grouped].sort(([a], [b]) => a.localeCompare(b)));
}

function exampleProblem(name: ProblemName): Problem {
  const { status, title } = PROBLEMS[name];
  const issues: Problem['issues'] =
    name === 'invalid-input'
      ? [{ code: 'unknown-reference', path: '/snapshot/stock/0/nodeId', message: 'There is no node "LEX".' }]
      : [];
  return { type: problemType(name), title, status, detail: `${title}.`, instance: 'urn:request:3f9c1a', issues };
}
