// The committed scenarios are exactly what their generators make, and they load.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScenarioFolder } from '../../packages/server/src/scenario-files/load-scenario-folder.ts';
import { differences, SCENARIOS, scenarioFolder } from '../../scripts/scenarios/scenarios.ts';

describe.each(Object.keys(SCENARIOS))('%s', (id) => {
  const folder = scenarioFolder(id);

  test('the files on disk are what the generator makes', async () => {
    const made = SCENARIOS[id]!();
    expect(await differences(made, (name) => readFile(join(folder, name)))).toEqual([]);
    const others = (await readdir(folder)).filter((name) => !made.has(name));
    expect(others.sort()).toEqual(id === 'corner-shop' ? ['README.md'] : ['README.md', 'raw']);
  });

  test('the generator makes the same bytes again', () => {
    const [one, two] = [SCENARIOS[id]!(), SCENARIOS[id]!()];
    expect([...one.keys()]).toEqual([...two.keys()]);
    for (const [name, bytes] of one) expect(bytes.equals(two.get(name)!), name).toBe(true);
  });

  test('it loads, and says what is made up', async () => {
    const loaded = await loadScenarioFolder(folder);
    expect(loaded).toMatchObject({ ok: true });
    if (!loaded.ok) return;
    expect(loaded.value.scenarioId).toBe(id);
    expect(loaded.value.synthetic?.length).toBeGreaterThan(0);
  });
});

test('a changed byte and a missing file are noticed', async () => {
  const made = new Map([
    ['a.json', Buffer.from('{}')],
    ['b.csv', Buffer.from('x\n')],
    ['c.csv', Buffer.from('x\n')],
  ]);
  const onDisk = new Map([
    ['a.json', Buffer.from('{}')],
    ['b.csv', Buffer.from('y\n')],
  ]);
  const read = async (name: string): Promise<Buffer> => {
    const bytes = onDisk.get(name);
    if (!bytes) throw new Error(`No file ${name}.`);
    return bytes;
  };
  expect(await differences(made, read)).toEqual(['b.csv', 'c.csv']);
});
