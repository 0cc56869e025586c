// Decides what the server says about itself: health, the catalogue of rules, the OpenAPI document, the page that shows it.
import { createRequire } from 'node:module';
import { catalogue } from '@sourcewright/engine';
import { Router } from 'express';
import { buildOpenApi, type Health, routes } from '../contract/index.ts';
import { SERVER_VERSION } from '../config.ts';
import { problem } from './http-problem.ts';
import { mount } from './mount.ts';

const SCALAR = createRequire(import.meta.url)
  .resolve('@scalar/api-reference')
  .replace(/dist\/.*$/, 'dist/browser/standalone.js');

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Sourcewright API</title>
  </head>
  <body>
    <div id="reference"></div>
    <noscript>This page needs scripts. The document it shows is at <a href="/openapi.json">/openapi.json</a>.</noscript>
    <script src="/docs/reference.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

/** Nothing is loaded from, or sent to, anywhere else. */
const START = `Scalar.createApiReference('#reference', {
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
});
`;

/** The page sets styles of its own; everything else stays as strict as elsewhere. */
export const DOCS_CSP =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; " +
  "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; worker-src 'self' blob:";

export function serverRoutes(isReady: () => Promise<boolean>): Router {
  const router = Router();
  const health = (): Health => ({
    status: 'ok',
    version: SERVER_VERSION,
    uptimeSeconds: Math.round(process.uptime() * 10) / 10,
  });
  mount(router, routes.getHealth, ({ response }) => void response.json(health()));
  mount(router, routes.getHealthLive, ({ response }) => void response.json(health()));
  mount(router, routes.getHealthReady, async ({ response }) => {
    if (!(await isReady())) throw problem('shutting-down', 'The server is shutting down.');
    response.json(health());
  });

  const document = JSON.stringify(buildOpenApi(SERVER_VERSION));
  mount(router, routes.getOpenApi, ({ response }) => void response.type('application/json').send(document));

  const catalogueText = JSON.stringify(catalogue());
  mount(router, routes.getCatalogue, ({ response }) => void response.type('application/json').send(catalogueText));

  mount(router, routes.getDocs, ({ response }) => {
    response.setHeader('Content-Security-Policy', DOCS_CSP);
    response.type('html').send(PAGE);
  });
  router.get('/docs/start.js', (_request, response) => void response.type('text/javascript').send(START));
  router.get('/docs/reference.js', (_request, response) => {
    response.sendFile(SCALAR, { maxAge: '1d', dotfiles: 'allow' });
  });
  return router;
}
