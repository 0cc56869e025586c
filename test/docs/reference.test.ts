// The generated parts of the pages: each as the code would write it now, each block in its place once, lists complete.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { blocksOf } from '../../scripts/docs/blocks.ts';
import { pages, readPage } from '../../scripts/docs/pages.ts';
import { blockTexts, COMPARE_BLOCK, fillPage } from '../../scripts/docs/reference.ts';

describe('pages of the documentation', () => {
  let texts: ReadonlyMap<string, string>;
  beforeAll(async () => {
    texts = await blockTexts();
  });

  it.each(pages())('%s is up to date: else run `npm run docs`', (path) => {
    const page = readPage(path);
    expect(fillPage(page, texts)).toBe(page);
  });

  it('uses every generated block once', () => {
    const found = pages().flatMap((path) => blocksOf(readPage(path)).map(({ name }) => name));
    expect(found.sort()).toEqual([...texts.keys(), COMPARE_BLOCK].sort());
  });

  it('tells every setting of the server that the environment can give', () => {
    const variables = (text: string): string[] => [...new Set(text.match(/\b(?:SOURCEWRIGHT_[A-Z_]+|PORT)\b/g))].sort();
    const settings = readPage('docs/reference/cli.md').split('### Settings')[1]!;
    expect(variables(settings)).toEqual(variables(readFileSync('packages/server/src/config.ts', 'utf8')));
  });

  it('gives every decision its four parts and its line in the index', () => {
    const index = readPage('docs/decisions/README.md');
    const decisions = pages().filter((path) => /^docs\/decisions\/\d{4}-/.test(path));
    expect(decisions.length).toBeGreaterThan(10);
    for (const path of decisions) {
      const page = readPage(path);
      const [, number, title] = /^# (\d{4}) (.+)\n/.exec(page)!;
      const file = path.slice('docs/decisions/'.length);
      expect(file.startsWith(`${number}-`)).toBe(true);
      expect(index).toContain(`- [${number} ${title}](${file})`);
      expect([...page.matchAll(/^\*\*([A-Z]\w+)\.\*\*/gm)].map(([, part]) => part)).toEqual([
        'Context',
        'Decision',
        'Rejected',
        'Consequences',
      ]);
    }
  });
});
