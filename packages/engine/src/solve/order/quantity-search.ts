// Decides the quantities of short lines over the open sources, exactly: branch and bound that halves intervals of units.
// Leaves whole lines, once the quantities are settled, to assignment-search.ts.
import type { Pricing } from './assignment-bound.ts';
import type { Assignment } from './assignment.ts';
import { tryNearest } from './nearest-plan.ts';
import { rangeIntercept } from './price-envelope.ts';
import { cutoff } from './search-state.ts';
import { shortLevelMicros, wholeIntervals, type Intervals } from './short-line.ts';

/** Search steps that one set of intervals is counted as. */
const NODE_WORK = 8;

/**
 * Improves the best plan by quantities of short lines; `placeLines` places the whole lines when all quantities are settled.
 * Returns the least bound of what was left open.
 */
export function searchQuantities(
  assignment: Assignment,
  root: number,
  placeLines: (assignment: Assignment, bound: number) => number,
): number {
  const { search, shorts, pricings } = assignment;
  const whole = pricings.map((pricing) => wholeMicros(assignment, pricing));
  const reach = wholeReach(assignment);
  let pending = Infinity;
  const visit = (intervals: readonly Intervals[], parent: number): void => {
    if (search.work >= assignment.workEnd || search.work >= search.workLimit) {
      pending = Math.min(pending, parent);
      return;
    }
    search.work += NODE_WORK;
    if (!tighten(assignment, intervals)) return;
    const targets = shorts.map((short) => new Float64Array(short.cells.length));
    const here = Math.max(parent, bound(assignment, intervals, whole, reach, targets));
    if (here >= cutoff(search)) return;
    const widest = widestCell(assignment, intervals);
    if (widest === undefined) {
      pending = Math.min(pending, placeLines(settled(assignment, intervals), here));
      return;
    }
    tryNearest(assignment, targets);
    if (here >= cutoff(search)) return;
    const [k, c] = widest;
    const low = intervals[k]!.low[c]!;
    const high = intervals[k]!.high[c]!;
    const middle = Math.floor((low + high) / 2);
    const halves: [number, number][] = [
      [low, middle],
      [middle + 1, high],
    ];
    if (targets[k]![c]! > middle) halves.reverse();
    for (const [from, to] of halves) visit(narrowed(intervals, k, c, from, to), here);
  };
  visit(shorts.map(wholeIntervals), root);
  return Math.min(pending, Math.max(search.best.micros, root));
}

/** The assignment with the quantities of intervals that are single points. */
function settled(assignment: Assignment, intervals: readonly Intervals[]): Assignment {
  const { search, open, shorts } = assignment;
  const weight = assignment.weight.slice();
  const used = assignment.used.slice();
  const count = assignment.count.slice();
  const units = assignment.units.slice();
  for (const [k, short] of shorts.entries()) {
    for (const [c, cell] of short.cells.entries()) {
      const taken = intervals[k]!.low[c]!;
      if (taken === 0) continue;
      weight[cell.position]! += cell.milligrams(taken);
      used[cell.position]! += taken;
      count[cell.position]!++;
      units[open[cell.position]! * search.model.lineCount + short.line] = taken;
    }
  }
  return { ...assignment, weight, used, count, units };
}

function narrowed(intervals: readonly Intervals[], k: number, c: number, from: number, to: number): Intervals[] {
  return intervals.map((interval, index) => {
    const next = { low: interval.low.slice(), high: interval.high.slice() };
    if (index === k) {
      next.low[c] = from;
      next.high[c] = to;
    }
    return next;
  });
}

/** Lowers upper limits to what the line, shared stock and handling capacity still allow. False where nothing is left. */
function tighten(assignment: Assignment, intervals: readonly Intervals[]): boolean {
  const { search, open, shorts, used } = assignment;
  const { model } = search;
  const least = used.slice();
  for (const [k, short] of shorts.entries()) {
    for (const [c, cell] of short.cells.entries()) least[cell.position]! += intervals[k]!.low[c]!;
  }
  for (const [s, j] of open.entries()) if (least[s]! > model.unitsLeft[j]!) return false;
  for (const [k, short] of shorts.entries()) {
    const { low, high } = intervals[k]!;
    const started = low.reduce((sum, units) => sum + units, 0);
    const alone = !short.split && started > 0;
    for (const [c, cell] of short.cells.entries()) {
      const capacity = model.unitsLeft[open[cell.position]!]! - least[cell.position]! + low[c]!;
      const most = Math.min(
        high[c]!,
        short.quantity - started + low[c]!,
        capacity,
        stockLimit(assignment, short.line, k, c, low),
      );
      if (most < low[c]!) return false;
      high[c] = alone && low[c] === 0 ? 0 : most;
    }
    if (model.allOrNothing && high.reduce((sum, units) => sum + units, 0) < short.quantity) return false;
  }
  return true;
}

/** Units the cell may give when the other days of its node give their least. */
function stockLimit(assignment: Assignment, line: number, k: number, c: number, low: Float64Array): number {
  const { search, open, shorts } = assignment;
  const { model } = search;
  const { cells } = shorts[k]!;
  const sourceAt = (index: number) => model.problem.sources[model.sourceOf[open[cells[index]!.position]!]!]!;
  const own = sourceAt(c);
  const demand = model.demandOf[line]!;
  let limit = Infinity;
  for (let later = 0; later < cells.length; later++) {
    const source = sourceAt(later);
    if (source.node !== own.node || source.day < own.day || (later !== c && low[later] === 0)) continue;
    let others = 0;
    for (let other = 0; other < cells.length; other++) {
      const earlier = sourceAt(other);
      if (other !== c && earlier.node === own.node && earlier.day <= source.day) others += low[other]!;
    }
    limit = Math.min(limit, source.available[demand]! - others);
  }
  return limit;
}

function bound(
  assignment: Assignment,
  intervals: readonly Intervals[],
  whole: readonly number[],
  reach: Float64Array,
  targets: readonly Float64Array[],
): number {
  const { search, open, shorts, pricings } = assignment;
  const from = new Float64Array(open.length);
  const to = reach.slice();
  for (const [k, short] of shorts.entries()) {
    for (const [c, cell] of short.cells.entries()) {
      from[cell.position]! += cell.milligrams(intervals[k]!.low[c]!);
      to[cell.position]! += cell.milligrams(intervals[k]!.high[c]!);
    }
  }
  let best = -Infinity;
  for (const [index, pricing] of pricings.entries()) {
    let micros = pricing.constant + whole[index]!;
    for (const [k, short] of shorts.entries()) {
      micros += shortLevelMicros(short, pricing.slope, intervals[k]!, index === 0 ? targets[k] : undefined);
    }
    for (const [s, j] of open.entries()) {
      const envelope = search.envelopes[j]!;
      const start = Math.max(from[s]!, envelope.low);
      if (to[s]! < start) return Infinity;
      micros += rangeIntercept(envelope, start, to[s]!, pricing.slope[s]!, pricing.rebate);
    }
    if (micros > best) best = micros;
  }
  return best;
}

/** The least that whole lines cost at a pricing's slopes. */
function wholeMicros({ search, open }: Assignment, pricing: Pricing): number {
  let micros = 0;
  for (let i = 0; i < search.model.lineCount; i++) {
    if (search.model.short[i] === 1) continue;
    let best = pricing.penalty[i]!;
    for (let s = 0; s < open.length; s++) best = Math.min(best, pricing.level[i * open.length + s]!);
    micros += best;
  }
  return micros;
}

/** By open source: milligrams of the whole lines it could send. */
function wholeReach({ search, open }: Assignment): Float64Array {
  const { model } = search;
  return Float64Array.from(open, (j) => {
    let weight = 0;
    for (let i = 0; i < model.lineCount; i++) {
      if (model.short[i] === 0 && model.amount[j * model.lineCount + i]! > 0) weight += model.weight[i]!;
    }
    return weight;
  });
}

/** The undecided cell whose units weigh the most between its limits: short line and cell. */
function widestCell(assignment: Assignment, intervals: readonly Intervals[]): [number, number] | undefined {
  let best: [number, number] | undefined;
  let widest = -1;
  for (const [k, short] of assignment.shorts.entries()) {
    for (let c = 0; c < short.cells.length; c++) {
      const units = intervals[k]!.high[c]! - intervals[k]!.low[c]!;
      if (units === 0) continue;
      const spread = units * (short.unitMilligrams + 1e-3);
      if (spread > widest) [best, widest] = [[k, c], spread];
    }
  }
  return best;
}
