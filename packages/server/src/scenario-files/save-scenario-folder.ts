// Decides how a scenario is put on disk: the rendered files in one folder, stale twins of the same part removed.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scenario } from '@sourcewright/engine';
import { renderScenario, type RenderOptions } from './render-scenario.ts';

/** Writes `scenario` to `folder`, making it where needed. Files that are no part of a scenario stay as they are. */
export async function saveScenarioFolder(folder: string, scenario: Scenario, options: RenderOptions): Promise<void> {
  await writeFiles(folder, renderScenario(scenario, options));
}

/** Writes files by name; `stock.csv` replaces `stock.csv.gz` and the other way round. */
export async function writeFiles(folder: string, files: ReadonlyMap<string, Buffer>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of files) {
    await rm(join(folder, name.endsWith('.gz') ? name.slice(0, -3) : `${name}.gz`), { force: true });
    await writeFile(join(folder, name), bytes);
  }
}
