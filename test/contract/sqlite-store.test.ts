// Holds the SQLite store to the contract of the port, and to what is its own: durability settings, versions, the lock.
import { rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { buildPolicy } from '@sourcewright/engine/testing';
import { openSqliteStore } from '@sourcewright/server';
import { lockFile } from '../../packages/server/src/store/sqlite/file-lock.ts';
import { openConnection } from '../../packages/server/src/store/sqlite/connection.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dataFileIn, makeFolder } from '../server/support/server.ts';
import { policyStoreContract } from './policy-store.contract.ts';
import { storeContract, type StoreHarness } from './store.contract.ts';

function makeHarness(): StoreHarness {
  const folder = makeFolder();
  return {
    open: async () => openSqliteStore(dataFileIn(folder)),
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

storeContract('in SQLite', makeHarness);
policyStoreContract('in SQLite', makeHarness);

describe('the SQLite file', () => {
  it('does not let a published policy be changed by any statement', async () => {
    const file = freshFile();
    const store = openSqliteStore(file);
    await store.insertPolicyVersion(buildPolicy(), 'published', {
      at: '2026-03-02T09:00:00Z',
      author: 'Ada',
      comment: '',
    });
    await store.close();
    const connection = openConnection(file);
    onTestFinished(() => connection.close());
    expect(() => connection.run(`UPDATE policy_versions SET policy = '{}'`)).toThrow(/never changes/);
  });

  const freshFile = (): string => {
    const folder = makeFolder();
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return dataFileIn(folder);
  };

  it('loses no commit to a power cut, and checks references', () => {
    const connection = openConnection(freshFile());
    onTestFinished(() => connection.close());
    expect(connection.get('PRAGMA journal_mode')).toMatchObject({ journal_mode: 'wal' });
    expect(connection.get('PRAGMA synchronous')).toMatchObject({ synchronous: 2 });
    expect(connection.get('PRAGMA foreign_keys')).toMatchObject({ foreign_keys: 1 });
  });

  it('undoes a transaction that throws and goes on', () => {
    const connection = openConnection(freshFile());
    onTestFinished(() => connection.close());
    const count = (): unknown => connection.get('SELECT count(*) AS n FROM scenario_documents')!['n'];
    connection.run('PRAGMA foreign_keys = OFF');
    const insert = (): number => connection.run("INSERT INTO scenario_documents VALUES (1, x'00')");
    expect(() =>
      connection.transaction(() => {
        insert();
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(count()).toBe(0);
    connection.transaction(insert);
    expect(count()).toBe(1);
  });

  it('refuses a file of a newer server and a file that is no database', () => {
    const newer = freshFile();
    openConnection(newer).close();
    const database = new DatabaseSync(newer);
    database.exec('PRAGMA user_version = 999');
    database.close();
    expect(() => openSqliteStore(newer)).toThrow(/version 999/);
    const text = freshFile();
    writeFileSync(text, 'This is not a database, it only is a file with some text in it.'.repeat(20));
    expect(() => openSqliteStore(text)).toThrow(/not a database/);
  });

  it('is worked on by one server at a time', () => {
    const file = freshFile();
    const first = lockFile(file);
    expect(first).toBeDefined();
    expect(lockFile(file)).toBeUndefined();
    first!.release();
    const second = lockFile(file);
    expect(second).toBeDefined();
    second!.release();
  });
});
