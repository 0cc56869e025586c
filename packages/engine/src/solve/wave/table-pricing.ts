// Decides the cheapest plan of a tabled order at given prices of stock and capacity: a subset program over its tables.
// The hot loop of the optimiser: allocates nothing, stops a list at the first entry that cannot win any more.
import { NO_RESOURCE } from './resource-index.ts';
import { MAX_TABLE_LINES, type WaveModel } from './wave-model.ts';

const MASKS = 1 << MAX_TABLE_LINES;

/** Prices as a plan pays them: a stock price holds the prices of the days after it, a class price those of its cuts. */
export interface EffectivePrices {
  readonly ofResource: Float64Array;
  readonly ofClass: Float64Array;
}

/** A plan of one order: what each used source sends. Filled by `price`, valid until the next call. */
export interface TablePlan {
  parts: number;
  readonly source: Int32Array;
  readonly mask: Int32Array;
  /** Micros without prices, unsourced lines included. */
  micros: number;
  /** Whether a part was left because it did not fit beside another from its source: there may be a cheaper plan. */
  isShort: boolean;
}

export interface TablePricing {
  readonly plan: TablePlan;
  /**
   * The least cost at `prices`; fills `plan`. With `left`, only what is still there may be taken; `rising` is what the next unit of
   * each resource costs by itself: a plan pays that or the price, whichever is more.
   */
  price(order: number, prices: EffectivePrices, left: Float64Array | null, rising?: Float64Array): number;
}

export function createTablePricing(model: WaveModel): TablePricing {
  const { lineStart, lineUnits, linePenalty, maskStart, entryStart, entrySource, entryMicros } = model;
  const { shipmentResource, unitResource, lineResourceStart, lineResource, lineClass, next, splitMicros } = model;
  const partMicros = new Float64Array(MASKS);
  const partSource = new Int32Array(MASKS);
  const partBase = new Float64Array(MASKS);
  const best = new Float64Array(MASKS);
  const bestPart = new Int32Array(MASKS);
  const plan: TablePlan = {
    parts: 0,
    source: new Int32Array(MAX_TABLE_LINES),
    mask: new Int32Array(MAX_TABLE_LINES),
    micros: 0,
    isShort: false,
  };

  let now: Float64Array | undefined;
  const priceOf = (resource: number, ofResource: Float64Array): number => {
    if (resource === NO_RESOURCE) return 0;
    const micros = ofResource[resource]!;
    return now !== undefined && now[resource]! > micros ? now[resource]! : micros;
  };

  const added = (source: number, mask: number, firstLine: number, prices: EffectivePrices): number => {
    const { ofResource, ofClass } = prices;
    let sum = priceOf(shipmentResource[source]!, ofResource);
    const unit = priceOf(unitResource[source]!, ofResource);
    const start = lineResourceStart[source]!;
    for (let line = 0, rest = mask; rest !== 0; line++, rest >>= 1) {
      if ((rest & 1) === 0) continue;
      const price = unit + priceOf(lineResource[start + line]!, ofResource);
      if (price !== 0) sum += price * lineUnits[firstLine + line]!;
      const cut = lineClass[start + line]!;
      if (cut !== NO_RESOURCE) sum += ofClass[cut]!;
    }
    return sum;
  };

  const fits = (source: number, mask: number, firstLine: number, left: Float64Array): boolean => {
    if (shipmentResource[source] !== NO_RESOURCE && left[shipmentResource[source]!]! < 1) return false;
    const start = lineResourceStart[source]!;
    let units = 0;
    for (let line = 0, rest = mask; rest !== 0; line++, rest >>= 1) {
      if ((rest & 1) === 0) continue;
      const wanted = lineUnits[firstLine + line]!;
      units += wanted;
      for (let resource = lineResource[start + line]!; resource !== NO_RESOURCE; resource = next[resource]!) {
        if (left[resource]! < wanted) return false;
      }
    }
    return unitResource[source] === NO_RESOURCE || left[unitResource[source]!]! >= units;
  };

  /** The cheapest source for one part below `limit`. */
  const scan = (
    slot: number,
    mask: number,
    firstLine: number,
    limit: number,
    prices: EffectivePrices,
    left: Float64Array | null,
  ): void => {
    let least = limit;
    let chosen = -1;
    let base = 0;
    for (let entry = entryStart[slot]!, end = entryStart[slot + 1]!; entry < end; entry++) {
      const micros = entryMicros[entry]!;
      if (micros >= least) break;
      const source = entrySource[entry]!;
      if (left !== null && !fits(source, mask, firstLine, left)) continue;
      const total = micros + added(source, mask, firstLine, prices);
      if (total < least) [least, chosen, base] = [total, source, micros];
    }
    partMicros[mask] = chosen < 0 ? Infinity : least;
    partSource[mask] = chosen;
    partBase[mask] = base;
  };

  const price: TablePricing['price'] = (order, prices, left, rising) => {
    now = rising;
    const firstLine = lineStart[order]!;
    const count = lineStart[order + 1]! - firstLine;
    const full = (1 << count) - 1;
    const slots = maskStart[order]! - 1;
    best[0] = 0;
    for (let mask = 1; mask <= full; mask++) {
      const low = mask & -mask;
      const line = 31 - Math.clz32(low);
      // The lowest line is left, or goes with some of the others; parts of several lines come from smaller masks.
      let least = linePenalty[firstLine + line]! + best[mask ^ low]!;
      let part = 0;
      for (let sub = (mask - 1) & mask; sub > 0; sub = (sub - 1) & mask) {
        if ((sub & low) === 0) continue;
        const total = partMicros[sub]! + best[mask ^ sub]!;
        if (total < least) [least, part] = [total, sub];
      }
      scan(slots + mask, mask, firstLine, least + splitMicros, prices, left);
      if (partMicros[mask]! < least) [least, part] = [partMicros[mask]!, mask];
      best[mask] = least;
      bestPart[mask] = part;
    }
    return trace(full, firstLine, slots, left);
  };

  /** Reads the plan back. The first shipment gets its split penalty back, so a plan that ships may win after all. */
  const trace = (full: number, firstLine: number, slots: number, left: Float64Array | null): number => {
    let first = 0;
    let least = Infinity;
    for (let part = 1; part <= full; part++) {
      const total = partMicros[part]! + best[full ^ part]! - splitMicros;
      if (total < least) [least, first] = [total, part];
    }
    let nothing = 0;
    for (let line = firstLine, rest = full; rest !== 0; line++, rest >>= 1) nothing += linePenalty[line]!;
    plan.parts = 0;
    plan.isShort = false;
    if (nothing <= least) {
      plan.micros = nothing;
      return nothing;
    }
    plan.micros = -splitMicros;
    take(first, firstLine, slots, left);
    for (let rest = full ^ first; rest !== 0; ) {
      const part = bestPart[rest]!;
      if (part !== 0) {
        take(part, firstLine, slots, left);
        rest ^= part;
      } else {
        plan.micros += linePenalty[firstLine + 31 - Math.clz32(rest & -rest)]!;
        rest &= rest - 1;
      }
    }
    return least;
  };

  /** Two parts of one source travel as one where that fits; else the later one is left unsourced. */
  const take = (part: number, firstLine: number, slots: number, left: Float64Array | null): void => {
    const source = partSource[part]!;
    let at = 0;
    while (at < plan.parts && plan.source[at] !== source) at += 1;
    if (at === plan.parts) {
      plan.source[at] = source;
      plan.mask[at] = part;
      plan.micros += partBase[part]!;
      plan.parts += 1;
      return;
    }
    const whole = plan.mask[at]! | part;
    const together = baseOf(slots + whole, source);
    if (together < Infinity && (left === null || fits(source, whole, firstLine, left))) {
      plan.micros += together - baseOf(slots + plan.mask[at]!, source);
      plan.mask[at] = whole;
      return;
    }
    plan.isShort = true;
    for (let line = firstLine, rest = part; rest !== 0; line++, rest >>= 1) {
      if ((rest & 1) === 1) plan.micros += linePenalty[line]!;
    }
  };

  const baseOf = (slot: number, source: number): number => {
    for (let entry = entryStart[slot]!; entry < entryStart[slot + 1]!; entry++) {
      if (entrySource[entry] === source) return entryMicros[entry]!;
    }
    return Infinity;
  };

  return { plan, price };
}
