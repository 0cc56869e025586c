// Decides how comparisons are reached over HTTP.
import { Router } from 'express';
import { routes } from '../contract/index.ts';
import type { CompareService } from '../services/compare-service.ts';
import { granted, mount } from './mount.ts';

export function compareRoutes(compare: CompareService): Router {
  const router = Router();

  mount(router, routes.compareRuns, async ({ query, response }) => {
    response.json(granted(await compare.compare(query.runs)));
  });

  mount(router, routes.compareOrders, async ({ query, response }) => {
    response.json(granted(await compare.orders(query)));
  });

  return router;
}
