// Decides the sentences: what a code means in a planner's words, with names and figures in it.
import { decimal } from '../base/money.ts';
import type { Rejection } from '../model/explanation.ts';
import type { UnsourcedReason } from '../model/plan.ts';

export function units(count: number): string {
  return count === 1 ? '1 unit' : `${count} units`;
}

export function rejectionSentence(rejection: Omit<Rejection, 'sentence'>, node: string): string {
  const { code, wanted, available } = rejection;
  switch (code) {
    case 'order-held':
      return `${node} is not asked: the order is held by the rule "${rejection.rule}": ${rejection.because}`;
    case 'node-closed':
      return `${node} is closed.`;
    case 'not-stocked':
      return `${node} lists the item but has none and expects none.`;
    case 'rule-excluded':
      return `${node} is excluded by the rule "${rejection.rule}": ${rejection.because}`;
    case 'not-asked':
      return `${node} is not asked by the strategy "${rejection.rule}".`;
    case 'ranked-lower':
      return `${node} comes later for the strategy "${rejection.rule}": ${rejection.because}.`;
    case 'no-rate':
      return `${node} has no rate card that reaches the destination with a service the customer accepts.`;
    case 'too-late':
      return `${node} would deliver later than the policy allows.`;
    case 'no-stock-left':
      return `${node} has nothing left to give: earlier orders, reservations or its buffer hold its stock.`;
    case 'not-enough-stock':
      return `${node} has ${available} of the ${wanted} units wanted.`;
    case 'no-capacity-left':
      return `${node} has the stock but no capacity left on the days that count.`;
    case 'ship-together':
      return `${node} has it, but not all that ships together with it.`;
    case 'order-limits':
      return `${node} has the stock and the room, but the order may not have one more shipment, or goes out whole or not at all.`;
    case 'min-part-value':
      return `${node} has the stock and the room, but a shipment or what stays unsourced would be worth less than a part must be.`;
    case 'costs-more':
      return costSentence(node, rejection.marginMicros ?? 0);
  }
}

function costSentence(node: string, marginMicros: number): string {
  if (marginMicros === 0) return `${node} would cost the same; the order of nodes decides.`;
  return marginMicros > 0
    ? `${node} would make the order ${decimal(marginMicros)} dearer.`
    : `${node} would make the order ${decimal(-marginMicros)} cheaper: this strategy does not look for it.`;
}

export function unsourcedSentence(reason: UnsourcedReason, quantity: number): string {
  const what = `${units(quantity)} not sourced`;
  switch (reason) {
    case 'held':
      return `${what}: a rule holds the order back.`;
    case 'not-stocked':
      return `${what}: no node stocks the item or expects it.`;
    case 'no-eligible-node':
      return `${what}: rules, services or dates leave no node that may supply it.`;
    case 'no-stock-left':
      return `${what}: the nodes that may supply it have too little left, after reservations, buffers and earlier orders.`;
    case 'no-capacity-left':
      return `${what}: the nodes that have it can take no more work on the days that count.`;
    case 'ship-together':
      return `${what}: the lines that ship together cannot all be had from one node on one day.`;
    case 'ship-complete':
      return `${what}: the order goes out whole or not at all, and not all of it can be had.`;
    case 'max-shipments':
      return `${what}: it would take one shipment more than the order may have.`;
    case 'min-part-value':
      return `${what}: a shipment, or what stays unsourced, would be worth less than a part of an order must be.`;
    case 'not-looked-for':
      return `${what}: this strategy does not look for other ways to supply it.`;
    case 'costs-more-than-penalty':
      return `${what}: supplying it would cost more than the policy says leaving it costs.`;
  }
}
