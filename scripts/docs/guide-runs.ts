// Decides how a guide is tried: its `sh` blocks run in turn in one empty folder that sees scenarios and examples; the `text` block after one
// holds what it printed. Times vary from run to run and are shown as N.NN s.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLI } from './cli-help.ts';

const ROOT = join(import.meta.dirname, '../..');
const RUN = /^```sh\n([\s\S]*?)^```\n(?:\n```text\n[\s\S]*?^```\n)?/gm;

/** The page with what each of its commands prints, on standard output and standard error. */
export function runGuide(page: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sourcewright-guide-'));
  for (const seen of ['scenarios', 'examples']) symlinkSync(join(ROOT, seen), join(folder, seen));
  try {
    return page.replace(RUN, (_whole, script: string) => {
      const printed = runScript(script, folder);
      const output = printed === '' ? '' : `\n\`\`\`text\n${printed}\n\`\`\`\n`;
      return `\`\`\`sh\n${script}\`\`\`\n${output}`;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a script prints, run as typed; `sourcewright` stands for the command of this repository. */
function runScript(script: string, folder: string): string {
  const shell = `sourcewright() { "$SOURCEWRIGHT_NODE" "$SOURCEWRIGHT_CLI" "$@"; }\n${script}`;
  const environment = {
    ...process.env,
    SOURCEWRIGHT_NODE: process.execPath,
    SOURCEWRIGHT_CLI: CLI,
    NODE_NO_WARNINGS: '1',
    NO_COLOR: '1',
  };
  const done = spawnSync('bash', ['-c', `exec 2>&1\n${shell}`], { cwd: folder, encoding: 'utf8', env: environment });
  if (done.error) throw done.error;
  if (done.stdout.includes('Internal error')) throw new Error(`A guide met a bug:\n${script}${done.stdout}`);
  return withoutClock(done.stdout).trimEnd();
}

/** Seconds are another machine's, and whether work takes long enough to show itself. */
function withoutClock(printed: string): string {
  const lines = printed.split('\n').filter((line) => !/: \d+ of \d+ \(\d+ %\)/.test(line));
  return lines.join('\n').replaceAll(/\b\d+\.\d\d s\b/g, 'N.NN s');
}
