// Decides what the optimiser tells of its work: progress, plans met on the way, and the answer with its bound, prices and effort.
import { dateOf } from '../../base/time.ts';
import type { Limits } from '../../model/limits.ts';
import type { Network } from '../../model/network.ts';
import type { Effort, ShadowPrice, StopReason } from '../../model/plan.ts';
import { boundOrder } from '../order/bound-order.ts';
import type { Decision, Observer, WaveAnswer } from '../solver.ts';
import type { DualResult } from './dual-phase.ts';
import { EffectivePriceTable } from './effective-prices.ts';
import { lastUnitMicros } from './rising-use.ts';
import { skusByRow, zeroPrices } from './start-plans.ts';
import { createTablePricing } from './table-pricing.ts';
import type { WaveModel } from './wave-model.ts';
import type { WaveState } from './wave-state.ts';
import { enoughWork } from './work.ts';

/** Prices listed in an answer, highest first. */
const MAX_LISTED_PRICES = 1000;
/** How an order says that it was weighed with all others. */
export const WAVE_METHOD = 'wave-optimiser';

/** Tells what is found on the way, and makes answers of it. */
export interface Reporter {
  /** A share of the work is done. */
  progress(share: number, costMicros: number): void;
  readonly bound: (micros: number) => void;
  plan(costMicros: number, state: () => WaveState, dual: DualResult, spent: number): Promise<void> | undefined;
  answerOf(state: WaveState, dual: DualResult): Omit<WaveAnswer, 'effort'>;
}

export function reporterOf(model: WaveModel, network: Network, observer: Observer): Reporter {
  let known: Float64Array | undefined;
  const answerOf: Reporter['answerOf'] = (state, dual) => {
    known ??= boundsAlone(model);
    return { ...answerAt(state, known, dual), prices: listPrices(model, dual, network) };
  };
  const orders = model.views.length;
  return {
    answerOf,
    // The last order is counted when the answer stands.
    progress: (share, costMicros) =>
      observer.onProgress?.(Math.max(0, Math.min(orders - 1, Math.floor(orders * share))), orders, costMicros),
    bound: (micros) => observer.onBound?.(micros),
    plan: (costMicros, state, dual, spent) => {
      const { lowerBoundMicros, rounds } = dual;
      const effort: Effort = { work: Math.round(dual.work + spent), rounds, stopped: 'interrupted' };
      const answer = (): WaveAnswer => ({ ...answerOf(state(), dual), effort });
      return observer.onIncumbent?.({ costMicros, lowerBoundMicros, answer }) ?? undefined;
    },
  };
}

/** Where no bound is known yet. */
export function nothingProven(model: WaveModel): DualResult {
  return { prices: new Float64Array(model.supply.length), lowerBoundMicros: 0, rounds: 0, work: 0 };
}

/** By order: what it costs at least on the untouched stock. */
function boundsAlone(model: WaveModel): Float64Array {
  const pricing = createTablePricing(model);
  const none = zeroPrices(model);
  return Float64Array.from(model.views, (view, order) =>
    model.tabled[order] === 1 ? pricing.price(order, none, null) : boundOrder(view.problem),
  );
}

function answerAt(
  state: WaveState,
  alone: Float64Array,
  { lowerBoundMicros: waveBoundMicros }: DualResult,
): Pick<WaveAnswer, 'decisions' | 'lowerBoundMicros'> {
  const decisions = state.model.views.map((view, order): Decision => {
    const plan = state.planOf(order);
    const lowerBoundMicros = Math.min(plan.costMicros, alone[order]!);
    const proven = lowerBoundMicros === plan.costMicros;
    return { view, solution: { ...plan, lowerBoundMicros, proven, method: WAVE_METHOD, work: 1 }, exact: true };
  });
  return { decisions, lowerBoundMicros: waveBoundMicros };
}

/** What one more unit of each scarce resource is worth, highest first; cuts are the optimiser's own business. */
function listPrices(model: WaveModel, dual: DualResult, network: Network): ShadowPrice[] {
  const effective = new EffectivePriceTable(model, dual.prices);
  const skuOf = skusByRow(model);
  return model.resources
    .flatMap((resource, index): ShadowPrice[] => {
      const unitMicros = Math.round(effective.ofResource[index]! - lastUnitMicros(model, index));
      if (resource.kind === 'whole-lines' || unitMicros <= 0) return [];
      return [
        {
          kind: resource.kind,
          nodeId: network.nodes[resource.node]!.nodeId,
          sku: resource.kind === 'stock' ? skuOf.get(resource.row)! : null,
          shipOn: resource.kind === 'stock' ? null : dateOf(resource.day),
          supply: model.supply[index]!,
          unitMicros,
        },
      ];
    })
    .sort((a, b) => b.unitMicros - a.unitMicros)
    .slice(0, MAX_LISTED_PRICES);
}

/** What it took in all, and why it went no further. */
export function effortOf(
  model: WaveModel,
  costMicros: number,
  dual: DualResult,
  spent: number,
  { waveWork, targetGap }: Limits,
): Effort {
  const total = Math.round(dual.work + spent);
  const spared = Math.max(total, dual.work + enoughWork(model)) < waveWork;
  let stopped: StopReason = spared ? 'no-improvement' : 'work-limit';
  if (costMicros - dual.lowerBoundMicros <= targetGap * costMicros) stopped = 'target-gap';
  if (costMicros <= Math.ceil(dual.lowerBoundMicros - 1e-6)) stopped = 'optimal';
  return { work: total, rounds: dual.rounds, stopped };
}
