// Decides how the help of a command is shown: as the command prints it.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export const CLI = join(import.meta.dirname, '../../packages/server/src/cli/main.ts');

export function helpText(...command: readonly string[]): string {
  const environment = { ...process.env, COLUMNS: '80', NO_COLOR: '1' };
  const text = execFileSync(process.execPath, [CLI, ...command, '--help'], { encoding: 'utf8', env: environment });
  return `\`\`\`text\n${text.trim()}\n\`\`\``;
}

/** The commands that the help of `sourcewright` names. */
export function commandNames(): string[] {
  const [, list] = helpText().split('Commands:\n');
  return [...list!.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name!).filter((name) => name !== 'help');
}
