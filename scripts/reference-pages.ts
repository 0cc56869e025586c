// Decides what `npm run docs` does: fills the generated blocks of README and the pages below docs/ and runs the commands of the
// guides; `--check` writes nothing and names the pages that are out of date.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGuide } from './docs/guide-runs.ts';
import { hasCommands, pages, readPage, ROOT } from './docs/pages.ts';
import { blockTexts, fillPage } from './docs/reference.ts';

const check = process.argv.includes('--check');
const texts = await blockTexts();
for (const path of pages()) {
  const page = readPage(path);
  const filled = fillPage(page, texts);
  const fresh = hasCommands(path) ? runGuide(filled) : filled;
  if (fresh === page) continue;
  console.log(`${check ? 'out of date' : 'written'}: ${path}`);
  if (check) process.exitCode = 1;
  else writeFileSync(join(ROOT, path), fresh);
}
