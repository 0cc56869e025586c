// Starts real servers for tests: a free port on loopback, SQLite in a folder of their own, worker threads.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConfigInput, readConfig, type RunningServer, startServer } from '@sourcewright/server';
import { onTestFinished } from 'vitest';

export interface TestServer extends RunningServer {
  readonly folder: string;
  readonly dataFile: string;
  readonly printed: readonly string[];
}

export interface TestServerOptions {
  /** Where an earlier server of the test kept its data. */
  readonly folder?: string;
  readonly config?: ConfigInput;
  readonly workerUrl?: URL;
}

/** A server that ends with the test that started it, its folder too. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await openTestServer(options);
  onTestFinished(() => closeTestServer(server));
  return server;
}

/** A server for a whole file: close it in `afterAll`. */
export async function openTestServer({ folder, config, workerUrl }: TestServerOptions = {}): Promise<TestServer> {
  const own = folder ?? makeFolder();
  const printed: string[] = [];
  const read = readConfig(testConfig(own, config), {});
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const print = (line: string): number => printed.push(line);
  const started = await startServer(read.value, { print, handleSignals: false, ...(workerUrl ? { workerUrl } : {}) });
  if (!started.ok) throw new Error(started.error.message);
  return { ...started.value, folder: own, dataFile: dataFileIn(own), printed };
}

export async function closeTestServer(server: TestServer): Promise<void> {
  await server.close();
  rmSync(server.folder, { recursive: true, force: true });
}

export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'sourcewright-test-'));
}

export function dataFileIn(folder: string): string {
  return join(folder, 'data.db');
}

export function testConfig(folder: string, config: ConfigInput = {}): ConfigInput {
  return {
    port: 0,
    dataFile: dataFileIn(folder),
    logLevel: 'silent',
    demoFolders: [],
    studioFolder: join(folder, 'studio'),
    requestsPerMinute: 1_000_000,
    callWorkers: 1,
    shutdownMs: 5000,
    ...config,
  };
}
