// Decides how the built studio is served: hashed files for ever, the page itself never from a cache, client routes as the page.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';

const MISSING = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Sourcewright</title></head>
  <body>
    <h1>The studio is not built</h1>
    <p>Run <code>npm start</code> in the repository, which builds it and starts the server, or build it alone with
      <code>npx pnpm build</code>; then load this page again.</p>
    <p>The API runs: see <a href="/docs">its pages</a>.</p>
  </body>
</html>
`;

export function studioFiles(folder: string): Router {
  const router = Router();
  const page = join(folder, 'index.html');
  const sendPage: RequestHandler = (request, response, next) => {
    const isFile = /\.\w+$/.test(request.path);
    if (request.method !== 'GET' || isFile || !request.accepts('html')) return next();
    response.setHeader('Cache-Control', 'no-cache');
    if (!existsSync(page)) {
      response.type('html').send(MISSING);
      return;
    }
    response.sendFile(page, { cacheControl: false, dotfiles: 'allow' });
  };
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), { immutable: true, maxAge: '365d', index: false, redirect: false }),
  );
  router.use(express.static(folder, { index: false, redirect: false, maxAge: 0 }));
  router.use(sendPage);
  return router;
}
