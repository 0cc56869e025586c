// The linter as a person and a script meet it: findings in words and as JSON, exit codes.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LintFinding, Rule } from '@sourcewright/engine';
import { buildPolicy } from '@sourcewright/engine/testing';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'sourcewright-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));

function lint(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['packages/server/src/cli/main.ts', 'lint', ...args], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

function policyFile(name: string, document: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(document));
  return path;
}

const rule = (...conditions: unknown[]): Rule => ({
  name: 'r',
  conditions: { all: conditions },
  event: { type: 'exclude', params: { because: 'x' } },
});
const FRENCH = { fact: 'order.country', operator: 'equal', value: 'FR' };
const FEW = { fact: 'line.quantity', operator: 'lessThan', value: 1 };

describe('sourcewright lint', () => {
  it('has nothing to say against the policies of the scenarios', async () => {
    const { code, out } = await lint('scenarios/corner-shop/policy.json', '--scenario', 'scenarios/corner-shop');
    expect([code, out]).toEqual([0, 'scenarios/corner-shop/policy.json: nothing to say against its rules.\n']);
  });

  it('ends with 2 where there are errors, and gives findings with their fixes as JSON', async () => {
    const path = policyFile('never.json', buildPolicy({ rules: [rule(FEW)] }));
    const shown = await lint(path);
    expect(shown.code).toBe(2);
    expect(shown.out).toContain('error /rules/0/conditions: The rule "r" can never hold');
    const { code, out } = await lint(path, '--json');
    const { findings } = JSON.parse(out) as { findings: LintFinding[] };
    expect(code).toBe(2);
    expect(findings[0]).toMatchObject({ code: 'never-holds', fix: { patch: [{ op: 'remove', path: '/rules/0' }] } });
  });

  it('looks at orders where a scenario is named; notes are no errors', async () => {
    const path = policyFile('french.json', buildPolicy({ rules: [rule(FRENCH)] }));
    expect(await lint(path)).toMatchObject({ code: 0, out: expect.stringContaining('nothing to say') });
    const { code, out } = await lint(path, '--scenario', 'scenarios/corner-shop');
    expect([code, out]).toEqual([0, expect.stringContaining('never holds in 32 orders')]);
  });

  it('refuses what is no policy', async () => {
    const { code, err } = await lint(policyFile('none.json', { rules: [] }));
    expect([code, err]).toEqual([2, expect.stringContaining('/policyId')]);
    expect((await lint(join(folder, 'nowhere.json'))).code).toBe(2);
  });
});
