// Decides what a cursor is: where the next page starts, tied to the question it belongs to. Opaque to clients.
// An offset is exact here: the results of a finished run never change.
import { createHash } from 'node:crypto';

/** The cursor of the page after `end` rows, or nothing when those are all. */
export function nextCursor(end: number, total: number, question: unknown): string | null {
  if (end >= total) return null;
  return Buffer.from(`${end}.${hashOf(question)}`).toString('base64url');
}

/** Where the page starts; nothing when the cursor belongs to another question or is none. */
export function readCursor(cursor: string, question: unknown): number | undefined {
  const [offset, hash] = Buffer.from(cursor, 'base64url').toString('utf8').split('.');
  if (hash !== hashOf(question) || !/^\d{1,8}$/.test(offset!)) return undefined;
  return Number(offset);
}

function hashOf(question: unknown): string {
  return createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 12);
}
