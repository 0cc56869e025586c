// Decides the quantities of short lines over the open sources, exactly: branch and bound that halves intervals of units.
// Leaves whole lines, already placed, to assignment-search.ts.
import type { Assignment } from './assignment-search.ts';
import { draftMicros, offer } from './draft-plan.ts';
import { rangeIntercept } from './price-envelope.ts';
import { cutoff } from './search-state.ts';
import { shortLevelMicros, wholeIntervals, type Intervals } from './short-line.ts';

/** Improves the best plan by the quantities of short lines, whole lines as they stand. Returns the bound of what was left open. */
export function searchQuantities(assignment: Assignment, inherited: number): number {
  const { search, shorts } = assignment;
  let pending = Infinity;
  const visit = (intervals: readonly Intervals[], parent: number): void => {
    if (search.work >= assignment.workEnd || search.work >= search.workLimit) {
      pending = Math.min(pending, parent);
      return;
    }
    search.work += shorts.length;
    if (!tighten(assignment, intervals)) return;
    const targets = shorts.map((short) => new Float64Array(short.cells.length));
    const here = Math.max(parent, bound(assignment, intervals, targets));
    if (here >= cutoff(search)) return;
    tryQuantities(assignment, targets);
    if (here >= cutoff(search)) return;
    const widest = widestCell(assignment, intervals);
    if (widest === undefined) return;
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
  visit(shorts.map(wholeIntervals), inherited);
  return pending;
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
      const most = Math.min(high[c]!, short.quantity - started + low[c]!, capacity, stockLimit(assignment, short.line, k, c, low));
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

function bound(assignment: Assignment, intervals: readonly Intervals[], targets: readonly Float64Array[]): number {
  const { search, open, shorts, pricings } = assignment;
  const from = assignment.weight.slice();
  const to = assignment.weight.slice();
  for (const [k, short] of shorts.entries()) {
    for (const [c, cell] of short.cells.entries()) {
      from[cell.position]! += cell.milligrams(intervals[k]!.low[c]!);
      to[cell.position]! += cell.milligrams(intervals[k]!.high[c]!);
    }
  }
  let best = -Infinity;
  for (const [index, pricing] of pricings.entries()) {
    let micros = pricing.constant + wholeMicros(assignment, index);
    for (const [k, short] of shorts.entries()) {
      micros += shortLevelMicros(short, pricing.slope, intervals[k]!, index === 0 ? targets[k] : undefined);
    }
    for (const [s, j] of open.entries()) {
      const start = Math.max(from[s]!, search.envelopes[j]!.low);
      const end = to[s]!;
      if (end < start) return Infinity;
      micros += rangeIntercept(search.envelopes[j]!, start, end, pricing.slope[s]!, pricing.rebate);
    }
    if (micros > best) best = micros;
  }
  return best;
}

/** Whole lines at a pricing's levels. */
function wholeMicros({ search, open, pricings, units }: Assignment, index: number): number {
  const { model } = search;
  const pricing = pricings[index]!;
  const n = model.lineCount;
  let micros = 0;
  for (let i = 0; i < n; i++) {
    if (model.short[i] === 1) continue;
    const s = open.findIndex((j) => units[j * n + i]! > 0);
    micros += s < 0 ? pricing.penalty[i]! : pricing.level[i * open.length + s]!;
  }
  return micros;
}

/** Prices the quantities the bound points at, trimmed to what is possible. */
function tryQuantities(assignment: Assignment, targets: readonly Float64Array[]): void {
  const { search, open, shorts } = assignment;
  const { model } = search;
  const n = model.lineCount;
  const units = assignment.units.slice();
  const used = assignment.used.slice();
  for (const [k, short] of shorts.entries()) {
    for (const [c, cell] of short.cells.entries()) {
      const low = new Float64Array(short.cells.length);
      for (let before = 0; before < c; before++) low[before] = units[open[short.cells[before]!.position]! * n + short.line]!;
      const j = open[cell.position]!;
      const room = Math.min(model.unitsLeft[j]! - used[cell.position]!, stockLimit(assignment, short.line, k, c, low));
      const taken = Math.max(0, Math.min(targets[k]![c]!, room));
      units[j * n + short.line] = taken;
      used[cell.position]! += taken;
    }
  }
  offer(search.best, draftMicros(model, search.penalty, units, open), units);
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
