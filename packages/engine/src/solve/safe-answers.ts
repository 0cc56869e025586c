// Decides the answers that are there before a solver has begun: nothing sourced, and the first node of a list that has a line.
// They prove nothing; they are what is left when a solver has no time, dies or is wrong.
import type { OrderCandidates } from '../candidates/candidate.ts';
import type { Network } from '../model/network.ts';
import type { Effort } from '../model/plan.ts';
import { alongPriorities } from './baselines/priority.ts';
import { pricedPlan } from './order/priced-plan.ts';
import type { Decision, Observer, WaveAnswer, WaveInput } from './solver.ts';
import { viewOrder } from './order-view.ts';
import { decideInTurn } from './wave/sequential.ts';

/** Every unit stays unsourced, as not looked for. Nodes are not needed: candidates may come from a snapshot without stock. */
export function nothingSourced(input: WaveInput): WaveAnswer {
  const ledger = input.createLedger();
  return answerOf(
    input.orders.map((candidates): Decision => {
      const nowhere: OrderCandidates = { ...candidates, nodes: [] };
      const view = viewOrder(nowhere, ledger, input.pricer, input.policy);
      const plan = pricedPlan(view.problem, new Float64Array(0));
      const solution = {
        ...plan,
        lowerBoundMicros: 0,
        proven: plan.costMicros === 0,
        method: 'not-looked-for',
        work: 0,
      };
      return { view, solution, exact: false, skipped: true };
    }),
  );
}

/** Order by order from the policy's list of nodes, else distribution centres first. Null when it was cancelled. */
export function firstOnTheList(input: WaveInput, network: Network, observer: Observer): WaveAnswer | null {
  const decisions = decideInTurn(input, alongPriorities(network), observer);
  return decisions && answerOf(decisions);
}

function answerOf(decisions: readonly Decision[]): WaveAnswer {
  const effort: Effort = { work: 0, rounds: 0, stopped: 'interrupted' };
  return { decisions, lowerBoundMicros: 0, prices: [], effort };
}
