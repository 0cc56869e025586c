// Decides a whole wave at once: prices for what is scarce, plans guided by them, then ruin and recreate; with a proven bound.
// Leaves tables to wave-model.ts, prices to dual-phase.ts, improving to ruin-recreate.ts, and the last percent to master-phase.ts.
import { createPrng } from '../../base/prng.ts';
import { dateOf } from '../../base/time.ts';
import type { Network } from '../../model/network.ts';
import type { Limits } from '../../model/limits.ts';
import type { Effort, ShadowPrice, StopReason } from '../../model/plan.ts';
import { boundOrder } from '../order/bound-order.ts';
import type { Decision, Observer, WaveAnswer, WaveInput, WaveSolver } from '../solver.ts';
import { combinePlans } from './combine-plans.ts';
import { type DualLimits, type DualResult, raisePrices, readersOf } from './dual-phase.ts';
import { EffectivePriceTable } from './effective-prices.ts';
import { hasMaster, type MasterPhaseInput, runMasterPhase } from './master-phase.ts';
import { polish, polishWork } from './polish.ts';
import { type Ascents, createPriceOracle } from './price-oracle.ts';
import { proveBound } from './prove-bound.ts';
import { lastUnitMicros } from './rising-use.ts';
import { ruinAndRecreate } from './ruin-recreate.ts';
import { bestStart, firstComeFirstServed, scaledPrices, skusByRow, startPrices, zeroPrices } from './start-plans.ts';
import { createTablePricing } from './table-pricing.ts';
import type { WaveModel } from './wave-model.ts';
import type { WaveState } from './wave-state.ts';
import { enoughWork } from './work.ts';

/** Share of the work that goes into prices; the rest goes into plans. */
const DUAL_SHARE = 0.3;
const LARGE_DUAL_SHARE = 0.4;
/** Share of that which goes into combining plans that large orders have had, and into searching them one by one in the end. */
const COMBINE_SHARE = 0.25;
const POLISH_SHARE = 0.3;
/** Shares of the work after prices, and of what is enough, that ruin and recreate gets where the master follows. */
const RUIN_SHARE = 0.3;
const RUIN_ENOUGH = 0.07;
const MAX_ROUNDS = 600;
const PATIENCE = 15;
/** Search nodes on a large order while it is one of thousands of questions, and when its share of the bound is proven. */
const PROOF_WORK = 2000;
/** Prices listed in an answer, highest first. */
const MAX_LISTED_PRICES = 1000;
const METHOD = 'wave-optimiser';

export function createOptimalSolver(network: Network): WaveSolver {
  return {
    strategy: 'optimal',
    solve: async (input, observer) => {
      const first = firstComeFirstServed(input, network, observer);
      if (!first) return null;
      const { model, ascents, state: myopic } = first;
      const report = reporterOf(model, network, observer);
      report.progress(0, myopic.totalMicros());
      await report.plan(myopic.totalMicros(), () => myopic, nothingProven(model), 0);
      if (observer.isCancelled?.()) return null;
      const { waveWork: work, targetGap } = input.limits;
      const oracle = createPriceOracle(model, ascents);
      const limits: DualLimits = {
        maxRounds: MAX_ROUNDS,
        maxWork: work * (model.tabled.includes(0) ? LARGE_DUAL_SHARE : DUAL_SHARE),
        patience: PATIENCE,
        onBound: report.bound,
        shouldStop: (spent) => {
          report.progress(spent / work, myopic.totalMicros());
          return observer.isCancelled?.() ?? false;
        },
      };
      const readers = readersOf(model);
      const raised = raisePrices(model, readers, oracle, myopic.totalMicros(), limits, startPrices(model));
      if (observer.isCancelled?.()) return null;
      const proofWork = Math.min(PROOF_WORK, input.limits.orderWork);
      const dual = { ...raised, lowerBoundMicros: proveBound(model, oracle, raised, myopic, proofWork) };
      report.bound(dual.lowerBoundMicros);
      const state = bestStart(first, input, dual);
      await report.plan(state.totalMicros(), () => state, dual, 0);
      const mastered = hasMaster(model, state.totalMicros(), dual.lowerBoundMicros);
      const enough = enoughWork(model) * (mastered ? RUIN_ENOUGH : 1);
      const most = Math.min((work - dual.work) * (mastered ? RUIN_SHARE : 1), enough);
      const improving = { ascents, readers, dual, mastered, work: most };
      const spent = await improve(state, improving, input, observer, report);
      if (spent === null) return null;
      const open = state.totalMicros() - dual.lowerBoundMicros > targetGap * state.totalMicros();
      const refined =
        mastered && open
          ? await refine(
              state,
              { readers, oracle, ascents, dual, targetGap, maxWork: work - dual.work - spent },
              spent,
              observer,
              report,
            )
          : dual;
      if (observer.isCancelled?.()) return null;
      observer.onProgress?.(model.views.length, model.views.length, state.totalMicros());
      return { ...report.answerOf(state, refined), effort: effortOf(state, refined, spent, input.limits) };
    },
  };
}

interface Improving {
  readonly ascents: Ascents;
  readonly readers: readonly Int32Array[];
  readonly dual: DualResult;
  /** Whether the master takes over afterwards. */
  readonly mastered: boolean;
  readonly work: number;
}

/** The work it took; null where it was cancelled. */
async function improve(
  state: WaveState,
  { ascents, readers, dual, mastered, work }: Improving,
  input: WaveInput,
  observer: Observer,
  report: Reporter,
): Promise<number | null> {
  const { model } = state;
  const orders = model.views.length;
  const levels = [zeroPrices(model), scaledPrices(model, dual, 0.5), scaledPrices(model, dual, 1)];
  const polishing = Math.min(2 * polishWork(state), POLISH_SHARE * work);
  const all = mastered ? input.limits.waveWork : dual.work + work;
  const combining = mastered || !model.tabled.includes(0) ? 0 : COMBINE_SHARE * work;
  let cancelled = false;
  let spentWork = 0;
  const goesOn = (spent: number, bestMicros: number): boolean => {
    cancelled = observer.isCancelled?.() ?? false;
    report.progress((dual.work + spent) / all, bestMicros);
    return !cancelled && bestMicros - dual.lowerBoundMicros > input.limits.targetGap * bestMicros;
  };
  await ruinAndRecreate(state, readers, levels, createPrng(input.limits.seed), {
    work: work - polishing - combining,
    firstTemperature: (0.015 * state.totalMicros()) / Math.max(1, orders),
    shouldStop: (spent, bestMicros, best) => {
      spentWork = spent;
      if (!goesOn(spent, bestMicros)) return true;
      return report.plan(bestMicros, best, dual, spent)?.then(() => false) ?? false;
    },
  });
  if (combining > 0 && !cancelled) {
    const ruined = spentWork;
    const shouldStop = (spent: number, micros: number): boolean => !goesOn(ruined + spent, micros);
    spentWork += await combinePlans(state, { ascents, readers, dual, maxWork: combining, shouldStop });
  }
  spentWork += polish(state, levels[0]!, polishing, () => !goesOn(spentWork, state.totalMicros()));
  return cancelled ? null : spentWork;
}

/** Has the master raise the bound and improve the state; its prices stay those of the dual phase, which has no cuts to share them with. */
async function refine(
  state: WaveState,
  input: Pick<MasterPhaseInput, 'readers' | 'oracle' | 'ascents' | 'dual' | 'targetGap' | 'maxWork'>,
  before: number,
  observer: Observer,
  report: Reporter,
): Promise<DualResult> {
  const { dual, maxWork } = input;
  const all = dual.work + before + maxWork;
  const told = (spent: number): void => report.progress((dual.work + before + spent) / all, state.totalMicros());
  const { lowerBoundMicros, work } = await runMasterPhase(state, {
    ...input,
    isCancelled: () => observer.isCancelled?.() ?? false,
    onBound: report.bound,
    onWork: told,
    shouldStop: (spent, costMicros, bound) => {
      told(spent);
      const better = { ...dual, lowerBoundMicros: bound };
      return report.plan(costMicros, () => state, better, before + spent)?.then(() => false) ?? false;
    },
  });
  return { ...dual, lowerBoundMicros, work: dual.work + work };
}

function effortOf(state: WaveState, dual: DualResult, spent: number, { waveWork, targetGap }: Limits): Effort {
  const total = Math.round(dual.work + spent);
  const micros = state.totalMicros();
  const spared = dual.work + enoughWork(state.model) < waveWork;
  let stopped: StopReason = spared ? 'no-improvement' : 'work-limit';
  if (micros - dual.lowerBoundMicros <= targetGap * micros) stopped = 'target-gap';
  if (micros <= Math.ceil(dual.lowerBoundMicros - 1e-6)) stopped = 'optimal';
  return { work: total, rounds: dual.rounds, stopped };
}

/** Tells what is found on the way, and makes answers of it. */
interface Reporter {
  /** A share of the work is done. */
  progress(share: number, costMicros: number): void;
  readonly bound: (micros: number) => void;
  plan(costMicros: number, state: () => WaveState, dual: DualResult, spent: number): Promise<void> | undefined;
  answerOf(state: WaveState, dual: DualResult): Omit<WaveAnswer, 'effort'>;
}

function reporterOf(model: WaveModel, network: Network, observer: Observer): Reporter {
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

function nothingProven(model: WaveModel): DualResult {
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
    return { view, solution: { ...plan, lowerBoundMicros, proven, method: METHOD, work: 1 }, exact: true };
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
