// Reads everything a store holds, to tell whether a call changed anything.
import { DatabaseSync } from 'node:sqlite';

/** Every row of every table, by table. */
export function dump(dataFile: string): Record<string, unknown[]> {
  const database = new DatabaseSync(dataFile, { readOnly: true });
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
      .all() as { name: string }[];
    return Object.fromEntries(tables.map(({ name }) => [name, database.prepare(`SELECT * FROM ${name}`).all()]));
  } finally {
    database.close();
  }
}
