// Decides how stored policies are reached over HTTP.
import { Router } from 'express';
import { movePolicySchema, rollBackSchema, routes, savePolicySchema } from '../contract/index.ts';
import type { PolicyService } from '../services/policy-service.ts';
import { granted, jsonBody, mount } from './mount.ts';

export function policyRoutes(policies: PolicyService): Router {
  const router = Router();

  mount(router, routes.listPolicies, async ({ response }) => {
    response.json({ policies: await policies.list() });
  });

  mount(router, routes.listPolicyVersions, async ({ params, response }) => {
    response.json({ versions: granted(await policies.versions(params.policyId)) });
  });

  mount(router, routes.createPolicyVersion, async ({ params, request, response }) => {
    const body = await jsonBody(request, savePolicySchema, routes.createPolicyVersion.body.maxBytes);
    const created = granted(await policies.create(params.policyId, body));
    response.status(201).location(addressOf(created.policyId, created.version)).json(created);
  });

  mount(router, routes.getPolicyVersion, async ({ params, response }) => {
    response.json(granted(await policies.find(params.policyId, Number(params.version))));
  });

  mount(router, routes.editPolicyVersion, async ({ params, request, response }) => {
    const body = await jsonBody(request, savePolicySchema, routes.editPolicyVersion.body.maxBytes);
    response.json(granted(await policies.edit(params.policyId, Number(params.version), body)));
  });

  mount(router, routes.movePolicyVersion, async ({ params, request, response }) => {
    const body = await jsonBody(request, movePolicySchema, routes.movePolicyVersion.body.maxBytes);
    response.json(granted(await policies.move(params.policyId, Number(params.version), body)));
  });

  mount(router, routes.rollBackPolicy, async ({ params, request, response }) => {
    const body = await jsonBody(request, rollBackSchema, routes.rollBackPolicy.body.maxBytes);
    const published = granted(await policies.rollBack(params.policyId, body));
    response.status(201).location(addressOf(published.policyId, published.version)).json(published);
  });

  mount(router, routes.diffPolicyVersions, async ({ params, query, response }) => {
    response.json(granted(await policies.diff(params.policyId, Number(query.from), Number(query.to))));
  });

  return router;
}

function addressOf(policyId: string, version: number): string {
  return `/v1/policies/${encodeURIComponent(policyId)}/versions/${version}`;
}
