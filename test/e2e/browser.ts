// Decides how a real studio in a real browser is put up: the built studio, a server with a demo dataset and finished runs, Chromium.
// Leaves what is looked at to the tests and to scripts/screenshots.ts.
/// <reference lib="dom" />
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig, startServer } from '@sourcewright/server';
import type { CreateRun, Run } from '@sourcewright/server/contract';
import packedChromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

export const VIEWPORT = { width: 1280, height: 720 };
export const SCHEMES = ['light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const STUDIO = join(REPOSITORY, 'packages', 'studio');

export interface Studio {
  readonly url: string;
  /** Every run of a dataset, newest first. */
  runs(scenarioId: string): Promise<readonly Run[]>;
  /** Starts a run and resolves when it is done. */
  compute(body: CreateRun): Promise<void>;
  close(): Promise<void>;
}

/**
 * A server on a free port with the named demo datasets, and the studio built from its sources.
 * Each strategy has run to its end, unless `waitForRuns` is false: then the runs are still under way.
 */
export async function startStudio(demos: readonly string[], waitForRuns = true): Promise<Studio> {
  const folder = mkdtempSync(join(tmpdir(), 'sourcewright-studio-'));
  const studioFolder = join(folder, 'studio');
  buildStudio(studioFolder);
  const config = readConfig(
    {
      port: 0,
      dataFile: join(folder, 'data.db'),
      logLevel: 'error',
      studioFolder,
      demoFolders: demos.map((demo) => join(REPOSITORY, 'scenarios', demo)),
    },
    {},
  );
  if (!config.ok) throw new Error(config.error.map((issue) => issue.message).join(' '));
  const started = await startServer(config.value, { print: () => undefined, handleSignals: false });
  if (!started.ok) throw new Error(started.error.message);
  const server = started.value;
  await server.demosLoaded;
  const runs = async (scenarioId?: string): Promise<readonly Run[]> => {
    const response = await fetch(`${server.url}/v1/runs${scenarioId ? `?scenarioId=${scenarioId}` : ''}`);
    return ((await response.json()) as { runs: Run[] }).runs;
  };
  if (waitForRuns) await allFinished(server.url, runs);
  return {
    url: server.url,
    runs,
    compute: async (body) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${server.url}/v1/runs`, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`The run did not start: ${await answer.text()}`);
      await allFinished(server.url, runs);
    },
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Chromium from the npm package, or the one that SOURCEWRIGHT_CHROMIUM names. */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env['SOURCEWRIGHT_CHROMIUM'];
  return chromium.launch({
    executablePath: named && named !== '' ? named : await packedChromium.executablePath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export async function openContext(browser: Browser, scheme: Scheme = 'light'): Promise<BrowserContext> {
  return browser.newContext({ viewport: VIEWPORT, colorScheme: scheme, reducedMotion: 'reduce', locale: 'en-GB' });
}

/** A page that remembers what went wrong in it: console errors, exceptions and answers of 4xx or 5xx. */
export async function openPage(context: BrowserContext): Promise<{ page: Page; faults: string[] }> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  return { page, faults };
}

/** Resolves when a screen has all it shows: no skeletons, fonts loaded, coast lines drawn. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const maps = [...document.querySelectorAll('svg.map')];
    return (
      document.querySelector('main h1, main .vtable, main .notice') !== null &&
      document.querySelector('.skeleton') === null &&
      maps.every((map) => map.querySelector('.land') !== null) &&
      document.fonts.status === 'loaded'
    );
  });
}

function buildStudio(outDir: string): void {
  const vite = join(STUDIO, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--logLevel', 'warn', '--emptyOutDir', '--outDir', outDir];
  // A test runner's NODE_ENV would build React's development version.
  const env = { ...process.env, NODE_ENV: 'production' };
  const built = spawnSync(process.execPath, args, { cwd: STUDIO, encoding: 'utf8', env });
  if (built.status !== 0) throw new Error(`The studio did not build:\n${built.stdout}\n${built.stderr}`);
}

/** Follows the server's own news of runs until none is waiting or running. */
async function allFinished(url: string, runs: () => Promise<readonly Run[]>): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/ws`);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = async (): Promise<void> => {
    const all = await runs();
    if (all.every((run) => run.status === 'done')) resolve();
    const failed = all.find((run) => run.status === 'failed');
    if (failed) reject(new Error(`The run ${failed.name} failed: ${failed.error}`));
  };
  socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'subscribe', topic: 'runs' })));
  socket.addEventListener('error', () => reject(new Error('The socket of the server broke.')));
  socket.addEventListener('message', () => void look().catch(reject));
  await promise;
  socket.close();
}
