// The page of one order on a real server: found again in the list, read on screen and on paper, asked for when it is not there.
/// <reference lib="dom" />
import type { OrderDetail } from '@sourcewright/server/contract';
import { describe, expect, it } from 'vitest';
import { faults, open, page, studio, useStudio } from './one-page.ts';

useStudio(['corner-shop']);

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

describe('an order', () => {
  it('that is not there offers neither its other run nor to be printed', async () => {
    await open('/orders/CS-01');
    await page.getByRole('button', { name: 'Print' }).waitFor();
    await page.getByRole('link', { name: /^Same order in / }).waitFor();
    await open('/orders/none');
    await page.getByRole('alert').getByText('There is no such order in this run').waitFor();
    expect(await page.getByRole('button', { name: 'Print' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Copy link' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: /^Same order in / }).count()).toBe(0);
  });

  it('has no dates as in a file, no amounts that read as nothing, and no terms that cost nothing', async () => {
    for (const strategy of ['optimal', 'fcfs-exact', 'nearest']) {
      const run = (await studio.runs('corner-shop')).find((one) => one.strategy === strategy)!;
      for (const orderId of ['CS-03', 'CS-12', 'CS-24']) {
        await open(`/orders/${orderId}?run=${run.runId}`);
        const order = page.getByRole('complementary', { name: `Order ${orderId}` });
        const closed = order.locator('details.line:not([open]) > summary');
        while ((await closed.count()) > 0) await closed.first().click();
        const text = await order.innerText();
        expect(text).toContain('Why');
        expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}/);
        expect(text).not.toMatch(/[+−]£0\.00/);
        const terms = await order.locator('.costs tbody tr:not(.total, .nothing)').all();
        const sums = await Promise.all(terms.map((term) => term.locator('td').last().textContent()));
        expect(sums.length).toBeGreaterThan(0);
        expect(sums).not.toContain('0.00');
        await order.getByText(/^Nothing for /).waitFor();
      }
    }
    expect(faults).toEqual([]);
  });

  it('names its next best by what moves, and says on the map and beside it what became of each node', async () => {
    const run = (await studio.runs('corner-shop')).find((one) => one.strategy === 'fcfs-exact')!;
    const answer = await fetch(`${studio.url}/v1/runs/${run.runId}/orders/CS-24`);
    const detail = (await answer.json()) as OrderDetail;
    await open(`/orders/CS-24?run=${run.runId}`);
    const order = page.getByRole('complementary', { name: 'Order CS-24' });
    const sentence = detail.explanation.runnerUp!.sentence.replace(/\.$/, '').slice(1);
    await order
      .getByRole('heading', { name: /^Next best: / })
      .filter({ hasText: sentence })
      .waitFor();

    await order.getByRole('heading', { name: /^\d+ other nodes? (was|were) considered$/ }).waitFor();
    const map = order.locator('.candidate-map');
    await map.locator('text', { hasText: 'Destination' }).waitFor();
    const listed = order.getByRole('list', { name: 'Nearest nodes' }).getByRole('listitem');
    expect(await listed.count()).toBeGreaterThan(1);
    for (const { nodeId } of detail.orderPlan.shipments) {
      const name = detail.nodes[nodeId]!.name;
      await map.locator('text', { hasText: name }).waitFor();
      expect(await listed.filter({ hasText: name }).innerText()).toMatch(/Ships/);
    }
    const [box, frame] = await Promise.all([map.boundingBox(), listed.first().boundingBox()]);
    expect(frame!.x).toBeGreaterThanOrEqual(box!.x + box!.width);
    expect(faults).toEqual([]);
  });

  it('is short on paper: the nodes that were turned down only for lines that are split or unsourced, and the nearest', async () => {
    const counts: number[] = [];
    for (const orderId of ['CS-03', 'CS-04', 'CS-24']) {
      const run = (await studio.runs('corner-shop')).find((one) => one.strategy === 'nearest')!;
      const answer = await fetch(`${studio.url}/v1/runs/${run.runId}/orders/${orderId}`);
      const { explanation } = (await answer.json()) as OrderDetail;
      const exceptions = explanation.lines.filter(
        ({ chosen, unsourced, rejections }) =>
          rejections.length > 0 && (unsourced || new Set(chosen.map(({ nodeId }) => nodeId)).size > 1),
      );
      await page.emulateMedia({ media: 'screen' });
      await open(`/orders/${orderId}?run=${run.runId}`);
      await page.emulateMedia({ media: 'print' });
      await page.getByText('Printed').waitFor();
      expect(await page.locator('.rejections').count()).toBe(exceptions.length);
      const left = page.getByText(/^Nodes that were turned down are left out here for \d+ lines?/);
      expect(await left.count()).toBe(
        explanation.lines.some((line) => !line.unsourced && line.chosen.length === 1) ? 1 : 0,
      );
      counts.push(exceptions.length);
    }
    expect(Math.max(...counts)).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });
});

describe('the list of orders', () => {
  it('has no filter that picks out nearly every order', async () => {
    const runs = await studio.runs('corner-shop');
    const idOf = (strategy: string): string => runs.find((run) => run.strategy === strategy)!.runId;
    await open(`/orders?run=${idOf('fcfs-exact')}`);
    await page.getByRole('button', { name: /^Unproven \d/ }).waitFor();
    await open(`/orders?run=${idOf('optimal')}`);
    const chips = await page.getByRole('group', { name: 'Filter' }).getByRole('button').allTextContents();
    expect(chips.map((text) => text.split(' ')[0])).not.toContain('Unproven');
    expect(chips.map((text) => text.split(' ')[0])).not.toContain('Scarcity');
  });
});
