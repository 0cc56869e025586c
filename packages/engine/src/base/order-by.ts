// Decides how things are put in order: by total orders that do not depend on a locale, with the id as the last tie-break.

/** Compares by UTF-16 code unit, so that every machine sorts alike. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

type Key = string | number;

/** A comparator over the given keys, the first that differs decides. */
export function orderBy<T>(...keys: readonly ((item: T) => Key)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const key of keys) {
      const left = key(a);
      const right = key(b);
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };
}
