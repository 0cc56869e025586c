// Decides that one server at a time works on a data file. The lock is the operating system's: it ends with the process, however that ends.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface FileLock {
  release(): void;
}

/** Takes the lock beside the file, or nothing when another process has it. */
export function lockFile(file: string): FileLock | undefined {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(`${file}.lock`, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (/locked|busy/i.test((error as Error).message)) return undefined;
    throw error;
  }
  return { release: () => database.close() };
}
