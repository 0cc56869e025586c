// Decides how the SQLite file is opened: durable, with foreign keys, migrated. Every thread has a connection of its own.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { MIGRATIONS } from './migrations.ts';

/** How long one thread waits for another's transaction. */
const BUSY_MS = 30_000;

export type Row = Record<string, string | number | Uint8Array | null>;

export interface Connection {
  all(sql: string, ...values: SQLInputValue[]): Row[];
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  /** Gives the number of rows that changed. */
  run(sql: string, ...values: SQLInputValue[]): number;
  /** A statement for a loop. */
  prepare(sql: string): StatementSync;
  /** Commits what `work` did when it returns, undoes it when it throws. Takes the write lock at once. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** Opens the file, makes it when it is missing and brings its tables up to date. */
export function openConnection(file: string): Connection {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: BUSY_MS, enableForeignKeyConstraints: true });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;');
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  const connection: Connection = {
    all: (sql, ...values) => prepared(sql).all(...values) as Row[],
    get: (sql, ...values) => prepared(sql).get(...values) as Row | undefined,
    run: (sql, ...values) => Number(prepared(sql).run(...values).changes),
    prepare: prepared,
    transaction: (work) => {
      database.exec('BEGIN IMMEDIATE');
      try {
        const value = work();
        database.exec('COMMIT');
        return value;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => database.close(),
  };
  try {
    migrate(database, connection);
  } catch (error) {
    database.close();
    throw error;
  }
  return connection;
}

function migrate(database: DatabaseSync, connection: Connection): void {
  if (versionOf(connection) === MIGRATIONS.length) return;
  connection.transaction(() => {
    const version = versionOf(connection);
    if (version > MIGRATIONS.length) {
      throw new Error(
        `The data file has version ${version}; this server knows versions up to ${MIGRATIONS.length}. Use a newer server, or another data file.`,
      );
    }
    for (const step of MIGRATIONS.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

function versionOf(connection: Connection): number {
  return Number(connection.get('PRAGMA user_version')!['user_version']);
}
