// Decides what `npm run readme` does: runs the comparison on the demo scenario and puts its table into README.md.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillBlocks } from './docs/blocks.ts';
import { compareTable } from './docs/compare-table.ts';
import { readPage, ROOT } from './docs/pages.ts';
import { COMPARE_BLOCK } from './docs/reference.ts';

const table = compareTable('scenarios/uk-gifts');
const page = fillBlocks(readPage('README.md'), (name, text) => (name === COMPARE_BLOCK ? table : text));
writeFileSync(join(ROOT, 'README.md'), page);
console.log(table);
