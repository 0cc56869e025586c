// Decides how the cost of rules is told over HTTP while it is worked out: one JSON document a line.
import { type Response, Router } from 'express';
import { routes, type RuleCostsLine, ruleCostsRequestSchema } from '../contract/index.ts';
import type { RuleCostService } from '../services/rule-cost-service.ts';
import { HttpProblem, problemBody } from './http-problem.ts';
import { jsonBody, mount } from './mount.ts';

export function ruleCostRoutes(costs: RuleCostService): Router {
  const router = Router();
  mount(router, routes.computeRuleCosts, async ({ params, request, response }) => {
    const abandoned = new AbortController();
    response.on('close', () => abandoned.abort());
    const body = await jsonBody(request, ruleCostsRequestSchema, routes.computeRuleCosts.body.maxBytes);
    const outcome = await costs.compute(params.scenarioId, body, {
      onProgress: (done, total) => sendLine(response, { type: 'progress', done, total }),
      abandoned: abandoned.signal,
    });
    if (!outcome.ok && !response.headersSent) throw new HttpProblem(outcome.error);
    if (outcome.ok) writeText(response, Buffer.from(outcome.value).toString('utf8'));
    else sendLine(response, { type: 'problem', problem: problemBody(response, outcome.error) });
    response.end();
  });
  return router;
}

function sendLine(response: Response, line: RuleCostsLine): void {
  if (!response.writableEnded) writeText(response, JSON.stringify(line));
}

/** Lines go out one by one: nothing on the way may hold them back to compress them. */
function writeText(response: Response, text: string): void {
  if (!response.headersSent) {
    response.status(200).setHeader('Content-Type', 'application/x-ndjson');
    response.setHeader('Cache-Control', 'no-cache, no-transform');
  }
  response.write(`${text}\n`);
}
