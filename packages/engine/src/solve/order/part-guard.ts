// Decides which single moves of whole lines keep the parts of a plan worth enough, and mends plans whose parts are not.
// A heuristic: what it cannot mend the searches may still find.
import type { OrderModel } from './order-model.ts';
import { partValues } from './part-values.ts';

/** Follows the values of the parts of one plan while whole lines move between its open sources. */
export interface PartGuard {
  /** Whether the line may go from one open source to another; −1 is nowhere. */
  allows(line: number, from: number, to: number): boolean;
  moved(line: number, from: number, to: number): void;
}

/** Undefined where every move is allowed: parts need not be worth anything, or are not yet. */
export function createPartGuard(
  model: OrderModel,
  open: readonly number[],
  units: Float64Array,
): PartGuard | undefined {
  const least = model.minPartMicros;
  if (least === 0) return undefined;
  const { shipments, restMicros } = partValues(model, units, open);
  const lines = open.map((j) => linesAt(model, units, j));
  let rest = restMicros;
  const isEnough = (micros: number): boolean => micros <= 0 || micros >= least;
  const holds = shipments.every((micros) => micros < 0 || micros >= least) && isEnough(rest);
  if (!holds) return undefined;
  return {
    allows: (line, from, to) => {
      const own = model.value[line]!;
      if (from >= 0 && lines[from]! > 1 && shipments[from]! - own < least) return false;
      if (to >= 0 && Math.max(0, shipments[to]!) + own < least) return false;
      return isEnough(rest + (to < 0 ? own : 0) - (from < 0 ? own : 0));
    },
    moved: (line, from, to) => {
      const own = model.value[line]!;
      if (from < 0) rest -= own;
      else {
        shipments[from]! -= own;
        lines[from]! -= 1;
        if (lines[from] === 0) shipments[from] = -1;
      }
      if (to < 0) rest += own;
      else {
        shipments[to] = Math.max(0, shipments[to]!) + own;
        lines[to]! += 1;
      }
    },
  };
}

/** Gives up shipments that are worth too little, the least first, and then leaves so much that the rest is worth a part. */
export function mendParts(
  model: OrderModel,
  penalty: Float64Array,
  open: readonly number[],
  units: Float64Array,
): void {
  const least = model.minPartMicros;
  for (let round = 0; round < open.length; round++) {
    const { shipments } = partValues(model, units, open);
    let poorest = -1;
    for (const [s, micros] of shipments.entries()) {
      if (micros < 0 || micros >= least) continue;
      if (poorest < 0 || micros < shipments[poorest]!) poorest = s;
    }
    if (poorest < 0) break;
    giveUp(model, open, units, poorest, shipments);
  }
  const { shipments, restMicros } = partValues(model, units, open);
  if (restMicros <= 0 || restMicros >= least) return;
  leaveMore(model, penalty, open, units, shipments, least - restMicros);
}

/** Whole lines of a shipment go to the others as far as those have them; the rest of it stays unsourced. */
function giveUp(
  model: OrderModel,
  open: readonly number[],
  units: Float64Array,
  from: number,
  shipments: readonly number[],
): void {
  const n = model.lineCount;
  const used = open.map((j) => unitsAt(model, units, j));
  for (let i = 0; i < n; i++) {
    const taken = units[open[from]! * n + i]!;
    if (taken === 0) continue;
    units[open[from]! * n + i] = 0;
    if (model.short[i] === 1) continue;
    const to = open.findIndex((j, s) => {
      if (s === from || shipments[s]! < 0 || model.amount[j * n + i] === 0) return false;
      return used[s]! + taken <= model.unitsLeft[j]!;
    });
    if (to < 0) continue;
    units[open[to]! * n + i] = taken;
    used[to]! += taken;
  }
}

/** Leaves whole lines, those first that cost least for their value, from shipments that stay worth enough without them. */
function leaveMore(
  model: OrderModel,
  penalty: Float64Array,
  open: readonly number[],
  units: Float64Array,
  shipments: number[],
  wantedMicros: number,
): void {
  const n = model.lineCount;
  const lines = [...model.value.keys()].filter((i) => model.short[i] === 0 && model.value[i]! > 0);
  lines.sort((a, b) => penalty[a]! / model.value[a]! - penalty[b]! / model.value[b]! || a - b);
  let wanted = wantedMicros;
  for (const i of lines) {
    if (wanted <= 0) return;
    const s = open.findIndex((j) => units[j * n + i]! > 0);
    if (s < 0 || shipments[s]! - model.value[i]! < model.minPartMicros) continue;
    units[open[s]! * n + i] = 0;
    shipments[s]! -= model.value[i]!;
    wanted -= model.value[i]!;
  }
}

function linesAt({ lineCount: n }: OrderModel, units: Float64Array, j: number): number {
  let count = 0;
  for (let i = 0; i < n; i++) if (units[j * n + i]! > 0) count++;
  return count;
}

function unitsAt({ lineCount: n }: OrderModel, units: Float64Array, j: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += units[j * n + i]!;
  return sum;
}
