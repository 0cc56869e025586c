// Decides what stands around tests of one file that walk through the studio: one studio and browser for all, a fresh page for each.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launchBrowser, openContext, openPage, settled, startStudio, type Studio } from './browser.ts';

export let studio: Studio;
export let browser: Browser;
let context: BrowserContext;
export let page: Page;
/** What went wrong in the page so far. */
export let faults: string[];

/** With the named demo datasets; `prepare` is done once, before the first test. */
export function useStudio(demos: readonly string[], prepare?: () => Promise<void>): void {
  beforeAll(async () => {
    [studio, browser] = await Promise.all([startStudio(demos), launchBrowser()]);
    await prepare?.();
  });
  afterAll(async () => {
    await browser?.close();
    await studio?.close();
  });
  beforeEach(async () => {
    context = await openContext(browser);
    ({ page, faults } = await openPage(context));
  });
  afterEach(async () => {
    await context.close();
  });
}

export async function open(path: string): Promise<void> {
  await page.goto(studio.url + path);
  await settled(page);
}
