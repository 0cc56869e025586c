// Decides how scenarios are stored, shown and deleted.
import { succeed } from '@sourcewright/engine';
import type { ScenarioDetail, ScenarioSummary } from '../contract/index.ts';
import type { RunQueue } from '../jobs/run-queue.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { type Failure, type Outcome, refuse, refuseInput, refuseTask } from './failure.ts';

export interface ScenarioService {
  list(): Promise<readonly ScenarioSummary[]>;
  find(scenarioId: string): Promise<Outcome<ScenarioDetail>>;
  /** Checks and stores a scenario's JSON in a worker. The bytes are handed over. */
  create(bytes: Uint8Array): Promise<Outcome<ScenarioSummary>>;
  createFromFiles(path: string): Promise<Outcome<ScenarioSummary>>;
  remove(scenarioId: string): Promise<Outcome<null>>;
}

interface Needs {
  readonly store: Store;
  readonly calls: WorkerPool;
  readonly queue: RunQueue;
  readonly log: Log;
  readonly onRunDeleted: (runId: string) => void;
}

export function createScenarioService({ store, calls, queue, log, onRunDeleted }: Needs): ScenarioService {
  return {
    list: () => store.listScenarios(),

    find: async (scenarioId) => {
      const found = await store.findScenario(scenarioId);
      if (!found) return unknownScenario(scenarioId);
      const { summary, policy, nodeList } = found;
      return succeed({ ...summary, policy, nodeList: [...nodeList] });
    },

    create: async (bytes) => {
      const createdAt = new Date().toISOString();
      const own = bytes.buffer as ArrayBuffer;
      const outcome = await calls.submit({ kind: 'import', bytes, createdAt }, { transfer: [own] }).outcome;
      if (!outcome.ok) return refuseTask(outcome.error, log);
      const answer = outcome.value;
      if (answer.outcome === 'malformed') return refuse('malformed-body', answer.message);
      if (answer.outcome === 'refused') return refuseInput(answer.issues);
      return answer.outcome === 'exists' ? scenarioExists(answer.scenarioId) : succeed(answer.summary);
    },

    createFromFiles: async (path) => {
      const createdAt = new Date().toISOString();
      const outcome = await calls.submit({ kind: 'import-files', path, createdAt }).outcome;
      if (!outcome.ok) return refuseTask(outcome.error, log);
      const answer = outcome.value;
      if (answer.outcome === 'refused') return refuseInput(answer.issues);
      return answer.outcome === 'exists' ? scenarioExists(answer.scenarioId) : succeed(answer.summary);
    },

    remove: async (scenarioId) => {
      const runs = await store.listRuns(scenarioId);
      const deleted = await store.deleteScenario(scenarioId);
      if (deleted === 'unknown') return unknownScenario(scenarioId);
      if (deleted === 'busy') {
        return refuse(
          'scenario-busy',
          `A run of ${scenarioId} is running. Cancel it or wait for it, then delete again.`,
        );
      }
      for (const { runId } of runs) {
        queue.drop(runId);
        onRunDeleted(runId);
      }
      return succeed(null);
    },
  };
}

export function unknownScenario(scenarioId: string): { readonly ok: false; readonly error: Failure } {
  return refuse('scenario-not-found', `There is no scenario ${scenarioId}. GET /v1/scenarios lists those there are.`);
}

function scenarioExists(scenarioId: string): { readonly ok: false; readonly error: Failure } {
  return refuse('scenario-exists', `There is a scenario ${scenarioId} already. Delete it first, or use another id.`);
}
