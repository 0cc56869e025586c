// Decides how a fix of the linter is carried out: removals and replacements of JSON Patch (RFC 6902) on a copy.
import type { LintFinding } from '@sourcewright/engine';

type Patch = NonNullable<LintFinding['fix']>['patch'];

/** The changed copy; undefined where an operation finds nothing at its place. */
export function applyPatch(document: unknown, patch: Patch): unknown {
  let result: unknown = structuredClone(document);
  for (const op of patch) {
    const keys = op.path
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = keys.pop();
    if (last === undefined) {
      if (op.op === 'remove') return undefined;
      result = structuredClone(op.value);
      continue;
    }
    const parent = keys.reduce<unknown>((at, key) => childOf(at, key), result);
    if (childOf(parent, last) === undefined) return undefined;
    if (op.op === 'replace') (parent as Record<string, unknown>)[last] = structuredClone(op.value);
    else if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete (parent as Record<string, unknown>)[last];
  }
  return result;
}

function childOf(value: unknown, key: string): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}
