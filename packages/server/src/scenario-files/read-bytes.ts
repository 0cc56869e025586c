// Decides whether a file can be read at all: it is there, is a file, is not too large unpacked, and is UTF-8 text.
// Leaves what the text means to read-document and read-table.
import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fail, type Issue, type Result, succeed } from '@sourcewright/engine';

/** Largest file, packed and unpacked: a decimal 512 MB, just below the longest string the runtime holds. */
export const MAX_FILE_BYTES = 512_000_000;

export interface ReadLimits {
  readonly maxBytes: number;
}

/** UTF-8 bytes of the file at `path`, unpacked where the name ends in `.gz`. `shownAs` names it in issues. */
export async function readBytes(path: string, shownAs: string, limits: ReadLimits): Promise<Result<Buffer, Issue>> {
  const issue = (code: Issue['code'], message: string) => fail<Issue>({ code, path: shownAs, message });
  const tooLarge = `The file holds more than ${limits.maxBytes} bytes. Split the scenario into smaller ones.`;
  let packed: Buffer;
  try {
    const info = await stat(path);
    if (!info.isFile()) return issue('unreadable', 'This is not a file. Put a file of that name in its place.');
    if (info.size > limits.maxBytes) return issue('too-large', tooLarge);
    packed = await readFile(path);
  } catch (error) {
    return issue('unreadable', `The file cannot be opened (${codeOf(error)}). Check its name and its permissions.`);
  }
  let bytes = packed;
  if (path.endsWith('.gz') && packed.length > 0) {
    try {
      bytes = await unpack(packed, { maxOutputLength: limits.maxBytes });
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ERR_BUFFER_TOO_LARGE') return issue('too-large', tooLarge);
      return issue('unreadable', code === 'Z_BUF_ERROR' ? CUT_SHORT : NOT_GZIP);
    }
  }
  if (bytes.length === 0)
    return issue('unreadable', 'The file is empty. Fill it or take the scenario from its source again.');
  if (!isUtf8(bytes)) return issue('unreadable', 'The file is not UTF-8 text. Save it as UTF-8.');
  return succeed(bytes);
}

const CUT_SHORT = 'The gzip file ends too early: it was cut short. Copy or pack it again.';
const NOT_GZIP = 'The file is not sound gzip data. Pack it again, or drop .gz from its name if it is plain text.';

const unpack = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown error';
}
