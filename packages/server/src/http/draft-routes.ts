// Decides how a policy that is being written is tried over HTTP.
import { type Response, Router } from 'express';
import { draftEffectEnvelopeSchema, lintDraftEnvelopeSchema, routes } from '../contract/index.ts';
import type { DraftService } from '../services/draft-service.ts';
import { granted, jsonBody, mount, sendJsonBytes } from './mount.ts';

export function draftRoutes(drafts: DraftService): Router {
  const router = Router();
  mount(router, routes.lintDraft, async ({ params, request, response }) => {
    const abandoned = whenClosed(response);
    const body = await jsonBody(request, lintDraftEnvelopeSchema, routes.lintDraft.body.maxBytes);
    sendJsonBytes(response, granted(await drafts.lint(params.scenarioId, body, abandoned)));
  });
  mount(router, routes.draftEffect, async ({ params, request, response }) => {
    const abandoned = whenClosed(response);
    const body = await jsonBody(request, draftEffectEnvelopeSchema, routes.draftEffect.body.maxBytes);
    sendJsonBytes(response, granted(await drafts.effect(params.scenarioId, body, abandoned)));
  });
  return router;
}

function whenClosed(response: Response): AbortSignal {
  const abandoned = new AbortController();
  response.on('close', () => abandoned.abort());
  return abandoned.signal;
}
