// Decides which sets of sources are worth trying first: greedy opening, then dropping and exchanging, on estimated prices.
// Leaves the exact assignment of lines to the assignment search.
import type { Envelope } from './price-envelope.ts';
import type { OrderModel } from './order-model.ts';
import { shipmentMicros } from './shipment-price.ts';

/** Estimates linear in what is taken. */
interface Estimate {
  readonly model: OrderModel;
  readonly penalty: Float64Array;
  readonly fixed: Float64Array;
  /** By source and line: micros of the amount the source can give. */
  readonly level: Float64Array;
}

const STARTS = 6;

/** Sets of open sources by rising estimate; each ascending. At least one. */
export function promisingSets(model: OrderModel, penalty: Float64Array, envelopes: readonly Envelope[]): number[][] {
  const estimate = estimateOf(model, penalty, envelopes);
  const sets = new Map<string, { open: number[]; micros: number }>();
  const note = (open: readonly number[], micros: number): void => {
    const sorted = [...open].sort((a, b) => a - b);
    const key = sorted.join(' ');
    if (!sets.has(key)) sets.set(key, { open: sorted, micros });
  };
  const singles = Array.from({ length: model.sourceCount }, (_, j) => ({
    source: j,
    micros: setMicros(estimate, [j]),
  }));
  singles.sort((a, b) => a.micros - b.micros || a.source - b.source);
  for (const { source, micros } of singles.slice(0, STARTS)) openFrom(estimate, source, micros, note);
  return [...sets.values()].sort((a, b) => a.micros - b.micros).map(({ open }) => open);
}

/** Opens one source after another from a first one, dropping and exchanging on the way. */
function openFrom(
  estimate: Estimate,
  first: number,
  firstMicros: number,
  note: (open: readonly number[], micros: number) => void,
): void {
  let open = [first];
  let micros = firstMicros;
  note(open, micros);
  while (open.length < estimate.model.maxShipments) {
    const next = bestAddition(estimate, open);
    if (next === undefined || next.micros >= micros) break;
    open = [...open, next.source];
    micros = next.micros;
    note(open, micros);
    const improved = improve(estimate, open, micros);
    if (improved.micros < micros) {
      open = improved.open;
      micros = improved.micros;
      note(open, micros);
    }
  }
}

/** Between the lightest and the heaviest shipment each price is taken as a straight line. */
function estimateOf(model: OrderModel, penalty: Float64Array, envelopes: readonly Envelope[]): Estimate {
  const { lineCount: n, sourceCount: m } = model;
  const fixed = new Float64Array(m);
  const level = new Float64Array(m * n).fill(Infinity);
  for (let j = 0; j < m; j++) {
    const { source, low, high } = envelopes[j]!;
    const lightest = shipmentMicros(source, low);
    const slope = high > low ? Math.max(0, shipmentMicros(source, high) - lightest) / (high - low) : 0;
    fixed[j] = model.splitMicros + lightest - slope * low;
    for (let i = 0; i < n; i++) {
      const amount = model.amount[j * n + i]!;
      if (amount > 0)
        level[j * n + i] = model.cost[j * n + i]! + (slope * model.weight[i]! * amount) / model.quantity[i]!;
    }
  }
  return { model, penalty, fixed, level };
}

/** By line: micros with the given sources open; a source stops where it can handle no more units. */
function lineMicros(estimate: Estimate, open: readonly number[]): Float64Array {
  const { model, penalty, level } = estimate;
  const n = model.lineCount;
  const left = open.map((j) => model.unitsLeft[j]!);
  return Float64Array.from(penalty, (missing, i) => {
    if (model.short[i] === 1) return shortMicros(estimate, open, i);
    let best = missing;
    let at = -1;
    for (let s = 0; s < open.length; s++) {
      const there = level[open[s]! * n + i]!;
      if (there < best && left[s]! >= model.quantity[i]!) [best, at] = [there, s];
    }
    if (at >= 0) left[at]! -= model.quantity[i]!;
    return best;
  });
}

/** What whole lines gain by source `j`, the most a unit first as far as it can handle them. */
function wholeGain({ model, level }: Estimate, lines: Float64Array, j: number): number {
  const n = model.lineCount;
  const row = j * n;
  let gain = 0;
  let units = 0;
  for (let i = 0; i < n; i++) {
    if (model.short[i] === 1 || level[row + i]! >= lines[i]!) continue;
    gain += lines[i]! - level[row + i]!;
    units += model.quantity[i]!;
  }
  let left = model.unitsLeft[j]!;
  if (units <= left) return gain;
  const own: { gain: number; units: number }[] = [];
  for (let i = 0; i < n; i++) {
    if (model.short[i] === 1 || level[row + i]! >= lines[i]!) continue;
    own.push({ gain: lines[i]! - level[row + i]!, units: model.quantity[i]! });
  }
  own.sort((a, b) => b.gain / b.units - a.gain / a.units);
  gain = 0;
  for (const line of own) {
    if (line.units > left) continue;
    gain += line.gain;
    left -= line.units;
  }
  return gain;
}

/** A short line: cheapest units first where it may be split, else the best single source; the rest is missing. */
function shortMicros(estimate: Estimate, open: readonly number[], i: number): number {
  const { model, penalty, level } = estimate;
  const n = model.lineCount;
  const unit = (j: number) => level[j * n + i]! / model.amount[j * n + i]!;
  const missing = penalty[i]! / model.quantity[i]!;
  const able = open.filter((j) => model.amount[j * n + i]! > 0 && unit(j) < missing);
  const fill = (sources: readonly number[]): number => {
    let left = model.quantity[i]!;
    let micros = 0;
    for (const j of sources) {
      const taken = Math.min(left, model.amount[j * n + i]!);
      micros += taken * unit(j);
      left -= taken;
    }
    return micros + left * missing;
  };
  if (model.splitQuantity) return fill(able.sort((a, b) => unit(a) - unit(b)));
  return able.reduce((best, j) => Math.min(best, fill([j])), penalty[i]!);
}

interface Step {
  readonly source: number;
  readonly micros: number;
}

function bestAddition(estimate: Estimate, open: readonly number[]): Step | undefined {
  const { model, fixed } = estimate;
  const n = model.lineCount;
  const lines = lineMicros(estimate, open);
  let base = 0;
  for (const j of open) base += fixed[j]!;
  for (const micros of lines) base += micros;
  const shorts: number[] = [];
  for (let i = 0; i < n; i++) if (model.short[i] === 1) shorts.push(i);
  let best: Step | undefined;
  for (let j = 0; j < model.sourceCount; j++) {
    if (open.includes(j)) continue;
    let micros = base + fixed[j]! - wholeGain(estimate, lines, j);
    for (const i of shorts) micros += shortMicros(estimate, [...open, j], i) - lines[i]!;
    if (best === undefined || micros < best.micros) best = { source: j, micros };
  }
  return best;
}

/** Drops and exchanges sources as long as that helps. */
function improve(
  estimate: Estimate,
  start: readonly number[],
  startMicros: number,
): { open: number[]; micros: number } {
  let open = [...start];
  let micros = startMicros;
  for (let again = open.length > 1; again; ) {
    again = false;
    for (const leaving of open) {
      const rest = open.filter((j) => j !== leaving);
      if (rest.length > 0) {
        const without = setMicros(estimate, rest);
        if (without < micros - 1e-6) {
          [open, micros, again] = [rest, without, true];
          break;
        }
      }
      const entering = bestAddition(estimate, rest);
      if (entering !== undefined && entering.micros < micros - 1e-6) {
        [open, micros, again] = [[...rest, entering.source], entering.micros, true];
        break;
      }
    }
  }
  return { open, micros };
}

function setMicros(estimate: Estimate, open: readonly number[]): number {
  let micros = 0;
  for (const j of open) micros += estimate.fixed[j]!;
  for (const line of lineMicros(estimate, open)) micros += line;
  return micros;
}
