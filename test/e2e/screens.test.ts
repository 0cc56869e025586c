// Every screen, in light and dark, on a real server: loads without an error and is clean by axe.
/// <reference lib="dom" />
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openContext, openPage, SCHEMES, settled, startStudio, type Studio } from './browser.ts';

const SCREENS = {
  home: '/?run=EXACT',
  'home with shadow prices': '/',
  'all shadow prices': '/?show=prices',
  map: '/map',
  'map of one node': '/map?node=warehouse&measure=late',
  orders: '/orders',
  'orders that match nothing': '/orders?q=no-such-thing',
  'an order': '/orders/CS-03',
  'an order with unsourced units': '/orders/CS-12?filter=unsourced',
  'orders that are collected': '/orders?filter=collected',
  'an order that is collected where it is': '/orders/CS-31?run=EXACT',
  'an order that is sent to where it is collected': '/orders/CS-32?run=EXACT',
  compare: '/compare',
  runs: '/runs',
  'a split order with what would flip it': '/orders/CS-24?run=EXACT',
  'the cost model': '/cost-model?try=CS-24&run=EXACT',
  'no such screen': '/nowhere',
} as const;

let studio: Studio;
let browser: Browser;

beforeAll(async () => {
  [studio, browser] = await Promise.all([startStudio(['corner-shop']), launchBrowser()]);
  await studio.compute({ scenarioId: 'corner-shop', strategy: 'optimal' });
});

afterAll(async () => {
  await browser?.close();
  await studio?.close();
});

describe.each(SCHEMES)('in %s', (scheme) => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await openContext(browser, scheme);
  });
  afterAll(async () => {
    await context?.close();
  });

  it.each(Object.entries(SCREENS))('%s loads without an error and is clean by axe', async (_, path) => {
    const { page, faults } = await openPage(context);
    const exact = (await studio.runs('corner-shop')).find((run) => run.strategy === 'fcfs-exact')!;
    await page.goto(studio.url + path.replace('EXACT', exact.runId));
    await settled(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`)).toEqual([]);
    expect(faults).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.close();
  });

  it('opens its dialogs clean by axe', async () => {
    const { page, faults } = await openPage(context);
    await page.goto(`${studio.url}/orders`);
    await settled(page);
    for (const [key, name] of [
      ['?', 'Keys'],
      ['Control+k', 'Find'],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByRole('dialog', { name }).waitFor();
      const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name }).waitFor({ state: 'detached' });
    }
    expect(faults).toEqual([]);
    await page.close();
  });
});

describe('on paper', () => {
  it('an order is a document by itself: no frame, no buttons, nothing folded, in light colours', async () => {
    const context = await openContext(browser, 'dark');
    const { page, faults } = await openPage(context);
    const exact = (await studio.runs('corner-shop')).find((run) => run.strategy === 'fcfs-exact')!;
    await page.goto(`${studio.url}/orders/CS-24?run=${exact.runId}&theme=dark`);
    await settled(page);
    const shown = (text: string | RegExp) => page.locator('.order-page').getByText(text).first().isVisible();
    const reason = 'Eastern depot supplies 1 unit.';
    await page.getByText('What would flip it').first().waitFor();
    expect(await shown(reason)).toBe(false);
    expect(await shown('Printed')).toBe(false);

    await page.emulateMedia({ media: 'print' });
    await page.getByText('Printed').waitFor();
    for (const [name, hidden] of Object.entries({
      rail: '.rail',
      bar: '.top-bar',
      list: '.orders-list',
      'other run': '.other-run',
    })) {
      expect(await page.locator(hidden).isVisible(), name).toBe(false);
    }
    expect(await page.locator('button:visible').count()).toBe(0);
    for (const text of [
      reason,
      /^Nodes that were turned down are left out here/,
      'Lower bound',
      /^Exact, of /,
      'Corner shop, version 1',
      /^Made up/,
    ]) {
      expect(await shown(text), String(text)).toBe(true);
    }
    expect(await page.locator('.flips li').count()).toBeGreaterThan(4);
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('.order-page h2')!).color)).toBe(
      'rgb(21, 25, 30)',
    );
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);

    await page.emulateMedia({ media: 'screen' });
    await page.getByText('Printed').waitFor({ state: 'detached' });
    expect(await shown(reason)).toBe(false);
    expect(faults).toEqual([]);
    await context.close();
  });
});

describe('weight', () => {
  it('opens the first view with at most 200 KB of script, compressed', async () => {
    const context = await openContext(browser);
    const { page } = await openPage(context);
    const scripts: number[] = [];
    page.on('requestfinished', (request) => {
      if (request.resourceType() !== 'script') return;
      scripts.push(0);
      const at = scripts.length - 1;
      void request.sizes().then(({ responseBodySize }) => {
        scripts[at] = responseBodySize;
      });
    });
    await page.goto(studio.url);
    await settled(page);
    await page.waitForFunction(() => document.readyState === 'complete');
    await page.close();
    const total = scripts.reduce((sum, size) => sum + size, 0);
    expect(scripts.length).toBeGreaterThan(0);
    expect(total).toBeGreaterThan(50_000);
    expect(total).toBeLessThanOrEqual(200_000);
    await context.close();
  });
});
