// Decides how a line that no single source has whole is bounded: quantities between limits, cheapest units first.
// Leaves choosing the quantities to quantity-search.ts.
import type { OrderModel } from './order-model.ts';
import { takenMilligrams } from './shipment-price.ts';

export interface ShortLine {
  readonly line: number;
  readonly quantity: number;
  readonly unitPenalty: number;
  readonly unitMilligrams: number;
  /** Whether milligrams are rounded when part of the line is taken. */
  readonly inexact: boolean;
  readonly split: boolean;
  readonly cells: readonly ShortCell[];
}

/** The line at one open source. */
export interface ShortCell {
  /** Position among the open sources. */
  readonly position: number;
  /** Its node, and units that all days of the node have together. */
  readonly node: number;
  readonly nodeAmount: number;
  readonly amount: number;
  readonly lineMicros: number;
  /** Rising costs at the least. */
  readonly unitMicros: number;
  milligrams(taken: number): number;
}

/** By cell of a short line: least and most units. */
export interface Intervals {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export function shortLines(model: OrderModel, penalty: Float64Array, open: readonly number[]): ShortLine[] {
  const lines: ShortLine[] = [];
  if (model.shortCount === 0) return lines;
  for (let i = 0; i < model.lineCount; i++) {
    if (model.short[i] === 0) continue;
    const weight = model.weight[i]!;
    const quantity = model.quantity[i]!;
    const cells: ShortCell[] = [];
    for (const [position, j] of open.entries()) {
      const amount = model.amount[j * model.lineCount + i]!;
      if (amount === 0) continue;
      const source = model.problem.sources[model.sourceOf[j]!]!;
      const demand = model.demandOf[i]!;
      cells.push({
        position,
        node: source.node,
        nodeAmount: nodeAmount(model, open, i, source.node),
        amount,
        lineMicros: source.lineMicros[demand]!,
        unitMicros: model.unitCost[j * model.lineCount + i]!,
        milligrams: (taken) => takenMilligrams(weight, quantity, taken),
      });
    }
    lines.push({
      line: i,
      quantity,
      unitPenalty: penalty[i]! / quantity,
      unitMilligrams: weight / quantity,
      inexact: weight % quantity !== 0,
      split: model.splitQuantity,
      cells,
    });
  }
  return lines;
}

function nodeAmount(model: OrderModel, open: readonly number[], i: number, node: number): number {
  let most = 0;
  for (const j of open) {
    const source = model.problem.sources[model.sourceOf[j]!]!;
    if (source.node === node) most = Math.max(most, source.available[model.demandOf[i]!]!);
  }
  return most;
}

export function wholeIntervals(short: ShortLine): Intervals {
  return {
    low: new Float64Array(short.cells.length),
    high: Float64Array.from(short.cells, (cell) => Math.min(cell.amount, short.quantity)),
  };
}

/**
 * Least micros of the line when a milligram costs `slope` at each open source, quantities within `intervals`; Infinity where impossible.
 * `target`, when given, receives the quantities behind it.
 */
export function shortLevelMicros(
  short: ShortLine,
  slope: Float64Array,
  intervals: Intervals,
  target?: Float64Array,
): number {
  const { cells, quantity, unitPenalty } = short;
  const { low, high } = intervals;
  let base = 0;
  let left = quantity;
  let started = -1;
  for (let c = 0; c < cells.length; c++) {
    if (target !== undefined) target[c] = low[c]!;
    if (low[c] === 0) {
      if (short.inexact && high[c]! > 0) base -= Math.abs(slope[cells[c]!.position]!) / 2;
      continue;
    }
    if (started >= 0 && !short.split) return Infinity;
    started = c;
    base += startedMicros(short, cells[c]!, slope, low[c]!, high[c]!);
    left -= low[c]!;
  }
  if (left < 0) return Infinity;
  if (short.split) return base + fillCheapest(short, slope, intervals, left, target);
  let best = left * unitPenalty;
  let at = -1;
  for (let c = 0; c < cells.length; c++) {
    if (high[c] === low[c] || (started >= 0 && started !== c)) continue;
    const unit = unitLevel(short, cells[c]!, slope, low[c]!, high[c]!);
    const room = high[c]! - low[c]!;
    const micros = unit * room + (left - room) * unitPenalty;
    if (micros < best) [best, at] = [micros, c];
  }
  if (target !== undefined && at >= 0) target[at] = high[at]!;
  return base + best;
}

function startedMicros(short: ShortLine, cell: ShortCell, slope: Float64Array, low: number, high: number): number {
  const perMilligram = slope[cell.position]!;
  const micros = cell.lineMicros + cell.unitMicros * low;
  if (low === high || !short.inexact) return micros + perMilligram * cell.milligrams(low);
  return micros + perMilligram * short.unitMilligrams * low - Math.abs(perMilligram) / 2;
}

/** Micros of one more unit; the line's own micros are spread over the most it can give as long as it gives none for certain. */
function unitLevel(short: ShortLine, cell: ShortCell, slope: Float64Array, low: number, high: number): number {
  return cell.unitMicros + slope[cell.position]! * short.unitMilligrams + (low === 0 ? cell.lineMicros / high : 0);
}

function fillCheapest(
  short: ShortLine,
  slope: Float64Array,
  intervals: Intervals,
  need: number,
  target?: Float64Array,
): number {
  const { cells, unitPenalty } = short;
  const { low, high } = intervals;
  const order: { c: number; unit: number }[] = [];
  for (let c = 0; c < cells.length; c++) {
    if (high[c] === low[c]) continue;
    const unit = unitLevel(short, cells[c]!, slope, low[c]!, high[c]!);
    if (unit < unitPenalty) order.push({ c, unit });
  }
  order.sort((a, b) => a.unit - b.unit || a.c - b.c);
  const extra = new Float64Array(cells.length);
  let left = need;
  let micros = 0;
  for (const { c, unit } of order) {
    let taken = Math.min(left, high[c]! - low[c]!);
    const { node, nodeAmount: most } = cells[c]!;
    let used = 0;
    for (let other = 0; other < cells.length; other++)
      if (cells[other]!.node === node) used += low[other]! + extra[other]!;
    taken = Math.max(0, Math.min(taken, most - used));
    extra[c] = taken;
    micros += taken * unit;
    left -= taken;
    if (target !== undefined) target[c]! += taken;
  }
  return micros + left * unitPenalty;
}
