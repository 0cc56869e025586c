// Decides which plans a tabled order has up to a limit on its cost at prices: every one of them, by depth-first search.
// The rest of a plan is bounded from below by the subset program, so that nothing is opened that must end above the limit.
import { NO_RESOURCE } from './resource-index.ts';
import { MAX_TABLE_LINES, type WaveModel } from './wave-model.ts';
import type { EffectivePrices } from './table-pricing.ts';

const MASKS = 1 << MAX_TABLE_LINES;

/** The plan that is shown; overwritten by the next one. */
export interface ShownPlan {
  parts: number;
  readonly source: Int32Array;
  readonly mask: Int32Array;
  /** Micros without prices, unsourced lines included. */
  micros: number;
  /** Micros with prices. */
  pricedMicros: number;
}

/** Looks at `plan`; answers with the limit from here on. */
export type VisitPlan = (plan: ShownPlan, limitMicros: number) => number;

export interface PlanEnumeration {
  readonly plan: ShownPlan;
  /**
   * Sets an order and effective prices; returns a bound below all its plans at them. `extraMicros` is charged besides for a
   * line from a source, by their place in `lineResource` counted from the order's first.
   */
  open(order: number, prices: EffectivePrices, extraMicros?: Float64Array): number;
  /** Shows every plan of the opened order that costs at most the limit at the prices; false where `maxSteps` ended it before. */
  visit(limitMicros: number, maxSteps: number, visit: VisitPlan): boolean;
}

/** A source is used once in a plan, as a shipment is one. */
export function createPlanEnumeration(model: WaveModel): PlanEnumeration {
  const { sourceStart, lineStart, lineUnits, linePenalty, maskStart, splitMicros } = model;
  const { entryStart, entrySource, entryMicros } = model;
  const { shipmentResource, unitResource, lineResourceStart, lineResource, lineClass } = model;
  const best = new Float64Array(MASKS);
  const leastPart = new Float64Array(MASKS);
  const penalty = new Float64Array(MASKS);
  const partAt = new Int32Array(MASKS + 1);
  const partSource: number[] = [];
  const partMicros: number[] = [];
  const partPriced: number[] = [];
  const plan: ShownPlan = {
    parts: 0,
    source: new Int32Array(MAX_TABLE_LINES),
    mask: new Int32Array(MAX_TABLE_LINES),
    micros: 0,
    pricedMicros: 0,
  };
  let full = 0;
  let firstLine = 0;
  let slots = 0;
  let firstSlot = 0;
  let at: EffectivePrices;
  let extra: Float64Array | undefined;
  let limit = 0;
  let steps = 0;
  let show: VisitPlan;

  const pricedEntry = (entry: number, mask: number): number => {
    const source = entrySource[entry]!;
    const { ofResource, ofClass } = at;
    let sum = entryMicros[entry]!;
    if (shipmentResource[source] !== NO_RESOURCE) sum += ofResource[shipmentResource[source]!]!;
    const unit = unitResource[source] === NO_RESOURCE ? 0 : ofResource[unitResource[source]!]!;
    const start = lineResourceStart[source]!;
    for (let line = 0, rest = mask; rest !== 0; line++, rest >>= 1) {
      if ((rest & 1) === 0) continue;
      const resource = lineResource[start + line]!;
      const price = resource === NO_RESOURCE ? unit : unit + ofResource[resource]!;
      if (price !== 0) sum += price * lineUnits[firstLine + line]!;
      if (lineClass[start + line] !== NO_RESOURCE) sum += ofClass[lineClass[start + line]!]!;
      if (extra) sum += extra[start + line - firstSlot]!;
    }
    return sum;
  };

  const open = (order: number, prices: EffectivePrices, extraMicros?: Float64Array): number => {
    [at, extra] = [prices, extraMicros];
    firstSlot = lineResourceStart[sourceStart[order]!] ?? 0;
    firstLine = lineStart[order]!;
    full = (1 << (lineStart[order + 1]! - firstLine)) - 1;
    slots = maskStart[order]! - 1;
    best[0] = 0;
    penalty[0] = 0;
    let least = Infinity;
    for (let mask = 1; mask <= full; mask++) {
      const low = mask & -mask;
      const line = firstLine + 31 - Math.clz32(low);
      penalty[mask] = penalty[mask ^ low]! + linePenalty[line]!;
      let part = Infinity;
      for (let entry = entryStart[slots + mask]!; entry < entryStart[slots + mask + 1]!; entry++) {
        if (entryMicros[entry]! >= part) break;
        part = Math.min(part, pricedEntry(entry, mask));
      }
      leastPart[mask] = part;
      best[mask] = linePenalty[line]! + best[mask ^ low]!;
      for (let sub = mask; sub > 0; sub = (sub - 1) & mask) {
        if ((sub & low) !== 0) best[mask] = Math.min(best[mask]!, leastPart[sub]! + best[mask ^ sub]!);
      }
    }
    for (let part = 1; part <= full; part++)
      least = Math.min(least, leastPart[part]! + best[full ^ part]! - splitMicros);
    return Math.min(penalty[full]!, least);
  };

  /** Parts that can be in a plan within the limit, by mask. */
  const gather = (): void => {
    partSource.length = 0;
    partMicros.length = 0;
    partPriced.length = 0;
    for (let mask = 1; mask <= full; mask++) {
      partAt[mask] = partSource.length;
      const most = limit + splitMicros - best[full ^ mask]!;
      if (leastPart[mask]! > most) continue;
      for (let entry = entryStart[slots + mask]!; entry < entryStart[slots + mask + 1]!; entry++) {
        if (entryMicros[entry]! > most) break;
        const priced = pricedEntry(entry, mask);
        if (priced > most) continue;
        partSource.push(entrySource[entry]!);
        partMicros.push(entryMicros[entry]!);
        partPriced.push(priced);
      }
    }
    partAt[full + 1] = partSource.length;
  };

  const used = (source: number): boolean => {
    for (let part = 0; part < plan.parts; part++) if (plan.source[part] === source) return true;
    return false;
  };

  /** Lines of `rest` are open; both costs hold the split penalty of the first shipment already taken off. */
  const grow = (rest: number, micros: number, priced: number, maxSteps: number): void => {
    if (++steps > maxSteps) return;
    if (rest === 0) {
      if (plan.parts === 0) return;
      [plan.micros, plan.pricedMicros] = [micros, priced];
      limit = show(plan, limit);
      return;
    }
    const low = rest & -rest;
    const lone = linePenalty[firstLine + 31 - Math.clz32(low)]!;
    if (priced + lone + best[rest ^ low]! <= limit) grow(rest ^ low, micros + lone, priced + lone, maxSteps);
    for (let sub = rest; sub > 0; sub = (sub - 1) & rest) {
      if ((sub & low) === 0 || priced + leastPart[sub]! + best[rest ^ sub]! > limit) continue;
      for (let part = partAt[sub]!; part < partAt[sub + 1]!; part++) {
        if (priced + partPriced[part]! + best[rest ^ sub]! > limit || used(partSource[part]!)) continue;
        plan.source[plan.parts] = partSource[part]!;
        plan.mask[plan.parts++] = sub;
        grow(rest ^ sub, micros + partMicros[part]!, priced + partPriced[part]!, maxSteps);
        plan.parts -= 1;
      }
    }
  };

  const visit = (limitMicros: number, maxSteps: number, visitor: VisitPlan): boolean => {
    [limit, steps, show] = [limitMicros, 0, visitor];
    plan.parts = 0;
    if (penalty[full]! <= limit) {
      plan.micros = plan.pricedMicros = penalty[full]!;
      limit = show(plan, limit);
    }
    gather();
    grow(full, -splitMicros, -splitMicros, maxSteps);
    return steps <= maxSteps;
  };

  return { plan, open, visit };
}
