// What the server refuses whoever asks, what it says in headers, and what it never says.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEM_BASE, problemSchema, PROBLEMS } from '@sourcewright/server/contract';
import { call, readProblem, refusal, send } from './support/client.ts';
import { hangUp, raw } from './support/raw.ts';
import { makeScenario } from './support/scenario.ts';
import { closeTestServer, openTestServer, startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
let url: string;

beforeAll(async () => {
  server = await openTestServer();
  ({ url } = server);
});
afterAll(() => closeTestServer(server));

const problemOf = (text: string): string => problemSchema.parse(JSON.parse(text)).type.replace(PROBLEM_BASE, '');

describe('a request', () => {
  it('for another host is refused: a name that was pointed at this machine', async () => {
    for (const host of ['evil.example', 'evil.example:80', 'localhost.evil.example', '192.168.0.7', '']) {
      const answer = await raw(`${url}/v1/scenarios`, 'GET', { host });
      // An empty Host is refused by the HTTP parser or by the server; never answered.
      expect([400, 403]).toContain(answer.status);
      if (answer.status === 403) expect(problemOf(answer.text)).toBe('forbidden-origin');
    }
    for (const host of ['localhost', `127.0.0.1:${server.port}`, '[::1]:80', 'LOCALHOST:1']) {
      expect((await raw(`${url}/v1/scenarios`, 'GET', { host })).status).toBe(200);
    }
  });

  it('for a host that was allowed is answered', async () => {
    const { url: own } = await startTestServer({ config: { allowedHosts: ['studio.example'] } });
    expect((await raw(`${own}/health`, 'GET', { host: 'studio.example:8443' })).status).toBe(200);
    expect((await raw(`${own}/health`, 'GET', { host: 'other.example' })).status).toBe(403);
  });

  it('of a page of another site changes nothing', async () => {
    const params = { scenarioId: 'small' };
    await call(url, 'createScenario', { body: makeScenario() });
    for (const origin of ['https://evil.example', 'null', 'http://localhost:1', `${url}.evil.example`]) {
      const headers = { origin };
      await refusal(url, 'deleteScenario', 'forbidden-origin', { params, headers });
      await refusal(url, 'createScenario', 'forbidden-origin', { body: {}, headers });
      const cancel = await raw(`${url}/v1/runs/r-1/cancel`, 'POST', { origin });
      expect(problemOf(cancel.text)).toBe('forbidden-origin');
    }
    await call(url, 'deleteScenario', { params, headers: { origin: url } });
  });

  it('gets no permission for other sites to read', async () => {
    const answer = await send(url, 'listScenarios', { headers: { origin: 'https://evil.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  it('to no route is told so', async () => {
    for (const path of ['/v1', '/v1/nothing', '/v1/scenarios/a/b', '/v2.json', '/%2e%2e/%2e%2e/etc/passwd.txt']) {
      await readProblem(await fetch(url + path), 'unknown-route');
    }
    await readProblem(await fetch(`${url}/somewhere`, { method: 'POST' }), 'unknown-route');
  });

  it('with a method that is not supported is told which are', async () => {
    const cases = [
      ['/v1/scenarios', 'PUT', 'GET, HEAD, POST'],
      ['/v1/scenarios/small', 'PATCH', 'DELETE, GET, HEAD'],
      ['/v1/plans', 'GET', 'POST'],
      ['/v1/runs/r-1/cancel', 'DELETE', 'POST'],
      ['/health', 'POST', 'GET, HEAD'],
      ['/openapi.json', 'PUT', 'GET, HEAD'],
    ] as const;
    for (const [path, method, allow] of cases) {
      const response = await fetch(url + path, { method });
      expect(response.headers.get('allow')).toBe(allow);
      await readProblem(response, 'method-not-allowed');
    }
  });

  it('with an address that cannot be decoded is refused', async () => {
    const answer = await raw(`${url}/v1/scenarios/%E0%A4%A`, 'GET');
    expect(answer.status).toBe(400);
    expect(problemOf(answer.text)).toBe('malformed-request');
  });

  it('that breaks off harms nothing', async () => {
    for (const path of ['/v1/scenarios', '/v1/plans', '/v1/runs']) {
      await hangUp(url, path);
      await hangUp(url, path, { 'content-encoding': 'gzip' });
    }
    expect((await call(url, 'getHealthReady')).status).toBe('ok');
  });

  it('cannot reach into prototypes', async () => {
    const bytes = JSON.stringify(makeScenario({ scenarioId: 'proto' })).replace('{', '{"__proto__":{"polluted":true},');
    const { issues } = await refusal(url, 'createScenario', 'invalid-input', { bytes });
    expect(issues).toMatchObject([{ code: 'unknown-field', path: '/__proto__' }]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('every answer', () => {
  it('names its request: by an id of the client where it gave a sound one', async () => {
    const own = await send(url, 'getHealth', { headers: { 'x-request-id': 'mine-7' } });
    expect(own.headers.get('x-request-id')).toBe('mine-7');
    for (const bad of ['two words', 'x'.repeat(65), 'a;b']) {
      const other = await send(url, 'getHealth', { headers: { 'x-request-id': bad } });
      expect(other.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('has a policy without inline scripts or styles, and does not say what it runs on', async () => {
    for (const path of ['/', '/v1/scenarios', '/v1/none', '/health', '/openapi.json']) {
      const { headers } = await fetch(url + path);
      const policy = headers.get('content-security-policy')!;
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
    }
  });

  it('is compressed when it is long', async () => {
    const response = await fetch(`${url}/openapi.json`, { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(await response.json()).toMatchObject({ openapi: '3.1.0' });
  });

  it('can be checked for change', async () => {
    const first = await send(url, 'listScenarios');
    const etag = first.headers.get('etag')!;
    const second = await send(url, 'listScenarios', {
      headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
    });
    expect(second.status).toBe(304);
  });
});

describe('the page of the API', () => {
  it('relaxes styles for itself alone and loads nothing from elsewhere', async () => {
    const response = await fetch(`${url}/docs`);
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|\*/);
    const page = await response.text();
    const scripts = [...page.matchAll(/src="([^"]+)"/g)].map((match) => match[1]!);
    expect(scripts).toEqual(['/docs/reference.js', '/docs/start.js']);
    for (const script of scripts) {
      const file = await fetch(url + script);
      expect(file.status).toBe(200);
      expect(file.headers.get('content-type')).toMatch(/^text\/javascript/);
    }
  });
});

describe('too many requests', () => {
  it('are turned away, and told for how long', async () => {
    const { url: own } = await startTestServer({ config: { requestsPerMinute: 3 } });
    for (let n = 0; n < 3; n++) await call(own, 'listScenarios');
    const response = await send(own, 'listScenarios');
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(response.headers.get('ratelimit')).toContain('r=0');
    await readProblem(response, 'too-many-requests');
    expect((await call(own, 'getHealth')).status).toBe('ok');
  });
});

describe('an unexpected error', () => {
  it('says no more than where to look', async () => {
    const broken = new URL('./support/failing-worker.ts', import.meta.url);
    const { url: own } = await startTestServer({ workerUrl: broken });
    const body = makeScenario();
    const text = await (await send(own, 'createScenario', { body })).text();
    expect(problemOf(text)).toBe('worker-failed');
    expect(text).not.toContain('secret');
    expect(PROBLEMS['worker-failed'].status).toBe(500);
  });
});
