// Decides what a plan keeps of a cascade, and what is to be done with units that stay unsourced.
// A rule that says it goes before the strategy at which the cascade ended.
import type { Network } from '../model/network.ts';
import type { Afterwards, StrategyTrace } from '../model/plan.ts';
import type { CompiledCascade } from '../rules/compile-cascade.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { Decision } from '../solve/solver.ts';

export function traceOf(
  { view, solution }: Decision,
  { strategies }: CompiledCascade,
  network: Network,
): StrategyTrace[] {
  const { demands } = view.candidates;
  return (solution.steps ?? []).map(({ strategy, outcome, taken, left, givenUp }) => ({
    strategy: strategies[strategy]!.strategy.name,
    outcome,
    taken: taken.map(({ source, demand, quantity }) => ({
      nodeId: network.nodes[view.problem.sources[source]!.node]!.nodeId,
      sku: demands[demand]!.sku,
      quantity,
    })),
    left: left.map(({ demand, quantity }) => ({ sku: demands[demand]!.sku, quantity })),
    givenUp,
  }));
}

/** Undefined where nothing is said. Hours count from when the order was placed. */
export function afterwardsOf(decision: Decision, book: RuleBook): Afterwards | undefined {
  const { order, terms } = decision.view.candidates;
  if (!terms.whenUnsourced) return afterCascade(decision, book);
  const { rule, params } = terms.whenUnsourced;
  const { because, action, cancelAfterHours, strategy } = params;
  return {
    rule: book.rules[rule]!.name,
    because,
    action,
    cancelAt: cancelAt(order.placedAt, cancelAfterHours),
    strategy: strategy ?? null,
  };
}

function afterCascade({ view, solution }: Decision, { cascade }: RuleBook): Afterwards | undefined {
  const last = solution.steps?.at(-1);
  if (!cascade || !last || last.outcome === 'not-for-order') return undefined;
  const { name, because, otherwise } = cascade.strategies[last.strategy]!.strategy;
  if (!otherwise || otherwise.action === 'next') return undefined;
  return {
    rule: name,
    because: because ?? `The cascade ends with the strategy "${name}".`,
    action: otherwise.action,
    cancelAt: cancelAt(view.candidates.order.placedAt, otherwise.cancelAfterHours),
    strategy: null,
  };
}

function cancelAt(placedAt: string, hours: number | undefined): string | null {
  return hours === undefined ? null : new Date(Date.parse(placedAt) + hours * 3_600_000).toISOString();
}
