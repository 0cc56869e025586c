// What people do in the studio, on a real server: walk by keys, share an address, read why, compare, filter, learn what is scarce.
/// <reference lib="dom" />
import { AxeBuilder } from '@axe-core/playwright';
import type { OrderDetail, PriceList, Trace } from '@sourcewright/server/contract';
import { describe, expect, it } from 'vitest';
import { datesInWords } from '../../packages/studio/src/format/sentence-dates.ts';
import { settled } from './browser.ts';
import { faults, open, page, studio, useStudio } from './one-page.ts';

useStudio(['corner-shop']);

const path = (): string => new URL(page.url()).pathname;
const query = (key: string): string | null => new URL(page.url()).searchParams.get(key);

describe('by keys alone', () => {
  it('goes to every screen, searches, walks rows, opens an order and closes it', async () => {
    await open('/');
    for (const [key, screen] of [
      ['m', '/map'],
      ['c', '/compare'],
      ['p', '/policies'],
      ['r', '/runs'],
      ['h', '/'],
      ['o', '/orders'],
    ] as const) {
      await page.keyboard.press('g');
      await page.keyboard.press(key);
      await page.waitForFunction((wanted) => location.pathname === wanted, screen);
      await settled(page);
    }
    await page.keyboard.press('/');
    await page.keyboard.type('CS-0');
    await page.waitForFunction(() => new URLSearchParams(location.search).get('q') === 'CS-0');
    await page.getByText('9 orders', { exact: true }).waitFor();
    await page.keyboard.press('Tab');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Order CS-03' }).waitFor();
    expect(path()).toBe('/orders/CS-03');
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: 'Order CS-04' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: /^Order CS/ }).waitFor({ state: 'detached' });
    expect(path()).toBe('/orders');
    expect(query('q')).toBe('CS-0');
    expect(faults).toEqual([]);
  });

  it('finds an order and a node from the palette', async () => {
    await open('/');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('CS-14');
    const found = page.getByRole('dialog', { name: 'Find' }).getByRole('option');
    await found.filter({ hasText: 'CS-14' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Order CS-14' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('depot');
    await found.filter({ hasText: 'Eastern depot' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.pathname === '/map');
    expect(query('node')).toBe('depot');
    await settled(page);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !location.search.includes('node='));
    expect(faults).toEqual([]);
  });
});

describe('the address', () => {
  it('brings back run, baseline, filter, order and sorting', async () => {
    const runs = await studio.runs('corner-shop');
    const idOf = (strategy: string): string => runs.find((run) => run.strategy === strategy)!.runId;
    await open(`/orders?run=${idOf('nearest')}&base=${idOf('priority')}&filter=late&sort=late&dir=desc`);
    expect(await page.getByLabel('Run', { exact: true }).inputValue()).toBe(idOf('nearest'));
    expect(await page.getByLabel('Baseline', { exact: true }).inputValue()).toBe(idOf('priority'));
    expect(await page.getByRole('button', { name: /^Late \d/ }).getAttribute('aria-pressed')).toBe('true');
    const shown = await page.locator('.vrow .order-id').allTextContents();
    const answer = await fetch(`${studio.url}/v1/runs/${idOf('nearest')}/orders?filter=late&sort=late&dir=desc`);
    const { orders } = (await answer.json()) as { orders: { orderId: string }[] };
    expect(shown).toEqual(orders.map((order) => order.orderId));
    await page.locator('.vrow').first().click();
    await page.getByRole('heading', { name: `Order ${shown[0]}` }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: /^Order CS/ }).waitFor({ state: 'detached' });
    expect(query('filter')).toBe('late');
    expect(faults).toEqual([]);
  });

  it('keeps a theme on the device, and takes one from the address', async () => {
    await open('/?theme=dark');
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await open('/');
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBeUndefined();
    await page.getByRole('button', { name: /^Colours: as the system/ }).click();
    await page.reload();
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
  });
});

describe('an order', () => {
  it('says what ships, what it costs, how good that is, and why', async () => {
    await open('/orders/CS-03');
    const [run] = (await studio.runs('corner-shop')).filter((one) => one.strategy === 'optimal');
    const answer = await fetch(`${studio.url}/v1/runs/${run!.runId}/orders/CS-03`);
    const detail = (await answer.json()) as {
      orderPlan: { shipments: unknown[]; cost: { totalMicros: number } };
      explanation: { summary: string[]; lines: { sentence: string; runnerUp: unknown; rejections: unknown[] }[] };
    };
    const order = page.getByRole('complementary', { name: 'Order CS-03' });
    for (const sentence of detail.explanation.summary) {
      await order.getByText(datesInWords(sentence), { exact: true }).waitFor();
    }
    expect(await order.locator('.shipment').count()).toBe(detail.orderPlan.shipments.length);
    const total = await order.locator('.costs .total td').last().textContent();
    expect(total).toBe((detail.orderPlan.cost.totalMicros / 1_000_000).toFixed(2));
    const line = order.locator('details.line').first();
    await line.locator('summary').first().click();
    await line.getByText(datesInWords(detail.explanation.lines[0]!.sentence), { exact: true }).waitFor();
    const rows = await line.locator('.rejections tbody tr').all();
    const nodes = await Promise.all(rows.map((row) => row.getAttribute('data-nodes')));
    const turnedDown = nodes.reduce((sum, count) => sum + Number(count), 0);
    expect(turnedDown).toBe(detail.explanation.lines[0]!.rejections.length);
    expect(faults).toEqual([]);
  });

  it('looks further for what would flip it, and says what is different in the other run, when it is asked', async () => {
    const runs = await studio.runs('corner-shop');
    const nearest = runs.find((run) => run.strategy === 'nearest')!;
    const exact = runs.find((run) => run.strategy === 'fcfs-exact')!;
    await open(`/orders/CS-03?run=${nearest.runId}&base=${exact.runId}`);
    const order = page.getByRole('complementary', { name: 'Order CS-03' });
    await order.getByText(/^Left out to answer at once: /).waitFor();
    await order.getByRole('button', { name: 'Look further' }).click();
    await order.getByText(/^Left out to answer at once: /).waitFor({ state: 'detached' });
    expect(await order.getByRole('button', { name: 'Look further' }).count()).toBe(0);

    const answer = await fetch(`${studio.url}/v1/runs/${nearest.runId}/orders/CS-03?against=${exact.runId}`);
    const { diff, orderPlan } = (await answer.json()) as OrderDetail;
    await order.getByRole('button', { name: /^What is different from / }).click();
    const sign = diff!.cost.totalMicros > 0 ? 'more' : 'less';
    // What a reader works out from the two totals.
    const cents = (micros: number): number => Math.round(micros / 10_000);
    const here = orderPlan.cost.totalMicros;
    const size = (Math.abs(cents(here) - cents(here - diff!.cost.totalMicros)) / 100).toFixed(2);
    await order.getByRole('heading', { name: new RegExp(`^The order costs .*${size}.* ${sign} here$`) }).waitFor();
    const moved = order.getByRole('list', { name: 'Lines supplied by others' }).getByRole('listitem');
    expect(await moved.count()).toBe(Math.min(6, diff!.moved.length));
    expect(faults).toEqual([]);
  });

  it('says what would flip it, for all of it and for one line, beside the cost of the next best', async () => {
    const exact = (await studio.runs('corner-shop')).find((run) => run.strategy === 'fcfs-exact')!;
    await open(`/orders/CS-24?run=${exact.runId}`);
    await page.getByRole('list', { name: 'What would flip it' }).getByText('1.49 less is not enough').waitFor();
    await page.getByRole('img', { name: /total 19\.50 against 21\.00/ }).waitFor();
    await page.getByRole('img', { name: /^Nodes that ship.* Next best: Warehouse/ }).waitFor();
    await page.getByText('Mug', { exact: true }).first().click();
    await page.getByRole('button', { name: 'What would flip this line?' }).click();
    await page
      .getByRole('list', { name: 'What would flip line 2' })
      .getByText(/Warehouse would supply line 2/)
      .first()
      .waitFor();
    expect(faults).toEqual([]);
  });

  it('that is not there says so and leaves the list', async () => {
    await open('/orders');
    await page.goto(`${studio.url}/orders/none`);
    await page.getByRole('alert').getByText('There is no such order in this run').waitFor();
    await page.locator('.vrow').first().waitFor();
  });
});

describe('figures', () => {
  it('on Home agree with the server, and with Compare', async () => {
    await open('/');
    const runs = await studio.runs('corner-shop');
    const best = runs.find((run) => run.strategy === 'optimal')!;
    const nearest = runs.find((run) => run.strategy === 'nearest')!;
    const text = (id: string): Promise<string | null> => page.locator(`[data-figure=${id}] .value`).textContent();
    expect(await text('costPerOrder')).toBe(`£${(best.kpis!.costPerOrderMicros / 1_000_000).toFixed(2)}`);
    expect(await text('unsourcedUnits')).toBe(String(best.kpis!.unsourcedUnits));
    const delta = (best.cost!.totalMicros - nearest.cost!.totalMicros) / 1_000_000;
    const shown = await page.locator('[data-figure=total] .delta').textContent();
    expect(shown).toContain(`${delta < 0 ? '−' : '+'}${Math.abs(delta).toFixed(2)}`);

    await page.getByRole('button', { name: 'Table', exact: true }).first().click();
    const cells = await page.locator('.twin-table').first().locator('tbody td.num').allTextContents();
    const values = cells.map((cell) => Number(cell.replaceAll(',', '').replace('−', '-').replace('+', '')));
    const steps = values.slice(1, -1).reduce((sum, step) => sum + step, 0);
    expect(values[0]! + steps).toBeCloseTo(values.at(-1)!, 6);
    expect(values.at(-1)).toBeCloseTo(best.cost!.totalMicros / 1_000_000, 6);
    expect(faults).toEqual([]);
  });

  it('on Compare lead to both explanations of a changed order', async () => {
    await open('/compare');
    const row = page.locator('table.deltas tbody tr').first();
    const orderId = (await row.locator('th').textContent())!.trim();
    await row.getByRole('link', { name: /Why in Optimal/ }).click();
    await page.getByRole('heading', { name: `Order ${orderId}` }).waitFor();
    const inOptimal = query('run');
    await page.getByRole('link', { name: /Same order in Nearest/ }).click();
    await page.waitForFunction((before) => new URLSearchParams(location.search).get('run') !== before, inOptimal);
    await page.getByRole('heading', { name: `Order ${orderId}` }).waitFor();
    expect(query('base')).toBe(inOptimal);
    expect(faults).toEqual([]);
  });

  it('on the map narrow to a node and lead to its orders', async () => {
    await open('/map');
    await page.locator('tr', { hasText: 'Eastern depot' }).click();
    await page.getByRole('heading', { name: /^Eastern depot ships \d+ units? in \d+ shipments?$/ }).waitFor();
    await page.getByRole('link', { name: 'Show orders' }).click();
    await page.waitForFunction(() => location.pathname === '/orders');
    await settled(page);
    const from = await page.locator('.vrow [role=gridcell]:nth-child(6)').allTextContents();
    expect(from.length).toBeGreaterThan(0);
    expect(from.every((names) => names.includes('Eastern depot'))).toBe(true);
    expect(faults).toEqual([]);
  });
});

describe('an optimal run', () => {
  it('is started from the form and says on Home and Map what is worth most', async () => {
    const exact = (await studio.runs('corner-shop')).find((one) => one.strategy === 'fcfs-exact')!;
    await open(`/?run=${exact.runId}`);
    await page.getByText('The strategy Optimal finds where').waitFor();
    await page.locator('.worth-most').getByRole('link', { name: 'Start a run' }).click();
    await page.getByLabel('Optimal').check();
    await page.getByLabel('Name').fill('Weighed together');
    await page.getByRole('button', { name: 'Start run' }).click();
    const row = page.locator('tr', { hasText: 'Weighed together' });
    await row.getByText('done', { exact: true }).waitFor();
    const run = (await studio.runs('corner-shop')).find((one) => one.name === 'Weighed together')!;
    try {
      const answer = await fetch(`${studio.url}/v1/runs/${run.runId}/prices`);
      const { prices } = (await answer.json()) as PriceList;
      expect(prices.length).toBeGreaterThan(1);
      const [first] = prices;
      const saves = `saves £${(first!.unitMicros / 1_000_000).toFixed(2)}`;
      const thing = first!.name ?? first!.sku;

      await row.getByRole('link', { name: /^Weighed together/ }).click();
      await page.getByRole('heading', { name: 'Weighed together', level: 1 }).waitFor();
      const items = page.locator('.worth-most li');
      await items.first().waitFor();
      expect(await items.count()).toBe(Math.min(5, prices.length));
      const said = (await items.first().textContent())!.replaceAll(/\s+/g, ' ');
      expect(said).toBe(`One more unit of ${thing} at ${first!.nodeName} ${saves}`);

      await page.getByRole('link', { name: `All ${prices.length} in a table` }).click();
      const dialog = page.getByRole('dialog', { name: 'Worth most' });
      await dialog.locator('tbody tr').first().waitFor();
      expect(await dialog.locator('tbody tr').count()).toBe(prices.length);
      const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(query('show')).toBe(null);

      await items.first().getByRole('link', { name: first!.nodeName }).click();
      await page.getByRole('heading', { name: 'Worth most here' }).waitFor();
      const here = await page.locator('.node-prices li').first().textContent();
      expect(here!.replaceAll(/\s+/g, ' ')).toBe(`One more unit of ${thing} ${saves}`);
      expect(faults).toEqual([]);
    } finally {
      // The other journeys look at the runs that the demo came with.
      await fetch(`${studio.url}/v1/runs/${run.runId}`, { method: 'DELETE' });
    }
  });

  it('says on Compare what it saves and what no plan could save beyond it', async () => {
    const runs = await studio.runs('corner-shop');
    const costOf = (strategy: string): number => runs.find((run) => run.strategy === strategy)!.cost!.totalMicros;
    await open('/compare');
    const savings = page.locator('.optimal-savings');
    const texts = (await savings.locator('div').allTextContents()).map((text) => text.replaceAll(/\s+/g, ' '));
    for (const [strategy, name] of [
      ['nearest', 'Nearest'],
      ['fcfs-exact', 'Exact'],
      ['priority', 'Priority list'],
      ['fewest-shipments', 'Fewest shipments'],
    ] as const) {
      const saved = costOf(strategy) - costOf('optimal');
      const share = ((100 * saved) / costOf(strategy)).toFixed(1);
      expect(texts).toContain(`Optimal saves on ${name}£${(saved / 1_000_000).toFixed(2)} ${share} %`);
    }
    const { cost, proof } = runs.find((run) => run.strategy === 'optimal')!;
    const still = ((cost!.totalMicros - proof!.lowerBoundMicros) / 1_000_000).toFixed(2);
    expect(texts.at(-1)).toBe(`Any plan could still saveat most £${still} ${(100 * proof!.gap).toFixed(2)} %`);
  });

  it('shows on Runs how cost and bound moved, and the same as a table', async () => {
    const run = (await studio.runs('corner-shop')).find((one) => one.strategy === 'optimal')!;
    const answer = await fetch(`${studio.url}/v1/runs/${run.runId}/trace`);
    const { points } = (await answer.json()) as Trace;
    await open('/runs');
    const chart = page.locator('.run-details');
    await chart.getByRole('img', { name: /^First plan/ }).waitFor();
    await chart.getByRole('button', { name: 'Table' }).click();
    expect(await chart.locator('tbody tr').count()).toBe(points.length);
    const cells = await chart.locator('tbody tr').last().locator('td').allTextContents();
    expect(cells[1]).toBe((run.cost!.totalMicros / 1_000_000).toFixed(2));
    expect(faults).toEqual([]);
  });

  it('that was stopped at its deadline says so', async () => {
    await studio.compute({ scenarioId: 'corner-shop', strategy: 'optimal', name: 'In a hurry', deadlineMs: 1 });
    const run = (await studio.runs('corner-shop')).find((one) => one.name === 'In a hurry')!;
    try {
      await open('/runs');
      const row = page.locator('tr', { hasText: 'In a hurry' });
      await row.getByText('degraded', { exact: true }).waitFor();
      await row.getByRole('link', { name: 'Details of In a hurry' }).click();
      await page.getByRole('note').getByText('The deadline passed').waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
      expect(faults).toEqual([]);
    } finally {
      await fetch(`${studio.url}/v1/runs/${run.runId}`, { method: 'DELETE' });
    }
  });
});
