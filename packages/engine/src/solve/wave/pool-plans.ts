// Decides which plans the master starts with: those that cost little more than the cheapest at the prices so far, the plan that
// stands, and the empty plan of every order, with which a mix always exists.
import type { EffectivePrices } from './table-pricing.ts';
import { createPlanEnumeration } from './plan-enumeration.ts';
import type { Ascents } from './price-oracle.ts';
import type { PlanPool } from './plan-pool.ts';
import { MAX_TABLE_LINES, type WaveModel } from './wave-model.ts';
import type { WaveState } from './wave-state.ts';

export interface PoolLimits {
  /** Plans dearer than the cheapest by more than this many micros stay out. */
  readonly marginMicros: number;
  readonly plansPerOrder: number;
}

const MOST_STEPS = 5000;
const EMPTY = { parts: 0, source: [], mask: [] };

export function fillPool(model: WaveModel, pool: PlanPool, prices: EffectivePrices, limits: PoolLimits): void {
  const enumeration = createPlanEnumeration(model);
  const { plan } = enumeration;
  for (let order = 0; order < model.views.length; order++) {
    if (model.tabled[order] === 0) continue;
    const found: { readonly micros: number; readonly priced: number; source: number[]; mask: number[] }[] = [];
    const most = enumeration.open(order, prices) + limits.marginMicros;
    enumeration.visit(most, MOST_STEPS, () => {
      const [source, mask] = [[...plan.source.subarray(0, plan.parts)], [...plan.mask.subarray(0, plan.parts)]];
      found.push({ micros: plan.micros, priced: plan.pricedMicros, source, mask });
      return most;
    });
    found.sort((a, b) => a.priced - b.priced);
    for (const { micros, source, mask } of found.slice(0, limits.plansPerOrder)) {
      pool.add(order, micros, { parts: source.length, source, mask });
    }
    pool.add(order, penaltyOf(model, order), EMPTY);
  }
}

/** Takes in the plan that an order has in the state; answers with its number. */
export function addStanding(pool: PlanPool, state: WaveState, order: number): number {
  const { model, plans } = state;
  const large = plans.large[order];
  if (large && model.tabled[order] === 0) return pool.addLarge(order, large);
  const micros = plans.micros[order]!;
  if (!large) {
    return pool.add(order, micros, { ...plans, parts: plans.parts[order]! }, order * MAX_TABLE_LINES);
  }
  const source = large.shipments.map((shipment) => model.sourceStart[order]! + shipment.source);
  const mask = large.shipments.map(({ taken }) => taken.reduce((bits, { demand }) => bits | (1 << demand), 0));
  return pool.add(order, micros, { parts: source.length, source, mask });
}

/** Takes in the plans that large orders have had. */
export function addRemembered(pool: PlanPool, ascents: Ascents): void {
  for (const [order, ascent] of ascents.entries()) {
    for (const plan of ascent?.memory.plans() ?? []) pool.addLarge(order, plan);
  }
}

/** By order: the least that any of its known plans costs with prices on what it uses; `known` where that is not 0. */
export function leastMicros(pool: PlanPool, prices: Float64Array, known: Float64Array): Float64Array {
  const least = known.map((micros) => (micros === 0 ? Infinity : micros));
  for (let plan = 0; plan < pool.size; plan++) {
    const order = pool.order[plan]!;
    if (known[order] !== 0) continue;
    let micros = pool.micros[plan]!;
    for (let at = pool.useStart[plan]!; at < pool.useStart[plan + 1]!; at++) {
      micros += prices[pool.resource[at]!]! * pool.units[at]!;
    }
    if (micros < least[order]!) least[order] = micros;
  }
  return least;
}

function penaltyOf({ lineStart, linePenalty }: WaveModel, order: number): number {
  let micros = 0;
  for (let line = lineStart[order]!; line < lineStart[order + 1]!; line++) micros += linePenalty[line]!;
  return micros;
}
