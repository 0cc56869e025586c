// Decides how the results of a run are reached over HTTP.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Router } from 'express';
import { routes } from '../contract/index.ts';
import type { ResultService } from '../services/result-service.ts';
import { granted, mount, sendJsonBytes } from './mount.ts';

const unpack = promisify(gunzip);

export function resultRoutes(results: ResultService): Router {
  const router = Router();

  mount(router, routes.getRunPlan, async ({ params, request, response }) => {
    const packed = granted(await results.planBytes(params.runId));
    response.vary('Accept-Encoding');
    if (request.acceptsEncodings('gzip', 'identity') === 'gzip') {
      // Kept as gzip, sent as it is.
      response.setHeader('Content-Encoding', 'gzip');
      sendJsonBytes(response, packed);
    } else {
      sendJsonBytes(response, await unpack(packed));
    }
  });

  mount(router, routes.exportRunOrders, async ({ params, query, response }) => {
    const pieces = granted(await results.ordersCsv(params.runId, query));
    response.type('text/csv').attachment(`${params.runId}-orders.csv`);
    await pipeline(Readable.from(pieces), response);
  });

  mount(router, routes.listRunOrders, async ({ params, query, response }) => {
    response.json(granted(await results.orders(params.runId, query)));
  });

  mount(router, routes.getRunOrder, async ({ params, query, response }) => {
    sendJsonBytes(response, granted(await results.order(params.runId, params.orderId, query)));
  });

  mount(router, routes.getRunFlows, async ({ params, query, response }) => {
    response.json(granted(await results.flows(params.runId, query.nodeId)));
  });

  mount(router, routes.getRunTrace, async ({ params, response }) => {
    response.json(granted(await results.trace(params.runId)));
  });

  mount(router, routes.getRunPrices, async ({ params, query, response }) => {
    response.json(granted(await results.prices(params.runId, query)));
  });

  return router;
}
