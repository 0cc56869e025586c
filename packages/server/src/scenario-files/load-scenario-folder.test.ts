import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Issue, Scenario } from '@sourcewright/engine';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_LISTED_ISSUES } from './issue-list.ts';
import { loadScenarioFolder } from './load-scenario-folder.ts';
import { renderScenario } from './render-scenario.ts';
import { saveScenarioFolder } from './save-scenario-folder.ts';

const SCENARIO: Scenario = {
  scenarioId: 'small',
  title: 'Small',
  snapshot: {
    currency: 'GBP',
    timeZone: 'Europe/London',
    asOf: '2026-03-02T00:00:00Z',
    nodes: [
      { nodeId: 'dc', name: 'DC', type: 'dc', calendarId: 'days', rateCardIds: ['post'] },
      { nodeId: 'shop', name: 'Shop, "old" town', type: 'store', calendarId: 'days', rateCardIds: ['post'] },
    ],
    items: [
      {
        sku: 'a',
        name: 'Cup, large\n"blue"',
        weightGrams: 250.125,
        priceMicros: 2_500_000,
        hazmat: false,
        brand: 'Bluebell',
        oversize: false,
        bundle: true,
        tags: ['x|y', 'back\\slash'],
      },
      { sku: 'b', weightGrams: 0 },
    ],
    stock: [
      {
        sku: 'a',
        nodeId: 'dc',
        onHand: 10,
        allocated: 1,
        reserved: 2,
        sellingBuffer: 3,
        sourcingBuffer: 4,
        stockOutSteps: [
          { units: 2, perUnitMicros: 0 },
          { units: 3, perUnitMicros: 500_000 },
        ],
        demandPerDay: 0.75,
        targetUnits: 12,
        sellThroughPercent: 62.5,
      },
      { sku: 'b', nodeId: 'shop', onHand: 0 },
    ],
    receipts: [{ receiptId: 'PO-1', sku: 'b', nodeId: 'shop', quantity: 5, dueOn: '2026-03-03' }],
    calendars: [{ calendarId: 'days', timeZone: 'Europe/London', workingWeekdays: [1, 2, 3, 4, 5], cutoff: '12:00' }],
    rateCards: [
      {
        rateCardId: 'post',
        name: 'Post',
        service: 'standard',
        deliveryWeekdays: [1, 2, 3, 4, 5],
        zones: [{ zone: 'all', transitDays: 2, bands: [{ fixedMicros: 3_000_000, perKgMicros: 0 }] }],
      },
    ],
    lanes: [{ nodeId: 'dc', region: 'LS', distanceKm: 12.5 }],
  },
  orders: [
    {
      orderId: '1',
      placedAt: '2026-03-02T08:00:00Z',
      channel: 'web',
      priority: 0,
      customerId: 'c 1',
      tags: ['gift'],
      services: ['standard', 'express'],
      promiseBy: '2026-03-06',
      destination: { country: 'GB', region: 'LS', postcode: 'LS1', lat: 53.8, lon: -1.55 },
      shipComplete: true,
      maxShipments: 2,
      minPartValueMicros: 1_000_000,
      lines: [
        { lineId: '1', sku: 'a', quantity: 2, unitPriceMicros: 2_500_000, shipTogether: 'a set, "blue"' },
        { lineId: '2', sku: 'b', quantity: 1, lineWeightGrams: 12.5, shipTogether: 'a set, "blue"' },
      ],
    },
    {
      orderId: '2',
      placedAt: '2026-03-02T09:00:00Z',
      destination: { country: 'GB' },
      lines: [{ lineId: '1', sku: 'a', quantity: 1 }],
    },
  ],
  policy: {
    policyId: 'p',
    version: 1,
    name: 'P',
    strategy: 'fcfs-exact',
    goals: { splitMicros: 0, latenessPerDayMicros: 0, unsourced: { perUnitMicros: 1, valuePercent: 0 } },
    promise: { defaultDays: 3 },
    allow: { partial: true, splitQuantity: 'never', maxShipDelayDays: 0 },
  },
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scenario-'));
  await saveScenarioFolder(folder, SCENARIO, { compress: false });
});
afterEach(async () => rm(folder, { recursive: true }));

const put = (name: string, content: string | Buffer): Promise<void> => writeFile(join(folder, name), content);
const drop = (name: string): Promise<void> => rm(join(folder, name));
const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
const change = async (name: string, from: string | RegExp, to: string): Promise<void> => {
  const before = await text(name);
  const after = before.replace(from, to);
  expect(after, `${name} holds ${String(from)}`).not.toBe(before);
  await put(name, after);
};

async function issuesOf(path = folder, limits?: { maxBytes: number }): Promise<Issue[]> {
  const loaded = await loadScenarioFolder(path, limits);
  expect(loaded.ok).toBe(false);
  return loaded.ok ? [] : loaded.error;
}

/** `code path` of every issue, in order. */
async function found(limits?: { maxBytes: number }): Promise<string[]> {
  return (await issuesOf(folder, limits)).map((issue) => `${issue.code} ${issue.path}`);
}

describe('what is written is read back', () => {
  test.each([false, true])('compress %s', async (compress) => {
    const other = join(folder, 'other');
    await saveScenarioFolder(other, SCENARIO, { compress });
    const loaded = await loadScenarioFolder(other);
    expect(loaded).toEqual({ ok: true, value: SCENARIO });
  });

  test('packing an unpacked folder leaves no second copy of a table', async () => {
    await saveScenarioFolder(folder, SCENARIO, { compress: true });
    expect(await loadScenarioFolder(folder)).toEqual({ ok: true, value: SCENARIO });
  });

  test('rendering twice gives the same bytes', () => {
    const [one, two] = [renderScenario(SCENARIO, { compress: true }), renderScenario(SCENARIO, { compress: true })];
    expect([...one.keys()]).toEqual([...two.keys()]);
    for (const [name, bytes] of one) expect(bytes.equals(two.get(name)!), name).toBe(true);
  });

  test('a single JSON file, plain and packed', async () => {
    await put('whole.json', JSON.stringify(SCENARIO));
    await put('whole.json.gz', gzipSync(JSON.stringify(SCENARIO)));
    expect(await loadScenarioFolder(join(folder, 'whole.json'))).toEqual({ ok: true, value: SCENARIO });
    expect(await loadScenarioFolder(join(folder, 'whole.json.gz'))).toEqual({ ok: true, value: SCENARIO });
  });

  test('a byte order mark, CRLF and columns in another order are fine', async () => {
    await put('stock.csv', '\uFEFFonHand,sku,nodeId\r\n7,a,dc\r\n');
    const loaded = await loadScenarioFolder(folder);
    expect(loaded.ok && loaded.value.snapshot.stock).toEqual([{ sku: 'a', nodeId: 'dc', onHand: 7 }]);
  });

  test('optional parts may be left out, other files are ignored', async () => {
    await drop('receipts.csv');
    await drop('lanes.json');
    await put('README.md', 'x');
    await put('history.csv.gz', 'not gzip');
    const loaded = await loadScenarioFolder(folder);
    expect(loaded.ok && [loaded.value.snapshot.receipts, loaded.value.snapshot.lanes]).toEqual([undefined, undefined]);
  });
});

describe('files that cannot be used', () => {
  test('nothing at the path, and a file of another kind', async () => {
    expect((await issuesOf(join(folder, 'nowhere'))).map((i) => `${i.code} ${i.path}`)).toEqual(['unreadable nowhere']);
    await put('orders.xlsx', 'x');
    expect((await issuesOf(join(folder, 'orders.xlsx')))[0]).toMatchObject({ code: 'unreadable', path: 'orders.xlsx' });
  });

  test('an empty folder names every required file, once', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    expect((await issuesOf(empty)).map((issue) => `${issue.code} ${issue.path}`)).toEqual([
      'missing scenario.json',
      'missing nodes.json',
      'missing calendars.json',
      'missing rate-cards.json',
      'missing policy.json',
      'missing items.csv',
      'missing stock.csv',
      'missing orders.csv',
      'missing order-lines.csv',
    ]);
  });

  test('missing files do not hide bad cells elsewhere', async () => {
    await drop('nodes.json');
    await drop('items.csv');
    await change('stock.csv', 'a,dc,10', 'a,dc,ten');
    expect(await found()).toEqual(['missing nodes.json', 'missing items.csv', 'wrong-type stock.csv:2 (onHand)']);
  });

  test('steps that are none, and steps that fall', async () => {
    await change('stock.csv', '2:0|3:500000', '2 for free');
    expect(await found()).toEqual(['wrong-type stock.csv:2 (stockOutSteps)']);
    await change('stock.csv', '2 for free', '2:500000|3:0');
    const [issue] = await issuesOf();
    expect(issue).toMatchObject({
      path: 'stock.csv:2 (stockOutSteps)',
      message: expect.stringContaining('Let no step'),
    });
  });

  test('empty files, plain and packed', async () => {
    await put('nodes.json', '');
    await put('stock.csv', '');
    await drop('items.csv');
    await put('items.csv.gz', gzipSync(''));
    expect(await found()).toEqual(['unreadable nodes.json', 'unreadable items.csv.gz', 'unreadable stock.csv']);
  });

  test('truncated gzip and text that only claims to be gzip', async () => {
    const packed = gzipSync(await text('orders.csv'));
    await drop('orders.csv');
    await put('orders.csv.gz', packed.subarray(0, packed.length - 12));
    await drop('stock.csv');
    await put('stock.csv.gz', 'sku,nodeId,onHand\n');
    const issues = await issuesOf();
    expect(issues.map((issue) => issue.path)).toEqual(['stock.csv.gz', 'orders.csv.gz']);
    expect(issues[0]!.message).toContain('not sound gzip');
    expect(issues[1]!.message).toContain('cut short');
  });

  test('a file that unpacks to more than the limit is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000, 'a'));
    await drop('stock.csv');
    await put('stock.csv.gz', bomb);
    expect(bomb.length).toBeLessThan(20_000);
    expect(await found({ maxBytes: 20_000 })).toEqual(['too-large stock.csv.gz']);
    await drop('stock.csv.gz');
    await put('stock.csv', Buffer.alloc(20_001, 'a'));
    expect(await found({ maxBytes: 20_000 })).toEqual(['too-large stock.csv']);
  });

  test('bytes that are not UTF-8', async () => {
    await put('items.csv', Buffer.from('sku,weightGrams\nb\xe9b\xe9,1\n', 'latin1'));
    expect(await found()).toEqual(['unreadable items.csv']);
  });

  test('a folder where a file should be, and a link that leads nowhere', async () => {
    await drop('stock.csv');
    await mkdir(join(folder, 'stock.csv'));
    await drop('nodes.json');
    await symlink(join(folder, 'gone.json'), join(folder, 'nodes.json'));
    expect(await found()).toEqual(['unreadable nodes.json', 'unreadable stock.csv']);
  });

  test('a table that is there twice', async () => {
    await put('stock.csv.gz', gzipSync(await text('stock.csv')));
    expect(await found()).toEqual(['inconsistent stock.csv']);
  });
});

describe('JSON files', () => {
  test('broken JSON has its line and column', async () => {
    await put('nodes.json', '[\n  { "nodeId": "dc",\n    "name" "DC" }\n]');
    await put('policy.json', '{ "a": 1');
    const issues = await issuesOf();
    expect(issues.map((issue) => issue.path)).toEqual(['nodes.json:3:12', 'policy.json:1:9']);
    expect(issues[0]!.message).toContain('line 3, column 12');
  });

  test('an object where a list belongs and the other way round', async () => {
    await put('calendars.json', '{}');
    await put('scenario.json', '[]');
    expect(await found()).toEqual(['wrong-type scenario.json', 'wrong-type calendars.json']);
  });

  test('fields of other files in scenario.json', async () => {
    await change('scenario.json', '{', '{ "orders": [], "policy": {},');
    expect(await found()).toEqual(['unknown-field scenario.json#/orders', 'unknown-field scenario.json#/policy']);
  });

  test('issues in JSON files carry the file and a pointer', async () => {
    await change('nodes.json', '"type": "store"', '"type": "shop"');
    await change('nodes.json', '"nodeId": "dc"', '"nodeId": "dc", "colour": "red"');
    await change('scenario.json', '"GBP"', '"pounds"');
    await change('scenario.json', '"Small"', '5');
    await change('policy.json', '"version": 1', '"version": 0');
    expect(await found()).toEqual([
      'wrong-type scenario.json#/title',
      'bad-format scenario.json#/currency',
      'unknown-field nodes.json#/0/colour',
      'bad-format nodes.json#/1/type',
      'out-of-range policy.json#/version',
    ]);
  });

  test('nesting that would exhaust a stack', async () => {
    await put('policy.json', `{"rules":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    const issues = await issuesOf();
    expect(issues).toHaveLength(1);
    expect(issues[0]!.code).toBe('too-deep');
    expect(issues[0]!.path).toMatch(/^policy\.json#\/rules\/0/);
  });

  test('a whole scenario in one file is checked with its pointers', async () => {
    await put('whole.json', JSON.stringify({ ...SCENARIO, title: '', extra: 1 }));
    const issues = await issuesOf(join(folder, 'whole.json'));
    expect(issues.map((issue) => issue.path)).toEqual(['whole.json#/title', 'whole.json#/extra']);
    await put('whole.json', '[[');
    expect((await issuesOf(join(folder, 'whole.json')))[0]!.path).toBe('whole.json:1:3');
  });

  test('names of the object prototype are ordinary unknown fields', async () => {
    await change('scenario.json', '{', '{ "__proto__": { "title": "x" }, "constructor": 1,');
    expect(await found()).toContain('unknown-field scenario.json#/constructor');
  });
});

describe('tables', () => {
  test('missing, unknown and repeated columns, all at once', async () => {
    await put('stock.csv', 'sku,onhand,sku\na,1,a\n');
    expect(await found()).toEqual([
      'unknown-field stock.csv:1',
      'duplicate-id stock.csv:1',
      'missing-column stock.csv:1',
      'missing-column stock.csv:1',
    ]);
  });

  test('cells of the wrong type, with row and column', async () => {
    await put('stock.csv', 'sku,nodeId,onHand\na,dc,1.5\na,shop,"1,000"\nb,dc,0x10\nb,shop,99999999999999999\n');
    await put('items.csv', 'sku,weightGrams,hazmat\na,1kg,yes\nb,1e2,true\n');
    expect(await found()).toEqual([
      'wrong-type items.csv:2 (weightGrams)',
      'wrong-type items.csv:2 (hazmat)',
      'wrong-type stock.csv:2 (onHand)',
      'wrong-type stock.csv:3 (onHand)',
      'wrong-type stock.csv:4 (onHand)',
      'wrong-type stock.csv:5 (onHand)',
    ]);
  });

  test('required cells that are empty, rows that are too short, too long or blank', async () => {
    await put('stock.csv', 'sku,nodeId,onHand\na,dc,\na,shop\nb,dc,1,2\n\nb,shop,1\n');
    expect(await found()).toEqual([
      'missing stock.csv:2 (onHand)',
      'bad-format stock.csv:3',
      'missing stock.csv:3 (onHand)',
      'bad-format stock.csv:4',
      'bad-format stock.csv:5',
      'missing stock.csv:5 (sku)',
      'missing stock.csv:5 (nodeId)',
      'missing stock.csv:5 (onHand)',
    ]);
  });

  test('quotes that are never closed or stand in the wrong place', async () => {
    await put('stock.csv', 'sku,nodeId,onHand\na,dc,1\na,"shop,1\n');
    await put('items.csv', 'sku,name,weightGrams\na,"cup" x,1\n');
    expect(await found()).toEqual(['unreadable items.csv:2', 'unreadable stock.csv:3']);
  });

  test('values out of range, broken references and duplicates lead back to their rows', async () => {
    await change('stock.csv', 'a,dc,10', 'a,dc,-1');
    await change('orders.csv', '53.8', '99');
    await change('order-lines.csv', '2,1,a,1', '2,1,a,0');
    expect(await found()).toEqual([
      'out-of-range stock.csv:2 (onHand)',
      'out-of-range orders.csv:2 (lat)',
      'out-of-range order-lines.csv:4 (quantity)',
    ]);
    await saveScenarioFolder(folder, SCENARIO, { compress: true });
    await drop('stock.csv.gz');
    await put('stock.csv', 'sku,nodeId,onHand\na,dc,1\nz,moon,1\na,dc,2\n');
    await drop('order-lines.csv.gz');
    await put('order-lines.csv', 'orderId,lineId,sku,quantity\n2,1,y,1\n1,1,a,1\n1,1,b,1\n');
    await drop('receipts.csv.gz');
    await put('receipts.csv', 'receiptId,sku,nodeId,quantity,dueOn\nPO-1,b,shop,5,2026-02-30\n');
    expect(await found()).toEqual(['bad-format receipts.csv:2 (dueOn)']);
    await drop('receipts.csv');
    expect(await found()).toEqual([
      'unknown-reference stock.csv:3 (nodeId)',
      'unknown-reference stock.csv:3 (sku)',
      'duplicate-id stock.csv:4 (sku)',
      'unknown-reference order-lines.csv:2 (sku)',
      'duplicate-id order-lines.csv:4 (lineId)',
    ]);
  });

  test('rows are named by their record, however many lines a quoted cell has', async () => {
    await put('items.csv', 'sku,name,weightGrams\na,"one\ntwo\nthree",1\nb,x,heavy\n');
    expect(await found()).toEqual(['wrong-type items.csv:3 (weightGrams)']);
  });

  test('lines without an order, orders without lines, an order given twice', async () => {
    await put('order-lines.csv', 'orderId,lineId,sku,quantity\n1,1,a,1\n3,1,a,1\n');
    await put('orders.csv', 'orderId,placedAt,country\n1,2026-03-02T08:00:00Z,GB\n2,2026-03-02T08:00:00Z,GB\n');
    const issues = await issuesOf();
    expect(issues.map((issue) => `${issue.code} ${issue.path}`)).toEqual([
      'missing orders.csv:3 (lines)',
      'unknown-reference order-lines.csv:3 (orderId)',
    ]);
    await put('order-lines.csv', 'orderId,lineId,sku,quantity\n1,1,a,1\n');
    await put('orders.csv', 'orderId,placedAt,country\n1,2026-03-02T08:00:00Z,GB\n1,2026-03-02T08:00:00Z,GB\n');
    expect(await found()).toEqual(['duplicate-id orders.csv:3 (orderId)']);
  });

  test('a table with a header and no rows', async () => {
    await put('items.csv', 'sku,weightGrams\n');
    expect(await found()).toEqual(['out-of-range items.csv']);
  });

  test('many issues are cut to the first hundred and a count', async () => {
    const rows = Array.from({ length: 250 }, (_, index) => `a,dc,x${index}`);
    await put('stock.csv', `sku,nodeId,onHand\n${rows.join('\n')}\n`);
    const issues = await issuesOf();
    expect(issues).toHaveLength(MAX_LISTED_ISSUES + 1);
    expect(issues[99]).toMatchObject({ path: 'stock.csv:101 (onHand)' });
    expect(issues.at(-1)).toMatchObject({ code: 'too-large', path: '' });
    expect(issues.at(-1)!.message).toContain('150 more');
  });

  test('more issues than are kept are still counted, whoever found them', async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => `a,dc,x${index}`);
    await put('stock.csv', `sku,nodeId,onHand\n${rows.join('\n')}\n`);
    // Each bad cell is found by the reader; the engine repeats the first thousand, and those repeats are left out.
    const byReader = await issuesOf();
    expect(byReader[0]).toMatchObject({ path: 'stock.csv:2 (onHand)' });
    expect(byReader.at(-1)!.message).toContain('And at least 4900 more');
    const negative = rows.map((row) => row.replace(/x\d+/, '-1'));
    await put('stock.csv', `sku,nodeId,onHand\n${negative.join('\n')}\n`);
    const byEngine = await issuesOf();
    expect(byEngine).toHaveLength(MAX_LISTED_ISSUES + 1);
    expect(byEngine[99]).toMatchObject({ code: 'out-of-range', path: 'stock.csv:101 (onHand)' });
    expect(byEngine.at(-1)!.message).toContain('And at least 4900 more');
  });
});
