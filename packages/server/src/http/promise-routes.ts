// Decides how a promise is asked for over HTTP.
import { Router } from 'express';
import { promiseEnvelopeSchema, routes } from '../contract/index.ts';
import type { PromiseService } from '../services/promise-service.ts';
import { granted, jsonBody, mount, sendJsonBytes } from './mount.ts';

export function promiseRoutes(promises: PromiseService): Router {
  const router = Router();
  mount(router, routes.createPromise, async ({ request, response }) => {
    const abandoned = new AbortController();
    response.on('close', () => abandoned.abort());
    const body = await jsonBody(request, promiseEnvelopeSchema, routes.createPromise.body.maxBytes);
    sendJsonBytes(response, granted(await promises.promise(body, abandoned.signal)));
  });
  return router;
}
