// Every relative link and anchor in every page leads somewhere.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));

/** Text without what is code. */
function prose(markdown: string): string {
  return markdown.replaceAll(/^(```+)[\s\S]*?^\1$/gm, '').replaceAll(/`[^`\n]*`/g, (code) => '`'.repeat(code.length));
}

function linksOf(markdown: string): string[] {
  return [...prose(markdown).matchAll(/\]\(([^()\s]+)\)/g)].map(([, target]) => target!);
}

/** Anchors of headings, as GitHub makes them. */
function anchorsOf(markdown: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading] of markdown.replaceAll(/^(```+)[\s\S]*?^\1$/gm, '').matchAll(/^#{1,6} (.+)$/gm)) {
    const text = heading!.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = text.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    anchors.add(count === 0 ? anchor : `${anchor}-${count}`);
  }
  return anchors;
}

/** What is wrong with a link in a page, or nothing. */
function brokenLink(path: string, target: string, read: (path: string) => string | undefined): string | undefined {
  if (/^(https?|mailto):/.test(target)) return undefined;
  const [file = '', anchor] = target.split('#');
  const at = file === '' ? path : normalize(join(dirname(path), decodeURIComponent(file)));
  if (at.startsWith('..') || !existsSync(at)) return `${path}: ${target} is not there`;
  if (anchor === undefined || !at.endsWith('.md')) return undefined;
  return anchorsOf(read(at) ?? '').has(anchor) ? undefined : `${path}: ${target} has no such heading`;
}

describe('links in pages', () => {
  it('lead somewhere', () => {
    const read = (path: string): string => readFileSync(path, 'utf8');
    const links = files.flatMap((path) => linksOf(read(path)).map((target) => [path, target] as const));
    expect(links.length).toBeGreaterThan(100);
    expect(links.flatMap(([path, target]) => brokenLink(path, target, read) ?? [])).toEqual([]);
  });

  it('reach every page from the index of the documentation', () => {
    const reached = new Set<string>();
    const visit = (path: string): void => {
      if (reached.has(path)) return;
      reached.add(path);
      for (const target of linksOf(readFileSync(path, 'utf8'))) {
        const to = normalize(join(dirname(path), target.split('#')[0]!));
        if (to.endsWith('.md') && existsSync(to)) visit(to);
      }
    };
    visit('docs/README.md');
    expect(files.filter((path) => path.startsWith('docs/') && !reached.has(path))).toEqual([]);
  });

  it('would be noticed when they break', () => {
    const read = (): string => '# One thing\n\n## One thing\n\n```\n# not one\n```\n';
    expect(linksOf('[a](b.md) `[c](d.md)` ![e](f.png)\n```\n[g](h.md)\n```\n')).toEqual(['b.md', 'f.png']);
    expect([...anchorsOf('# A `b.c` & d\n# A `b.c` & d\n')]).toEqual(['a-bc--d', 'a-bc--d-1']);
    expect(brokenLink('README.md', 'docs/nowhere.md', read)).toContain('is not there');
    expect(brokenLink('README.md', '#one-thing-1', read)).toBeUndefined();
    expect(brokenLink('README.md', '#not-one', read)).toContain('no such heading');
  });
});
