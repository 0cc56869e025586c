// The same basis gives the same bytes through every door: the library, the command line, a direct call and a stored run.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { canonicalJson, DEFAULT_LIMITS, type Scenario, source, STRATEGIES } from '@sourcewright/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadScenarioFolder } from '../../packages/server/src/scenario-files/load-scenario-folder.ts';
import { call, computeRun } from '../server/support/client.ts';
import { closeTestServer, openTestServer, type TestServer } from '../server/support/server.ts';

const FOLDER = 'scenarios/corner-shop';
const run = promisify(execFile);

let server: TestServer;
let scenario: Scenario;

beforeAll(async () => {
  const loaded = await loadScenarioFolder(FOLDER);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  scenario = loaded.value;
  server = await openTestServer();
  await call(server.url, 'createScenario', { body: scenario });
});

afterAll(() => closeTestServer(server));

describe.each(STRATEGIES)('parity of the doors, %s', (strategy) => {
  const library = async (): Promise<string> => {
    const result = await source(scenario, { ...scenario.policy, strategy }, DEFAULT_LIMITS);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return canonicalJson(result.value);
  };

  it('gives the same bytes from the command line', async () => {
    const { stdout } = await run(
      process.execPath,
      ['packages/server/src/cli/main.ts', 'source', FOLDER, '--strategy', strategy, '--json'],
      { maxBuffer: 1 << 26 },
    );
    expect(stdout.trimEnd()).toBe(await library());
  });

  it('gives the same bytes from a direct call, by scenario and by snapshot', async () => {
    const wanted = await library();
    const named = await call(server.url, 'createPlan', { body: { scenarioId: scenario.scenarioId, strategy } });
    expect(canonicalJson(named.plan)).toBe(wanted);
    const { snapshot, orders, policy } = scenario;
    const inline = await call(server.url, 'createPlan', { body: { snapshot, orders, policy, strategy } });
    expect(canonicalJson(inline.plan)).toBe(wanted);
  });

  it('gives the same bytes from a stored run', async () => {
    const { runId } = await computeRun(server.url, { scenarioId: scenario.scenarioId, strategy });
    const response = await fetch(`${server.url}/v1/runs/${runId}/plan`);
    expect(await response.text()).toBe(await library());
  });
});
