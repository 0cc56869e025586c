// Decides how a JSON file of a scenario is read: text to value, or one issue with the place where it breaks.
// Leaves the value's shape to the engine.
import { fail, type Issue, type Result, succeed } from '@sourcewright/engine';
import { jsonErrorPosition } from './json-position.ts';
import { readBytes, type ReadLimits } from './read-bytes.ts';

export async function readDocument(path: string, shownAs: string, limits: ReadLimits): Promise<Result<unknown, Issue>> {
  const bytes = await readBytes(path, shownAs, limits);
  if (!bytes.ok) return bytes;
  const text = new TextDecoder('utf-8').decode(bytes.value);
  try {
    return succeed<unknown>(JSON.parse(text));
  } catch {
    const position = jsonErrorPosition(text);
    const place = position ? ` It breaks at line ${position.line}, column ${position.column}.` : '';
    const message = `The file is not JSON.${place} Mend it there; a missing comma, quote or bracket is the usual cause.`;
    return fail<Issue>({
      code: 'unreadable',
      path: position ? `${shownAs}:${position.line}:${position.column}` : shownAs,
      message,
    });
  }
}
