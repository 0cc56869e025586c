// Decides what the rules on whole orders make of an order: its limits, its promise, whether it waits, what missing units cost.
// Of several rules the stricter counts; what the customer asked for is never loosened.
import { dateOf } from '../base/time.ts';
import type { EffectOf } from '../model/effect.ts';
import type { Order } from '../model/order.ts';
import type { CompiledRule } from './compile.ts';

export interface OrderTerms {
  /** The order as the customer placed it. */
  readonly asked: Order;
  /** The order with the rules' limits and promise laid into it. */
  readonly order: Order;
  /** Whether it may go out with units missing, where rules say so; null leaves it to the policy. */
  readonly partial: boolean | null;
  /** The rule that holds it back; null where none does. */
  readonly heldBy: number | null;
  /** Of the policy's charge for unsourced units. */
  readonly unsourcedPercent: number;
  /** The rule that says what becomes of unsourced units. */
  readonly whenUnsourced: { readonly rule: number; readonly params: EffectOf<'when-unsourced'>['params'] } | null;
  /** Rules that hold for the order, in the order in which they are asked. */
  readonly rules: readonly number[];
}

/** `placedDay` is asked for only where a promise is counted from it; `holding` are positions in `rules` of rules on orders that hold for it. */
export function orderTerms(
  order: Order,
  placedDay: () => number,
  rules: readonly CompiledRule[],
  holding: readonly number[],
  policyMinPartValueMicros: number,
): OrderTerms {
  if (holding.length === 0) return plainTerms(order);
  let next = order;
  let partial: boolean | null = null;
  let heldBy: number | null = null;
  let promiseDays = Infinity;
  let unsourcedPercent: number | null = null;
  let whenUnsourced: OrderTerms['whenUnsourced'] = null;
  for (const rule of holding) {
    const { effect } = rules[rule]!;
    switch (effect.type) {
      case 'max-shipments':
        next = { ...next, maxShipments: Math.min(next.maxShipments ?? Infinity, effect.params.shipments) };
        break;
      case 'ship-complete':
        next = { ...next, shipComplete: true };
        break;
      case 'allow-partial':
        partial = true;
        break;
      case 'hold':
        heldBy ??= rule;
        break;
      case 'promise-by':
        promiseDays = Math.min(promiseDays, effect.params.days);
        break;
      case 'min-part-value':
        next = {
          ...next,
          minPartValueMicros: Math.max(
            next.minPartValueMicros ?? policyMinPartValueMicros,
            effect.params.minPartValueMicros,
          ),
        };
        break;
      case 'unsourced-penalty':
        unsourcedPercent = Math.max(unsourcedPercent ?? 0, effect.params.percent);
        break;
      case 'when-unsourced':
        whenUnsourced ??= { rule, params: effect.params };
        break;
    }
  }
  if (order.promiseBy === undefined && promiseDays < Infinity) {
    next = { ...next, promiseBy: dateOf(placedDay() + promiseDays) };
  }
  const asked = order;
  return {
    asked,
    order: next,
    partial,
    heldBy,
    unsourcedPercent: unsourcedPercent ?? 100,
    whenUnsourced,
    rules: holding,
  };
}

function plainTerms(order: Order): OrderTerms {
  return { asked: order, order, partial: null, heldBy: null, unsourcedPercent: 100, whenUnsourced: null, rules: [] };
}
