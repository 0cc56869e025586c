// Decides what is said of what an explanation did not look for, where sourcing the order again would have taken too much work.
import type { NotLookedFor } from '../model/explanation.ts';

export interface Unfinished {
  /** Not every rule was asked whether it stands in the way of fewer shipments. */
  readonly splitRules: boolean;
  /** Lines for which not everything that could flip them was tried. */
  readonly lineIds: readonly string[];
  /** Lines that were asked for. */
  readonly asked: number;
  /** Nothing that could flip any of them was tried. */
  readonly nothingTried: boolean;
}

/** Undefined where everything was looked for. */
export function notLookedFor({ splitRules, lineIds, asked, nothingTried }: Unfinished): NotLookedFor | undefined {
  const what: string[] = [];
  if (splitRules) what.push('whether a rule stands in the way of fewer shipments');
  if (lineIds.length > 0) {
    const lines =
      asked === 1
        ? `line ${lineIds[0]}`
        : lineIds.length === asked
          ? 'its lines'
          : `${lineIds.length} of ${asked} lines`;
    what.push(nothingTried ? `what would flip ${lines}` : `what else would flip ${lines}`);
  }
  if (what.length === 0) return undefined;
  const sentence = `Left open, as finding out takes too much work: ${what.join('; ')}.`;
  return { splitRules, lineIds, sentence };
}
