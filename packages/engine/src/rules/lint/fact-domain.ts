// Decides which values stand for all that a fact can have, when only the comparisons of one policy look at it: between any two
// of its constants nothing changes. A comparison is then the set of those values for which it holds.
import type { Fact } from '../catalogue.ts';
import type { Leaf } from '../condition.ts';
import { testOf } from '../operators.ts';

/** Facts compared with more constants than this are not looked into. */
const MOST_CONSTANTS = 1000;

export interface FactDomain {
  /** Words of 32 values. */
  readonly words: number;
  /** All values, and the set of those for which a comparison with a constant holds. */
  readonly all: Uint32Array;
  maskOf(leaf: Leaf): Uint32Array;
}

/** `leaves` are all comparisons of the fact with constants in the policy. Undefined where there are too many to look into. */
export function factDomain(fact: Fact, leaves: readonly Leaf[]): FactDomain | undefined {
  const constants = new Set<unknown>();
  for (const { value } of leaves) for (const entry of Array.isArray(value) ? value : [value]) constants.add(entry);
  if (constants.size > MOST_CONSTANTS) return undefined;
  const values = valuesOf(fact, [...constants]);
  const words = (values.length + 31) >>> 5;
  const all = maskWhere(values, words, () => true);
  return {
    words,
    all,
    maskOf: ({ operator, value }) => {
      const test = testOf(operator);
      return maskWhere(values, words, (candidate) => test(candidate, value));
    },
  };
}

function maskWhere(values: readonly unknown[], words: number, fits: (value: unknown) => boolean): Uint32Array {
  const mask = new Uint32Array(words);
  values.forEach((value, index) => {
    if (fits(value)) mask[index >>> 5]! |= 1 << (index & 31);
  });
  return mask;
}

function valuesOf(fact: Fact, constants: readonly unknown[]): unknown[] {
  const missing = fact.missing === undefined ? [] : [undefined];
  switch (fact.type) {
    case 'flag':
      return [true, false];
    case 'number':
      return [...numbersAround(fact, constants), ...missing];
    case 'date':
      return [...textsAround(constants), '0000-01-01', '9999-12-31', ...missing];
    case 'text':
      return [...(fact.choices ?? textsAround(constants)), ...missing];
    case 'list':
      return [];
  }
}

/** Each constant, and a number between any two and beyond both ends, within what the fact can be. */
function numbersAround({ range, whole }: Fact, constants: readonly unknown[]): number[] {
  const least = range?.[0] ?? -Infinity;
  const most = range?.[1] ?? Infinity;
  const numbers = constants.map(Number).filter(Number.isFinite);
  const points = [...numbers, ...(range ? [least] : []), ...(Number.isFinite(most) ? [most] : []), 0].sort(
    (a, b) => a - b,
  );
  const around = new Set<number>();
  points.forEach((point, index) => {
    const next = points[index + 1];
    around.add(point);
    if (whole) for (const near of [Math.floor(point), Math.ceil(point), point - 1, point + 1]) around.add(near);
    if (next !== undefined) around.add((point + next) / 2);
  });
  around.add(points[0]! - 1).add(points.at(-1)! + 1);
  return [...around].filter((value) => value >= least && value <= most && (!whole || Number.isInteger(value)));
}

/** Each constant, something that starts with it, and something like none of them. */
function textsAround(constants: readonly unknown[]): string[] {
  const texts = constants.filter((value) => typeof value === 'string');
  const numbers = constants
    .filter((value) => typeof value === 'number')
    .flatMap((value) => [value - 1, value, value + 1]);
  return [...new Set([...texts, ...texts.map((text) => `${text}\u0001`), ...numbers.map(String), '\u0002'])];
}
