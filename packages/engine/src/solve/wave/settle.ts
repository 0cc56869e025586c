// Decides the last step of a wave: each large order in turn is sourced again on what the others leave it, on every day it could use
// and with costs that rise unit by unit; what is cheaper stays. Leaves the wave as a whole to ruin-recreate.ts and combine-plans.ts.
import type { Ledger } from '../../inventory/ledger.ts';
import { solveOrder } from '../order/solve-order.ts';
import { viewOrder } from '../order-view.ts';
import type { Decision, WaveInput } from '../solver.ts';
import { translatePlan } from './translate-plan.ts';
import type { WaveModel } from './wave-model.ts';
import { searchWork } from './work.ts';

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

/** What others leave offers fewer ways than the untouched stock that `searchWork` is counted for. */
const SHARE_OF_SEARCH = 0.5;

/** Work that looking once at each large order takes. */
export function settleWork(model: WaveModel): number {
  return SHARE_OF_SEARCH * largeOrders(model).reduce((work, order) => work + searchWork(model, order), 0);
}

/** By order of the model. The wave never gets dearer; orders that take little work come first. */
export function settle(given: readonly Decision[], { model, input, work, shouldStop }: Settling): Settled {
  const decisions = [...given];
  const orders = largeOrders(model);
  const ledger = input.createLedger();
  for (const decision of decisions) ship(decision, ledger);
  let spent = 0;
  let savedMicros = 0;
  const costMicros = decisions.reduce((sum, { solution }) => sum + solution.costMicros, 0);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const before = savedMicros;
    for (const order of orders) {
      spent += SHARE_OF_SEARCH * searchWork(model, order);
      if (spent > work || shouldStop(spent, savedMicros)) return { decisions, savedMicros, work: spent };
      const better = betterAlone(decisions[order]!, ledger, input);
      if (better) {
        decisions[order] = better.decision;
        savedMicros += better.savedMicros;
      }
      ship(decisions[order]!, ledger);
    }
    if (savedMicros - before <= WORTHWHILE * costMicros) break;
  }
  return { decisions, savedMicros, work: spent };
}

function largeOrders(model: WaveModel): number[] {
  return [...model.views.keys()]
    .filter((order) => model.tabled[order] === 0)
    .sort((a, b) => searchWork(model, a) - searchWork(model, b) || a - b);
}

/** Gives back what the order has; undefined where nothing cheaper is found for it. */
function betterAlone(decision: Decision, ledger: Ledger, { pricer, policy, limits }: WaveInput) {
  const used = unship(decision, ledger);
  const { candidates } = decision.view;
  const view = viewOrder(candidates, ledger, pricer, policy, (node, day) => used.has(`${node} ${day}`));
  const standing = translatePlan(decision, view);
  const found = solveOrder(view.problem, limits.orderWork);
  if (!standing || found.costMicros >= standing.costMicros) return undefined;
  const { method, work, proven, lowerBoundMicros } = decision.solution;
  const solution = { ...found, method, work, proven, lowerBoundMicros: Math.min(lowerBoundMicros, found.costMicros) };
  return { decision: { ...decision, view, solution }, savedMicros: standing.costMicros - found.costMicros };
}

function ship(decision: Decision, ledger: Ledger): void {
  for (const { node, day, taken } of shipmentsOf(decision)) ledger.ship(node, day, taken);
}

/** The nodes and days that it used. */
function unship(decision: Decision, ledger: Ledger): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { node, day, taken } of shipmentsOf(decision)) {
    ledger.unship(node, day, taken);
    used.add(`${node} ${day}`);
  }
  return used;
}

function shipmentsOf({ view, solution }: Decision) {
  return solution.shipments.map(({ source, taken }) => {
    const { candidate, shipDay } = view.refs[source]!;
    const rows = taken.map(({ demand, quantity }) => ({ row: candidate.rows[demand]!, units: quantity }));
    return { node: candidate.node, day: shipDay.day, taken: rows };
  });
}
