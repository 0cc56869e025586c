// Promises as a person and a script meet them: tables and JSON for an order of the scenario and for a cart in a file, and what is wrong with one.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CartPromise } from '@sourcewright/engine';
import { buildScenario } from '@sourcewright/engine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'sourcewright-promise-'));
const plain = join(folder, 'plain.json');

beforeAll(() => writeFileSync(plain, JSON.stringify(buildScenario())));
afterAll(() => rmSync(folder, { recursive: true }));

function promise(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['packages/server/src/cli/main.ts', 'promise', ...args], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

function cartFile(name: string, cart: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(cart));
  return path;
}

describe('sourcewright promise', () => {
  it('shows services, lines and their ways as tables', async () => {
    const { code, out } = await promise(plain, '--order', 'o1', '--at', '2011-11-15T15:00:00Z', '--options', '1');
    expect(code).toBe(0);
    // After Tuesday's cutoff: ships on Wednesday, comes two days later.
    expect(out.replaceAll(/ +/g, ' ')).toContain(
      'any 2011-11-18 2011-11-18 100.0 % 2011-11-16T14:00:00Z north (standard, 2011-11-16)',
    );
    expect(out).toContain('o1: 1 line, 1 unit; taken up at 2011-11-15T15:00:00Z, in time until 2011-11-18');
    expect(out).toContain('and 2 more ways');
  });

  it('is JSON for scripts, of a cart that says no more than it has to', async () => {
    const cart = cartFile('cart.json', { destination: { country: 'GB' }, lines: [{ sku: 'cup', quantity: 11 }] });
    const { code, out } = await promise(plain, '--order', cart, '--json');
    expect(code).toBe(0);
    const answer = JSON.parse(out) as CartPromise;
    expect(answer).toMatchObject({ orderId: 'cart', takenUpAt: '2011-11-14T00:00:00Z' });
    expect(answer.delivery).toMatchObject({ whole: null, missing: [{ lineId: '1', reason: 'no-stock-left' }] });
  });

  it('says what is wrong with the call or the cart', async () => {
    const cart = cartFile('bad.json', { destination: { country: 'GB' }, lines: [{ sku: 'unicorn', quantity: 1 }] });
    const [stranger, moment, none, most] = await Promise.all([
      promise(plain, '--order', cart),
      promise(plain, '--order', 'o1', '--at', 'noon'),
      promise(plain, '--order', 'o2'),
      promise(plain, '--order', 'o1', '--near', '51'),
    ]);
    expect(stranger).toMatchObject({ code: 2, err: expect.stringContaining('/lines/0/sku') as string });
    expect(moment).toMatchObject({ code: 2, err: expect.stringContaining('/placedAt') as string });
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('such as o1; "o2" is neither') as string });
    expect(most).toMatchObject({ code: 2, err: expect.stringContaining('from 0 to 50') as string });
  });
});
