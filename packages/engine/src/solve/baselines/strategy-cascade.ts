// Decides an order by the policy's cascade: strategy after strategy, each from its own nodes in its own order.
// Keeps a trace: which strategy took what, and which found nothing. Leaves what a strategy says of an order to candidates/.
import type { StrategyView } from '../../candidates/candidate.ts';
import { type CascadeStrategy, DEFAULT_CASCADE } from '../../model/cascade.ts';
import type { Network } from '../../model/network.ts';
import { type Merged, mergeTogether } from '../order/merge-together.ts';
import type { CascadeStep, OrderProblem, OrderSolution, Taken } from '../order/order-problem.ts';
import { planIsWorthEnough } from '../order/part-values.ts';
import type { OrderView } from '../order-view.ts';
import type { DecideOrder } from '../wave/sequential.ts';
import { type Asks, ListDraft } from './list-draft.ts';
import { priceShipments, withBound } from './price-shipments.ts';
import { rankSources } from './rank-sources.ts';

const METHOD = 'cascade';

export function byCascade(network: Network): DecideOrder {
  return (view, { policy }) => {
    const { strategies } = policy.cascade ?? DEFAULT_CASCADE;
    return withBound(view.problem, followCascade(view, strategies, network));
  };
}

function followCascade(view: OrderView, strategies: readonly CascadeStrategy[], network: Network): OrderSolution {
  const { problem, candidates } = view;
  const said = candidates.cascade ?? [];
  const merged = mergeTogether(problem);
  const asked = merged?.problem ?? problem;
  const steps: CascadeStep[] = [];
  let draft = new ListDraft(asked);
  for (const [position, own] of said.entries()) {
    const strategy = strategies[position]!;
    if (!own.isFor) {
      steps.push({ strategy: position, outcome: 'not-for-order', taken: [], left: [], givenUp: false });
      continue;
    }
    const ranking = rankSources(strategy, view, own, network).map(({ source }) => source);
    const next = fillBy(strategy, asked, draft, ranking, asksOf(own, view, merged));
    const keeps = next.complete() || (strategy.allowPartial ?? false);
    const taken = keeps ? addedUnits(draft, next, merged) : [];
    const outcome = taken.length > 0 ? 'took' : keeps ? 'found-nothing' : 'could-not-fill';
    steps.push({ strategy: position, outcome, taken, left: leftUnits(next, merged, problem), givenUp: false });
    if (keeps) draft = next;
    if (draft.complete() || (strategy.otherwise && strategy.otherwise.action !== 'next')) break;
  }
  const shipments = unmerged(draft, merged);
  const isWhole = draft.complete() || !(problem.shipComplete || !problem.partial);
  if (isWhole && planIsWorthEnough(problem, { shipments })) {
    return { ...priceShipments(problem, shipments, METHOD), steps };
  }
  const givenUp = steps.map((step) => (step.outcome === 'took' ? { ...step, givenUp: true } : step));
  return { ...priceShipments(problem, [], METHOD), steps: givenUp };
}

/** The draft after a strategy has taken all it can; whether it may keep it is another question. */
function fillBy(
  { maxSplits = Infinity }: CascadeStrategy,
  problem: OrderProblem,
  before: ListDraft,
  ranking: readonly number[],
  asks: Asks,
): ListDraft {
  const limits = { asks, maxShipments: maxSplits + 1, before };
  const draft = new ListDraft(problem, limits);
  for (const demand of before.open()) {
    if (!draft.takeWhole(demand, ranking)) draft.takeParts(demand, ranking);
  }
  if (draft.complete()) return draft;
  // Line by line may use up the shipments where one node has everything.
  const gathered = new ListDraft(problem, limits);
  return gathered.takeAllFromOne(ranking) ? gathered : draft;
}

/** What ships together is asked for as one: a node must be asked for all of it. */
function asksOf(said: StrategyView, { problem }: OrderView, merged: Merged | undefined): Asks {
  if (!merged) return (source, demand) => said.asks(demand, problem.sources[source]!.node);
  const members = merged.problem.demands.map((_, demand) =>
    merged.split([{ demand, quantity: 1 }]).map((taken) => taken.demand),
  );
  return (source, demand) => members[demand]!.every((member) => said.asks(member, problem.sources[source]!.node));
}

function unmerged(draft: ListDraft, merged: Merged | undefined) {
  const plan = draft.shipments();
  return merged ? plan.map(({ source, taken }) => ({ source, taken: merged.split(taken) })) : plan;
}

/** Units that are still open, by demand of the order; what ships together is missing whole. */
function leftUnits(draft: ListDraft, merged: Merged | undefined, { demands }: OrderProblem): Taken[] {
  const missing = draft.missing();
  if (!merged) return missing;
  return missing.flatMap((own) =>
    merged
      .split([own])
      .map(({ demand, quantity }) => ({ demand, quantity: Math.min(quantity, demands[demand]!.quantity) })),
  );
}

/** What a strategy added to what those before it took. */
function addedUnits(before: ListDraft, after: ListDraft, merged: Merged | undefined): CascadeStep['taken'] {
  const known = new Map<string, number>();
  const key = (source: number, demand: number): string => `${source} ${demand}`;
  for (const { source, taken } of unmerged(before, merged)) {
    for (const { demand, quantity } of taken) known.set(key(source, demand), quantity);
  }
  return unmerged(after, merged).flatMap(({ source, taken }) =>
    taken
      .map(({ demand, quantity }) => ({ source, demand, quantity: quantity - (known.get(key(source, demand)) ?? 0) }))
      .filter(({ quantity }) => quantity > 0),
  );
}
