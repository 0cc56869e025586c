// Decides what `npm test` runs: types, lint, format, then every test; ends with one line that counts them all.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Tally {
  passed: number;
  failed: number;
}

const tally: Tally = { passed: 0, failed: 0 };
const only = process.argv.slice(2);

if (only.length === 0) {
  check('types', 'tsc', ['--noEmit', '-p', 'tsconfig.json']);
  check('types of the studio', 'tsc', ['--noEmit', '-p', 'packages/studio/tsconfig.json']);
  check('lint', 'oxlint', ['--type-aware', '--deny-warnings']);
  check('format', 'biome', ['format', '.']);
}
runVitest(only);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed === 0 ? 0 : 1;

function check(name: string, command: string, args: readonly string[]): void {
  const began = performance.now();
  const done = spawnSync(join('node_modules', '.bin', command), args, { encoding: 'utf8' });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const ok = done.status === 0;
  tally[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (!ok) console.log(`${done.stdout}\n${done.stderr}`.trim());
}

function runVitest(filters: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'sourcewright-test-'));
  const report = join(folder, 'report.json');
  const args = ['run', ...filters, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const done = spawnSync(join('node_modules', '.bin', 'vitest'), args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (existsSync(report)) {
    const counts = JSON.parse(readFileSync(report, 'utf8')) as { numPassedTests: number; numFailedTests: number };
    tally.passed += counts.numPassedTests;
    tally.failed += counts.numFailedTests;
  }
  // A file that does not load or a runner that dies has no failed test of its own, and still is a failure.
  if (done.status !== 0 && tally.failed === 0) tally.failed += 1;
  rmSync(folder, { recursive: true });
}
