// Decides what each scope of facts looks at when rules are asked during a wave. Leaves the facts themselves to rules/.
import { localTime } from '../base/time.ts';
import { availableToPromise, sourceableBy } from '../inventory/sourceable.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { FACTS_OF } from '../rules/catalogue.ts';
import type { FactScope, NodeView, OrderView, ScopeViews, StockView, TimeView } from '../rules/facts/fact.ts';
import type { ReadFact } from '../rules/interpret.ts';

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
  const placed = localTime(Date.parse(order.placedAt), snapshot.timeZone);
  return { order, placed, items, asOfMs: Date.parse(snapshot.asOf) };
}

export function stockView({ level, receipts }: Pick<StockRow, 'level' | 'receipts'>, asOfDay: number): StockView {
  return {
    level,
    sourceable: Math.max(0, sourceableBy(level, receipts, asOfDay)),
    availableToPromise: availableToPromise(level, receipts, asOfDay),
  };
}

/** Reads any fact of the scopes that are given; each once, so that a value is the same each time. */
export function readerFrom(views: Partial<ScopeViews>): ReadFact {
  const known = new Map<string, unknown>();
  return (name) => {
    if (!known.has(name)) known.set(name, readFrom(views, name));
    return known.get(name);
  };
}

function readFrom(views: Partial<ScopeViews>, name: string): unknown {
  const scope = name.slice(0, name.indexOf('.')) as FactScope;
  const of = <S extends FactScope>(at: S): unknown => {
    const view = views[at];
    return view && FACTS_OF[at].find((fact) => fact.name === name)?.read(view);
  };
  return of(scope);
}
