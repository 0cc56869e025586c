// Decides how any failure becomes an answer: the one mapping from problems and errors to RFC 9457 documents.
// Nothing of an unexpected error but its request id reaches the caller.
import type { ErrorRequestHandler, Response } from 'express';
import { PROBLEMS, type Problem, problemType } from '../contract/index.ts';
import type { Log } from '../log.ts';
import type { Failure } from '../services/failure.ts';

/** An expected failure on the way to or from a service. */
export class HttpProblem extends Error {
  override name = 'HttpProblem';
  readonly failure: Failure;
  readonly headers: Readonly<Record<string, string>>;

  constructor(failure: Failure, headers: Readonly<Record<string, string>> = {}) {
    super(failure.detail);
    this.failure = failure;
    this.headers = headers;
  }
}

export function problem(
  name: Failure['problem'],
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): HttpProblem {
  return new HttpProblem({ problem: name, detail, issues: [] }, headers);
}

export function sendProblem(response: Response, { failure, headers }: HttpProblem): void {
  if (failure.retryAfterSeconds !== undefined) response.setHeader('Retry-After', failure.retryAfterSeconds);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const body = problemBody(response, failure);
  response.status(body.status).type('application/problem+json').send(JSON.stringify(body));
}

export function problemBody(response: Response, failure: Failure): Problem {
  const { status, title } = PROBLEMS[failure.problem];
  return {
    type: problemType(failure.problem),
    title,
    status,
    detail: failure.detail,
    instance: `urn:request:${String(response.getHeader('X-Request-Id'))}`,
    issues: [...failure.issues],
  };
}

/** The last handler of the application. */
export function errorHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    if (response.headersSent) {
      log.warn({ error, url: request.url }, 'an answer broke off');
      response.destroy();
      return;
    }
    if (error instanceof HttpProblem) {
      sendProblem(response, error);
      return;
    }
    if (error instanceof URIError) {
      sendProblem(response, problem('malformed-request', 'The address has a percent sign that encodes nothing.'));
      return;
    }
    const requestId = response.getHeader('X-Request-Id');
    log.error({ error, requestId, method: request.method, url: request.url }, 'a request failed');
    sendProblem(
      response,
      problem('internal-error', `The cause is in the log of the server, under ${String(requestId)}.`),
    );
  };
}
