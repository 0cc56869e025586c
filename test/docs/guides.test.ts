// Every command of the README and the guides runs and prints what the page says.
import { describe, expect, it } from 'vitest';
import { runGuide } from '../../scripts/docs/guide-runs.ts';
import { hasCommands, pages, readPage } from '../../scripts/docs/pages.ts';

describe('commands in the pages', () => {
  it.each(pages().filter(hasCommands))('%s shows what its commands print: else run `npm run docs`', (path) => {
    const page = readPage(path);
    expect(page).toContain('```sh\n');
    expect(runGuide(page)).toBe(page);
  });

  it('would notice another output, a missing one and a command that fails', () => {
    expect(runGuide('```sh\necho 1 && exit 3\n```\n\n```text\n2\n```\n')).toBe(
      '```sh\necho 1 && exit 3\n```\n\n```text\n1\n```\n',
    );
    expect(runGuide('```sh\necho 0.31 s\n```\nmore\n')).toBe('```sh\necho 0.31 s\n```\n\n```text\nN.NN s\n```\nmore\n');
    expect(runGuide('```sh\nsourcewright nonsense\n```\n')).toContain("unknown command 'nonsense'");
    expect(runGuide('```bash\necho 1\n```\n')).toBe('```bash\necho 1\n```\n');
  });
});
