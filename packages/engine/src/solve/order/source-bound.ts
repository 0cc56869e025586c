// Decides how cheap an order can be at best while some sources are open, some closed and the rest free:
// dual ascent (Erlenkotter 1978) on the facility-location relaxation, shipment prices replaced by lines below them.
// Leaves which sources to open to the search, and the exact price steps to the assignment.
import { cellCount, hullIntercept, hullSlopes, lowerHull, type Envelope, type Hull } from './price-envelope.ts';
import type { OrderModel } from './order-model.ts';

export const FREE = 0;
export const OPEN = 1;
export const CLOSED = 2;

/** The relaxation at one choice of slopes: everything linear in what is taken. */
export interface BoundTables {
  /** Micros of a parcel moved out of the shipments: the whole order pays it for at least so many parcels as its weight needs. */
  readonly rebate: number;
  readonly constant: number;
  readonly penalty: Float64Array;
  readonly slope: Float64Array;
  /** By source: micros a unit for using up what it can handle, given back for all of that in `fixed`. */
  readonly unitPrice: Float64Array;
  /** By source: micros of opening it. */
  readonly fixed: Float64Array;
  /** By source and line: micros of a whole line there, also where only a share can be taken. */
  readonly level: Float64Array;
  readonly share: Float64Array;
  /** By source: number of its node; days of one node share stock. */
  readonly nodeOf: Int32Array;
  readonly nodeCount: number;
  /** By line: sources by rising level; the first `rankedCount` count. */
  readonly ranked: Int32Array;
  readonly rankedCount: Int32Array;
}

export interface SourceBound {
  readonly micros: number;
  /** By free source: opening it raises the bound by at least so much. */
  readonly slack: Float64Array;
  /** By line. */
  readonly value: Float64Array;
}

/** Micros of a line that stays unsourced; `penalty` stands in for it where nothing may be left. */
export function boundTables(
  model: OrderModel,
  penalty: Float64Array,
  envelopes: readonly Envelope[],
  hulls: readonly Hull[],
  slope: Float64Array,
  unitPrice: Float64Array,
  rebate: number,
): BoundTables {
  const { lineCount: n, sourceCount: m } = model;
  const fixed = new Float64Array(m);
  const level = new Float64Array(m * n).fill(Infinity);
  const share = new Float64Array(m * n);
  for (let j = 0; j < m; j++) {
    fixed[j] = model.splitMicros + hullIntercept(hulls[j]!, slope[j]!) - roundingMicros(model, j, slope[j]!);
    if (unitPrice[j]! > 0) fixed[j]! -= unitPrice[j]! * model.unitsLeft[j]!;
    for (let i = 0; i < n; i++) {
      const cell = j * n + i;
      if (model.amount[cell] === 0) continue;
      share[cell] = model.amount[cell]! / model.quantity[i]!;
      level[cell] =
        model.cost[cell]! / share[cell]! + slope[j]! * model.weight[i]! + unitPrice[j]! * model.quantity[i]!;
    }
  }
  const parcel = envelopes[0]!.parcelMilligrams;
  const ranking = rankedSources(model, level);
  return {
    rebate,
    constant: rebate * cellCount(countedWeight(model), parcel),
    penalty: rebatedPenalty(model, penalty, rebate, parcel),
    slope,
    unitPrice,
    fixed,
    level,
    share,
    ...nodesOf(model),
    ...ranking,
  };
}

/** Where part of a line is taken its milligrams are rounded: half a milligram each at most. */
function roundingMicros(model: OrderModel, j: number, slope: number): number {
  if (model.shortCount === 0) return 0;
  let inexact = 0;
  for (let i = 0; i < model.lineCount; i++) {
    if (
      model.short[i] === 1 &&
      model.amount[j * model.lineCount + i]! > 0 &&
      model.weight[i]! % model.quantity[i]! !== 0
    )
      inexact++;
  }
  return 0.5 * Math.abs(slope) * inexact;
}

/** The weight that needs parcels for certain: of whole lines, and of short ones where nothing may be left. */
export function countedWeight(model: OrderModel): number {
  let weight = 0;
  for (let i = 0; i < model.lineCount; i++) {
    if (model.short[i] === 0) weight += model.weight[i]!;
    else if (model.allOrNothing) weight += wholeMilligrams(model, i);
  }
  return weight;
}

/** Least milligrams of a line taken in rounded parts. */
function wholeMilligrams(model: OrderModel, i: number): number {
  const weight = model.weight[i]!;
  const quantity = model.quantity[i]!;
  return weight % quantity === 0 ? weight : Math.max(0, weight - model.sourceCount);
}

function nodesOf(model: OrderModel): { nodeOf: Int32Array; nodeCount: number } {
  const numbers = new Map<number, number>();
  const nodeOf = Int32Array.from(model.sourceOf, (index) => {
    const { node } = model.problem.sources[index]!;
    if (!numbers.has(node)) numbers.set(node, numbers.size);
    return numbers.get(node)!;
  });
  return { nodeOf, nodeCount: numbers.size };
}

function rebatedPenalty(model: OrderModel, penalty: Float64Array, rebate: number, parcel: number): Float64Array {
  return penalty.map((micros, i) =>
    model.short[i] === 1 ? micros : micros - rebate * cellCount(model.weight[i]!, parcel),
  );
}

function rankedSources(model: OrderModel, level: Float64Array): { ranked: Int32Array; rankedCount: Int32Array } {
  const { lineCount: n, sourceCount: m } = model;
  const ranked = new Int32Array(n * m);
  const rankedCount = new Int32Array(n);
  const own: number[] = [];
  for (let i = 0; i < n; i++) {
    own.length = 0;
    for (let j = 0; j < m; j++) if (level[j * n + i] !== Infinity) own.push(j);
    own.sort((a, b) => level[a * n + i]! - level[b * n + i]! || a - b);
    for (let k = 0; k < own.length; k++) ranked[i * m + k] = own[k]!;
    rankedCount[i] = own.length;
  }
  return { ranked, rankedCount };
}

/** Micros below which a source's slack counts as used up: what it would gain from then on is lost to the bound. */
const EXHAUSTED = 1e-6;

/** Raises every line's value level by level as long as the bound gains more than the free sources that would open lose. */
export function sourceBound(model: OrderModel, tables: BoundTables, status: Uint8Array): SourceBound {
  const { lineCount: n, sourceCount: m } = model;
  const slack = new Float64Array(m);
  let micros = tables.constant;
  for (let j = 0; j < m; j++) {
    if (status[j] === OPEN) micros += tables.fixed[j]!;
    else if (status[j] === FREE) {
      slack[j] = tables.fixed[j]!;
      micros += Math.min(0, tables.fixed[j]!);
    }
  }
  const value = new Float64Array(n);
  const active: number[] = [];
  for (let i = 0; i < n; i++) {
    value[i] = tables.penalty[i]!;
    for (let k = 0; k < tables.rankedCount[i]!; k++) {
      const j = tables.ranked[i * m + k]!;
      if (status[j] === CLOSED) continue;
      value[i] = Math.min(tables.penalty[i]!, tables.level[j * n + i]!);
      break;
    }
    micros += value[i]!;
    if (value[i]! < tables.penalty[i]!) active.push(i);
  }
  while (active.length > 0) {
    let kept = 0;
    for (const i of active) {
      const gain = raise(model, tables, status, slack, value, i);
      micros += Math.abs(gain);
      if (gain > 0) active[kept++] = i;
    }
    active.length = kept;
  }
  if (model.shortCount > 0) micros = sharedStockBound(model, tables, status, value, slack);
  return { micros, slack, value };
}

/** Raises one line to its next level. Returns the gain of the bound; not above 0 when the line cannot rise any further. */
function raise(
  model: OrderModel,
  tables: BoundTables,
  status: Uint8Array,
  slack: Float64Array,
  value: Float64Array,
  i: number,
): number {
  const { lineCount: n, sourceCount: m } = model;
  const { ranked, level, share } = tables;
  const start = i * m;
  const end = start + tables.rankedCount[i]!;
  const now = value[i]!;
  let next = tables.penalty[i]!;
  let final = true;
  let rate = 1;
  let room = Infinity;
  let k = start;
  for (; k < end; k++) {
    const j = ranked[k]!;
    if (status[j] === CLOSED) continue;
    const cell = j * n + i;
    if (level[cell]! > now) {
      if (level[cell]! < next) {
        next = level[cell]!;
        final = false;
      }
      break;
    }
    if (status[j] === OPEN || slack[j]! <= EXHAUSTED) rate -= unsharedPart(tables, status, slack, start, k, n, i);
    else if (slack[j]! < room * share[cell]!) room = slack[j]! / share[cell]!;
  }
  if (rate <= 1e-12) return 0;
  const step = Math.min(next - now, room);
  for (let back = start; back < k; back++) {
    const j = ranked[back]!;
    if (status[j] === FREE) slack[j] = slack[j]! - step * share[j * n + i]!;
  }
  value[i] = step === next - now ? next : now + step;
  return final && step === next - now ? -step * rate : step * rate;
}

/** What source `ranked[k]` adds to the earlier used-up days of its node: stock counts once. */
function unsharedPart(
  tables: BoundTables,
  status: Uint8Array,
  slack: Float64Array,
  start: number,
  k: number,
  n: number,
  i: number,
): number {
  const { ranked, nodeOf, share } = tables;
  const j = ranked[k]!;
  let counted = 0;
  for (let before = start; before < k; before++) {
    const other = ranked[before]!;
    if (nodeOf[other] !== nodeOf[j] || status[other] === CLOSED) continue;
    if (status[other] !== OPEN && slack[other]! > EXHAUSTED) continue;
    if (share[other * n + i]! > counted) counted = share[other * n + i]!;
  }
  return Math.max(0, share[j * n + i]! - counted);
}

/**
 * The bound at given line values when the days of a node share its stock: for every node the cheapest choice of days to open.
 * Sets the slack of each free source to what opening it adds to that. Nodes with more than three days count day by day.
 */
function sharedStockBound(
  model: OrderModel,
  tables: BoundTables,
  status: Uint8Array,
  value: Float64Array,
  slack: Float64Array,
): number {
  const days: number[][] = Array.from({ length: tables.nodeCount }, () => []);
  for (let j = 0; j < model.sourceCount; j++) if (status[j] !== CLOSED) days[tables.nodeOf[j]!]!.push(j);
  let micros = tables.constant;
  for (const own of value) micros += own;
  for (const all of days) {
    for (const group of all.length <= 3 ? [all] : all.map((j) => [j]))
      micros += bestDays(model, tables, status, value, slack, group);
  }
  return micros;
}

function bestDays(
  model: OrderModel,
  tables: BoundTables,
  status: Uint8Array,
  value: Float64Array,
  slack: Float64Array,
  group: readonly number[],
): number {
  let best = Infinity;
  const withSource = new Float64Array(group.length).fill(Infinity);
  for (let mask = 0; mask < 1 << group.length; mask++) {
    if (group.some((j, bit) => status[j] === OPEN && ((mask >> bit) & 1) === 0)) continue;
    const micros = daysMicros(model, tables, value, group, mask);
    if (micros < best) best = micros;
    for (let bit = 0; bit < group.length; bit++) {
      if ((mask >> bit) & 1 && micros < withSource[bit]!) withSource[bit] = micros;
    }
  }
  for (const [bit, j] of group.entries()) if (status[j] === FREE) slack[j] = withSource[bit]! - best;
  return best;
}

/** Opening the days of a mask, less what lines gain there: the stock of the best supplied day at the lowest level of any. */
function daysMicros(
  model: OrderModel,
  tables: BoundTables,
  value: Float64Array,
  group: readonly number[],
  mask: number,
): number {
  if (mask === 0) return 0;
  if (group.length === 1) return dayMicros(model, tables, value, group[0]!);
  const n = model.lineCount;
  let micros = 0;
  for (let bit = 0; bit < group.length; bit++) if ((mask >> bit) & 1) micros += tables.fixed[group[bit]!]!;
  for (let i = 0; i < n; i++) {
    let gain = 0;
    let share = 0;
    let stock = 0;
    for (let bit = 0; bit < group.length; bit++) {
      const j = group[bit]!;
      const own = tables.share[j * n + i]!;
      if (((mask >> bit) & 1) === 0 || own === 0) continue;
      const here = value[i]! - tables.level[j * n + i]!;
      if (here > gain) gain = here;
      share += own;
      const there = model.problem.sources[model.sourceOf[j]!]!.available[model.demandOf[i]!]!;
      if (there > stock) stock = there;
    }
    if (gain > 0) micros -= gain * Math.min(share, stock / model.quantity[i]!);
  }
  return micros;
}

/** The same for one day alone, which has its share of the stock to itself. */
function dayMicros(model: OrderModel, tables: BoundTables, value: Float64Array, j: number): number {
  const n = model.lineCount;
  const { share, level } = tables;
  let micros = tables.fixed[j]!;
  for (let i = 0, cell = j * n; i < n; i++, cell++) {
    if (share[cell] === 0) continue;
    const gain = value[i]! - level[cell]!;
    if (gain > 0) micros -= gain * share[cell]!;
  }
  return micros;
}

/** For each source the slope, out of its hull's, under which it would gain least from opening at these line values. */
export function tightenedSlopes(
  model: OrderModel,
  hulls: readonly Hull[],
  tables: BoundTables,
  value: Float64Array,
): Float64Array {
  const { lineCount: n, sourceCount: m } = model;
  const slope = tables.slope.slice();
  for (let j = 0; j < m; j++) {
    let best = -Infinity;
    for (const candidate of hullSlopes(hulls[j]!)) {
      let slack = hullIntercept(hulls[j]!, candidate);
      for (let i = 0; i < n; i++) {
        const cell = j * n + i;
        if (tables.share[cell] === 0) continue;
        const gain = value[i]! - (tables.level[cell]! + (candidate - tables.slope[j]!) * model.weight[i]!);
        if (gain > 0) slack -= gain * tables.share[cell]!;
      }
      if (slack > best) {
        best = slack;
        slope[j] = candidate;
      }
    }
  }
  return slope;
}

export function hullsOf(envelopes: readonly Envelope[], rebate: number): Hull[] {
  return envelopes.map((envelope) => lowerHull(envelope, rebate));
}

/** For each source that cannot handle all it could supply, the price a unit under which it would gain least from opening. */
export function tightenedUnitPrices(model: OrderModel, tables: BoundTables, value: Float64Array): Float64Array {
  const { lineCount: n, sourceCount: m } = model;
  const prices = tables.unitPrice.slice();
  for (let j = 0; j < m; j++) {
    const room = model.unitsLeft[j]!;
    const gains: { perUnit: number; units: number }[] = [];
    let units = 0;
    for (let i = 0; i < n; i++) {
      const cell = j * n + i;
      if (tables.share[cell] === 0) continue;
      const gain = value[i]! - tables.level[cell]! + tables.unitPrice[j]! * model.quantity[i]!;
      if (gain <= 0) continue;
      gains.push({ perUnit: gain / model.quantity[i]!, units: model.amount[cell]! });
      units += model.amount[cell]!;
    }
    prices[j] = 0;
    if (units <= room) continue;
    gains.sort((a, b) => b.perUnit - a.perUnit);
    let used = 0;
    for (const { perUnit, units: own } of gains) {
      used += own;
      if (used < room) continue;
      prices[j] = perUnit;
      break;
    }
  }
  return prices;
}
