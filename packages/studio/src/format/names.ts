// Decides how several names read in a sentence: all of a few, the first and a count of many.
import { countText } from './number.ts';

/** `A`, `A and B`, `A, B and C`; of more than `most`, `A, B and 3 more`. Empty for none. */
export function namesText(names: readonly string[], most = 4): string {
  if (names.length > most) {
    const shown = names.slice(0, Math.max(1, most - 1));
    return `${shown.join(', ')} and ${countText(names.length - shown.length)} more`;
  }
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
