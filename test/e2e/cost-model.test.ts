// The page of the cost model on a real server: what terms come to here, and one order tried at other rates.
/// <reference lib="dom" />
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { faults, open, page, studio, useStudio } from './one-page.ts';

useStudio(['corner-shop']);

const query = (key: string): string | null => new URL(page.url()).searchParams.get(key);
const asked = (key: string, wanted: string): Promise<unknown> =>
  page.waitForFunction(([name, value]) => new URLSearchParams(location.search).get(name!) === value, [key, wanted]);

describe('an order at other rates', () => {
  it('goes elsewhere when a parcel gets dearer, and comes back by the address', async () => {
    await open('/cost-model?try=CS-01');
    await page.getByText('Warehouse supplies it', { exact: true }).waitFor();
    const dial = page.getByRole('slider', { name: /^A parcel from Warehouse/ });
    expect(await dial.getAttribute('aria-valuetext')).toMatch(/^£\d/);
    await dial.focus();
    await page.keyboard.press('End');
    await page.getByText('North shop instead of Warehouse').waitFor();
    await page.waitForFunction(() => location.search.includes('with=rate.'));
    const turned = await dial.inputValue();
    await page.reload();
    await page.getByText('North shop instead of Warehouse').waitFor();
    expect(await dial.inputValue()).toBe(turned);
    await page.getByRole('button', { name: 'As it is' }).click();
    await page.getByText('Warehouse supplies it', { exact: true }).waitFor();
    await page.waitForFunction(() => !location.search.includes('with='));
    expect(faults).toEqual([]);
  });

  it('follows what a node charges for handling and what the policy charges', async () => {
    await open('/cost-model?try=CS-01');
    const handling = page.getByRole('slider', { name: 'Handling a shipment at Warehouse' });
    await handling.focus();
    await page.keyboard.press('End');
    await page.getByText(/instead of Warehouse$/).waitFor();
    await page.getByRole('button', { name: 'As it is' }).click();
    await page.getByText('Warehouse supplies it', { exact: true }).waitFor();
    await page.getByRole('slider', { name: 'Each unit that nobody ships' }).focus();
    await page.keyboard.press('Home');
    await page.getByRole('slider', { name: 'Share of the price of a unit that nobody ships' }).focus();
    await page.keyboard.press('Home');
    await page.getByText('Nobody instead of Warehouse').waitFor();
    expect(faults).toEqual([]);
  });

  it('is said to be alone on untouched stock, with what it costs in the run', async () => {
    const run = (await studio.runs('corner-shop')).find(({ strategy }) => strategy === 'nearest')!;
    const answer = await fetch(`${studio.url}/v1/runs/${run.runId}/orders?limit=500`);
    const { orders } = (await answer.json()) as { orders: { orderId: string; costMicros: number }[] };
    const said: string[] = [];
    for (const { orderId, costMicros } of orders) {
      await open(`/cost-model?run=${run.runId}&try=${orderId}`);
      const notice = page.getByRole('note').filter({ hasText: 'This order alone, on untouched stock.' });
      await notice.getByText(/in the run Nearest/).waitFor();
      const text = (await notice.textContent())!;
      expect(text).toContain(`£${(costMicros / 1_000_000).toFixed(2)}`);
      said.push(text.includes('as it does in the run') ? 'same' : 'other');
      if (new Set(said).size === 2) break;
    }
    expect(new Set(said).size).toBe(2);
    expect(faults).toEqual([]);
  });

  it('is found among all orders by typing', async () => {
    await open('/cost-model');
    const field = page.getByLabel('Order', { exact: true });
    await field.fill('CS-2');
    await page.getByText('found, Enter takes the first').waitFor();
    await field.press('Enter');
    await asked('try', 'CS-20');
    await field.fill('nothing like it');
    await page.getByText('No order with “nothing like it”').waitFor();
    expect(query('try')).toBe('CS-20');
    await field.fill('CS-24');
    await asked('try', 'CS-24');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(faults).toEqual([]);
  });
});

describe('the terms', () => {
  it('stand above the sliders with the amounts of the policy', async () => {
    await open('/cost-model');
    const answer = await fetch(`${studio.url}/v1/scenarios/corner-shop`);
    const { policy } = (await answer.json()) as { policy: { goals: { splitMicros: number } } };
    const split = page.getByRole('table', { name: 'Cost terms' }).locator('tr', { hasText: 'Splits' });
    const amount = (policy.goals.splitMicros / 1_000_000).toFixed(2);
    expect(await split.locator('td').nth(1).textContent()).toBe(`£${amount} for each further shipment`);
    const heading = page.getByRole('heading', { name: 'What if a rate were different?' });
    const [terms, sliders] = await Promise.all([split.boundingBox(), heading.boundingBox()]);
    expect(sliders!.y).toBeGreaterThan(terms!.y);
    expect(faults).toEqual([]);
  });
});
