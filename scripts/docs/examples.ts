// Decides how an example is shown: its file as it is, and what it prints.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const EXAMPLES = join(import.meta.dirname, '../../examples');

export function exampleNames(): string[] {
  return readdirSync(EXAMPLES)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'))
    .sort();
}

/** The program and its output, as two blocks. */
export function exampleText(name: string): string {
  const file = join(EXAMPLES, `${name}.ts`);
  const printed = execFileSync(process.execPath, [file], { encoding: 'utf8' });
  return `\`\`\`ts\n${readFileSync(file, 'utf8').trim()}\n\`\`\`\n\n\`\`\`text\n${printed.trim()}\n\`\`\``;
}
