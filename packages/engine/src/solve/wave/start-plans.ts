// Decides the plans an optimised wave starts from: first come, first served, then every order in turn at the prices found.
// Leaves finding prices to dual-phase.ts and improving the best of these to ruin-recreate.ts.
import type { Network } from '../../model/network.ts';
import type { Decision, Observer, WaveInput } from '../solver.ts';
import type { DualResult } from './dual-phase.ts';
import { EffectivePriceTable } from './effective-prices.ts';
import { type Ascents, ascentsOf } from './price-oracle.ts';
import { scarcityPrices } from './scarcity-prices.ts';
import { decideInTurn, solveExact } from './sequential.ts';
import { translatePlan } from './translate-plan.ts';
import { compileWave, type WaveModel } from './wave-model.ts';
import { WaveState } from './wave-state.ts';

/** Search nodes on a large order that cannot be planned quickly. */
const IMPROVE_WORK = 1500;
/** Shares of the prices at which large orders are planned from scratch. */
const LARGE_SHARES = [1, 0.8, 0.5];

export interface Start {
  readonly model: WaveModel;
  readonly ascents: Ascents;
  readonly state: WaveState;
}

/** A first plan, order by order. Where all orders have tables it is made from them; else by the exact solver, whose plans are taken over. */
export function firstComeFirstServed(input: WaveInput, network: Network, observer: Observer): Start | null {
  const single = input.orders.every(({ nodes }) => nodes.every(({ shipDays }) => shipDays.length < 2));
  if (single) {
    const plain = compileWave(input, network, () => false);
    if (!plain.tabled.includes(0)) {
      const ascents = ascentsOf(plain);
      return { model: plain, ascents, state: fill({ model: plain, ascents }, input, inTurn(plain), zeroPrices(plain)) };
    }
  }
  const decisions = decideInTurn(input, solveExact, { isCancelled: () => observer.isCancelled?.() ?? false });
  if (!decisions) return null;
  const spread = spreadNodes(decisions, network);
  const model = compileWave(input, network, (node) => spread.has(node));
  const ascents = ascentsOf(model);
  const state = new WaveState(model, ascents, input.limits.orderWork);
  for (const [order, decision] of decisions.entries()) {
    const plan = translatePlan(decision, model.views[order]!);
    if (!plan || !state.adopt(order, plan)) state.insert(order, zeroPrices(model));
  }
  return { model, ascents, state };
}

/** Nodes that shipped on more than one day for want of room or stock on the first, and those that wait for stock. */
function spreadNodes(decisions: readonly Decision[], network: Network): Set<number> {
  const spread = new Set<number>();
  for (const [node, { capacity }] of network.nodes.entries()) if (capacity?.soft) spread.add(node);
  for (const { node, receipts } of network.rows) if (receipts.length > 0) spread.add(node);
  for (const { view, solution } of decisions) {
    for (const { source } of solution.shipments) {
      const { candidate, shipDay } = view.refs[source]!;
      if (candidate.shipDays[0] !== shipDay) spread.add(candidate.node);
    }
  }
  return spread;
}

/** Every order in a given order, each at its cheapest plan at these prices on what the earlier ones left. */
function fill(
  { model, ascents }: Pick<Start, 'model' | 'ascents'>,
  input: WaveInput,
  orders: readonly number[],
  prices: EffectivePriceTable,
): WaveState {
  const state = new WaveState(model, ascents, Math.min(IMPROVE_WORK, input.limits.orderWork));
  for (const order of orders) state.insert(order, prices);
  return state;
}

function inTurn(model: WaveModel): number[] {
  return [...model.views.keys()];
}

/** Orders of many lines first: they have the fewest ways left later. */
function largestFirst(model: WaveModel): number[] {
  const lines = (order: number): number => model.lineStart[order + 1]! - model.lineStart[order]!;
  return inTurn(model).sort((a, b) => lines(b) - lines(a) || a - b);
}

export function zeroPrices(model: WaveModel): EffectivePriceTable {
  return new EffectivePriceTable(model, new Float64Array(model.supply.length));
}

export function scaledPrices(model: WaveModel, { prices }: DualResult, factor: number): EffectivePriceTable {
  return new EffectivePriceTable(
    model,
    prices.map((price) => price * factor),
  );
}

/** Skus that the network has too few of start at what their last unit is worth: searched orders leave few rounds to find out. */
export function startPrices(model: WaveModel): Float64Array {
  const prices = new Float64Array(model.supply.length);
  if (!model.tabled.includes(0)) return prices;
  const bySku = scarcityPrices(model.views);
  const skuOf = skusByRow(model);
  for (const [resource, { kind, row }] of model.resources.entries()) {
    const last = model.next[resource] === -1;
    if (kind === 'stock' && last) prices[resource] = bySku.get(skuOf.get(row)!)?.priceMicros ?? 0;
  }
  return prices;
}

export function skusByRow({ views }: WaveModel): Map<number, string> {
  const skus = new Map<number, string>();
  for (const { candidates } of views) {
    for (const { sku, rows } of candidates.demands) for (const { row } of rows) skus.set(row, sku);
  }
  return skus;
}

/** The cheapest of the first plan and of plans at shares of the prices found; large orders ask for several shares, theirs are rougher. */
export function bestStart(start: Start, input: WaveInput, dual: DualResult): WaveState {
  const { model } = start;
  let best = start.state;
  for (const share of model.tabled.includes(0) ? LARGE_SHARES : [1]) {
    const prices = scaledPrices(model, dual, share);
    for (const orders of [inTurn(model), largestFirst(model)]) {
      const state = fill(start, input, orders, prices);
      if (state.totalMicros() < best.totalMicros()) best = state;
    }
  }
  return best;
}
