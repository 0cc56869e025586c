// Sizes, surcharges, demand, boxes and pick history on disk: what is written is read again, and what is wrong has its place.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseScenario, type Scenario } from '@sourcewright/engine';
import { randomScenario, withRandomCosts } from '@sourcewright/engine/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { loadScenarioFolder } from './load-scenario-folder.ts';
import { saveScenarioFolder } from './save-scenario-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'sourcewright-costs-'));
afterAll(() => rmSync(root, { recursive: true }));

function scenarioOf(seed: number): Scenario {
  const scenario = withRandomCosts(randomScenario(seed, { orders: 5, nodes: 4, skus: 6, linesPerOrder: 3 }), seed);
  const parsed = parseScenario(scenario);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

describe('fields of costs and times in a scenario folder', () => {
  it.each([1, 2, 3, 4, 5, 6])('are read as they were written, seed %i', async (seed) => {
    const folder = join(root, `seed-${seed}`);
    const scenario = scenarioOf(seed);
    await saveScenarioFolder(folder, scenario, { compress: seed % 2 === 0 });
    const loaded = await loadScenarioFolder(folder);
    expect(loaded.ok ? loaded.value : loaded.error).toEqual(scenario);
  });

  it('are told by file, row and column where they are wrong', async () => {
    const folder = join(root, 'wrong');
    const scenario = scenarioOf(1);
    await saveScenarioFolder(folder, scenario, { compress: false });
    const write = (name: string, lines: readonly string[]): void =>
      writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
    write('pick-history.csv', [
      'nodeId,category,sku,picks,rejects',
      'node0,gift,,10,11',
      'node0,gift,,10,1',
      'nowhere,,,1,0',
      'node1,gift,sku1,1,0',
      'node1,,sku99,1,0',
    ]);
    const skus = scenario.snapshot.items.map(({ sku }, index) => `${sku},500,${index === 2 ? '30' : ''},`);
    write('items.csv', ['sku,weightGrams,lengthMm,widthMm', ...skus]);
    const loaded = await loadScenarioFolder(folder);
    expect(loaded.ok ? [] : loaded.error.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'inconsistent items.csv:4 (lengthMm)',
      'inconsistent pick-history.csv:2 (rejects)',
      'duplicate-id pick-history.csv:3 (nodeId)',
      'unknown-reference pick-history.csv:4 (nodeId)',
      'inconsistent pick-history.csv:5 (category)',
      'unknown-reference pick-history.csv:6 (sku)',
    ]);
  });
});
