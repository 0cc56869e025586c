// Decides how the proof of one order reads: for a strategy that takes orders in turn it is held against what the order found,
// for one that weighs them together against having all stock and room to itself.
import type { Strategy } from '@sourcewright/engine';
import { percentText, plural } from './number.ts';

export interface ProofWords {
  /** Of orders whose proof leaves something open; null where that is nearly every order, so that it picks out nothing. */
  readonly open: OpenWords | null;
  readonly column: string;
  readonly columnNote: string;
  /** How the share that is open reads in a list. */
  readonly share: (gap: number, proven: boolean) => string;
}

export interface OpenWords {
  readonly filter: string;
  readonly attention: (orders: number) => string;
  readonly note: string;
  readonly example: (gap: number) => string;
}

const IN_TURN: ProofWords = {
  open: {
    filter: 'Unproven',
    attention: (orders) => `${plural(orders, 'order')} not proven least cost`,
    note: 'costliest first',
    example: (gap) => `gap ${percentText(gap)}`,
  },
  column: 'Gap',
  columnNote: 'What another way could save at most, as a share of the cost',
  share: (gap, proven) => (proven ? 'proven' : percentText(gap)),
};

/** Shares below this are rounding. */
const SEEN = 0.00005;

const TOGETHER: ProofWords = {
  open: null,
  column: 'Scarcity',
  columnNote: 'At most this share of the cost comes from sharing stock and room with other orders',
  share: (gap) => (gap < SEEN ? 'none' : percentText(gap)),
};

export function weighsTogether(strategy: Strategy): boolean {
  return strategy === 'optimal';
}

export function proofWords(strategy: Strategy): ProofWords {
  return weighsTogether(strategy) ? TOGETHER : IN_TURN;
}
