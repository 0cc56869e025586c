// Decides how a policy is read back from text: where JSON breaks, by line and column, and whether it is enough of a policy to be shown.
// Leaves everything else that may be wrong with it to the linter.
import type { Policy } from '@sourcewright/engine';

export interface TextFault {
  readonly message: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export function policyText(policy: Policy): string {
  return JSON.stringify(policy, null, 2);
}

export function readPolicyText(text: string): { readonly policy: Policy } | { readonly fault: TextFault } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { fault: jsonFault(text, error) };
  }
  const found = policyLike(value);
  return typeof found === 'string' ? { fault: { message: found, line: 1, column: 1 } } : { policy: found };
}

/** The value where the screen can show it, else what it lacks. */
export function policyLike(value: unknown): Policy | string {
  if (!isObject(value)) return 'A policy is a JSON object.';
  for (const key of ['policyId', 'name', 'strategy']) {
    if (typeof value[key] !== 'string') return `${key} is missing: give text.`;
  }
  for (const key of ['goals', 'promise', 'allow'])
    if (!isObject(value[key])) return `${key} is missing: give an object.`;
  if (!isObject((value['goals'] as Record<string, unknown>)['unsourced']))
    return 'goals.unsourced is missing: give an object.';
  const rules = value['rules'] ?? [];
  if (!Array.isArray(rules)) return 'rules is no list.';
  const wrong = rules.findIndex((rule) => !isRuleLike(rule));
  if (wrong >= 0) return `Rule ${wrong + 1} needs a name, conditions, and an event with type and params.`;
  return value as unknown as Policy;
}

function isRuleLike(rule: unknown): boolean {
  if (!isObject(rule) || typeof rule['name'] !== 'string' || !isObject(rule['conditions'])) return false;
  const event = rule['event'];
  return isObject(event) && typeof event['type'] === 'string' && isObject(event['params']);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Browsers tell where in different words: by line and column, by position, or only that the end came too early. */
function jsonFault(text: string, error: unknown): TextFault {
  const message = error instanceof Error ? error.message : 'This is no JSON.';
  const place = /line (\d+) column (\d+)/.exec(message);
  const plain = message.replace(/^JSON\.parse: /, '').replace(/\s*\(?(in JSON )?at position.*$|\s+at line \d+.*$/s, '');
  if (place) return { message: plain, line: Number(place[1]), column: Number(place[2]) };
  const position = /position (\d+)/.exec(message);
  const at = position ? Number(position[1]) : text.length;
  const before = text.slice(0, at).split('\n');
  return { message: plain, line: before.length, column: before.at(-1)!.length + 1 };
}

/** Where a JSON pointer leads in a text that `policyText` wrote: from 1; the nearest parent where it leads nowhere. */
export function lineOfPointer(text: string, pointer: string): number {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const lines = text.split('\n');
  let line = 0;
  for (const [depth, key] of keys.entries()) {
    const found = childLine(lines, line, depth, key);
    if (found < 0) break;
    line = found;
  }
  return line + 1;
}

/** Lines below `from` that are two spaces further in belong to it. */
function childLine(lines: readonly string[], from: number, depth: number, key: string): number {
  const indent = '  '.repeat(depth + 1);
  const isList = lines[from]!.trimEnd().endsWith('[');
  let position = -1;
  for (let line = from + 1; line < lines.length; line++) {
    const text = lines[line]!;
    if (!text.startsWith(indent)) return -1;
    if (text[indent.length] === ' ' || /^\s*[\]}]/.test(text)) continue;
    position += 1;
    if (isList ? position === Number(key) : text.startsWith(`${indent}${JSON.stringify(key)}:`)) return line;
  }
  return -1;
}
