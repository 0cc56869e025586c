// The WebSocket: who may open it, what is heard on it, who is let go.
import { describe, expect, it } from 'vitest';
import type { Run, WsServerMessage } from '@sourcewright/server/contract';
import { call, listen } from './support/client.ts';
import { handshake } from './support/raw.ts';
import { makeScenario } from './support/scenario.ts';
import { startTestServer } from './support/server.ts';

const runOf = (message: WsServerMessage, runId: string): Run | undefined =>
  message.type === 'run' && message.run.runId === runId ? message.run : undefined;

describe('a listener', () => {
  it('hears of every change of a run, to the end', async () => {
    const { url } = await startTestServer();
    await call(url, 'createScenario', { body: makeScenario() });
    const listener = await listen(url);
    const { runId } = await call(url, 'createRun', { body: { scenarioId: 'small', strategy: 'fcfs-exact' } });
    await listener.next((message) => runOf(message, runId)?.status === 'done');
    const runs = listener.received.flatMap((message) => runOf(message, runId) ?? []);
    const statuses = runs.map((run) => run.status).filter((status, n, all) => status !== all[n - 1]);
    expect(statuses).toEqual(['queued', 'running', 'done']);
    expect(runs.at(-1)).toEqual(await call(url, 'getRun', { params: { runId } }));
    listener.socket.close();
  });

  it('sees progress rise while a run is computed', async () => {
    const { url } = await startTestServer();
    await call(url, 'createScenario', {
      body: makeScenario({ scenarioId: 'large', orders: 20_000, linesPerOrder: 6, onHand: 20_000 }),
    });
    const listener = await listen(url);
    const { runId } = await call(url, 'createRun', { body: { scenarioId: 'large', strategy: 'fcfs-exact' } });
    const under = await listener.next((message) => {
      const progress = runOf(message, runId)?.progress;
      return progress?.stage === 'solve' && progress.done > 0;
    });
    expect(runOf(under, runId)).toMatchObject({ status: 'running', progress: { total: 20_000 } });
    expect(runOf(under, runId)!.progress.costMicros).toBeGreaterThan(0);
    const shown = await call(url, 'getRun', { params: { runId } });
    expect(shown.progress.done).toBeGreaterThan(0);
    await call(url, 'cancelRun', { params: { runId } });
    await listener.next((message) => runOf(message, runId)?.status === 'cancelled');
    const progress = listener.received.flatMap((message) => runOf(message, runId)?.progress ?? []);
    const stages = progress.flatMap(({ stage }) => stage ?? []);
    expect([...new Set(stages)]).toEqual(['enumerate', 'solve']);
    for (const stage of new Set(stages)) {
      const done = progress.filter((each) => each.stage === stage).map((each) => each.done);
      expect(done).toEqual([...done].sort((a, b) => a - b));
    }
    listener.socket.close();
  });

  it('hears nothing before it subscribes and after it stops', async () => {
    const { url } = await startTestServer();
    await call(url, 'createScenario', { body: makeScenario() });
    const [silent, loud] = [await listen(url), await listen(url)];
    silent.socket.send(JSON.stringify({ type: 'unsubscribe', topic: 'runs' }));
    await silent.next((message) => message.type === 'unsubscribed');
    const { runId } = await call(url, 'createRun', { body: { scenarioId: 'small', strategy: 'nearest' } });
    await loud.next((message) => runOf(message, runId)?.status === 'done');
    silent.socket.send('{"type":"subscribe","topic":"runs"}');
    await silent.next((message) => message.type === 'subscribed');
    expect(silent.received.some((message) => message.type === 'run')).toBe(false);
    silent.socket.close();
    loud.socket.close();
  });

  it('that talks nonsense is told so, and let go in the end', async () => {
    const { url } = await startTestServer();
    const listener = await listen(url);
    const closed = new Promise<number>((resolve) =>
      listener.socket.addEventListener('close', ({ code }) => resolve(code)),
    );
    const nonsense = ['no json', '[]', '{"type":"subscribe","topic":"secrets"}', '{"type":"subscribe"}', 'null', '7'];
    for (const text of nonsense) listener.socket.send(text);
    await listener.next((message) => message.type === 'error');
    listener.socket.send(new Uint8Array([1, 2, 3]));
    for (let n = 0; n < 10; n++) listener.socket.send('{}');
    expect(await closed).toBe(1008);
    expect(listener.received.filter((message) => message.type === 'error')).toHaveLength(10);
  });

  it('that sends more than 64 KiB at once is let go', async () => {
    const { url } = await startTestServer();
    const listener = await listen(url);
    const closed = new Promise<number>((resolve) =>
      listener.socket.addEventListener('close', ({ code }) => resolve(code)),
    );
    listener.socket.send('x'.repeat(65_537));
    expect(await closed).toBe(1009);
  });
});

describe('a handshake', () => {
  it('is granted to pages of this server and to programs', async () => {
    const { url, port } = await startTestServer();
    for (const headers of [{}, { origin: url }, { host: `localhost:${port}`, origin: `http://localhost:${port}` }]) {
      expect((await handshake(`${url}/v1/ws`, headers)).status).toBe(101);
    }
  });

  it('is refused to pages of other sites, for other hosts, at other addresses', async () => {
    const { url } = await startTestServer();
    const evil = 'http://evil.example';
    for (const headers of [
      { origin: evil },
      { origin: 'null' },
      { host: 'evil.example' },
      { host: 'evil.example', origin: evil },
    ]) {
      const answer = await handshake(`${url}/v1/ws`, headers);
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.text)).toMatchObject({ type: expect.stringMatching(/forbidden-origin$/) });
    }
    expect((await handshake(`${url}/v1/runs`)).status).toBe(404);
  });
});
