// Decides how late a plan is that is asked for with a deadline: over HTTP, on the demo week, and from solvers that fail.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig, startServer } from '@sourcewright/server';
import type { PlanResponse } from '@sourcewright/server/contract';
import type { Policy } from '@sourcewright/engine';
import { loadScenarioFolder } from '../packages/server/src/scenario-files/load-scenario-folder.ts';
import type { Bench, BenchCase } from './harness.ts';
import { median } from './harness.ts';

const LATE_MS = 250;
const REPEATS = 5;
const FOLDER = fileURLToPath(new URL('../scenarios/uk-gifts', import.meta.url));
const FAULTY_WORKER = new URL('../test/server/support/faulty-solver-worker.ts', import.meta.url);

export const deadlineBench: Bench = {
  bench: 'deadlines',
  cases: [
    ...[500, 2000, 5000].map((deadlineMs) =>
      deadlineCase(`week-${deadlineMs}ms`, 'optimal on the demo week', deadlineMs),
    ),
    deadlineCase('hangs', 'a solver that never answers, on the demo week', 1500, 'hangs'),
    deadlineCase('exits', 'a thread that ends in the middle, on the demo week', 1500, 'exits'),
    deadlineCase('throws', 'a solver that throws, on the demo week', 1500, 'throws'),
    deadlineCase('oversells', 'a solver whose plan does not verify, on the demo week', 12_000, 'oversells'),
  ],
};

function deadlineCase(row: string, about: string, deadlineMs: number, fault?: string): BenchCase {
  return {
    row,
    about: `${about}, ${deadlineMs} ms`,
    run: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'sourcewright-bench-'));
      const { server, policy } = await serve(folder, fault === undefined ? undefined : FAULTY_WORKER);
      try {
        const body = { scenarioId: 'uk-gifts', deadlineMs, policy: fault ? { ...policy, policyId: fault } : policy };
        // The thread reads the scenario once; what is measured is a server that is up.
        await ask(server.url, { scenarioId: 'uk-gifts', strategy: 'nearest', deadlineMs: 60_000 });
        const answers = [];
        for (let repeat = 0; repeat < REPEATS; repeat++) answers.push(await ask(server.url, body));
        const late = answers.map(({ ms }) => ms - deadlineMs);
        const worst = Math.max(...late);
        const none = { rival: '-', rivalValue: null, target: '', met: null };
        const plans = answers.map(({ answer }) => answer);
        const cost = (plan: PlanResponse): number => plan.plan.cost.totalMicros / 1e6;
        return [
          {
            ...none,
            metric: 'past the deadline, worst of 5',
            value: worst,
            unit: 'ms',
            target: `<= ${LATE_MS}`,
            met: worst <= LATE_MS,
          },
          { ...none, metric: 'past the deadline, median', value: median(late), unit: 'ms' },
          { ...none, metric: 'cost', value: median(plans.map(cost)), unit: 'GBP' },
          {
            ...none,
            metric: 'degraded',
            value: plans.filter(({ degraded }) => degraded !== undefined).length,
            unit: 'of 5',
          },
        ];
      } finally {
        await server.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

interface Up {
  readonly server: { readonly url: string; close(): Promise<void> };
  readonly policy: Policy;
}

async function serve(folder: string, workerUrl: URL | undefined): Promise<Up> {
  const loaded = await loadScenarioFolder(FOLDER);
  const config = readConfig({ port: 0, dataFile: join(folder, 'data.db'), logLevel: 'silent', demoFolders: [] }, {});
  if (!loaded.ok || !config.ok) throw new Error('The demo week or the configuration cannot be used.');
  const options = { print: () => undefined, handleSignals: false, ...(workerUrl && { workerUrl }) };
  const started = await startServer(config.value, options);
  if (!started.ok) throw new Error(started.error.message);
  const stored = await post(`${started.value.url}/v1/scenarios`, loaded.value);
  if (!stored.ok) throw new Error(await stored.text());
  return { server: started.value, policy: { ...loaded.value.policy, strategy: 'optimal' } };
}

async function ask(url: string, body: object): Promise<{ readonly ms: number; readonly answer: PlanResponse }> {
  const began = performance.now();
  const response = await post(`${url}/v1/plans`, body);
  const text = await response.text();
  const ms = performance.now() - began;
  if (!response.ok) throw new Error(text);
  return { ms, answer: JSON.parse(text) as PlanResponse };
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}
