// Decides how a cascade's way through an order is told: strategy by strategy, and for a node why the one that took the line passed it over.
// Works from the trace that the plan keeps; asks conditions again for their evidence, and runs no solver.
import type { Enumerator } from '../candidates/enumerate.ts';
import { orderViews, timeView } from '../candidates/fact-views.ts';
import type { CascadeStep, Rejection } from '../model/explanation.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { OrderPlan, StrategyTrace } from '../model/plan.ts';
import type { CompiledCascade, CompiledStrategy } from '../rules/compile-cascade.ts';
import { factReader } from '../rules/fact-reader.ts';
import { explainCondition } from '../rules/interpret.ts';
import { byKeys, rankSources } from '../solve/baselines/rank-sources.ts';
import type { OrderView } from '../solve/order-view.ts';
import { units } from './text.ts';

export interface CascadeContext {
  readonly cascade: CompiledCascade;
  readonly orderPlan: OrderPlan;
  readonly view: OrderView;
  readonly network: Network;
  readonly enumerator: Enumerator;
}

/** In the order in which the strategies were asked. */
export function cascadeSteps(context: CascadeContext): CascadeStep[] {
  const { cascade, orderPlan, view, network } = context;
  const { asked } = view.candidates.terms;
  const read = factReader({ time: timeView(network.snapshot), order: orderViews(network)(asked) });
  return (orderPlan.cascade ?? []).map((trace, position) => {
    const compiled = cascade.strategies[position]!;
    const evidence = compiled.orders ? explainCondition(compiled.orders, read).evidence : [];
    return {
      strategy: trace.strategy,
      outcome: trace.outcome,
      evidence,
      sentence: `${position + 1}. ${outcomeSentence(trace, compiled, network)}`,
    };
  });
}

function outcomeSentence(trace: StrategyTrace, { strategy }: CompiledStrategy, network: Network): string {
  const name = `"${trace.strategy}"`;
  const action = strategy.otherwise?.action ?? 'next';
  const after = { next: 'the next strategy is asked', queue: 'the rest is queued', cancel: 'the rest is cancelled' };
  switch (trace.outcome) {
    case 'not-for-order':
      return `${name} is not for this order.`;
    case 'could-not-fill':
      return `${name} could not fill ${leftText(trace)}${limitText(strategy.maxSplits)}, and takes all or nothing; ${after[action]}.`;
    case 'found-nothing':
      return `${name} found no node with anything that was open; ${after[action]}.`;
    case 'took':
      return `${name} took ${takenText(trace, network)}${trace.left.length > 0 ? ` and left ${leftText(trace)}; ${after[action]}` : ''}${trace.givenUp ? '; it was given up, as the order goes whole or not at all, or a part was worth too little' : ''}.`;
  }
}

function leftText({ left }: StrategyTrace): string {
  return left.map(({ sku, quantity }) => `${units(quantity)} of ${sku}`).join(', ');
}

function limitText(maxSplits: number | undefined): string {
  if (maxSplits === undefined) return '';
  return maxSplits === 0 ? ' in one shipment' : ` in ${maxSplits + 1} shipments`;
}

function takenText({ taken }: StrategyTrace, network: Network): string {
  return taken
    .map(
      ({ nodeId, sku, quantity }) =>
        `${units(quantity)} of ${sku} from ${network.nodes[network.nodeAt.get(nodeId)!]!.name}`,
    )
    .join(', ');
}

/** The first strategy that took units of a sku for the order, where the cascade kept them; -1 where none did. */
function strategyFor({ orderPlan }: CascadeContext, sku: string): number {
  return (orderPlan.cascade ?? []).findIndex(
    ({ taken, givenUp }) => !givenUp && taken.some((entry) => entry.sku === sku),
  );
}

/** Which strategies took units of a sku; empty where none did. */
export function takerSentence({ orderPlan }: CascadeContext, sku: string): string[] {
  const takers = (orderPlan.cascade ?? []).flatMap(({ strategy, taken, givenUp }, position) =>
    !givenUp && taken.some((entry) => entry.sku === sku) ? [`${position + 1} ("${strategy}")`] : [],
  );
  if (takers.length === 0) return [];
  return [`${takers.length === 1 ? 'Strategy' : 'Strategies'} ${takers.join(' and ')} took it.`];
}

/** Why the strategy that took a demand passed a node over that could have supplied it; undefined where something else decided. */
export function passedOver(
  context: CascadeContext,
  demand: number,
  row: StockRow,
): Pick<Rejection, 'code' | 'rule' | 'because' | 'evidence'> | undefined {
  const { cascade, orderPlan, view, network, enumerator } = context;
  const { sku, lines } = view.candidates.demands[demand]!;
  const position = strategyFor(context, sku);
  const said = view.candidates.cascade?.[position];
  if (!said) return undefined;
  const { strategy, nodes } = cascade.strategies[position]!;
  if (nodes && !said.asks(demand, row.node)) {
    const { asked } = view.candidates.terms;
    const outcomes = lines.map((line) => explainCondition(nodes, enumerator.factsOf(asked, line, row)));
    const evidence = outcomes.find(({ holds }) => !holds)?.evidence ?? [];
    return { code: 'not-asked', rule: strategy.name, evidence };
  }
  const ranked = rankSources(strategy, view, said, network);
  const chosen = new Set(
    orderPlan.cascade![position]!.taken.flatMap((entry) =>
      entry.sku === sku ? [network.nodeAt.get(entry.nodeId)!] : [],
    ),
  );
  const bestOf = (fits: (node: number) => boolean) =>
    ranked.find(({ source }) => fits(view.problem.sources[source]!.node));
  const own = bestOf((node) => node === row.node);
  const before = bestOf((node) => chosen.has(node));
  if (!own || !before || byKeys(before, own) > 0) return undefined;
  const at = own.keys.findIndex((key, index) => key !== before.keys[index]);
  const because =
    at < 0
      ? 'both are equal by its list, and the order of nodes decides'
      : rankText(strategy, at, own.keys[at]!, before.keys[at]!);
  return { code: 'ranked-lower', rule: strategy.name, because };
}

function rankText(
  { rank = [{ by: 'distance' }] }: CompiledStrategy['strategy'],
  at: number,
  own: number,
  chosen: number,
): string {
  const entry = rank[at]!;
  const versus = (figure: (key: number) => string): string => `${figure(own)} against ${figure(chosen)}`;
  switch (entry.by) {
    case 'distance':
      return versus((km) => (km === Infinity ? 'an unknown distance' : `${km.toFixed(1)} km`));
    case 'list':
      return versus((place) => (place === Infinity ? 'not on the list' : `place ${place + 1} of the list`));
    case 'stock':
      return versus((count) => `${units(-count)} of the order`);
    case 'cost':
      return versus((micros) => `${(micros / 1_000_000).toFixed(2)} a unit`);
    case 'fact': {
      const sign = entry.first === 'highest' ? -1 : 1;
      const what = entry.bands ? 'band' : entry.fact;
      return versus((key) => (key === Infinity ? 'no value' : `${what} ${Number((key * sign).toFixed(3))}`));
    }
  }
}
