// Decides what an import gives: a policy, and everything that could not be carried over as it was.
// Leaves each system's own words to its importer.
import { z } from 'zod';
import { pointer, shown } from '../base/issue.ts';
import type { Cascade, CascadeStrategy } from '../model/cascade.ts';
import type { Policy } from '../model/policy.ts';

/** A text of an imported file: a name, an id, a value. */
export const textSchema = z.string().max(1000);

/**
 * What became of something: `lost` has no effect any more, `wider` leaves a strategy with more orders or nodes than it had,
 * `changed` is said in another way that may decide otherwise.
 */
export const IMPORT_EFFECTS = ['wider', 'changed', 'lost'] as const;
export type ImportEffect = (typeof IMPORT_EFFECTS)[number];

/** Something that could not be carried over as it was. */
export interface ImportNote {
  /** JSON pointer (RFC 6901) into the imported file. */
  readonly path: string;
  readonly effect: ImportEffect;
  readonly reason: string;
}

export interface Imported {
  /** Follows a cascade; it compiles. */
  readonly policy: Policy;
  readonly notes: readonly ImportNote[];
  /** What the scenario has to bring for the conditions to hold: groups of nodes, names of channels and services. */
  readonly needs: readonly string[];
}

/** Collects notes and needs while a file is read. */
export interface ImportLog {
  readonly notes: ImportNote[];
  readonly needs: Set<string>;
  note(path: string, effect: ImportEffect, reason: string): void;
}

export function startLog(): ImportLog {
  const notes: ImportNote[] = [];
  return { notes, needs: new Set(), note: (path, effect, reason) => notes.push({ path, effect, reason }) };
}

/** Fields of an object that its schema does not know: they are let through, and told. */
export function noteUnknown(given: object, schema: z.ZodObject, path: string, log: ImportLog): void {
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(schema.shape, key))
      log.note(pointer(path, key), 'lost', 'The importer does not read this field.');
  }
}

/** Amounts that the systems do not have: a start, to be replaced by the merchant's own. */
const PLAIN: Omit<Policy, 'policyId' | 'name' | 'cascade'> = {
  version: 1,
  strategy: 'cascade',
  goals: {
    splitMicros: 0,
    latenessPerDayMicros: 2_000_000,
    unsourced: { perUnitMicros: 1_000_000, valuePercent: 30 },
  },
  promise: { defaultDays: 5 },
  allow: { partial: true, splitQuantity: 'when-needed', maxShipDelayDays: 2 },
};

/** `base` gives what the imported file does not say: goals, promise, what is allowed, rules. */
export function importedPolicy(
  id: string,
  name: string,
  strategies: readonly CascadeStrategy[],
  log: ImportLog,
  base?: Policy,
): Imported {
  if (!base)
    log.note(
      '',
      'changed',
      'The file has no costs: goals, promise and limits are plain values. Give your own with a base policy.',
    );
  const cascade: Cascade = { strategies: uniquelyNamed(strategies) };
  const policyId = id.replace(/[^\p{L}\p{N}._:@/ -]+/gu, '-').slice(0, 80) || 'imported';
  const policy: Policy = {
    ...(base ?? PLAIN),
    policyId,
    version: 1,
    name: name.slice(0, 300),
    strategy: 'cascade',
    cascade,
  };
  return { policy, notes: log.notes, needs: [...log.needs].sort() };
}

function uniquelyNamed(strategies: readonly CascadeStrategy[]): CascadeStrategy[] {
  const seen = new Map<string, number>();
  return strategies.map((strategy) => {
    const name = strategy.name.slice(0, 110);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { ...strategy, name: count === 1 ? name : `${name} (${count})` };
  });
}

type Leaf = Readonly<Record<string, unknown>>;

/** A number, or a text that is one; told and undefined where it is neither, as what it limited is limited no more. */
export function numberOf(given: unknown, path: string, log: ImportLog): number | undefined {
  const number =
    typeof given === 'number' ? given : typeof given === 'string' && given.trim() !== '' ? Number(given) : NaN;
  if (Number.isFinite(number)) return number;
  log.note(path, 'wider', `${shown(given)} is no number; the condition is left out.`);
  return undefined;
}

/** One group of conditions for all that must hold; undefined where nothing must. */
export function allOf(conditions: readonly Leaf[]): Record<string, unknown> | undefined {
  return conditions.length === 0 ? undefined : { all: [...conditions] };
}

/** A list fact holds any of the values; `not` for none of them. */
export function listHasAny(fact: string, values: readonly string[], not = false): Leaf {
  const any = { fact, operator: 'containsAny', value: [...values] };
  return not ? { not: any } : any;
}

/** `a,b` or a list, without blanks; what is no text or number is none. */
export function valuesOf(given: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return list
    .flatMap((value) => (typeof value === 'string' || typeof value === 'number' ? String(value).split(',') : []))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}
