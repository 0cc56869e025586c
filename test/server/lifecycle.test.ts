// Starting and ending: ports, hosts, data that stays, crashes of workers and of the whole process, orderly ends, demos.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type ConfigInput, openSqliteStore, readConfig, startServer } from '@sourcewright/server';
import { DEFAULT_LIMITS } from '@sourcewright/engine';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { call, computeRun, listen, refusal, send, untilRun } from './support/client.ts';
import { dump } from './support/dump.ts';
import { handshake, holdPost } from './support/raw.ts';
import { makeScenario } from './support/scenario.ts';
import { dataFileIn, makeFolder, openTestServer, startTestServer, testConfig } from './support/server.ts';

/** Takes far longer to compute than the tests wait. */
const LARGE = makeScenario({ scenarioId: 'large', orders: 20_000, linesPerOrder: 6, onHand: 20_000 });

function ownFolder(): string {
  const folder = makeFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function failure(config: ConfigInput): Promise<string> {
  const read = readConfig(config, {});
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const started = await startServer(read.value, { print: () => {}, handleSignals: false });
  if (started.ok) throw new Error('It started.');
  expect(started.error.exitCode).toBe(2);
  return started.error.message;
}

describe('the configuration', () => {
  it('refuses hosts that others can reach, unless that is asked for', () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.4', 'example.com', '127.0.0.1.example.com']) {
      const refused = readConfig({ host }, {});
      expect(refused).toMatchObject({ ok: false, error: [{ path: 'host' }] });
      expect(JSON.stringify(refused)).toContain('no credentials');
      expect(readConfig({ host, allowRemote: true }, {}).ok).toBe(true);
    }
    for (const host of ['127.0.0.1', '127.8.8.8', '::1', 'localhost']) expect(readConfig({ host }, {}).ok).toBe(true);
  });

  it('is what was asked for, over the environment, over the defaults', () => {
    const read = (asked: ConfigInput, environment: Record<string, string>): unknown => {
      const config = readConfig(asked, environment);
      return config.ok ? config.value.port : config.error[0]!.path;
    };
    expect(read({}, {})).toBe(8080);
    expect(read({}, { PORT: '9090' })).toBe(9090);
    expect(read({ port: 7070 }, { PORT: '9090' })).toBe(7070);
    expect(read({}, { PORT: 'http' })).toBe('PORT');
    expect(read({}, { PORT: '' })).toBe(8080);
    expect(read({ port: 70_000 }, {})).toBe('port');
    expect(readConfig({}, {})).toMatchObject({ ok: true, value: { host: '127.0.0.1', allowRemote: false } });
  });
});

describe('a start', () => {
  it('on a busy port names the port and how to choose another, and gives back the data file', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const folder = ownFolder();
    const message = await failure(testConfig(folder, { port }));
    expect(message).toContain(`Port ${port} is in use`);
    expect(message).toContain('--port');
    expect(message).toContain('PORT');
    const second = await openTestServer({ folder });
    await second.close();
  });

  it('on the data file of another server is refused', async () => {
    const first = await startTestServer();
    expect(await failure(testConfig(first.folder))).toContain('Another server uses the data file');
    expect((await call(first.url, 'getHealthReady')).status).toBe('ok');
  });

  it('on a data file that cannot be used is refused', async () => {
    const folder = ownFolder();
    mkdirSync(dataFileIn(folder));
    expect(await failure(testConfig(folder))).toContain('cannot be used');
  });

  it('prints where it listens', async () => {
    const { url, printed } = await startTestServer();
    expect(printed).toEqual([`Sourcewright listens at ${url}`]);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
  });
});

describe('a restart', () => {
  it('keeps everything', async () => {
    const folder = ownFolder();
    const first = await openTestServer({ folder });
    await call(first.url, 'createScenario', { body: makeScenario() });
    const { runId } = await computeRun(first.url, { scenarioId: 'small', strategy: 'fcfs-exact' });
    const everything = async (url: string): Promise<unknown[]> => [
      await call(url, 'listScenarios'),
      await call(url, 'listRuns'),
      await call(url, 'listRunOrders', { params: { runId } }),
      await call(url, 'getRunOrder', { params: { runId, orderId: 'O-00003' } }),
      await (await send(url, 'getRunPlan', { params: { runId } })).text(),
    ];
    const before = await everything(first.url);
    await first.close();
    const second = await openTestServer({ folder });
    expect(await everything(second.url)).toEqual(before);
    await second.close();
  });

  it('takes up what waited and what a planned end stopped', async () => {
    const folder = ownFolder();
    const first = await openTestServer({ folder });
    await call(first.url, 'createScenario', { body: LARGE });
    await call(first.url, 'createScenario', { body: makeScenario() });
    const large = await call(first.url, 'createRun', { body: { scenarioId: 'large', strategy: 'fcfs-exact' } });
    const small = await call(first.url, 'createRun', { body: { scenarioId: 'small', strategy: 'nearest' } });
    await untilRun(first.url, large.runId, 'running');
    await first.close();
    const store = openSqliteStore(dataFileIn(folder));
    expect((await store.listRuns()).map((run) => run.status)).toEqual(['queued', 'queued']);
    await store.close();
    const second = await openTestServer({ folder });
    await untilRun(second.url, large.runId, 'running');
    await call(second.url, 'cancelRun', { params: { runId: large.runId } });
    await untilRun(second.url, small.runId, 'done');
    await second.close();
  });

  it('fails a run that a crash left running, and says so', async () => {
    const folder = ownFolder();
    const first = await openTestServer({ folder });
    await call(first.url, 'createScenario', { body: makeScenario() });
    await first.close();
    const store = openSqliteStore(dataFileIn(folder));
    const { policy } = makeScenario();
    const createdAt = new Date().toISOString();
    const run = {
      runId: 'r-left',
      scenarioId: 'small',
      name: 'Left',
      strategy: 'nearest',
      policy,
      limits: DEFAULT_LIMITS,
      deadlineMs: null,
    } as const;
    await store.insertRun({ ...run, createdAt });
    await store.startRun('r-left', createdAt);
    await store.close();
    const second = await openTestServer({ folder });
    const shown = await call(second.url, 'getRun', { params: { runId: 'r-left' } });
    expect(shown).toMatchObject({ status: 'failed', error: expect.stringContaining('Queue it again'), kpis: null });
    await second.close();
  });
});

describe('a worker that dies', () => {
  it('fails its run with the cause, and the server goes on', async () => {
    const folder = ownFolder();
    const sound = await openTestServer({ folder });
    await call(sound.url, 'createScenario', { body: makeScenario() });
    await sound.close();
    const workerUrl = new URL('./support/failing-worker.ts', import.meta.url);
    const { url, close } = await openTestServer({ folder, workerUrl });
    const listener = await listen(url);
    const { runId } = await call(url, 'createRun', { body: { scenarioId: 'small', strategy: 'nearest' } });
    const run = await untilRun(url, runId, 'failed');
    expect(run).toMatchObject({ error: expect.stringContaining('the engine broke'), kpis: null });
    expect(run.progress).toEqual({ stage: null, done: 3, total: 12, costMicros: 44 });
    expect(run.error).not.toMatch(/\n\s+at /);
    await refusal(url, 'getRunPlan', 'run-not-done', { params: { runId } });
    const next = await call(url, 'createRun', { body: { scenarioId: 'small', strategy: 'nearest' } });
    await untilRun(url, next.runId, 'failed');
    listener.socket.close();
    await close();
  });
});

describe('an orderly end', () => {
  it('answers what is under way, then nothing', async () => {
    const { url, close } = await startTestServer();
    await call(url, 'createScenario', { body: makeScenario({ orders: 1500 }) });
    const listener = await listen(url);
    const closed = new Promise<number>((resolve) =>
      listener.socket.addEventListener('close', ({ code }) => resolve(code)),
    );
    const underWay = await holdPost(`${url}/v1/plans`);
    const ended = close();
    expect(close()).toBe(ended);
    expect(await closed).toBe(1001);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    const answer = await underWay.finish(JSON.stringify({ scenarioId: 'small' }));
    expect(answer.status).toBe(200);
    expect((JSON.parse(answer.text) as { plan: { orders: unknown[] } }).plan.orders).toHaveLength(1500);
    await ended;
  });

  it('does not wait for ever', async () => {
    const { url, close } = await startTestServer({ config: { shutdownMs: 50 } });
    const underWay = await holdPost(`${url}/v1/plans`);
    await close();
    await expect(underWay.finish('{}')).rejects.toThrow();
  });
});

interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it printed for people. */
  readonly said: () => string;
}

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

async function startProcess(folder: string): Promise<ServerProcess> {
  const program = fileURLToPath(new URL('./support/serve.ts', import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify(testConfig(folder))], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error(said))),
  ])) as [string];
  return { url: (JSON.parse(line) as { url: string }).url, child, said: () => said };
}

describe('a server process', () => {
  it('that is killed loses nothing it acknowledged, and its run is failed at the next start', async () => {
    const folder = ownFolder();
    const { url, child } = await startProcess(folder);
    await call(url, 'createScenario', { body: LARGE });
    await call(url, 'createScenario', { body: makeScenario() });
    const done = await computeRun(url, { scenarioId: 'small', strategy: 'nearest' });
    const running = await call(url, 'createRun', { body: { scenarioId: 'large', strategy: 'fcfs-exact' } });
    const waiting = await call(url, 'createRun', { body: { scenarioId: 'small', strategy: 'priority' } });
    await untilRun(url, running.runId, 'running');
    child.kill('SIGKILL');
    await once(child, 'exit');

    const next = await openTestServer({ folder });
    expect(await call(next.url, 'getRun', { params: { runId: done.runId } })).toEqual(done);
    const failed = await call(next.url, 'getRun', { params: { runId: running.runId } });
    expect(failed).toMatchObject({ status: 'failed', error: expect.stringContaining('stopped'), kpis: null });
    await untilRun(next.url, waiting.runId, 'done');
    expect((await call(next.url, 'listScenarios')).scenarios.map((each) => each.scenarioId)).toEqual([
      'large',
      'small',
    ]);
    await next.close();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends in order on %s', async (signal) => {
    const folder = ownFolder();
    const { url, child, said } = await startProcess(folder);
    await call(url, 'createScenario', { body: makeScenario() });
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(said()).toContain(signal);
    expect(dump(dataFileIn(folder))['scenarios']).toHaveLength(1);
  });

  it('upgrades sockets like any other', async () => {
    const { url } = await startProcess(ownFolder());
    expect((await handshake(`${url}/v1/ws`)).status).toBe(101);
  });
});

describe('the first start', () => {
  const demo = fileURLToPath(new URL('../../scenarios/corner-shop', import.meta.url));

  it('loads the demos, queues a run for each strategy they compare, and says so; the second does not', async () => {
    const folder = ownFolder();
    const config = { demoFolders: [demo, `${demo}-that-is-not-there`] };
    const first = await openTestServer({ folder, config });
    await first.demosLoaded;
    const { scenarios } = await call(first.url, 'listScenarios');
    expect(scenarios.map((scenario) => scenario.scenarioId)).toEqual(['corner-shop']);
    const { runs } = await call(first.url, 'listRuns');
    expect(runs.map((run) => run.strategy).sort()).toEqual([...scenarios[0]!.compare!].sort());
    for (const { runId } of runs) await untilRun(first.url, runId, 'done');
    expect(first.printed.join('\n')).toMatch(/Corner shop: 32 orders, 5 nodes/);
    expect(first.printed.join('\n')).toMatch(/not loaded: corner-shop-that-is-not-there/);
    await first.close();

    const second = await openTestServer({ folder, config });
    await second.demosLoaded;
    expect((await call(second.url, 'listRuns')).runs).toHaveLength(runs.length);
    expect(second.printed).toHaveLength(1);
    await second.close();
  });
});
