// Decides what is said of what an explanation did not look for, where sourcing the order again would have taken too much work.
import { decimal } from '../base/money.ts';
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
  /** What the order, sourced again with nothing changed, cost more; only where it then went otherwise. */
  readonly otherwiseMicros?: number | undefined;
  readonly quick: boolean;
}

/** Undefined where everything was looked for. */
export function notLookedFor(unfinished: Unfinished): NotLookedFor | undefined {
  const { splitRules, lineIds, asked, nothingTried, otherwiseMicros, quick } = unfinished;
  const what: string[] = [];
  if (splitRules) what.push('whether a rule stands in the way of fewer shipments');
  if (lineIds.length > 0 && otherwiseMicros === undefined) {
    const lines =
      asked === 1
        ? `line ${lineIds[0]}`
        : lineIds.length === asked
          ? 'its lines'
          : `${lineIds.length} of its ${asked} lines`;
    what.push(
      nothingTried ? `what would change who supplies ${lines}` : `what else would change who supplies ${lines}`,
    );
  }
  const left = quick ? 'Left out to answer at once' : 'Left open, as finding out takes too much work';
  const parts = what.length > 0 ? [`${left}: ${what.join('; ')}.`] : [];
  if (otherwiseMicros !== undefined) parts.push(otherwiseSentence(otherwiseMicros));
  return parts.length > 0
    ? { splitRules, lineIds, nothingTried: lineIds.length > 0 && nothingTried, sentence: parts.join(' ') }
    : undefined;
}

/** A change that flips a choice can be told only of an order that makes the choice again when nothing is changed. */
function otherwiseSentence(micros: number): string {
  const alone = 'What would change who supplies it cannot be told: sourced again by itself, on what the others leave,';
  if (micros === 0) return `${alone} the order goes another way that costs the same.`;
  return micros < 0
    ? `${alone} the order goes another way that costs ${decimal(-micros)} less, which the search over all orders did not come to.`
    : `${alone} the order does not come out as well as among all others, but ${decimal(micros)} dearer.`;
}
