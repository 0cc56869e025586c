// Decides how the store's port is met by one SQLite file.
import type { Store } from '../store.ts';
import { openConnection } from './connection.ts';
import { policyQueries } from './policy-queries.ts';
import { resultQueries } from './result-queries.ts';
import { runQueries } from './run-queries.ts';
import { scenarioQueries } from './scenario-queries.ts';

/** Opens or makes the file. Throws when it cannot be opened, is no database, or was written by a newer server. */
export function openSqliteStore(file: string): Store {
  const db = openConnection(file);
  return {
    ...scenarioQueries(db),
    ...runQueries(db),
    ...resultQueries(db),
    ...policyQueries(db),
    ping: async () => void db.get('SELECT 1 FROM scenarios LIMIT 1'),
    close: async () => db.close(),
  };
}
