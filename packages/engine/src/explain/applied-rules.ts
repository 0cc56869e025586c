// Decides which rules had a hand in what was done with an order: those that set its terms, and those that charged what was chosen.
// Rules that refused a node are told with the node they refused.
import { decimal } from '../base/money.ts';
import type { Enumerator } from '../candidates/enumerate.ts';
import type { CandidateDemand, OrderCandidates } from '../candidates/candidate.ts';
import { chargeMicros } from '../candidates/eligibility.ts';
import { orderViews, timeView } from '../candidates/fact-views.ts';
import type { RuleEffect } from '../model/effect.ts';
import type { AppliedRule, Evidence } from '../model/explanation.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { OrderLine } from '../model/order.ts';
import type { OrderPlan } from '../model/plan.ts';
import { factReader } from '../rules/fact-reader.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import { unitPriceMicros } from '../rules/line-amounts.ts';
import { listed, statementId } from './text.ts';

export interface AppliedRulesContext {
  readonly candidates: OrderCandidates;
  readonly orderPlan: OrderPlan;
  readonly network: Network;
  readonly enumerator: Enumerator;
  readonly book: RuleBook;
}

/** Rules on the order first, then charges by shipment and line. */
export function appliedRules(context: AppliedRulesContext): AppliedRule[] {
  return [...rulesOnOrder(context), ...chargesOf(context)];
}

function rulesOnOrder({ candidates, network, book }: AppliedRulesContext): AppliedRule[] {
  const { terms } = candidates;
  const read = factReader({ time: timeView(network.snapshot), order: orderViews(network)(terms.asked) });
  return terms.rules.map((rule): AppliedRule => {
    const { name, effect } = book.rules[rule]!;
    const { because } = effect.params;
    const { evidence } = book.explain(rule, read);
    return {
      id: statementId('rules', name),
      rule: name,
      effect: effect.type,
      because,
      nodeId: null,
      lineId: null,
      evidence,
      sentence: `${orderSentence(effect)} by the rule "${name}": ${because}`,
    };
  });
}

/** For each item of each shipment: its lines travel as one and are charged once, what the dearest of them is. */
function chargesOf(context: AppliedRulesContext): AppliedRule[] {
  const { candidates, orderPlan, network, book } = context;
  const charging = book.at.candidate.filter((rule) => chargeOf(book.rules[rule]!.effect) !== undefined);
  if (charging.length === 0) return [];
  const demandOf = new Map(candidates.demands.map((demand) => [demand.sku, demand]));
  return orderPlan.shipments.flatMap(({ nodeId, lines }) => {
    const node = network.nodeAt.get(nodeId)!;
    return [...new Set(lines.map(({ sku }) => sku))].flatMap((sku) => {
      const demand = demandOf.get(sku)!;
      const row = demand.rows.find((candidate) => candidate.node === node);
      const dearest = row && dearestLine(context, charging, demand, row);
      if (!dearest) return [];
      const { line, charges } = dearest;
      const whose = { lines: demand.lines.map(({ lineId }) => lineId), from: network.nodes[node]!.name };
      return charges.map(({ rule, evidence, micros }): AppliedRule => {
        const { name, effect } = book.rules[rule]!;
        const { because } = effect.params;
        return {
          id: statementId('rules', name, 'lines', line.lineId, 'nodes', nodeId),
          rule: name,
          effect: effect.type,
          because,
          nodeId,
          lineId: line.lineId,
          chargedMicros: micros,
          evidence,
          sentence: `${chargeSentence(whose, micros)} by the rule "${name}": ${because}`,
        };
      });
    });
  });
}

interface LineCharges {
  readonly line: OrderLine;
  readonly micros: number;
  readonly charges: readonly {
    readonly rule: number;
    readonly evidence: readonly Evidence[];
    readonly micros: number;
  }[];
}

/** The first of those that are charged most; undefined where none is charged. */
function dearestLine(
  { candidates, enumerator, book }: AppliedRulesContext,
  charging: readonly number[],
  { lines, item }: CandidateDemand,
  row: StockRow,
): LineCharges | undefined {
  let dearest: LineCharges | undefined;
  for (const line of lines) {
    const read = enumerator.factsOf(candidates.terms.asked, line, row);
    const charges = charging.flatMap((rule) => {
      const { holds, evidence } = book.explain(rule, read);
      if (!holds) return [];
      const { perLineMicros, valuePercent = 0 } = chargeOf(book.rules[rule]!.effect)!;
      const micros = chargeMicros(perLineMicros, valuePercent, unitPriceMicros(line, item) * line.quantity);
      return [{ rule, evidence, micros }];
    });
    const micros = charges.reduce((sum, charge) => sum + charge.micros, 0);
    if (charges.length > 0 && (!dearest || micros > dearest.micros)) dearest = { line, micros, charges };
  }
  return dearest;
}

function chargeOf(effect: RuleEffect) {
  return effect.type === 'penalise' || effect.type === 'prefer' ? effect.params : undefined;
}

function chargeSentence({ lines, from }: { readonly lines: readonly string[]; readonly from: string }, micros: number) {
  if (lines.length === 1) return `Line ${lines[0]} from ${from} is charged ${decimal(micros)}`;
  return `Lines ${listed(lines)}, one item, from ${from} are charged ${decimal(micros)} together`;
}

/** What the rule makes of the order, to be followed by "by the rule". */
function orderSentence(effect: RuleEffect): string {
  switch (effect.type) {
    case 'max-shipments':
      return `The order goes out in at most ${effect.params.shipments} ${effect.params.shipments === 1 ? 'shipment' : 'shipments'}`;
    case 'ship-complete':
      return 'The order goes out whole or not at all';
    case 'allow-partial':
      return 'The order may go out with units missing';
    case 'hold':
      return 'The order is held';
    case 'promise-by':
      return `The order is promised within ${effect.params.days} ${effect.params.days === 1 ? 'day' : 'days'} where it brings no promise`;
    case 'min-part-value':
      return `Each part of the order is worth at least ${decimal(effect.params.minPartValueMicros)}`;
    case 'unsourced-penalty':
      return `Leaving a unit unsourced costs ${effect.params.percent} % of what the policy says`;
    case 'when-unsourced':
      return `Unsourced units are for ${actionText(effect.params)}`;
    default:
      return 'The order is handled';
  }
}

function actionText({ action, cancelAfterHours, strategy }: Extract<RuleEffect, { type: 'when-unsourced' }>['params']) {
  if (action === 'cancel') return 'cancelling';
  if (action === 'next-strategy') return `the strategy ${strategy}`;
  return cancelAfterHours === undefined ? 'the queue' : `the queue, given up after ${cancelAfterHours} hours`;
}
