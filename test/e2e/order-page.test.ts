// The page of one order on a real server: found again in the list, read on screen and on paper, asked for when it is not there.
/// <reference lib="dom" />
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, openContext, openPage, settled, startStudio, type Studio } from './browser.ts';

let studio: Studio;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let faults: string[];

beforeAll(async () => {
  [studio, browser] = await Promise.all([startStudio(['corner-shop']), launchBrowser()]);
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

async function open(path: string): Promise<void> {
  await page.goto(studio.url + path);
  await settled(page);
}

describe('the open order in the list', () => {
  const selected = '.vrow[aria-selected=true]';
  /** Below the head and above the lower edge of the list. */
  const inSight = (id: string): Promise<unknown> =>
    page.waitForFunction(
      ([selector, orderId]) => {
        const row = document.querySelector(selector!);
        const list = row?.closest('.vtable')?.getBoundingClientRect();
        const box = row?.getBoundingClientRect();
        const head = document.querySelector('.vhead')?.getBoundingClientRect();
        if (!row?.textContent?.startsWith(orderId!) || !list || !box || !head) return false;
        return box.top >= head.bottom && box.bottom <= Math.min(list.bottom, innerHeight);
      },
      [selected, id] as const,
    );

  it('is in sight when its address is opened, wherever it stands and however the list is sorted', async () => {
    const [run] = await studio.runs('corner-shop');
    for (const sorting of ['', '&sort=cost&dir=desc', '&sort=days']) {
      const sortQuery = sorting === '' ? '' : `?${sorting.slice(1)}`;
      const answer = await fetch(`${studio.url}/v1/runs/${run!.runId}/orders${sortQuery}`);
      const { orders } = (await answer.json()) as { orders: { orderId: string }[] };
      for (const at of [0, 0.45, 0.8, 1]) {
        const { orderId } = orders[Math.round(at * (orders.length - 1))]!;
        await open(`/orders/${orderId}?run=${run!.runId}${sorting}`);
        await inSight(orderId);
      }
    }
    expect(faults).toEqual([]);
  });

  it('stays in sight when keys walk past the lower edge, and when another is opened from the palette', async () => {
    await open('/orders/CS-01');
    await inSight('CS-01');
    // The first takes the keys to the list.
    await page.keyboard.press('j');
    for (let step = 2; step <= 22; step += 1) {
      await page.keyboard.press('j');
      await inSight(`CS-${String(step).padStart(2, '0')}`);
    }
    await page.keyboard.press('Control+k');
    await page.keyboard.type('CS-01');
    const found = page.getByRole('dialog', { name: 'Find' }).getByRole('option');
    await found.filter({ hasText: 'CS-01' }).waitFor();
    await page.keyboard.press('Enter');
    await inSight('CS-01');
    expect(faults).toEqual([]);
  });
});
