// Decides whether a postcode begins with one of many prefixes.
// Each list is made ready once; asking it costs a look-up for each length there is.

interface Prefixes {
  readonly all: ReadonlySet<string>;
  readonly lengths: readonly number[];
}

const compiled = new WeakMap<readonly string[], Prefixes>();

/** Upper case, single spaces, and one at the end: the prefix `IV1 ` fits `iv1 1aa` and not `IV12 4BB`. */
export function hasPrefix(postcode: string | undefined, prefixes: readonly string[]): boolean {
  if (postcode === undefined) return false;
  let ready = compiled.get(prefixes);
  if (!ready) {
    const all = new Set(prefixes.map((prefix) => prefix.trimStart().toUpperCase().replace(/\s+/g, ' ')));
    ready = { all, lengths: [...new Set([...all].map((prefix) => prefix.length))] };
    compiled.set(prefixes, ready);
  }
  const text = spelt(postcode);
  for (const length of ready.lengths) if (length <= text.length && ready.all.has(text.slice(0, length))) return true;
  return false;
}

/** The last one asked about: an order asks about its own for every node. */
let last = { postcode: '', text: '' };

function spelt(postcode: string): string {
  if (postcode !== last.postcode) last = { postcode, text: `${postcode.trim().toUpperCase().replace(/\s+/g, ' ')} ` };
  return last.text;
}
