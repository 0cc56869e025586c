// Decides a first plan over a few open sources: every line where the bound's slopes make it cheapest, then single moves.
// Leaves better ones to the searches.
import type { Pricing } from './assignment-bound.ts';
import type { Assignment } from './assignment.ts';
import { draftMicros, offer, stockRoom } from './draft-plan.ts';
import { mendParts } from './part-guard.ts';
import { partsHold } from './part-values.ts';
import { improveByMoves } from './line-moves.ts';
import { shortLevelMicros, wholeIntervals, type ShortLine } from './short-line.ts';

/** Every line where it is cheapest at the slopes, then moved while that helps; short lines at the bound's quantities or those given. */
export function tryNearest({ search, open, pricings, shorts }: Assignment, targets?: readonly Float64Array[]): void {
  const { model, penalty } = search;
  const n = model.lineCount;
  const { level } = pricings[0]!;
  const units = new Float64Array(model.sourceCount * n);
  const used = new Float64Array(open.length);
  for (const [k, short] of shorts.entries()) {
    const wanted = targets?.[k] ?? cheapestShares(short, pricings[0]!);
    for (const [c, { position }] of short.cells.entries()) {
      const j = open[position]!;
      const taken = Math.min(wanted[c]!, model.unitsLeft[j]! - used[position]!, stockRoom(model, units, j, short.line));
      units[j * n + short.line] = taken;
      used[position]! += taken;
    }
  }
  for (let i = 0; i < n; i++) {
    if (model.short[i] === 1) continue;
    let best = -1;
    let micros = penalty[i]!;
    for (let s = 0; s < open.length; s++) {
      const there = level[i * open.length + s]!;
      if (there < micros && used[s]! + model.quantity[i]! <= model.unitsLeft[open[s]!]!) [best, micros] = [s, there];
    }
    if (best < 0) continue;
    units[open[best]! * n + i] = model.quantity[i]!;
    used[best]! += model.quantity[i]!;
  }
  improveByMoves(search, open, units);
  if (!partsHold(model, units, open)) {
    mendParts(model, penalty, open, units);
    improveByMoves(search, open, units);
  }
  offer(search.best, draftMicros(model, penalty, units, open), units);
}

function cheapestShares(short: ShortLine, pricing: Pricing): Float64Array {
  const target = new Float64Array(short.cells.length);
  shortLevelMicros(short, pricing.slope, wholeIntervals(short), target);
  return target;
}
