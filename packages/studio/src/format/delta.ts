// Decides what a difference against a baseline means: its size, its share, and whether it is better or worse.
import { isMissing, type Maybe } from './number.ts';

export type Tone = 'better' | 'worse' | 'same' | 'plain';
export type Direction = 'lower' | 'higher' | 'none';

export interface Delta {
  readonly value: number;
  /** Against the baseline; null where the baseline is 0. */
  readonly share: number | null;
  readonly tone: Tone;
}

/** `better` says which way is good. Null when either side is missing. */
export function deltaOf(value: Maybe, baseline: Maybe, better: Direction): Delta | null {
  if (isMissing(value) || isMissing(baseline)) return null;
  const difference = value - baseline;
  return {
    value: difference,
    share: baseline === 0 ? null : difference / Math.abs(baseline),
    tone: toneOf(difference, better),
  };
}

export function toneOf(difference: number, better: Direction): Tone {
  if (difference === 0) return 'same';
  if (better === 'none') return 'plain';
  return difference < 0 === (better === 'lower') ? 'better' : 'worse';
}
