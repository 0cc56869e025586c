// The command line as a person and a script meet it: tables, JSON, help, errors with every issue, exit codes.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseLimits, type Plan, verify } from '@sourcewright/engine';
import { buildScenario } from '@sourcewright/engine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadScenarioFolder } from '../../packages/server/src/scenario-files/load-scenario-folder.ts';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const folder = mkdtempSync(join(tmpdir(), 'sourcewright-cli-'));
const plain = join(folder, 'plain.json');

beforeAll(() => writeFileSync(plain, JSON.stringify(buildScenario())));
afterAll(() => rmSync(folder, { recursive: true }));

function sourcewright(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['packages/server/src/cli/main.ts', ...args],
      { maxBuffer: 1 << 26 },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

describe('sourcewright', () => {
  it.each([
    [],
    ['source'],
    ['compare'],
    ['explain'],
    ['promise'],
    ['validate'],
    ['lint'],
    ['import-rates'],
    ['export-mps'],
    ['serve'],
  ])('shows help with examples: %s', async (...command) => {
    const { code, out } = await sourcewright(...(command as string[]), '--help');
    expect(code).toBe(0);
    expect(out).toContain('Usage: sourcewright');
    if (command.length > 0) expect(out).toContain('Examples:');
  });

  it('imports a price list, or lists what is wrong with it', async () => {
    const file = join(folder, 'rate-cards.json');
    const done = await sourcewright('import-rates', 'examples/rates.csv', '--out', file);
    expect([done.code, done.out]).toEqual([
      0,
      `examples/rates.csv: 2 rate cards, 4 zones, 7 bands; written to ${file}\n`,
    ]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveLength(2);
    const list = join(folder, 'rates.csv');
    writeFileSync(list, 'rateCardId,service,zone,transitDays,fixed\na,s,all,2,free\n');
    const wrong = await sourcewright('import-rates', list, '--json');
    expect(wrong.code).toBe(2);
    expect(JSON.parse(wrong.out)).toMatchObject({ imported: false, issues: [{ path: 'rates.csv:2 (fixed)' }] });
  });

  it('sources a scenario and prints figures, its synthetic layers, or the plan', async () => {
    const shown = await sourcewright('source', 'scenarios/corner-shop');
    expect(shown.code).toBe(0);
    expect(shown.out).toMatch(/Shipping +[\d.]+ +[\d.]+ +[\d.]+ %/);
    expect(shown.out).toContain('Synthetic layers in these results:');
    const file = join(folder, 'plan.json');
    const json = await sourcewright('source', plain, '--json', '--out', file, '--order-work', '500');
    const plan = JSON.parse(json.out) as Plan;
    expect(plan.cost.totalMicros).toBe(3_500_000);
    expect(parseLimits(plan.basis.limits)).toMatchObject({ ok: true, value: { orderWork: 500 } });
    expect(readFileSync(file, 'utf8')).toBe(json.out);
  });

  it('has the same plan with a deadline that is not reached, and a verified one that says what it is after one that is', async () => {
    const without = await sourcewright('source', 'scenarios/corner-shop', '--json');
    const inTime = await sourcewright('source', 'scenarios/corner-shop', '--json', '--deadline', '2m');
    // How long it took may have been told on the way.
    expect([inTime.code, inTime.out]).toEqual([without.code, without.out]);
    const late = await sourcewright('source', 'scenarios/corner-shop', '--json', '--deadline', '1ms');
    expect(late.code).toBe(0);
    expect(late.err).toContain('Degraded (deadline)');
    const plan = JSON.parse(late.out) as Plan;
    const parsed = await loadScenarioFolder('scenarios/corner-shop');
    if (!parsed.ok) throw new Error('The scenario is valid.');
    expect(await verify(plan, parsed.value, parsed.value.policy)).toEqual([]);
    const bad = await sourcewright('source', plain, '--deadline', 'soon');
    expect(bad).toMatchObject({ code: 2, err: expect.stringContaining('such as 250ms, 2s or 1.5m') as string });
  });

  it('compares strategies with aligned columns, as JSON and for a document', async () => {
    const { out } = await sourcewright('compare', 'scenarios/corner-shop', '--strategies', 'fcfs-exact', 'nearest');
    const table = out.split('\n').filter((line) => /^(Shipping|split orders|unsourced units|late orders)/.test(line));
    expect(table).toHaveLength(4);
    expect(new Set(table.map((line) => line.length)).size).toBe(1);
    const json = JSON.parse((await sourcewright('compare', plain, '--json')).out) as { runs: { strategy: string }[] };
    expect(json.runs.map((run) => run.strategy)).toEqual([
      'optimal',
      'fcfs-exact',
      'priority',
      'nearest',
      'fewest-shipments',
      'cascade',
    ]);
    expect((await sourcewright('compare', plain, '--markdown')).out).toMatch(/^\| +\| +optimal \|/);
  });

  it('explains an order, and one line of it', async () => {
    const { out, code } = await sourcewright('explain', plain, '--order', 'o1');
    expect(code).toBe(0);
    expect(out).toContain('north supplies 1 unit. No other node could have done so.');
    expect(out).toContain('Proven');
    const one = await sourcewright('explain', plain, '--order', 'o1', '--line', '1', '--json');
    expect(JSON.parse(one.out)).toMatchObject({ orderId: 'o1', lines: [{ lineId: '1' }] });
  });

  it('explains what is other in another plan', async () => {
    const shop = 'scenarios/corner-shop';
    const file = join(folder, 'nearest.json');
    await sourcewright('source', shop, '--strategy', 'nearest', '--out', file);
    const by = async (other: string) => sourcewright('explain', shop, '--order', 'CS-08', '--against', other, '--json');
    const [strategy, plan] = [await by('nearest'), await by(file)];
    expect([strategy.code, plan.code]).toEqual([0, 0]);
    expect(plan.out).toBe(strategy.out);
    const own = await sourcewright(
      'explain',
      shop,
      '--order',
      'CS-08',
      '--plan',
      file,
      '--against',
      'nearest',
      '--json',
    );
    expect(JSON.parse(own.out)).toMatchObject({ moved: [], changes: [] });
    expect(JSON.parse(plan.out)).toMatchObject({ orderId: 'CS-08' });
    const tree = await sourcewright('explain', shop, '--order', 'CS-08', '--against', 'nearest');
    expect(tree.out).toContain('Order CS-08: costs the same as with nearest');
    expect((await by('scenarios/corner-shop/scenario.json')).err).toContain('is not a plan');
    expect((await by('none.json')).err).toContain('there is no file');
    const wrong = await sourcewright('explain', plain, '--order', 'o1', '--against', file);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('is a plan of other orders')]);
  });

  it('writes a wave as MPS, all of it or its first orders, or says what a program cannot hold', async () => {
    const file = join(folder, 'wave.mps');
    const whole = await sourcewright('export-mps', 'scenarios/brunel', '--out', file, '--orders', '20');
    expect(whole.code).toBe(0);
    expect(whole.out).toMatch(/: 20 orders, [\d,]+ columns/);
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines[0]).toBe('NAME sourcewright');
    expect(lines.at(-2)).toBe('ENDATA');
    expect(lines.filter((line) => line.startsWith(' E line|'))).toHaveLength(20);
    const banded = await sourcewright('export-mps', 'scenarios/uk-gifts', '--out', file);
    expect(banded.code).toBe(2);
    expect(banded.err).toMatch(/splitQuantity.*\n.*weight bands/);
    expect((await sourcewright('export-mps', plain, '--out', file, '--orders', '0')).err).toContain('--orders takes');
    const nowhere = await sourcewright('export-mps', plain, '--out', join(folder, 'none', 'wave.mps'));
    expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('cannot be written')]);
    expect((await sourcewright('export-mps', plain)).err).toContain("'--out <file>' not specified");
  });

  it('names what is missing: order, line, strategy, number, command', async () => {
    const wrong: [string[], RegExp][] = [
      [['explain', plain, '--order', 'o9'], /no order "o9".*for example o1/],
      [['explain', plain, '--order', 'o1', '--line', '7'], /no line "7".*It has 1/],
      [['source', plain, '--strategy', 'magic'], /no strategy "magic".*fcfs-exact/],
      [['source', plain, '--order-work', '0'], /whole number of at least 1, not "0"/],
      [['source'], /missing required argument 'scenario'/],
      [['sauce', plain], /unknown command 'sauce'/],
      [['source', plain, '--fast'], /unknown option '--fast'/],
      [['serve', '--port', 'http'], /port/],
      [['serve', '--host', '0.0.0.0'], /no credentials/],
    ];
    for (const [args, message] of wrong) {
      const { code, err, out } = await sourcewright(...args);
      expect(err, args.join(' ')).toMatch(message);
      expect(code, args.join(' ')).toBe(2);
      expect(out, args.join(' ')).toBe('');
      expect(err).not.toMatch(/\bat .*\.ts:\d+/);
    }
  });

  it('lists every issue of a scenario with its place and ends with 2', async () => {
    const scenario = buildScenario();
    const broken = {
      ...scenario,
      orders: [
        {
          ...scenario.orders[0]!,
          placedAt: '2011-02-30T10:00:00Z',
          lines: [{ lineId: '1', sku: 'cup', quantity: -2 }],
        },
      ],
      policy: { ...scenario.policy, strategy: 'magic' },
    };
    const path = join(folder, 'broken.json');
    writeFileSync(path, JSON.stringify(broken));
    for (const command of ['validate', 'source', 'compare']) {
      const { code, err } = await sourcewright(command, path);
      expect(code).toBe(2);
      expect(err).toMatch(/3 issues/);
      expect(err).toMatch(/placedAt.*2011-02-30/);
      expect(err).toMatch(/quantity.*-2 does not fit/);
      expect(err).toMatch(/strategy.*magic/);
    }
    const json = await sourcewright('validate', path, '--json');
    expect(json.code).toBe(2);
    expect(JSON.parse(json.out)).toMatchObject({ valid: false, issues: { length: 3 } });
  });

  it('says what a file is when it is not there, empty, or no scenario', async () => {
    writeFileSync(join(folder, 'empty.json'), '');
    writeFileSync(join(folder, 'text.json'), 'hello');
    for (const name of ['nowhere.json', 'empty.json', 'text.json']) {
      const { code, err } = await sourcewright('validate', join(folder, name));
      expect(code, name).toBe(2);
      expect(err, name).toContain(name);
    }
  });

  it('says that a port is taken and how to choose another', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    const { code, err } = await sourcewright(
      'serve',
      '--port',
      String(port),
      '--data',
      join(folder, 'data.db'),
      '--no-demo',
    );
    taken.close();
    expect(code).toBe(2);
    expect(err).toMatch(new RegExp(`Port ${port} is in use.*--port`));
  });
});
