// Decides how the bytes of a JSON document become a value: UTF-8 without exception, then JSON.
import { fail, type Result, succeed } from '@sourcewright/engine';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The value, or a sentence that says what is wrong with the bytes. */
export function readJson(bytes: Uint8Array): Result<unknown, string> {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return fail('The body is not valid UTF-8.');
  }
  if (text.trim() === '') return fail('The body is empty. Send a JSON document.');
  try {
    return succeed(JSON.parse(text) as unknown);
  } catch (error) {
    return fail(`The body is not valid JSON: ${(error as Error).message}`.slice(0, 300));
  }
}
