// Decides how the parts of the server are put together. Wires everything, listens to nothing.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Express } from 'express';
import type { Config } from './config.ts';
import { createApi } from './http/api.ts';
import { callerRefusal } from './http/caller-check.ts';
import { compareRoutes } from './http/compare-routes.ts';
import { draftRoutes } from './http/draft-routes.ts';
import { planRoutes } from './http/plan-routes.ts';
import { policyRoutes } from './http/policy-routes.ts';
import { promiseRoutes } from './http/promise-routes.ts';
import { resultRoutes } from './http/result-routes.ts';
import { ruleCostRoutes } from './http/rule-cost-routes.ts';
import { runRoutes } from './http/run-routes.ts';
import { scenarioRoutes } from './http/scenario-routes.ts';
import { serverRoutes } from './http/server-routes.ts';
import { studioFiles } from './http/studio-files.ts';
import { RunQueue } from './jobs/run-queue.ts';
import { WorkerPool } from './jobs/worker-pool.ts';
import type { Log } from './log.ts';
import { createCompareService } from './services/compare-service.ts';
import { createDraftService } from './services/draft-service.ts';
import { loadDemos } from './services/demo-service.ts';
import { createPlanService } from './services/plan-service.ts';
import { createPolicyService } from './services/policy-service.ts';
import { createPromiseService } from './services/promise-service.ts';
import { createResultService } from './services/result-service.ts';
import { createRuleCostService } from './services/rule-cost-service.ts';
import { createRunService } from './services/run-service.ts';
import { createScenarioService } from './services/scenario-service.ts';
import type { Store } from './store/store.ts';
import { createHub } from './ws/hub.ts';

export interface AppNeeds {
  readonly config: Config;
  readonly store: Store;
  readonly log: Log;
  /** The thread's program, for tests of what happens when it fails. */
  readonly workerUrl?: URL;
}

export interface App {
  readonly handle: Express;
  onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Takes up queued runs. */
  start(): Promise<void>;
  loadDemos(print: (line: string) => void): Promise<void>;
  /** No more work is taken; sockets close, runs under way go back to the queue. Calls under way go on. */
  quiesce(): Promise<void>;
  /** Stops what still goes on. The store stays open. */
  close(): Promise<void>;
}

export function createApp({ config, store, log, workerUrl }: AppNeeds): App {
  const worker = {
    dataFile: config.dataFile,
    memoryMb: config.workerMemoryMb,
    ...(workerUrl === undefined ? {} : { workerUrl }),
  };
  const calls = new WorkerPool({ ...worker, size: config.callWorkers, maxWaiting: config.maxWaitingCalls });
  const spare = new WorkerPool({ ...worker, size: 1, maxWaiting: config.maxWaitingCalls });
  const runPool = new WorkerPool({ ...worker, size: config.runWorkers, maxWaiting: config.runWorkers });
  const caller = { allowRemote: config.allowRemote, allowedHosts: config.allowedHosts };
  const refusalOf = (request: IncomingMessage): string | undefined => callerRefusal(request, caller);
  const hub = createHub({ callerRefusal: refusalOf, log });
  let ready = true;

  const onRunChanged = (runId: string): void => {
    if (!hub.hasListeners('runs')) return;
    runs
      .find(runId)
      .then((found) => found.ok && hub.publish('runs', { type: 'run', run: found.value }))
      .catch((error: unknown) => log.error({ runId, error }, 'a change could not be told'));
  };
  const onRunDeleted = (runId: string): void => hub.publish('runs', { type: 'run-deleted', runId });

  const queue = new RunQueue({ store, pool: runPool, spare, size: config.runWorkers, log, onChange: onRunChanged });
  const { maxQueuedRuns } = config;
  const runs = createRunService({ store, queue, maxQueuedRuns, onRunChanged, onRunDeleted });
  const scenarios = createScenarioService({ store, calls, queue, log, onRunDeleted });
  const handle = createApi({
    refusalOf,
    requestsPerMinute: config.requestsPerMinute,
    log,
    routers: [
      serverRoutes(async () => {
        await store.ping();
        return ready;
      }),
      scenarioRoutes(scenarios),
      draftRoutes(createDraftService({ calls, log })),
      planRoutes(createPlanService({ pool: calls, spare, log })),
      promiseRoutes(createPromiseService({ store, calls, log })),
      policyRoutes(createPolicyService({ store, secondPerson: config.secondPerson })),
      ruleCostRoutes(createRuleCostService({ store, calls, log })),
      runRoutes(runs),
      resultRoutes(createResultService({ store, calls, log })),
      compareRoutes(createCompareService({ store, queue })),
    ],
    studio: studioFiles(config.studioFolder),
  });

  return {
    handle,
    onUpgrade: (request, socket, head) => hub.onUpgrade(request, socket, head),
    start: () => queue.start(),
    loadDemos: (print) => loadDemos({ store, scenarios, runs, folders: config.demoFolders, print }),
    quiesce: async () => {
      ready = false;
      await Promise.all([hub.close(), queue.close()]);
    },
    close: async () => {
      await Promise.all([calls.close(), spare.close()]);
    },
  };
}
