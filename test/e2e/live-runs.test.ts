// A run that is started in the studio shows its progress as it goes, and can be cancelled.
/// <reference lib="dom" />
import type { Browser, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openContext, openPage, settled, startStudio, type Studio } from './browser.ts';

let studio: Studio;
let browser: Browser;

beforeAll(async () => {
  [studio, browser] = await Promise.all([startStudio(['uk-gifts'], false), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await studio?.close();
});

describe('runs', () => {
  it('start from the form, show live progress with partial figures, and end', async () => {
    const { page, faults } = await openPage(await openContext(browser));
    await page.goto(`${studio.url}/runs`);
    await settled(page);
    await page.getByText('Progress is live').waitFor();

    await page.getByLabel('Name').fill('To be cancelled');
    await page.getByRole('button', { name: 'Start run' }).click();
    const doomed = page.locator('tr', { hasText: 'To be cancelled' });
    await doomed.getByRole('button', { name: /^Cancel/ }).click();
    await doomed.getByText(/^cancelled/).waitFor();

    // The demo's own runs would be computed first.
    for (const run of await studio.runs('uk-gifts')) {
      if (run.status === 'queued' || run.status === 'running') {
        await fetch(`${studio.url}/v1/runs/${run.runId}/cancel`, { method: 'POST' });
      }
    }
    await page.getByLabel('Name').fill('Watched');
    await page.getByText('Nearest', { exact: true }).last().click();
    await page.getByRole('button', { name: 'Start run' }).click();
    const watched = page.locator('tr', { hasText: 'Watched' });
    const progress = watched.getByRole('progressbar');
    await progress.waitFor({ timeout: 55_000 });
    const handle = await progress.elementHandle();
    // Two figures of one stage, each larger than the one before, seen by this page over its own socket.
    const seen = await page.evaluate(
      (bar) =>
        new Promise<number[]>((resolve) => {
          const values: number[] = [];
          const look = (): void => {
            const value = Number(bar?.getAttribute('aria-valuenow'));
            if (value > 0 && value !== values.at(-1)) values.push(value);
            if (values.length >= 2 && values.at(-1)! > values.at(-2)!) resolve(values.slice(-2));
            else requestAnimationFrame(look);
          };
          look();
        }),
      handle,
    );
    expect(seen[1]).toBeGreaterThan(seen[0]!);
    await watched.getByText(/an order/).waitFor();

    await watched.getByText('done', { exact: true }).waitFor({ timeout: 55_000 });
    const [run] = (await studio.runs('uk-gifts')).filter((one) => one.name === 'Watched');
    const total = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 }).format(run!.cost!.totalMicros / 1e6);
    await watched.getByText(total, { exact: true }).waitFor();
    expect(faults).toEqual([]);
  }, 180_000);

  it('come back to live progress when the line breaks', async () => {
    const { page } = await openPage(await openContext(browser));
    const held = Promise.withResolvers<void>();
    let lines = 0;
    let first: WebSocketRoute | undefined;
    await page.routeWebSocket(/\/v1\/ws$/, async (socket) => {
      lines += 1;
      if (lines === 1) first = socket;
      else await held.promise;
      socket.connectToServer();
    });
    await page.goto(`${studio.url}/runs`);
    await page.getByText('Progress is live').waitFor();
    await first!.close();
    await page.getByText(/^(Live progress is lost|Connecting)/).waitFor();
    held.resolve();
    await page.getByText('Progress is live').waitFor();
    expect(lines).toBe(2);
  });
});
