// Decides what each scope of facts looks at when rules are asked during a wave. Leaves the facts themselves to rules/.
import { type LocalTime, localTime } from '../base/time.ts';
import { availableToPromise, sourceableBy } from '../inventory/sourceable.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { NodeView, OrderView, StockView, TimeView } from '../rules/facts/fact.ts';

export function timeView(snapshot: Snapshot): TimeView {
  return { now: localTime(Date.parse(snapshot.asOf), snapshot.timeZone) };
}

/** By node position. */
export function nodeViews(network: Network): NodeView[] {
  const asOfMs = Date.parse(network.snapshot.asOf);
  return network.nodes.map((node, index) => {
    const calendar = network.calendars[index]!;
    return { node, calendar, rateCards: network.rateCards[index]!, now: localTime(asOfMs, calendar.timeZone) };
  });
}

export function orderView(order: Order, network: Network): OrderView {
  const { snapshot, items } = network;
  let placed: LocalTime | undefined;
  return {
    order,
    // Local times are slow to come by, and few rules ask for them.
    get placed() {
      return (placed ??= localTime(Date.parse(order.placedAt), snapshot.timeZone));
    },
    items,
    asOfMs: Date.parse(snapshot.asOf),
  };
}

export function stockView({ level, receipts }: Pick<StockRow, 'level' | 'receipts'>, asOfDay: number): StockView {
  return {
    level,
    sourceable: Math.max(0, sourceableBy(level, receipts, asOfDay)),
    availableToPromise: availableToPromise(level, receipts, asOfDay),
  };
}
