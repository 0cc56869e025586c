// Decides the bound of a whole wave at prices of resources and cuts, and which plans the master lacks at them.
// The certificate of the optimiser: any prices of at least 0 give a valid bound, whoever proposed them.
import { EffectivePriceTable } from './effective-prices.ts';
import type { CutBook } from './parity-cuts.ts';
import { createPlanEnumeration } from './plan-enumeration.ts';
import type { PlanPool } from './plan-pool.ts';
import { PlanUses, type TableParts } from './plan-uses.ts';
import type { PriceOracle } from './price-oracle.ts';
import { resourcesMicros } from './rising-use.ts';
import { createTablePricing, type EffectivePrices, type TablePlan } from './table-pricing.ts';
import { NO_RESOURCE } from './resource-index.ts';
import type { WaveModel } from './wave-model.ts';
import { priceWork } from './work.ts';

export interface CutPrices {
  /** By resource, at least 0; not yet summed along `next`. */
  readonly prices: Float64Array;
  /** By cut, at least 0; cuts beyond it have none. */
  readonly cutPrices: Float64Array;
}

export interface OracleAnswer {
  readonly lowerBoundMicros: number;
  /** Plans taken into the pool. */
  readonly added: number;
  readonly work: number;
}

/** Plans of one order taken at once, and steps of looking for them. */
const MOST_PLANS = 8;
const MOST_STEPS = 20_000;
/** A plan is worth taking in when it saves more than HiGHS can see. */
const LEAST_SAVING_MICROS = 2;
/** Enumerating is this many table look-ups at least. */
const ENUMERATION_WORK = 20;
const PLAN_WORK = 0.25;

export type CutOracle = (at: CutPrices, orderMicros: Float64Array | null) => OracleAnswer;

/** With `orderMicros`, the dual of each order's row, plans that are cheaper than that at the prices go into the pool. */
export function createCutOracle(model: WaveModel, oracle: PriceOracle, pool: PlanPool, book: CutBook): CutOracle {
  const effective = new EffectivePriceTable(model);
  const pricing = createTablePricing(model);
  const scan = createOrderScan(model, pool, book);
  const isCut = (order: number, { cutPrices }: CutPrices): boolean =>
    book.ofOrder[order]!.some((cut) => (cutPrices[cut] ?? 0) > 0);
  return (at, orderMicros) => {
    const { prices, cutPrices } = at;
    effective.set(prices);
    const sum = new CarefulSum();
    let work = 0;
    let added = 0;
    for (let order = 0; order < model.views.length; order++) {
      work += priceWork(model, order);
      if (model.tabled[order] === 0) {
        // Cuts count nothing for it, which is no more than they would.
        sum.add(oracle.solve(order, effective));
        continue;
      }
      const below = orderMicros ? orderMicros[order]! - LEAST_SAVING_MICROS : -Infinity;
      const least = pricing.price(order, effective, null);
      if (least >= below && !isCut(order, at)) {
        sum.add(least);
        continue;
      }
      const scanned = scan(order, at, effective, pricing.plan, below);
      sum.add(scanned.leastMicros);
      added += scanned.added;
      work += scanned.work;
    }
    sum.add(resourcesMicros(model, prices), prices.length);
    for (let cut = 0; cut < cutPrices.length; cut++) sum.add(-cutPrices[cut]! * book.cuts[cut]!.most);
    return { lowerBoundMicros: sum.least(), added, work };
  };
}

/** Roundings behind one term of the sum, unless it says otherwise; each is at most half a unit in its last place. */
const ROUNDINGS = 64;

/** A sum that keeps what rounding takes off it (Neumaier), and knows how far below itself the true one can be. */
class CarefulSum {
  #sum = 0;
  #lost = 0;
  #rounded = 0;

  add(term: number, roundings = ROUNDINGS): void {
    const next = this.#sum + term;
    this.#lost += Math.abs(this.#sum) >= Math.abs(term) ? this.#sum - next + term : term - next + this.#sum;
    this.#sum = next;
    this.#rounded += Math.abs(term) * Math.max(ROUNDINGS, roundings);
  }

  /** Below the true sum of the terms as they were before they were rounded. */
  least(): number {
    return this.#sum + this.#lost - Number.EPSILON * this.#rounded;
  }
}

interface Scanned {
  readonly leastMicros: number;
  readonly added: number;
  readonly work: number;
}

type ScanOrder = (
  order: number,
  at: CutPrices,
  effective: EffectivePrices,
  cheap: TablePlan,
  belowMicros: number,
) => Scanned;

/** Looks through the plans of one order for its cheapest at prices and cuts, and for those below a limit. */
function createOrderScan(model: WaveModel, pool: PlanPool, book: CutBook): ScanOrder {
  const enumeration = createPlanEnumeration(model);
  const { plan } = enumeration;
  const uses = new PlanUses(model);
  const cutMicros = (order: number, cutPrices: Float64Array): number => {
    let sum = 0;
    book.count(order, uses.resource, uses.units, 0, uses.resource.length, (cut, times) => {
      sum += (cutPrices[cut] ?? 0) * times;
    });
    return sum;
  };
  return (order, at, effective, cheap, below) => {
    uses.read(order, cheap);
    let least = cheap.micros + cutMicros(order, at.cutPrices);
    for (const [index, resource] of uses.resource.entries()) least += at.prices[resource]! * uses.units[index]!;
    const ahead = chargedAhead(model, order, at, book);
    const floor = enumeration.open(order, effective, ahead);
    const found: Wanted[] = [];
    let work = ENUMERATION_WORK;
    const complete = enumeration.visit(Math.max(least, below), MOST_STEPS, () => {
      uses.read(order, plan);
      const priced = plan.pricedMicros - aheadOf(model, order, plan, ahead) + cutMicros(order, at.cutPrices);
      least = Math.min(least, priced);
      work += PLAN_WORK;
      if (priced < below && !pool.has(order, plan)) keep(found, plan, priced);
      return Math.max(least, found.length < MOST_PLANS ? below : found.at(-1)!.priced);
    });
    for (const { micros, source, mask } of found) pool.add(order, micros, { parts: source.length, source, mask });
    return { leastMicros: complete ? least : Math.min(least, floor), added: found.length, work: Math.ceil(work) };
  };
}

/**
 * What a line from a source pays for cuts at least, whatever else the plan holds, by place in `lineResource` from the
 * order's first. Rounding down each line apart never counts more than all together. A cut with the order among its own
 * counts one more to begin with: where several lines can share that, each unit is charged half, which is no more either.
 */
function chargedAhead(model: WaveModel, order: number, { cutPrices }: CutPrices, book: CutBook): Float64Array {
  const lines = model.lineStart[order + 1]! - model.lineStart[order]!;
  const [from, to] = [model.sourceStart[order]!, model.sourceStart[order + 1]!];
  const ahead = new Float64Array((to - from) * lines);
  const counted: { readonly slot: number; readonly cut: number; readonly units: number }[] = [];
  const linesOf = new Map<number, number>();
  const own = new Map<number, number>();
  for (let slot = 0; slot < ahead.length; slot++) {
    own.clear();
    forEachLineUse(model, order, from + Math.floor(slot / lines), slot % lines, (resource, units) => {
      for (const cut of book.ofResource[resource]!) {
        if ((cutPrices[cut] ?? 0) > 0) own.set(cut, (own.get(cut) ?? 0) + units);
      }
    });
    for (const [cut, units] of own) {
      counted.push({ slot, cut, units });
      linesOf.set(cut, (linesOf.get(cut) ?? 0) | (1 << (slot % lines)));
    }
  }
  for (const { slot, cut, units } of counted) {
    const alone = Math.floor((units + 1) / 2);
    const shared = (linesOf.get(cut)! & (linesOf.get(cut)! - 1)) !== 0;
    const times = book.cuts[cut]!.orders.includes(order) ? (shared ? units / 2 : alone) : Math.floor(units / 2);
    ahead[slot]! += cutPrices[cut]! * times;
  }
  return ahead;
}

function forEachLineUse(
  model: WaveModel,
  order: number,
  source: number,
  line: number,
  visit: (resource: number, units: number) => void,
): void {
  const { lineStart, lineUnits, lineResourceStart, lineResource, lineClass, next } = model;
  const wanted = lineUnits[lineStart[order]! + line]!;
  const slot = lineResourceStart[source]! + line;
  for (let at = lineResource[slot]!; at !== NO_RESOURCE; at = next[at]!) visit(at, wanted);
  const own = lineClass[slot]!;
  if (own === NO_RESOURCE) return;
  for (let at = model.classStart[own]!; at < model.classStart[own + 1]!; at++) {
    visit(model.classResource[at]!, model.classCount[at]!);
  }
}

function aheadOf(model: WaveModel, order: number, { parts, source, mask }: TableParts, ahead: Float64Array): number {
  const lines = model.lineStart[order + 1]! - model.lineStart[order]!;
  let sum = 0;
  for (let part = 0; part < parts; part++) {
    const first = (source[part]! - model.sourceStart[order]!) * lines;
    for (let line = 0, rest = mask[part]!; rest !== 0; line++, rest >>= 1) {
      if ((rest & 1) === 1) sum += ahead[first + line]!;
    }
  }
  return sum;
}

interface Wanted {
  readonly micros: number;
  readonly priced: number;
  readonly source: readonly number[];
  readonly mask: readonly number[];
}

/** Cheapest first, `MOST_PLANS` at most. */
function keep(
  found: Wanted[],
  { micros, parts, source, mask }: { micros: number; parts: number; source: Int32Array; mask: Int32Array },
  priced: number,
): void {
  if (found.length === MOST_PLANS && priced >= found.at(-1)!.priced) return;
  let at = found.length;
  while (at > 0 && found[at - 1]!.priced > priced) at -= 1;
  found.splice(at, 0, { micros, priced, source: [...source.subarray(0, parts)], mask: [...mask.subarray(0, parts)] });
  if (found.length > MOST_PLANS) found.pop();
}
