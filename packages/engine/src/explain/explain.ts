// Decides the answer to "why" for an order of a plan: what each line was given, what came second, what was turned down, what would flip it.
// Works from the stock and capacity that the orders before it left (all others, where orders are weighed together).
import type { Explanation, LineExplanation } from '../model/explanation.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Wave } from '../model/wave.ts';
import { appliedRules } from './applied-rules.ts';
import { packingOf } from './cartons.ts';
import { type CascadeContext, cascadeSteps, takerSentence } from './cascade-steps.ts';
import { counterfactualsFor, type FlipsFound } from './counterfactuals.ts';
import { groupOf, isAllShipped } from './draft-order.ts';
import { keptStock } from './kept-stock.ts';
import { createTakers } from './last-unit.ts';
import { choicesByLine, explainLine, type Supply, togetherSentence } from './line-sentences.ts';
import { createMoves, type Moves } from './moves.ts';
import { notLookedFor } from './not-looked-for.ts';
import { orderRunnerUp } from './order-runner-up.ts';
import { summarise } from './order-summary.ts';
import { createPlanContext, type OrderContext, type PlanContext } from './order-context.ts';
import type { LineContext } from './probe.ts';
import { rejectionsFor } from './rejections.ts';
import { createReSourcers } from './resource-order.ts';
import { alternativesFor, describeRunnerUp } from './runner-up.ts';
import { cheapestGathering, explainSplit, ruleInTheWay } from './split.ts';
import { missedBy } from './text.ts';
import { explainUnsourced } from './unsourced.ts';

export interface ExplainOptions {
  /** Also say what would flip the choice: for all lines, most contested first, or for one. Costs many re-sourcings of the order. */
  readonly counterfactuals?: boolean | { readonly lineId: string };
  /** `thorough` takes up to about a second to leave less open; `quick`, also where it is left out, keeps below a twentieth of one. */
  readonly effort?: ExplainEffort;
}

export const EXPLAIN_EFFORTS = ['quick', 'thorough'] as const;
export type ExplainEffort = (typeof EXPLAIN_EFFORTS)[number];

/** Work on re-sourcing, roughly in microseconds. */
interface Patience {
  readonly order: number;
  /** For a line that was asked for. */
  readonly line: number;
  /** On rules that may stand in the way of fewer shipments. */
  readonly split: number;
}

const PATIENCE: Readonly<Record<ExplainEffort, Patience>> = {
  quick: { order: 16_000, line: 24_000, split: 5_000 },
  thorough: { order: 600_000, line: 600_000, split: 200_000 },
};
const NO_FLIPS: FlipsFound = { counterfactuals: [], unfinished: [], nothingTried: true, otherPlans: [] };

export interface Explainer {
  /** Undefined where the plan has no such order. */
  explain(orderId: string, options?: ExplainOptions): Promise<Explanation | undefined>;
}

/** For a plan and exactly the wave and policy it came from; holds what explanations of one plan share. */
export function createExplainer(wave: Wave, policy: Policy, plan: Plan): Explainer {
  const of = createPlanContext(wave, policy, plan);
  const reSourcerFor = createReSourcers(wave.snapshot, policy, plan.basis.limits);
  const explain: Explainer['explain'] = async (orderId, options = {}) => {
    const context = await of.orderOf(orderId);
    if (!context) return undefined;
    const { order, orderPlan, view, draft } = context;
    const { network, enumerator, book } = of;
    const patience = PATIENCE[options.effort ?? 'quick'];
    const cascade: CascadeContext | undefined =
      book.cascade && orderPlan.cascade ? { cascade: book.cascade, orderPlan, view, network, enumerator } : undefined;
    const rules = appliedRules({ candidates: view.candidates, orderPlan, network, enumerator, book });
    const moves = createMoves(draft);
    const contexts = await lineContexts(of, context, cascade, rules, moves);
    const resource = reSourcerFor(order, orderPlan, context.taken, patience.order);
    const gathering = draft.taken.size > 1 ? cheapestGathering(draft) : undefined;
    const suspects = [...new Set(contexts.flatMap((line) => line.rules))];
    const inTheWay = await ruleInTheWay(draft, resource, suspects, patience.split);
    const asked = contexts.filter(({ demand }) => isAsked(context, demand, options));
    const mostWork = typeof options.counterfactuals === 'object' ? patience.line : patience.order;
    const flips =
      asked.length > 0
        ? await counterfactualsFor({ ...context, network, policy, book }, asked, resource, mostWork)
        : NO_FLIPS;
    const linesOf = (demand: number): string[] => view.candidates.demands[demand]!.lines.map(({ lineId }) => lineId);
    const omitted = notLookedFor({
      splitRules: !inTheWay.finished,
      lineIds: flips.unfinished.flatMap(linesOf),
      asked: asked.flatMap(({ demand }) => linesOf(demand)).length,
      nothingTried: flips.nothingTried,
      otherwiseMicros: flips.otherwiseMicros,
      quick: patience === PATIENCE.quick,
    });
    return {
      orderId,
      summary: summarise(orderPlan, order.lines.length, network),
      split: explainSplit(draft, gathering, of, inTheWay.best),
      runnerUp: orderRunnerUp(
        draft,
        contexts.map(({ alternatives }) => alternatives),
        gathering,
        flips.otherPlans,
        orderPlan.cost,
        of,
      ),
      rules,
      ...(cascade && { cascade: cascadeSteps(cascade) }),
      lines: explainLines(of, context, contexts, cascade, moves),
      ...packed(packingOf(orderPlan, network)),
      ...(options.counterfactuals ? { counterfactuals: flips.counterfactuals } : {}),
      ...(omitted && { notLookedFor: omitted }),
      cost: orderPlan.cost,
      proof: orderPlan.proof,
    };
  };
  return { explain };
}

/** Left out where nothing is to be said. */
function packed(packing: NonNullable<Explanation['packing']>): Pick<Explanation, 'packing'> {
  return packing.length > 0 ? { packing } : {};
}

/** The explanation of one order of a plan; see `createExplainer` for many. */
export async function explainOrder(
  wave: Wave,
  policy: Policy,
  plan: Plan,
  orderId: string,
  options?: ExplainOptions,
): Promise<Explanation | undefined> {
  return createExplainer(wave, policy, plan).explain(orderId, options);
}

function isAsked({ view }: OrderContext, demand: number, { counterfactuals }: ExplainOptions): boolean {
  if (typeof counterfactuals !== 'object') return counterfactuals === true;
  return view.candidates.demands[demand]!.lines.some(({ lineId }) => lineId === counterfactuals.lineId);
}

/** By demand: who supplies it, who could have, who was turned down, and which rules had a hand in it. */
async function lineContexts(
  of: PlanContext,
  context: OrderContext,
  cascade: CascadeContext | undefined,
  rules: Explanation['rules'],
  moves: Moves | undefined,
): Promise<LineContext[]> {
  const { view, draft } = context;
  const takersOf = createTakers(of, context);
  const found: LineContext[] = [];
  for (const [demand, { lines }] of view.candidates.demands.entries()) {
    const chosen = new Set(
      [...draft.taken].filter(([, by]) => by.has(demand)).map(([source]) => view.problem.sources[source]!.node),
    );
    const alternatives = alternativesFor(draft, demand, moves);
    const { network, enumerator, book } = of;
    const missed = missedBy(of.policy);
    const asked = { view, draft, taken: context.taken, network, enumerator, book, missed, ...(cascade && { cascade }) };
    const rejections = await takersOf(demand, rejectionsFor(asked, demand, chosen, alternatives));
    const own = rules.filter(({ lineId }) => lineId === null || lines.some((line) => line.lineId === lineId));
    const refusing = rejections.flatMap(({ code, rule }) => (rule && RULED.has(code) ? [rule] : []));
    found.push({
      demand,
      chosen,
      alternatives,
      rejections,
      rules: [...new Set([...own.map(({ rule }) => rule), ...refusing])],
    });
  }
  return found;
}

/** Rejections whose rule is one of the policy's, not a strategy of a cascade. */
const RULED = new Set(['rule-excluded', 'order-held']);

/** Another day of a node that supplies it is second only where it costs less than as planned, or no other node could. */
function secondFor(
  { problem }: OrderContext['view'],
  chosen: ReadonlySet<number>,
  alternatives: LineContext['alternatives'],
): LineContext['alternatives'][number] | undefined {
  const elsewhere = alternatives.find(
    ({ source, marginMicros }) => marginMicros < 0 || !chosen.has(problem.sources[source]!.node),
  );
  return elsewhere ?? alternatives[0];
}

function explainLines(
  of: PlanContext,
  context: OrderContext,
  contexts: readonly LineContext[],
  cascade: CascadeContext | undefined,
  moves: Moves | undefined,
): LineExplanation[] {
  const { order, orderPlan, view, draft } = context;
  const lines: LineExplanation[] = [];
  const choices = choicesByLine(orderPlan);
  for (const { demand, chosen, alternatives, rejections } of contexts) {
    const best = secondFor(view, chosen, alternatives);
    const runnerUp = best && chosen.size > 0 ? describeRunnerUp(draft, demand, best, of, moves) : null;
    const group = groupOf(draft, demand);
    const together = group.flatMap((member) => view.candidates.demands[member]!.lines);
    const { lines: same } = view.candidates.demands[demand]!;
    const isAll = isAllShipped(draft, demand);
    const supply: Supply = { lines: same, choices, runnerUp, rejections, isAll, missed: missedBy(of.policy) };
    const keptByAll = keptStock(context, demand, chosen, of.network, of.policy);
    for (const line of same) {
      const unsourced = explainUnsourced(context, demand, line, rejections, of.network, missedBy(of.policy));
      const explained = explainLine(line, supply, unsourced, of.network);
      const kept = keptByAll.filter(({ nodeId }) => explained.chosen.some((choice) => choice.nodeId === nodeId));
      const sentence = togetherSentence(together.filter(({ lineId }) => lineId !== line.lineId));
      const taker = cascade ? takerSentence(cascade, line.sku) : [];
      const texts = [...taker, explained.sentence, ...sentence];
      lines.push({ ...explained, ...(kept.length > 0 && { kept }), sentence: texts.join(' ') });
    }
  }
  const linePosition = new Map(order.lines.map((line, index) => [line.lineId, index]));
  return lines.sort((a, b) => linePosition.get(a.lineId)! - linePosition.get(b.lineId)!);
}
