// Decides how finished runs of one scenario are set against each other, in total and order by order.
import { COST_TERMS, type CostBreakdown, type Issue, succeed } from '@sourcewright/engine';
import {
  type Compare,
  type CompareOrdersQuery,
  MAX_COMPARED_RUNS,
  type OrderDeltaList,
  runIdSchema,
} from '../contract/index.ts';
import type { RunQueue } from '../jobs/run-queue.ts';
import type { RunFigures, Store, StoredRun } from '../store/store.ts';
import { nextCursor } from './cursor.ts';
import { type Outcome, refuse, refuseInput } from './failure.ts';
import { finishedRun, startOf } from './result-service.ts';
import { runView } from './run-service.ts';

export interface CompareService {
  /** `runIds` with commas between them, the baseline first. */
  compare(runIds: string): Promise<Outcome<Compare>>;
  orders(query: CompareOrdersQuery): Promise<Outcome<OrderDeltaList>>;
}

type Finished = StoredRun & { readonly figures: RunFigures };

export function createCompareService({
  store,
  queue,
}: {
  readonly store: Store;
  readonly queue: RunQueue;
}): CompareService {
  const comparable = async (runIds: readonly string[]): Promise<Outcome<Finished[]>> => {
    const runs: Finished[] = [];
    for (const runId of runIds) {
      const run = await finishedRun(store, runId);
      if (!run.ok) return run;
      runs.push(run.value);
    }
    const other = runs.find((run) => run.scenarioId !== runs[0]!.scenarioId);
    if (!other) return succeed(runs);
    const detail = `Run ${other.runId} is of ${other.scenarioId}, the baseline of ${runs[0]!.scenarioId}.`;
    return refuse('runs-not-comparable', detail);
  };

  return {
    compare: async (list) => {
      const runIds = list.split(',');
      const issues = runIdIssues(runIds);
      if (issues.length > 0) return refuseInput(issues);
      const found = await comparable(runIds);
      if (!found.ok) return found;
      const [baseline, ...others] = found.value as [Finished, ...Finished[]];
      const comparisons = [];
      for (const run of others) {
        comparisons.push({
          runId: run.runId,
          deltaMicros: run.figures.cost.totalMicros - baseline.figures.cost.totalMicros,
          steps: costSteps(baseline.figures.cost, run.figures.cost),
          ...(await store.countOrderChanges(baseline.runId, run.runId)),
        });
      }
      const runs = found.value.map((run) => runView(run, queue));
      return succeed({ baselineRunId: baseline.runId, runs, comparisons });
    },

    orders: async (query) => {
      const { baseline, run, sort, dir, limit } = query;
      const found = await comparable([baseline, run]);
      if (!found.ok) return found;
      const question = [baseline, run, sort, dir];
      const start = startOf(query, question);
      if (!start.ok) return start;
      const offset = start.value;
      const page = await store.listOrderDeltas({ baselineRunId: baseline, runId: run, sort, dir, offset, limit });
      const next = page.rows.length === 0 ? null : nextCursor(offset + page.rows.length, page.total, question);
      return succeed({ orders: [...page.rows], total: page.total, nextCursor: next });
    },
  };
}

function costSteps(baseline: CostBreakdown, run: CostBreakdown): Compare['comparisons'][number]['steps'] {
  return COST_TERMS.map((term) => ({ term, deltaMicros: run[`${term}Micros`] - baseline[`${term}Micros`] }));
}

function runIdIssues(runIds: readonly string[]): Issue[] {
  const path = '?/runs';
  if (runIds.length > MAX_COMPARED_RUNS) {
    const message = `${runIds.length} runs; at most ${MAX_COMPARED_RUNS} are compared at once. Name fewer.`;
    return [{ code: 'too-large', path, message }];
  }
  return runIds.flatMap((runId, index): Issue[] => {
    if (!runIdSchema.safeParse(runId).success) {
      return [
        { code: 'bad-format', path, message: `${JSON.stringify(runId)} is no run id. Give run ids with commas.` },
      ];
    }
    if (runIds.indexOf(runId) === index) return [];
    return [{ code: 'duplicate-id', path, message: `Run ${runId} is named twice. Name it once.` }];
  });
}
