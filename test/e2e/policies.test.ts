// What a planner does on the screen Policies, on a real server: writes a rule by choosing, sees what it does, publishes it, takes it back.
/// <reference lib="dom" />
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Order, Scenario } from '@sourcewright/engine';
import type { EffectReport, PolicyVersion } from '@sourcewright/server/contract';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { loadScenarioFolder } from '../../packages/server/src/scenario-files/load-scenario-folder.ts';
import { openContext, openPage, SCHEMES, settled } from './browser.ts';
import { browser, faults, page, studio, useStudio } from './one-page.ts';

const DATASET = 'scottish-gifts';
const RULE = 'Scottish gifts from the DCs';

useStudio([], async () => {
  const body = JSON.stringify(await scottishGifts());
  const headers = { 'content-type': 'application/json' };
  const stored = await fetch(`${studio.url}/v1/scenarios`, { method: 'POST', headers, body });
  if (!stored.ok) throw new Error(await stored.text());
  await studio.compute({ scenarioId: DATASET, strategy: 'fcfs-exact' });
});

/** The corner shop in Scotland: its northern orders are dear gifts to Scotland, and its shops know their demand. */
async function scottishGifts(): Promise<Scenario> {
  const loaded = await loadScenarioFolder(fileURLToPath(new URL('../../scenarios/corner-shop', import.meta.url)));
  if (!loaded.ok) throw new Error(loaded.error[0]!.message);
  const { orders, snapshot, ...rest } = loaded.value;
  const scottish = (order: Order): Order =>
    order.destination.region === 'north'
      ? {
          ...order,
          tags: ['gift'],
          destination: { ...order.destination, region: 'scotland' },
          lines: order.lines.map((line) => ({ ...line, unitPriceMicros: 120_000_000 })),
        }
      : order;
  const lanes = snapshot.lanes?.flatMap((lane) =>
    lane.region === 'north' ? [lane, { ...lane, region: 'scotland' }] : [lane],
  );
  const stock = snapshot.stock.map((level) => ({ ...level, demandPerDay: level.nodeId === 'shop-north' ? 4 : 0.1 }));
  return {
    ...rest,
    scenarioId: DATASET,
    title: 'Scottish gifts',
    orders: orders.map(scottish),
    snapshot: { ...snapshot, stock, ...(lanes && { lanes }) },
  };
}

async function open(query: string): Promise<void> {
  await page.goto(`${studio.url}/policies?dataset=${DATASET}${query}`);
  await settled(page);
}

/** Chooses fact, operator and value of the `index`-th comparison in a group of conditions. */
async function compare(
  group: Locator,
  index: number,
  fact: string,
  operator: string,
  value: string,
  field: 'text' | 'choice',
): Promise<void> {
  const rule = group.locator('.rule').nth(index);
  await rule.getByLabel('Fact', { exact: true }).selectOption(fact);
  await rule.getByLabel('How it is compared').selectOption(operator);
  const right = rule.getByLabel('Value', { exact: true });
  await (field === 'choice' ? right.selectOption(value) : right.fill(value));
}

async function version(number: number): Promise<PolicyVersion> {
  const answer = await fetch(`${studio.url}/v1/policies/corner-shop/versions/${number}`);
  return (await answer.json()) as PolicyVersion;
}

describe('a planner', () => {
  it('writes a rule by choosing, sees its effect, publishes it and rolls back', async () => {
    await open('');
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page
      .getByRole('dialog', { name: 'Add a rule' })
      .getByRole('button', { name: /^An empty rule/ })
      .click();
    await page.getByLabel('Name', { exact: true }).fill(RULE);
    const when = page.getByRole('group', { name: 'When the rule holds' });
    await when.getByRole('button', { name: '+ condition' }).first().click();
    await when.getByRole('button', { name: '+ condition' }).first().click();
    await compare(when, 0, 'order.tags', 'contains', 'gift', 'text');
    await compare(when, 1, 'order.valueMicros', 'greaterThan', '100', 'text');
    await compare(when, 2, 'order.region', 'equal', 'scotland', 'text');
    await page.getByRole('combobox', { name: 'Effect' }).selectOption('require');
    const nodes = page.getByRole('group', { name: 'Which nodes' });
    await nodes.getByLabel('All or any').first().selectOption('or');
    await nodes.getByRole('button', { name: '+ group' }).click();
    await compare(nodes, 1, 'node.type', 'equal', 'store', 'choice');
    const inner = nodes.locator('.ruleGroup .ruleGroup');
    await inner.getByRole('button', { name: '+ condition' }).first().click();
    await inner.getByRole('button', { name: '+ condition' }).first().click();
    await compare(nodes, 2, 'lane.distanceKm', 'withinKm', '25', 'text');
    await compare(nodes, 3, 'stock.coverWeeks', 'greaterThan', '3', 'text');
    await page.getByLabel('Because').fill('Only the DCs have the gift wrap.');
    const sentence =
      'Only DCs or stores where the distance is within 25 km and the stock’s cover is more than 3 weeks supply the line when the order’s tags contain “gift”, the order’s value is more than £100 and the order’s region is “scotland”, because only the DCs have the gift wrap.';
    await page.getByText(sentence, { exact: true }).waitFor();

    const effect = page.getByRole('region', { name: 'Effect' });
    await effect.getByRole('heading', { name: /touched ships? otherwise$/ }).waitFor();
    const draft = await page.evaluate((key) => localStorage.getItem(key), `sourcewright.draft.${DATASET}.corner-shop`);
    const policy = JSON.parse(draft!) as PolicyVersion['policy'];
    const answer = await fetch(`${studio.url}/v1/scenarios/${DATASET}/policy-effect`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ policy, withinMs: 20_000 }),
    });
    const report = (await answer.json()) as EffectReport;
    expect(report.changed).toBeGreaterThan(0);
    await effect
      .getByRole('heading', { name: new RegExp(`^${report.changed} orders? of ${report.decided} `) })
      .waitFor();
    expect(await effect.getByRole('table', { name: 'Changed orders' }).locator('tbody tr').count()).toBe(
      report.changesTotal,
    );

    await page.getByText('Versions', { exact: true }).click();
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('What changed, and why').fill('Gift wrap is in the DCs only.');
    await page.getByRole('button', { name: 'Save the draft as a version' }).click();
    await page.getByRole('heading', { name: 'Version 2', exact: true }).waitFor();
    await page.getByText(RULE).first().waitFor();
    for (const move of ['Mark as tested', 'Approve', 'Publish']) {
      await page.getByRole('button', { name: move, exact: true }).click();
    }
    await page.getByRole('button', { name: 'Retire', exact: true }).waitFor();
    expect(await version(2)).toMatchObject({ status: 'published', author: 'Ada' });
    expect((await version(2)).policy.rules?.at(-1)).toEqual(policy.rules?.at(-1));
    await page.getByText('as published', { exact: true }).waitFor();

    await page
      .getByRole('list', { name: 'Versions, newest first' })
      .getByRole('button', { name: /^Version 1/ })
      .click();
    await page.getByRole('button', { name: 'Roll back to this' }).click();
    await page.getByRole('heading', { name: 'Version 3', exact: true }).waitFor();
    expect(await version(2)).toMatchObject({ status: 'retired' });
    const third = await version(3);
    expect(third).toMatchObject({ status: 'published' });
    expect(third.policy.rules).toEqual((await version(1)).policy.rules);
    await page.getByText('Sentences', { exact: true }).click();
    await page.getByText('as published', { exact: true }).waitFor();
    expect(await page.locator('.rules > li').count()).toBe(third.policy.rules!.length);
    expect(faults).toEqual([]);
  });

  it('keeps sentences, builder and JSON in step, and mends what the linter finds', async () => {
    await open('&view=json');
    const json = page.getByRole('textbox', { name: 'Policy as JSON' });
    const text = await json.inputValue();
    await json.fill(text.replace('"fact": "item.weightGrams"', '"fact": item.weightGrams"'));
    await page.getByRole('button', { name: /^Line \d+, column \d+$/ }).waitFor();
    await json.fill(text.replace('item.weightGrams', 'item.weightGram').replace('"value": 3000', '"value": 4000'));
    const checks = page.getByRole('region', { name: 'Checks' });
    await checks.getByText('unknown fact', { exact: true }).waitFor();
    await checks.getByRole('button', { name: /^Write/ }).click();
    await checks.getByText('unknown fact', { exact: true }).waitFor({ state: 'detached' });
    await page.getByText('Sentences', { exact: true }).click();
    await page.getByText('Exclude stores when the item’s weight is more than 4 kg', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'no heavy goods by bike', exact: true }).click();
    const when = page.getByRole('group', { name: 'When the rule holds' });
    expect(await when.getByLabel('Value', { exact: true }).nth(1).inputValue()).toBe('4000');
    await when.getByLabel('Value', { exact: true }).nth(1).fill('5000');
    await page.getByText('Exclude stores when the item’s weight is more than 5 kg', { exact: false }).waitFor();
    await page.getByText('JSON', { exact: true }).click();
    expect(JSON.parse(await json.inputValue())).toMatchObject({
      rules: [{ conditions: { all: [{}, { fact: 'item.weightGrams', value: 5000 }] } }, {}],
    });
    expect(faults).toEqual([]);
  });

  it('moves, turns off, copies and deletes rules by keys, and takes it back', async () => {
    await open('');
    const names = (): Promise<string[]> => page.locator('.rule-name').allTextContents();
    const [first, second] = await names();
    await page.getByRole('button', { name: `Move “${first}” down` }).press('Enter');
    expect(await names()).toEqual([second, first]);
    await page.getByRole('button', { name: second!, exact: true }).press('Alt+ArrowDown');
    expect(await names()).toEqual([first, second]);
    await page.getByRole('checkbox', { name: `“${first}” is on` }).press('Space');
    await page.locator('.rules > li').first().getByText('off', { exact: true }).waitFor();
    await page.getByRole('button', { name: `Copy “${second}”` }).press('Enter');
    expect(await names()).toEqual([first, second, `${second} 2`]);
    await page.getByRole('button', { name: `Delete “${first}”` }).press('Enter');
    await page.getByText(`Deleted “${first}”.`).waitFor();
    expect(await names()).toEqual([second, `${second} 2`]);
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    expect(await names()).toEqual([first, second, `${second} 2`]);
    await page.reload();
    await settled(page);
    expect(await names()).toEqual([first, second, `${second} 2`]);
    await page.getByRole('button', { name: 'Drop the draft' }).click();
    expect(await names()).toEqual([first, second]);
    expect(faults).toEqual([]);
  });

  it('asks what each rule costs and tries an order without leaving a trace', async () => {
    const runs = (await studio.runs(DATASET)).length;
    await open('&view=funnel');
    await page.getByRole('button', { name: 'What does each rule cost?' }).click();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.funnel tbody tr')].every((row) => row.lastElementChild!.textContent !== '–'),
    );
    await open('&try=any');
    await page.getByRole('searchbox', { name: 'Find an order' }).fill('CS-03');
    await page.getByRole('button', { name: 'CS-03', exact: true }).click();
    const drawer = page.getByRole('complementary', { name: 'Try an order' });
    await drawer.getByRole('heading', { name: 'Why' }).waitFor();
    await drawer.getByText('As published').click();
    await drawer.getByRole('heading', { name: 'Why' }).waitFor();
    expect((await studio.runs(DATASET)).length).toBe(runs);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
  });
});

describe.each(SCHEMES)('in %s', (scheme) => {
  it.each(['sentences', 'builder', 'json', 'funnel', 'goals', 'versions', 'sentences&try=CS-03'])(
    'the view %s is clean by axe',
    async (view) => {
      const own = await openContext(browser, scheme);
      const opened = await openPage(own);
      await opened.page.goto(`${studio.url}/policies?dataset=${DATASET}&view=${view}`);
      await settled(opened.page);
      const { violations } = await new AxeBuilder({ page: opened.page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`)).toEqual([]);
      expect(opened.faults).toEqual([]);
      await own.close();
    },
  );
});
