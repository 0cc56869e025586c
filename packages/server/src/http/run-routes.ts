// Decides how runs are reached over HTTP.
import { Router } from 'express';
import { createRunSchema, routes } from '../contract/index.ts';
import type { RunService } from '../services/run-service.ts';
import { granted, jsonBody, mount } from './mount.ts';

export function runRoutes(runs: RunService): Router {
  const router = Router();

  mount(router, routes.createRun, async ({ request, response }) => {
    const body = await jsonBody(request, createRunSchema, routes.createRun.body.maxBytes);
    const run = granted(await runs.create(body));
    response.status(202).location(`/v1/runs/${run.runId}`).json(run);
  });

  mount(router, routes.listRuns, async ({ query, response }) => {
    response.json({ runs: await runs.list(query.scenarioId) });
  });

  mount(router, routes.getRun, async ({ params, response }) => {
    response.json(granted(await runs.find(params.runId)));
  });

  mount(router, routes.deleteRun, async ({ params, response }) => {
    granted(await runs.remove(params.runId));
    response.status(204).end();
  });

  mount(router, routes.cancelRun, async ({ params, response }) => {
    response.json(granted(await runs.cancel(params.runId)));
  });

  return router;
}
