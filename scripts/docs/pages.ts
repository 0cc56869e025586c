// Decides which pages there are and which of them hold commands to follow along.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** README and the pages below docs/, as paths from the root. */
export function pages(): string[] {
  const below = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  return ['README.md', ...below.filter((path) => path.endsWith('.md')).map((path) => `docs/${path}`)].sort();
}

export function readPage(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Pages whose `sh` blocks are run. */
export function hasCommands(path: string): boolean {
  return path === 'README.md' || path.startsWith('docs/guides/');
}
