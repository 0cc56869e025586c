// Decides the shape in which a route is stated: what it takes, what it answers, which problems it can meet.
// Leaves the list of routes to routes/ and the document to openapi.ts.
import type { z } from 'zod';
import type { ProblemName } from './problems.ts';

export interface RouteAnswer {
  readonly status: 200 | 201 | 202 | 204;
  readonly description: string;
  /** Left out where there is no body. */
  readonly contentType?: string;
  readonly schema?: z.ZodType;
  readonly example?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RouteBody {
  /** Documents the body; http/ decides which part of it is checked at the door. */
  readonly schema: z.ZodType;
  readonly description: string;
  readonly example: unknown;
  readonly maxBytes: number;
}

export interface Route {
  readonly operationId: string;
  readonly method: 'get' | 'post' | 'delete';
  /** With parameters in braces, as OpenAPI writes them. */
  readonly path: string;
  readonly tag: 'Scenarios' | 'Policies' | 'Plans' | 'Runs' | 'Results' | 'Comparison' | 'Server';
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: RouteBody;
  readonly answer: RouteAnswer;
  /** Besides those that any route can meet. */
  readonly problems: readonly ProblemName[];
}

/** Problems that any route can meet. */
export const COMMON_PROBLEMS: readonly ProblemName[] = ['forbidden-origin', 'too-many-requests', 'internal-error'];
/** Problems that any route with a body can meet. */
export const BODY_PROBLEMS: readonly ProblemName[] = [
  'invalid-input',
  'malformed-body',
  'payload-too-large',
  'unsupported-media-type',
];

export const MEBIBYTE = 1_048_576;
export const SCENARIO_MAX_BYTES = 64 * MEBIBYTE;
export const BODY_MAX_BYTES = 4 * MEBIBYTE;
