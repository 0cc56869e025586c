// Decides how a command reads a JSON file that it was named: bounded, and refused with its place where it is none.
import { basename } from 'node:path';
import { MAX_FILE_BYTES } from '../scenario-files/read-bytes.ts';
import { readDocument } from '../scenario-files/read-document.ts';
import { CommandFailure } from './failure.ts';

export async function readJsonArgument(path: string): Promise<unknown> {
  const document = await readDocument(path, basename(path), { maxBytes: MAX_FILE_BYTES });
  if (document.ok) return document.value;
  throw new CommandFailure(`${path} cannot be read.`, [document.error]);
}
