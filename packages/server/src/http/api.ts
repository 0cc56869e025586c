// Decides the order in which a request is looked at: who calls, how often, which route, and what is said when there is none.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import compression from 'compression';
import express, { type Express, type RequestHandler, type Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { type Route, routes } from '../contract/index.ts';
import type { Log } from '../log.ts';
import { errorHandler, problem, sendProblem } from './http-problem.ts';
import { expressPath } from './mount.ts';

export interface ApiOptions {
  /** Why a caller is refused, or nothing. */
  readonly refusalOf: (request: IncomingMessage) => string | undefined;
  readonly requestsPerMinute: number;
  readonly log: Log;
  readonly routers: readonly Router[];
  readonly studio: Router;
}

export function createApi(options: ApiOptions): Express {
  const api = express();
  api.disable('x-powered-by');
  api.set('query parser', 'simple');
  api.set('json escape', false);
  api.use(requestId, logged(options.log), callerGuard(options.refusalOf), securityHeaders(), compression());
  api.use('/v1', limiter(options.requestsPerMinute), (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-cache');
    next();
  });
  api.use(...options.routers);
  api.use(methodGuard());
  api.use('/v1', unknownRoute);
  api.use(options.studio);
  api.use(unknownRoute);
  api.use(errorHandler(options.log));
  return api;
}

const requestId: RequestHandler = (request, response, next) => {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', id);
  next();
};

function logged(log: Log): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.on('finish', () => {
      const { method, path } = request;
      const requestId = response.getHeader('X-Request-Id');
      log.info({ requestId, method, path, status: response.statusCode, ms: Math.round(performance.now() - startedAt) });
    });
    next();
  };
}

function callerGuard(refusalOf: ApiOptions['refusalOf']): RequestHandler {
  return (request, _response, next) => {
    const refusal = refusalOf(request);
    next(refusal === undefined ? undefined : problem('forbidden-origin', refusal));
  };
}

function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Plain HTTP on loopback: the name is not this server's to promise HTTPS for.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
}

function limiter(requestsPerMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: requestsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: { xForwardedForHeader: false },
    handler: (_request, response) => {
      const detail = `More than ${requestsPerMinute} requests in a minute came from this address. Slow down.`;
      sendProblem(response, problem('too-many-requests', detail));
    },
  });
}

/** By path, what it answers to. */
function allowedMethods(): Map<string, string> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of Object.values<Route>(routes)) {
    const names = method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()];
    methods.set(expressPath(path), [...(methods.get(expressPath(path)) ?? []), ...names]);
  }
  return new Map([...methods].map(([path, names]) => [path, names.sort().join(', ')]));
}

function methodGuard(): Router {
  const router = express.Router();
  for (const [path, allow] of allowedMethods()) {
    router.all(path, (request, _response, next) => {
      next(problem('method-not-allowed', `${request.method} is not supported here. Use ${allow}.`, { Allow: allow }));
    });
  }
  return router;
}

const unknownRoute: RequestHandler = (request, _response, next) => {
  const path = request.originalUrl.split('?')[0]!.slice(0, 200);
  next(problem('unknown-route', `There is nothing at ${path}. The routes are listed at /docs and /openapi.json.`));
};
