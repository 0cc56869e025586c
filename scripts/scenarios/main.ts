// Decides what `pnpm scenarios` does: makes the named scenarios, or all, from their raw files; `--check` only compares.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFiles } from '../../packages/server/src/scenario-files/save-scenario-folder.ts';
import { differences, SCENARIOS, scenarioFolder } from './scenarios.ts';

const USAGE = `Usage: node scripts/scenarios/main.ts [--check] [${Object.keys(SCENARIOS).join('|')} ...]`;

const words = process.argv.slice(2);
const check = words.includes('--check');
const named = words.filter((word) => word !== '--check');
const unknown = named.filter((word) => !(word in SCENARIOS));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}.\n${USAGE}`);
  process.exit(2);
}
for (const id of named.length > 0 ? named : Object.keys(SCENARIOS)) {
  const files = SCENARIOS[id]!();
  const folder = scenarioFolder(id);
  if (check) {
    const wrong = await differences(files, (name) => readFile(join(folder, name)));
    console.log(wrong.length === 0 ? `${id}: ${files.size} files as made` : `${id}: differs in ${wrong.join(', ')}`);
    if (wrong.length > 0) process.exitCode = 1;
  } else {
    await writeFiles(folder, files);
    for (const [name, bytes] of files) console.log(`${id}/${name}: ${bytes.length} bytes`);
  }
}
