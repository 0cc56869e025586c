// Decides where a field's meaning is read: from the doc comment above it in the engine's model.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MODEL = join(import.meta.dirname, '../../packages/engine/src/model');
const COMMENTED_FIELD = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:readonly )?(\w+)\??:/g;

/** Comments of a model file by field. A name that two objects of the file comment on has no entry: its text is written by hand. */
export function fieldComments(file: string): ReadonlyMap<string, string> {
  const comments = new Map<string, string>();
  const twice = new Set<string>();
  for (const [, comment, field] of readFileSync(join(MODEL, file), 'utf8').matchAll(COMMENTED_FIELD)) {
    if (comments.has(field!)) twice.add(field!);
    comments.set(field!, comment!.replaceAll(/\s*\n\s*\*\s*/g, ' ').trim());
  }
  for (const field of twice) comments.delete(field);
  return comments;
}
