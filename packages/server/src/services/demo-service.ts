// Decides what a store shows that has never been used: the demo scenarios, with a run for each strategy they compare.
import { basename } from 'node:path';
import { STRATEGIES, type Strategy } from '@sourcewright/engine';
import type { Store } from '../store/store.ts';
import type { RunService } from './run-service.ts';
import type { ScenarioService } from './scenario-service.ts';

interface Needs {
  readonly store: Store;
  readonly scenarios: ScenarioService;
  readonly runs: RunService;
  readonly folders: readonly string[];
  readonly print: (line: string) => void;
}

/** Loads the demos when the store has no scenario. What cannot be loaded is said and left out. */
export async function loadDemos({ store, scenarios, runs, folders, print }: Needs): Promise<void> {
  if (folders.length === 0 || (await store.listScenarios()).length > 0) return;
  for (const folder of folders) {
    print(`Loading the demo ${basename(folder)} ...`);
    const loaded = await scenarios.createFromFiles(folder);
    if (!loaded.ok) {
      const [issue] = loaded.error.issues;
      print(`  not loaded: ${issue ? `${issue.path}: ${issue.message}` : loaded.error.detail}`);
      continue;
    }
    const { scenarioId, title, orders, nodes, compare } = loaded.value;
    print(`  ${title}: ${orders} orders, ${nodes} nodes.`);
    // The optimiser takes longest: the others are there to be looked at meanwhile.
    for (const strategy of strategiesOf(compare).toReversed()) {
      const queued = await runs.create({ scenarioId, strategy, name: strategy });
      print(queued.ok ? `  queued: ${strategy}` : `  not queued: ${strategy}: ${queued.error.detail}`);
    }
  }
}

function strategiesOf(compare: readonly string[] | undefined): readonly Strategy[] {
  const named = STRATEGIES.filter((strategy) => compare?.includes(strategy));
  return named.length > 0 ? named : STRATEGIES;
}
