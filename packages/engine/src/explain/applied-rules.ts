// Decides which rules had a hand in what was done with an order: those that set its terms, and those that charged what was chosen.
// Rules that refused a node are told with the node they refused.
import { decimal } from '../base/money.ts';
import type { Enumerator } from '../candidates/enumerate.ts';
import type { OrderCandidates } from '../candidates/candidate.ts';
import { orderViews, timeView } from '../candidates/fact-views.ts';
import type { RuleEffect } from '../model/effect.ts';
import type { AppliedRule } from '../model/explanation.ts';
import type { Network } from '../model/network.ts';
import type { OrderPlan } from '../model/plan.ts';
import { factReader } from '../rules/fact-reader.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import { statementId } from './text.ts';

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

function chargesOf({ candidates, orderPlan, network, enumerator, book }: AppliedRulesContext): AppliedRule[] {
  const charging = book.at.candidate.filter((rule) => {
    const { type } = book.rules[rule]!.effect;
    return type === 'penalise' || type === 'prefer';
  });
  if (charging.length === 0) return [];
  const lines = new Map(candidates.order.lines.map((line) => [line.lineId, line]));
  const found: AppliedRule[] = [];
  for (const shipment of orderPlan.shipments) {
    const node = network.nodeAt.get(shipment.nodeId)!;
    for (const { lineId, sku } of shipment.lines) {
      const row = network.rowsOf.get(sku)?.find((candidate) => candidate.node === node);
      if (!row) continue;
      const read = enumerator.factsOf(candidates.terms.asked, lines.get(lineId)!, row);
      for (const rule of charging) {
        const { holds, evidence } = book.explain(rule, read);
        if (!holds) continue;
        const { name, effect } = book.rules[rule]!;
        const { because } = effect.params;
        const sentence = `Line ${lineId} from ${network.nodes[node]!.name} is charged ${chargeText(effect)} by the rule "${name}": ${because}`;
        found.push({
          id: statementId('rules', name, 'lines', lineId, 'nodes', shipment.nodeId),
          rule: name,
          effect: effect.type,
          because,
          nodeId: shipment.nodeId,
          lineId,
          evidence,
          sentence,
        });
      }
    }
  }
  return found;
}

function chargeText(effect: RuleEffect): string {
  if (effect.type !== 'penalise' && effect.type !== 'prefer') return 'nothing';
  const { perLineMicros, valuePercent } = effect.params;
  const share = valuePercent ? `${valuePercent} % of its value` : '';
  if (perLineMicros === 0 && share) return share;
  return share ? `${decimal(perLineMicros)} and ${share}` : decimal(perLineMicros);
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
