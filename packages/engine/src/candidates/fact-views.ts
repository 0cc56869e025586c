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

/** Views of the orders of a wave. */
export function orderViews({ snapshot, items }: Network): (order: Order) => OrderView {
  const asOfMs = Date.parse(snapshot.asOf);
  return (order) => new LazyOrderView(order, items, asOfMs, snapshot.timeZone);
}

class LazyOrderView implements OrderView {
  readonly order: Order;
  readonly items: Network['items'];
  readonly asOfMs: number;
  readonly #timeZone: string;
  #placed: LocalTime | undefined;

  constructor(order: Order, items: Network['items'], asOfMs: number, timeZone: string) {
    this.order = order;
    this.items = items;
    this.asOfMs = asOfMs;
    this.#timeZone = timeZone;
  }

  /** Local times are slow to come by, and few rules ask for them. */
  get placed(): LocalTime {
    return (this.#placed ??= localTime(Date.parse(this.order.placedAt), this.#timeZone));
  }
}

type Row = Pick<StockRow, 'level' | 'receipts'>;

export function stockView(row: Row, asOfDay: number): StockView {
  return new StockRowView(row, asOfDay);
}

/** Sums are made when they are asked for. */
class StockRowView implements StockView {
  readonly level: Row['level'];
  readonly #receipts: Row['receipts'];
  readonly #asOfDay: number;

  constructor({ level, receipts }: Row, asOfDay: number) {
    this.level = level;
    this.#receipts = receipts;
    this.#asOfDay = asOfDay;
  }

  get sourceable(): number {
    return Math.max(0, sourceableBy(this.level, this.#receipts, this.#asOfDay));
  }

  get availableToPromise(): number {
    return availableToPromise(this.level, this.#receipts, this.#asOfDay);
  }
}
