// Decides how scenarios are kept in SQLite.
import type { Policy } from '@sourcewright/engine';
import type { NodeView, ScenarioSummary } from '../../contract/index.ts';
import type { ScenarioStore } from '../store.ts';
import type { Connection } from './connection.ts';

export function scenarioQueries(db: Connection): ScenarioStore {
  return {
    insertScenario: async (scenario) =>
      db.transaction(() => {
        const { summary } = scenario;
        const inserted = db.get(
          `INSERT INTO scenarios (scenario_id, title, currency, orders, summary, policy, node_list)
           VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (scenario_id) DO NOTHING RETURNING scenario_no`,
          summary.scenarioId,
          summary.title,
          summary.currency,
          summary.orders,
          JSON.stringify(summary),
          JSON.stringify(scenario.policy),
          JSON.stringify(scenario.nodeList),
        );
        if (!inserted) return 'exists';
        const scenarioNo = inserted['scenario_no'] as number;
        db.run('INSERT INTO scenario_documents (scenario_no, document) VALUES (?, ?)', scenarioNo, scenario.document);
        const insertOrder = db.prepare(
          `INSERT INTO scenario_orders (scenario_no, order_id, placed_at, region, postcode, lines, units, search, fulfilment,
             collect_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        );
        for (const order of scenario.orders) {
          const { orderId, placedAt, region, postcode, lines, units, search, fulfilment, collectAt } = order;
          insertOrder.run(scenarioNo, orderId, placedAt, region, postcode, lines, units, search, fulfilment, collectAt);
        }
        return 'inserted';
      }),

    listScenarios: async () =>
      db
        .all('SELECT summary FROM scenarios ORDER BY title, scenario_id')
        .map((row) => JSON.parse(row['summary'] as string) as ScenarioSummary),

    findScenario: async (scenarioId) => {
      const row = db.get('SELECT summary, policy, node_list FROM scenarios WHERE scenario_id = ?', scenarioId);
      if (!row) return undefined;
      return {
        summary: JSON.parse(row['summary'] as string) as ScenarioSummary,
        policy: JSON.parse(row['policy'] as string) as Policy,
        nodeList: JSON.parse(row['node_list'] as string) as NodeView[],
      };
    },

    readScenarioDocument: async (scenarioId) => {
      const row = db.get(
        `SELECT scenario_no, document FROM scenarios JOIN scenario_documents USING (scenario_no)
         WHERE scenario_id = ?`,
        scenarioId,
      );
      return row && { key: row['scenario_no'] as number, document: row['document'] as Uint8Array };
    },

    findScenarioKey: async (scenarioId) =>
      db.get('SELECT scenario_no FROM scenarios WHERE scenario_id = ?', scenarioId)?.['scenario_no'] as
        | number
        | undefined,

    deleteScenario: async (scenarioId) =>
      db.transaction(() => {
        const busy = db.get(
          `SELECT 1 FROM runs JOIN scenarios USING (scenario_no) WHERE scenario_id = ? AND status = 'running'`,
          scenarioId,
        );
        if (busy) return 'busy';
        return db.run('DELETE FROM scenarios WHERE scenario_id = ?', scenarioId) > 0 ? 'deleted' : 'unknown';
      }),
  };
}
