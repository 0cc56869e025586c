// Decides what changed between two versions of a policy, in words: rules and strategies added, removed, moved or changed,
// and every other field from what to what.
import { pointer } from '../base/issue.ts';
import type { Policy } from '../model/policy.ts';

export interface PolicyChange {
  readonly kind: 'added' | 'removed' | 'moved' | 'changed';
  /** JSON pointer (RFC 6901): into the older version where something was removed, else into the newer. */
  readonly path: string;
  readonly sentence: string;
}

/** Lists whose entries have names, and what an entry is called. */
const NAMED: readonly (readonly [string, string])[] = [
  ['/rules', 'Rule'],
  ['/conditions', 'Condition'],
  ['/cascade/strategies', 'Strategy'],
  ['/goals/tiers', 'Goal tier'],
];

/** Kept by whoever keeps the versions. */
const UNTOLD = new Set(['policyId', 'version']);

/** Empty where nothing but the version differs. */
export function diffPolicies(before: Policy, after: Policy): PolicyChange[] {
  return diffValues(before, after, '', '');
}

function diffValues(before: unknown, after: unknown, path: string, name: string): PolicyChange[] {
  if (same(before, after)) return [];
  const entry = NAMED.find(([at]) => at === path);
  if (entry) return diffNamed(entriesOf(before), entriesOf(after), path, entry[1]);
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys
      .filter((key) => path !== '' || !UNTOLD.has(key))
      .flatMap((key) => diffValues(before[key], after[key], pointer(path, key), name ? `${name}.${key}` : key));
  }
  // A field that holds named lists is told entry by entry even where it is new or gone.
  const below = NAMED.filter(([at]) => at.startsWith(`${path}/`));
  if (path !== '' && below.length > 0 && (before === undefined || after === undefined)) {
    return diffValues(before ?? {}, after ?? {}, path, name);
  }
  return [changeOf(before, after, path, name)];
}

function changeOf(before: unknown, after: unknown, path: string, name: string): PolicyChange {
  if (before === undefined) return { kind: 'added', path, sentence: `${name} is now ${worded(after, name)}.` };
  if (after === undefined)
    return { kind: 'removed', path, sentence: `${name} is gone; it was ${worded(before, name)}.` };
  return { kind: 'changed', path, sentence: `${name} changed from ${worded(before, name)} to ${worded(after, name)}.` };
}

interface NamedEntry {
  readonly name: string;
  readonly [field: string]: unknown;
}

function diffNamed(
  before: readonly NamedEntry[],
  after: readonly NamedEntry[],
  path: string,
  noun: string,
): PolicyChange[] {
  const changes: PolicyChange[] = [];
  const oldAt = new Map(before.map((entry, index) => [entry.name, index]));
  const newAt = new Map(after.map((entry, index) => [entry.name, index]));
  for (const [index, { name }] of before.entries()) {
    if (!newAt.has(name))
      changes.push({ kind: 'removed', path: pointer(path, index), sentence: `${noun} "${name}" was removed.` });
  }
  const stayed = longestInOrder(after.flatMap(({ name }) => (oldAt.has(name) ? [oldAt.get(name)!] : [])));
  for (const [index, entry] of after.entries()) {
    const at = pointer(path, index);
    const old = oldAt.get(entry.name);
    if (old === undefined) {
      changes.push({ kind: 'added', path: at, sentence: `${noun} "${entry.name}" was added at place ${index + 1}.` });
      continue;
    }
    if (!stayed.has(old)) {
      const sentence = `${noun} "${entry.name}" moved from place ${old + 1} to ${index + 1}.`;
      changes.push({ kind: 'moved', path: at, sentence });
    }
    changes.push(...diffValues(before[old], entry, at, `${noun} "${entry.name}": `).map(tidyName));
  }
  return changes;
}

/** `Rule "a": .event.params.units` reads `Rule "a": event.params.units`. */
function tidyName(change: PolicyChange): PolicyChange {
  return { ...change, sentence: change.sentence.replace('": .', '": ') };
}

/** Of old places in their new order, a longest run that still goes up: those did not move. */
function longestInOrder(places: readonly number[]): ReadonlySet<number> {
  const tails: number[] = [];
  const previous = new Map<number, number | undefined>();
  for (const place of places) {
    const at = tails.findIndex((tail) => tail > place);
    const length = at < 0 ? tails.length : at;
    previous.set(place, length === 0 ? undefined : tails[length - 1]);
    tails[length] = place;
  }
  const stayed = new Set<number>();
  for (let place = tails.at(-1); place !== undefined; place = previous.get(place)) stayed.add(place);
  return stayed;
}

function worded(value: unknown, name: string): string {
  if (typeof value === 'number' && name.endsWith('Micros')) return (value / 1_000_000).toFixed(2);
  const text = JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}

function entriesOf(value: unknown): readonly NamedEntry[] {
  return Array.isArray(value) ? (value as NamedEntry[]) : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Equal as JSON; the order of keys does not count. */
function same(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length && before.every((entry, index) => same(entry, after[index]));
  }
  if (!isObject(before) || !isObject(after)) return before === after;
  const keys = Object.keys(before);
  return keys.length === Object.keys(after).length && keys.every((key) => same(before[key], after[key]));
}
