// Decides how a plan is asked for over HTTP.
import { Router } from 'express';
import { planEnvelopeSchema, routes } from '../contract/index.ts';
import type { PlanService } from '../services/plan-service.ts';
import { granted, jsonBody, mount, sendJsonBytes } from './mount.ts';

export function planRoutes(plans: PlanService): Router {
  const router = Router();
  mount(router, routes.createPlan, async ({ request, response }) => {
    const abandoned = new AbortController();
    response.on('close', () => abandoned.abort());
    const body = await jsonBody(request, planEnvelopeSchema, routes.createPlan.body.maxBytes);
    sendJsonBytes(response, granted(await plans.plan(body, abandoned.signal)));
  });
  return router;
}
