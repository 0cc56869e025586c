// Decides how the optimiser's work is counted: one for pricing an order from its tables, more for one that must be searched.
import type { WaveModel } from './wave-model.ts';

/** Table look-ups that searching an order takes as long as: so many for each line at each source, and a few to begin with. */
const SEARCH_START = 200;
const SEARCH_CELL = 4;

/** Looks at an order after which planning it anew seldom helps: more for one that costs little. */
const REPLANS_TABLED = 1500;
const REPLANS_SEARCHED = 100;

/** Work after which improving a wave further seldom helps. */
export function enoughWork(model: WaveModel): number {
  let sum = 0;
  for (let order = 0; order < model.views.length; order++) {
    sum += solveWork(model, order) * (model.tabled[order] === 1 ? REPLANS_TABLED : REPLANS_SEARCHED);
  }
  return sum;
}

export function solveWork(model: WaveModel, order: number): number {
  if (model.tabled[order] === 1) return 1;
  const lines = model.lineStart[order + 1]! - model.lineStart[order]!;
  const sources = model.sourceStart[order + 1]! - model.sourceStart[order]!;
  return SEARCH_START + SEARCH_CELL * lines * sources;
}
