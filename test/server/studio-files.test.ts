// Serving the built studio: what is cached, what is not, what a client route gets, and what is said when nothing is built.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProblem } from './support/client.ts';
import { startTestServer, type TestServer } from './support/server.ts';

async function withStudio(): Promise<TestServer> {
  const server = await startTestServer();
  const folder = join(server.folder, 'studio');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Studio</title>');
  writeFileSync(join(folder, 'assets', 'main-1a2b3c.js'), 'export {};');
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(server.folder, 'secret.txt'), 'secret');
  return server;
}

const HTML = { accept: 'text/html,*/*' };

describe('the studio', () => {
  it('is the page at the root and at client routes, never from a cache', async () => {
    const { url } = await withStudio();
    for (const path of ['/', '/runs/r-1', '/orders?run=r-1', '/index.html']) {
      const response = await fetch(url + path, { headers: HTML });
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('<title>Studio</title>');
      expect(response.headers.get('cache-control')).toMatch(/no-cache|max-age=0/);
    }
  });

  it('has hashed files that are cached for ever', async () => {
    const { url } = await withStudio();
    const response = await fetch(`${url}/assets/main-1a2b3c.js`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toMatch(/^text\/javascript/);
    const icon = await fetch(`${url}/icon.svg`);
    expect(icon.headers.get('cache-control')).toBe('public, max-age=0');
  });

  it('has no page for files that are missing, for scripts that ask for data, or outside its folder', async () => {
    const { url } = await withStudio();
    for (const path of ['/assets/gone-999.js', '/gone.css', '/..%2fsecret.txt', '/%2e%2e/secret.txt']) {
      await readProblem(await fetch(url + path, { headers: HTML }), 'unknown-route');
    }
    await readProblem(await fetch(`${url}/runs`, { headers: { accept: 'application/json' } }), 'unknown-route');
  });

  it('that is not built says how to build it', async () => {
    const { url } = await startTestServer();
    const response = await fetch(`${url}/runs`, { headers: HTML });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('npm start');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });
});
