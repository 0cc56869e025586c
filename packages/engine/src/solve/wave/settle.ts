// Decides the last step of a wave: orders that tables do not price exactly, the large ones and those of costs that rise, are sourced again
// in turn on what the others leave them, on every day they could use and unit by unit; what is cheaper stays.
// Leaves the wave as a whole to ruin-recreate.ts and combine-plans.ts.
import type { Ledger } from '../../inventory/ledger.ts';
import { solveOrder } from '../order/solve-order.ts';
import type { Decision, WaveInput } from '../solver.ts';
import { shipDecision, unshipDecision, viewOnRest } from '../taken-rows.ts';
import { NO_RESOURCE } from './resource-index.ts';
import { translatePlan } from './translate-plan.ts';
import type { WaveModel } from './wave-model.ts';
import { solverWork } from './work.ts';

/** Times that an order is looked at. */
export const MOST_PASSES = 3;
/** Share of the cost that a pass must have saved for another one. */
const WORTHWHILE = 2e-4;

export interface Settling {
  readonly model: WaveModel;
  readonly input: WaveInput;
  /** It stops between two orders when that is used up or it is told to. */
  readonly work: number;
  readonly shouldStop: (spent: number, savedMicros: number) => boolean;
}

export interface Settled {
  readonly decisions: readonly Decision[];
  readonly savedMicros: number;
  readonly work: number;
}

/** What others leave offers fewer ways than the untouched stock that `solverWork` is counted for. */
const SHARE_OF_SEARCH = 0.5;

/** Work that looking once at each of these orders takes. */
export function settleWork(model: WaveModel): number {
  return SHARE_OF_SEARCH * roughOrders(model).reduce((work, order) => work + solverWork(model, order), 0);
}

/** By order of the model. The wave never gets dearer; orders that take little work come first. */
export function settle(given: readonly Decision[], { model, input, work, shouldStop }: Settling): Settled {
  const decisions = [...given];
  const orders = roughOrders(model);
  const ledger = input.createLedger();
  for (const decision of decisions) shipDecision(decision, ledger);
  let spent = 0;
  let savedMicros = 0;
  const costMicros = decisions.reduce((sum, { solution }) => sum + solution.costMicros, 0);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const before = savedMicros;
    for (const order of orders) {
      spent += SHARE_OF_SEARCH * solverWork(model, order);
      if (spent > work || shouldStop(spent, savedMicros)) return { decisions, savedMicros, work: spent };
      const better = betterAlone(decisions[order]!, ledger, input);
      if (!better) continue;
      unshipDecision(decisions[order]!, ledger);
      shipDecision(better.decision, ledger);
      decisions[order] = better.decision;
      savedMicros += better.savedMicros;
    }
    if (savedMicros - before <= WORTHWHILE * costMicros) break;
  }
  return { decisions, savedMicros, work: spent };
}

function roughOrders(model: WaveModel): number[] {
  return [...model.views.keys()]
    .filter((order) => model.tabled[order] === 0 || hasRisingCosts(model, order))
    .sort((a, b) => solverWork(model, a) - solverWork(model, b) || a - b);
}

/** Whether a cost that it could come to pay rises with use: tables know such a cost by its next unit. */
function hasRisingCosts(model: WaveModel, order: number): boolean {
  const { steps, lineStart, sourceStart, lineResourceStart, lineResource, shipmentResource, unitResource, next } =
    model;
  const rises = (first: number): boolean => {
    for (let at = first; at !== NO_RESOURCE; at = next[at]!) if (steps[at]) return true;
    return false;
  };
  const lines = lineStart[order + 1]! - lineStart[order]!;
  for (let source = sourceStart[order]!; source < sourceStart[order + 1]!; source++) {
    if (rises(shipmentResource[source]!) || rises(unitResource[source]!)) return true;
    for (let line = 0; line < lines; line++) if (rises(lineResource[lineResourceStart[source]! + line]!)) return true;
  }
  return false;
}

/** Undefined where nothing cheaper is found for it. */
function betterAlone(decision: Decision, ledger: Ledger, { pricer, policy, limits }: WaveInput) {
  const view = viewOnRest(decision, ledger, pricer, policy);
  const standing = translatePlan(decision, view);
  const found = solveOrder(view.problem, limits.orderWork);
  if (!standing || found.costMicros >= standing.costMicros) return undefined;
  const { method, work, proven, lowerBoundMicros } = decision.solution;
  const solution = { ...found, method, work, proven, lowerBoundMicros: Math.min(lowerBoundMicros, found.costMicros) };
  return { decision: { ...decision, view, solution }, savedMicros: standing.costMicros - found.costMicros };
}
