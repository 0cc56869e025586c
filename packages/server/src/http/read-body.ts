// Decides how the bytes of a request body are taken in: JSON only, plain or gzip, never more than the limit, before or after unpacking.
import type { Request } from 'express';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { MEBIBYTE } from '../contract/index.ts';
import { problem } from './http-problem.ts';

/** The unpacked bytes, in a buffer of their own. Throws a problem. */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'application/json') {
    const given = type === '' ? 'none' : type.slice(0, 60);
    throw refuse(request, problem('unsupported-media-type', `The content type is ${given}. Send application/json.`));
  }
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') {
    const detail = `The content encoding is ${encoding.slice(0, 60)}. Send the body plain or as gzip.`;
    throw refuse(request, problem('unsupported-media-type', detail));
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw refuse(request, tooLarge(maxBytes));
  return encoding === 'gzip' ? unpack(request, maxBytes) : collect(request, request, maxBytes);
}

async function unpack(request: Request, maxBytes: number): Promise<Uint8Array> {
  const gunzip = createGunzip();
  let packed = 0;
  request.on('data', (chunk: Buffer) => {
    packed += chunk.length;
  });
  request.on('error', (error) => gunzip.destroy(error));
  request.on('close', () => {
    if (!request.complete) gunzip.destroy();
  });
  try {
    return await collect(request, request.pipe(gunzip), maxBytes);
  } catch (error) {
    request.unpipe(gunzip);
    if (!isZlibError(error)) throw error;
    const what = packed === 0 ? 'The body is empty. Send a JSON document.' : 'The gzip data is damaged or cut off.';
    throw refuse(request, problem('malformed-body', what));
  } finally {
    gunzip.destroy();
  }
}

async function collect(request: Request, stream: Readable, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onData = (chunk: Buffer): void => {
    size += chunk.length;
    if (size > maxBytes) {
      stream.off('data', onData);
      reject(refuse(request, tooLarge(maxBytes)));
    } else chunks.push(chunk);
  };
  stream.on('data', onData);
  stream.on('end', resolve);
  stream.on('error', reject);
  stream.on('close', () => reject(problem('malformed-body', 'The body broke off before its end.')));
  await promise;
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

/** The rest of the body is read and thrown away, so that the client gets to read the answer; then the connection ends. */
function refuse(request: Request, refusal: ReturnType<typeof problem>): ReturnType<typeof problem> {
  request.unpipe();
  request.resume();
  request.res?.setHeader('Connection', 'close');
  return refusal;
}

function tooLarge(maxBytes: number): ReturnType<typeof problem> {
  return problem('payload-too-large', `The body has more than ${maxBytes / MEBIBYTE} MiB. Send less at once.`);
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith('Z_');
}
