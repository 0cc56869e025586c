// Decides how runs are kept in SQLite and which changes of their status are possible.
import type { Limits, Policy, Strategy } from '@sourcewright/engine';
import type { RunStatus } from '../../contract/index.ts';
import type { RunFigures, RunStore, StoredRun } from '../store.ts';
import type { Connection, Row } from './connection.ts';

const RUN = `SELECT run_id, scenario_id, name, strategy, runs.policy, limits, deadline_ms, status, progress_done, progress_cost_micros,
  orders, created_at, started_at, finished_at, error, currency, figures FROM runs JOIN scenarios USING (scenario_no)`;

export function runQueries(db: Connection): RunStore {
  return {
    insertRun: async (run) => {
      const { runId, name, strategy, policy, limits, deadlineMs, createdAt, scenarioId } = run;
      const inserted = db.run(
        `INSERT INTO runs (run_id, scenario_no, name, strategy, policy, limits, deadline_ms, status, created_at)
         SELECT ?, scenario_no, ?, ?, ?, ?, ?, 'queued', ? FROM scenarios WHERE scenario_id = ?`,
        runId,
        name,
        strategy,
        JSON.stringify(policy),
        JSON.stringify(limits),
        deadlineMs,
        createdAt,
        scenarioId,
      );
      return inserted > 0 ? 'inserted' : 'unknown-scenario';
    },

    listRuns: async (scenarioId) =>
      (scenarioId === undefined
        ? db.all(`${RUN} ORDER BY run_no DESC`)
        : db.all(`${RUN} WHERE scenario_id = ? ORDER BY run_no DESC`, scenarioId)
      ).map(storedRun),

    findRun: async (runId) => {
      const row = db.get(`${RUN} WHERE run_id = ?`, runId);
      return row && storedRun(row);
    },

    listQueuedRuns: async () => db.all(`${RUN} WHERE status = 'queued' ORDER BY run_no`).map(storedRun),

    startRun: async (runId, startedAt) =>
      db.run(
        `UPDATE runs SET status = 'running', started_at = ? WHERE run_id = ? AND status = 'queued'`,
        startedAt,
        runId,
      ) > 0,

    endRun: async (runId, end) =>
      db.run(
        `UPDATE runs SET status = ?, error = ?, finished_at = ?, progress_done = ?, progress_cost_micros = ?
         WHERE run_id = ? AND status IN ('queued', 'running')`,
        end.status,
        end.error,
        end.finishedAt,
        end.progress.done,
        end.progress.costMicros,
        runId,
      ) > 0,

    requeueRun: async (runId) =>
      db.run(
        `UPDATE runs SET status = 'queued', started_at = NULL, progress_done = 0, progress_cost_micros = 0
         WHERE run_id = ? AND status = 'running'`,
        runId,
      ) > 0,

    failInterruptedRuns: async (error, finishedAt) =>
      db
        .all(
          `UPDATE runs SET status = 'failed', error = ?, finished_at = ? WHERE status = 'running' RETURNING run_id`,
          error,
          finishedAt,
        )
        .map((row) => row['run_id'] as string),

    deleteRun: async (runId) =>
      db.transaction(() => {
        const row = db.get('SELECT status FROM runs WHERE run_id = ?', runId);
        if (!row) return 'unknown';
        if (row['status'] === 'running') return 'busy';
        db.run('DELETE FROM runs WHERE run_id = ?', runId);
        return 'deleted';
      }),
  };
}

function storedRun(row: Row): StoredRun {
  const figures = row['figures'] as string | null;
  return {
    runId: row['run_id'] as string,
    scenarioId: row['scenario_id'] as string,
    name: row['name'] as string,
    strategy: row['strategy'] as Strategy,
    policy: JSON.parse(row['policy'] as string) as Policy,
    limits: JSON.parse(row['limits'] as string) as Limits,
    deadlineMs: row['deadline_ms'] as number | null,
    status: row['status'] as RunStatus,
    progress: {
      stage: null,
      done: row['progress_done'] as number,
      total: row['orders'] as number,
      costMicros: row['progress_cost_micros'] as number,
    },
    createdAt: row['created_at'] as string,
    startedAt: row['started_at'] as string | null,
    finishedAt: row['finished_at'] as string | null,
    error: row['error'] as string | null,
    currency: row['currency'] as string,
    figures: figures === null ? null : figuresOf(figures),
  };
}

/** Runs kept before say neither whether they were stopped early, nor their goals and what they took. */
function figuresOf(json: string): RunFigures {
  const kept = JSON.parse(json) as Omit<RunFigures, 'degraded' | 'tiers' | 'effort'> & Partial<RunFigures>;
  const { lowerBoundMicros, gap } = kept.proof;
  const objectiveMicros = kept.cost.totalMicros;
  const tiers = [{ name: 'cost', objectiveMicros, lowerBoundMicros, gap, limitMicros: null }];
  return { degraded: null, tiers, effort: null, ...kept };
}
