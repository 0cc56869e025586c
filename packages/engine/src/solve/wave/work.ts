// Decides how the optimiser's work is counted: one for pricing an order from its tables, more for one that must be searched.
import { isQuick } from './basket-plan.ts';
import type { WaveModel } from './wave-model.ts';

/** Table look-ups that one dual ascent takes as long as: one for so many lines at a source, and a few to begin with. */
const ASCENT_START = 20;
const ASCENT_CELLS = 24;
/** Planning an order quickly takes as long as so many ascents. */
const ASCENTS_A_PLAN = 3;

/** The same for searching an order's best plan. */
const SEARCH_START = 200;
const SEARCH_CELL = 4;

/** Looks at an order after which planning it anew seldom helps: more for one that costs little. */
const REPLANS_TABLED = 1500;
const REPLANS_LARGE = 300;

/** Work after which improving a wave further seldom helps. */
export function enoughWork(model: WaveModel): number {
  let sum = 0;
  for (let order = 0; order < model.views.length; order++) {
    sum += solveWork(model, order) * (model.tabled[order] === 1 ? REPLANS_TABLED : REPLANS_LARGE);
  }
  return sum;
}

/** Of pricing an order anew in the dual phase. */
export function priceWork(model: WaveModel, order: number): number {
  return model.tabled[order] === 1 ? 1 : ASCENT_START + Math.ceil(cellsOf(model, order) / ASCENT_CELLS);
}

/** Of planning an order anew. */
export function solveWork(model: WaveModel, order: number): number {
  if (model.tabled[order] === 1) return 1;
  return isQuick(model.views[order]!.problem) ? ASCENTS_A_PLAN * priceWork(model, order) : searchWork(model, order);
}

/** Of searching an order's best plan. */
export function searchWork(model: WaveModel, order: number): number {
  return model.tabled[order] === 1 ? 1 : solverWork(model, order);
}

/** Of having the order solver search it, whether there are tables or not. */
export function solverWork(model: WaveModel, order: number): number {
  return SEARCH_START + SEARCH_CELL * cellsOf(model, order);
}

/** Lines × sources. */
function cellsOf(model: WaveModel, order: number): number {
  const lines = model.lineStart[order + 1]! - model.lineStart[order]!;
  return lines * (model.sourceStart[order + 1]! - model.sourceStart[order]!);
}
