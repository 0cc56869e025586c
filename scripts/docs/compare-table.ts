// Decides how a comparison stands in a page: the table of `sourcewright compare --markdown` without the row of times, which vary.
import { execFileSync } from 'node:child_process';
import { CLI } from './cli-help.ts';
import { ROOT } from './pages.ts';

export function compareTable(scenario: string, ...strategies: readonly string[]): string {
  const named = strategies.length > 0 ? ['--strategies', ...strategies] : [];
  const printed = execFileSync(process.execPath, [CLI, 'compare', scenario, '--markdown', ...named], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = printed.trim().split('\n');
  return lines.filter((line) => !/^\| time +\|/.test(line)).join('\n');
}
