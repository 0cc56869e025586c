// Decides how a route of the contract becomes a handler: its address and its inputs come from the contract, checked before the service is called.
import { type Issue, parserOf } from '@sourcewright/engine';
import type { Request, Response, Router } from 'express';
import type { z } from 'zod';
import type { Route } from '../contract/index.ts';
import { readJson } from '../jobs/read-json.ts';
import type { Outcome } from '../services/failure.ts';
import { refuseInput } from '../services/failure.ts';
import { HttpProblem, problem } from './http-problem.ts';
import { readBody } from './read-body.ts';

type Parsed<S> = S extends z.ZodType ? z.infer<S> : undefined;

export interface Input<R extends Route> {
  readonly params: R extends { params: infer P } ? Parsed<P> : undefined;
  readonly query: R extends { query: infer Q } ? Parsed<Q> : undefined;
  readonly request: Request;
  readonly response: Response;
}

/** Registers `handle` at the route's address. What it throws goes to the error handler. */
export function mount<R extends Route>(
  router: Router,
  route: R,
  handle: (input: Input<R>) => Promise<void> | void,
): void {
  const path = expressPath(route.path);
  const parseParams = route.params && parserOf(route.params);
  const parseQuery = route.query && parserOf(route.query);
  router[route.method](path, async (request, response) => {
    const params = parseParams?.({ ...request.params }, ':');
    const query = parseQuery?.({ ...request.query }, '?');
    const issues: Issue[] = [params, query].flatMap((parsed) => (parsed && !parsed.ok ? parsed.error : []));
    if (issues.length > 0) throw new HttpProblem(refuseInput(issues).error);
    const input = { params: params?.ok ? params.value : undefined, query: query?.ok ? query.value : undefined };
    await handle({ ...input, request, response } as Input<R>);
  });
}

/** `/runs/{runId}` as express writes it: `/runs/:runId`. */
export function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** The body as `schema` has it. Throws a problem with every issue. */
export async function jsonBody<S extends z.ZodType>(
  request: Request,
  schema: S,
  maxBytes: number,
): Promise<z.infer<S>> {
  const read = readJson(await readBody(request, maxBytes));
  if (!read.ok) throw problem('malformed-body', read.error);
  const parsed = parserOf(schema)(read.value);
  if (!parsed.ok) throw new HttpProblem(refuseInput(parsed.error).error);
  return parsed.value;
}

/** The value of a service's outcome. Throws its problem. */
export function granted<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new HttpProblem(outcome.error);
  return outcome.value;
}

/** JSON that is ready. */
export function sendJsonBytes(response: Response, bytes: Uint8Array): void {
  response.type('application/json').send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
