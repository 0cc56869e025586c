// Decides the pictures of the studio in docs/images/: every screen on real orders, light and dark, at 1280 × 720.
// Run it with `pnpm screenshots` after a change that shows.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import {
  launchBrowser,
  openContext,
  openPage,
  SCHEMES,
  settled,
  startStudio,
  type Studio,
} from '../test/e2e/browser.ts';
import { smallPng } from './small-png.ts';

interface Picture {
  readonly name: string;
  readonly path: string;
  /** What is done before the picture is taken. */
  readonly before?: (page: Page) => Promise<void>;
}

const FOLDER = fileURLToPath(new URL('../docs/images/', import.meta.url));
const DATASET = 'uk-gifts';

const studio = await startStudio([DATASET]);
const browser = await launchBrowser();
mkdirSync(FOLDER, { recursive: true });
try {
  const pictures = await picturesOf(studio);
  for (const scheme of SCHEMES) {
    const context = await openContext(browser, scheme);
    const { page, faults } = await openPage(context);
    for (const picture of pictures) {
      await page.goto(studio.url + picture.path);
      await settled(page);
      await picture.before?.(page);
      const file = `studio-${picture.name}-${scheme}.png`;
      const png = smallPng(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
      writeFileSync(join(FOLDER, file), png);
      console.log(`${file} ${Math.round(png.length / 1024)} KB`);
    }
    if (faults.length > 0) throw new Error(`The studio reported: ${faults.join('; ')}`);
    await context.close();
  }
} finally {
  await browser.close();
  await studio.close();
}

async function picturesOf(studio: Studio): Promise<readonly Picture[]> {
  const exact = (await studio.runs(DATASET)).find((run) => run.strategy === 'fcfs-exact');
  if (!exact) throw new Error(`The dataset ${DATASET} has no run of the strategy fcfs-exact.`);
  const answer = await fetch(
    `${studio.url}/v1/runs/${exact.runId}/orders?filter=split&sort=shipments&dir=asc&limit=40`,
  );
  const { orders } = (await answer.json()) as { orders: { orderId: string; lines: number; unsourcedUnits: number }[] };
  const order = orders.find((one) => one.lines >= 5 && one.lines <= 12 && one.unsourcedUnits === 0) ?? orders[0];
  const busiest = exact.kpis?.nodes.reduce((best, node) => (node.shipments > best.shipments ? node : best));
  return [
    { name: 'home', path: '/' },
    { name: 'map', path: '/map' },
    { name: 'map-node', path: `/map?node=${busiest?.nodeId ?? ''}&measure=cost` },
    { name: 'orders', path: '/orders?filter=split' },
    { name: 'order', path: `/orders/${order?.orderId ?? ''}`, before: openFirstLine },
    { name: 'compare', path: '/compare' },
    { name: 'runs', path: '/runs' },
    { name: 'policies', path: '/policies', before: draftRule },
    { name: 'policy-rule', path: '/policies?view=builder&rule=stores ship within 50 km', before: effectShown },
  ];
}

async function openFirstLine(page: Page): Promise<void> {
  const line = page.locator('details.line').first();
  await line.locator('summary').first().click();
  await line.locator('.line-body').waitFor();
  await page.locator('.why').evaluate((why) => why.scrollIntoView());
}

/** A draft with one rule more, and what it would change. */
async function draftRule(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Stores ship only within a distance/ })
    .click();
  await page.getByText('Sentences', { exact: true }).click();
  await effectShown(page);
}

async function effectShown(page: Page): Promise<void> {
  await page.locator('.effect[aria-busy=false] table').first().waitFor();
}
