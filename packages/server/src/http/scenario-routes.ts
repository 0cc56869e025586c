// Decides how scenarios are reached over HTTP.
import { Router } from 'express';
import { routes } from '../contract/index.ts';
import type { ScenarioService } from '../services/scenario-service.ts';
import { granted, mount } from './mount.ts';
import { readBody } from './read-body.ts';

export function scenarioRoutes(scenarios: ScenarioService): Router {
  const router = Router();

  mount(router, routes.listScenarios, async ({ response }) => {
    response.json({ scenarios: await scenarios.list() });
  });

  mount(router, routes.createScenario, async ({ request, response }) => {
    const summary = granted(await scenarios.create(await readBody(request, routes.createScenario.body.maxBytes)));
    response.status(201).location(`/v1/scenarios/${summary.scenarioId}`).json(summary);
  });

  mount(router, routes.getScenario, async ({ params, response }) => {
    response.json(granted(await scenarios.find(params.scenarioId)));
  });

  mount(router, routes.deleteScenario, async ({ params, response }) => {
    granted(await scenarios.remove(params.scenarioId));
    response.status(204).end();
  });

  return router;
}
