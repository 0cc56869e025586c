// The commands on policies: check, rule-costs, import-policy; figures, files and exit codes.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePolicy } from '@sourcewright/engine';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'sourcewright-policies-'));
afterAll(() => rmSync(folder, { recursive: true }));

function sourcewright(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['packages/server/src/cli/main.ts', ...args], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

const EXAMPLE = ['check', 'scenarios/corner-shop/policy.json', '--scenario', 'scenarios/corner-shop'];
const FILES = ['--golden', 'examples/check/golden.json', '--gates', 'examples/check/gates.json'];

describe.each(['check', 'rule-costs', 'diff-policies', 'import-policy'])('%s', (command) => {
  it('shows help with examples', async () => {
    const { code, out } = await sourcewright(command, '--help');
    expect(code).toBe(0);
    expect(out).toContain('Examples:');
  });
});

describe('sourcewright check', () => {
  it('passes the example, also as JSON and JUnit', async () => {
    const junit = join(folder, 'out.xml');
    const { code, out } = await sourcewright(...EXAMPLE, ...FILES, '--junit', junit, '--json');
    expect(code).toBe(0);
    const { passed, checks } = JSON.parse(out) as { passed: boolean; checks: { kind: string }[] };
    expect(passed).toBe(true);
    expect(new Set(checks.map(({ kind }) => kind))).toEqual(new Set(['lint', 'golden', 'invariant', 'gate']));
    expect(readFileSync(junit, 'utf8')).toContain(`tests="${checks.length}" failures="0"`);
  });

  it('ends with 3 where a check fails, and says which', async () => {
    const gates = join(folder, 'gates.json');
    writeFileSync(gates, JSON.stringify({ gates: [{ name: 'no <cost>', measure: 'costMicros', atMost: 0 }] }));
    const junit = join(folder, 'failed.xml');
    const { code, out } = await sourcewright(...EXAMPLE, '--gates', gates, '--junit', junit);
    expect(code).toBe(3);
    expect(out).toContain('1 of 2 checks failed');
    expect(out).toContain('FAILED gate no <cost>');
    expect(readFileSync(junit, 'utf8')).toContain('name="no &lt;cost&gt;"');
  });

  it('ends with 2 where it cannot be made', async () => {
    const gates = join(folder, 'wrong.json');
    writeFileSync(gates, JSON.stringify({ gates: [{ name: 'x', measure: 'luck', atMost: 0 }] }));
    const { code, err } = await sourcewright(...EXAMPLE, '--gates', gates);
    expect(code).toBe(2);
    expect(err).toContain('/gates/0/measure');
    expect((await sourcewright('check', 'nothing.json', '--scenario', 'scenarios/corner-shop')).code).toBe(2);
  });

  it('writes golden orders that pass', async () => {
    const golden = join(folder, 'golden.json');
    expect((await sourcewright(...EXAMPLE, '--write-golden', golden)).code).toBe(0);
    expect((await sourcewright(...EXAMPLE, '--golden', golden)).code).toBe(0);
  });
});

describe('sourcewright rule-costs', () => {
  it('shows each rule with what it costs', async () => {
    const { code, out } = await sourcewright('rule-costs', 'scenarios/corner-shop');
    expect(code).toBe(0);
    expect(out).toMatch(/no heavy goods by bike +exclude +2 +1\.50/);
    const json = await sourcewright('rule-costs', 'scenarios/corner-shop', '--strategy', 'nearest', '--json');
    expect((JSON.parse(json.out) as { rules: unknown[] }).rules).toHaveLength(2);
  });
});

describe('sourcewright diff-policies', () => {
  it('says what changed, also that nothing did', async () => {
    const file = 'scenarios/corner-shop/policy.json';
    expect((await sourcewright('diff-policies', file, file)).out).toBe('Nothing changed.\n');
    const policy = JSON.parse(readFileSync(file, 'utf8')) as { goals: object };
    const changed = join(folder, 'changed.json');
    writeFileSync(changed, JSON.stringify({ ...policy, goals: { ...policy.goals, splitMicros: 0 } }));
    const { out } = await sourcewright('diff-policies', file, changed);
    expect(out).toBe('goals.splitMicros changed from 2.00 to 0.00.\n');
  });
});

describe('sourcewright import-policy', () => {
  it('writes a policy that can be used, and tells what was not carried over', async () => {
    const file = join(folder, 'policy.json');
    const args = ['import-policy', 'examples/import/fluent-sourcing-profile.json', '--from', 'fluent', '--out', file];
    const { code, out } = await sourcewright(...args);
    expect(code).toBe(0);
    expect(out).toContain('wider   /sourcingStrategies/0/sourcingConditions/1');
    expect(parsePolicy(JSON.parse(readFileSync(file, 'utf8')))).toMatchObject({ ok: true });
  });

  it('ends with 2 for an unknown system or a file of another shape', async () => {
    const file = 'examples/import/fluent-sourcing-profile.json';
    expect((await sourcewright('import-policy', file, '--from', 'excel')).code).toBe(2);
    expect((await sourcewright('import-policy', file, '--from', 'hotwax')).err).toContain('/routingGroupId');
  });
});
