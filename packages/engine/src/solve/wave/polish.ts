// Decides the last step of a wave with large orders: each in turn gets the best plan a search finds on what the others leave.
// Leaves the wave as a whole to ruin-recreate.ts.
import type { EffectivePrices } from './table-pricing.ts';
import { searchWork } from './work.ts';
import type { WaveState } from './wave-state.ts';

const MOST_PASSES = 3;
/** Share of the cost that a pass must have saved for another one. */
const WORTHWHILE = 2e-4;

/** Work that one pass takes at most. */
export function polishWork({ model }: WaveState): number {
  let work = 0;
  for (let order = 0; order < model.views.length; order++)
    if (model.tabled[order] === 0) work += searchWork(model, order);
  return work;
}

/** The plan never gets dearer. Returns the work it took; it stops between two orders when `work` is used up or it is told to. */
export function polish(state: WaveState, noPrices: EffectivePrices, work: number, shouldStop: () => boolean): number {
  const { model } = state;
  let spent = 0;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let saved = 0;
    for (let order = 0; order < model.views.length; order++) {
      if (model.tabled[order] === 1) continue;
      spent += searchWork(model, order);
      if (spent > work || shouldStop()) return spent;
      saved += state.polish(order, noPrices);
    }
    if (saved <= WORTHWHILE * state.totalMicros()) break;
  }
  return spent;
}
