// Decides the shape of a fact: its published description and how its value is read from what its scope knows.
import type { Item } from '../../model/item.ts';
import type { LocalTime } from '../../base/time.ts';
import type { Node } from '../../model/node.ts';
import type { Calendar } from '../../model/calendar.ts';
import type { Order, OrderLine } from '../../model/order.ts';
import type { RateCard, RateZone } from '../../model/rate-card.ts';
import type { StockLevel } from '../../model/stock-level.ts';

export const FACT_SCOPES = ['time', 'order', 'line', 'item', 'node', 'lane', 'stock'] as const;
export type FactScope = (typeof FACT_SCOPES)[number];
export const FACT_TYPES = ['text', 'number', 'flag', 'list', 'date'] as const;
export type FactType = (typeof FACT_TYPES)[number];

/** The moment at which a wave starts, on the clock of the snapshot's zone. */
export interface TimeView {
  readonly now: LocalTime;
}

export interface OrderView {
  readonly order: Order;
  readonly placed: LocalTime;
  readonly items: ReadonlyMap<string, Item>;
  /** When the wave starts. */
  readonly asOfMs: number;
}

export interface LineView {
  readonly line: OrderLine;
  readonly item: Item | undefined;
}

export interface ItemView {
  readonly sku: string;
  readonly item: Item | undefined;
}

export interface NodeView {
  readonly node: Node;
  readonly rateCards: readonly RateCard[];
  readonly calendar: Calendar;
  /** When the wave starts, on the node's own clock. */
  readonly now: LocalTime;
}

/** The ways by which a node reaches an order's destination. */
export interface LaneView {
  readonly distanceKm: number | null;
  /** In the order in which the node names its rate cards. */
  readonly services: readonly LaneService[];
  /** Weight of the whole order. */
  readonly orderMilligrams: number;
}

export interface LaneService {
  readonly card: RateCard;
  readonly zone: RateZone;
  readonly transitDays: number;
}

export interface StockView {
  readonly level: StockLevel | undefined;
  /** Units sourcing may take when the wave starts. */
  readonly sourceable: number;
  /** Units channels may promise when the wave starts. */
  readonly availableToPromise: number;
}

export interface ScopeViews {
  readonly time: TimeView;
  readonly order: OrderView;
  readonly line: LineView;
  readonly item: ItemView;
  readonly node: NodeView;
  readonly lane: LaneView;
  readonly stock: StockView;
}

export interface FactText {
  readonly type: FactType;
  readonly unit?: string;
  /** For numbers: the least and the most it can be; null where there is no most. */
  readonly range?: readonly [number, number | null];
  /** For numbers: whether it is always whole. */
  readonly whole?: boolean;
  /** The only values it takes, where they are few. */
  readonly choices?: readonly string[];
  readonly text: string;
  readonly example: string | number | boolean | readonly string[];
  /** When it has no value; left out where it always has one. */
  readonly missing?: string;
}

export interface Fact extends FactText {
  readonly name: string;
  readonly scope: FactScope;
}

/** A fact with its reader; undefined stands for a value that is missing. */
export interface FactOf<S extends FactScope> extends Fact {
  readonly scope: S;
  readonly read: (view: ScopeViews[S]) => unknown;
}

/** A list that is not there is empty: operators on lists never meet a missing one. */
export const NO_VALUES: readonly string[] = [];

type Entries<S extends FactScope> = Readonly<Record<string, FactText & { read: (view: ScopeViews[S]) => unknown }>>;

/** Names the facts of a scope `<scope>.<key>`. */
export function factsOf<S extends FactScope>(scope: S, entries: Entries<S>): readonly FactOf<S>[] {
  return Object.entries(entries).map(([key, entry]) => ({ name: `${scope}.${key}`, scope, ...entry }));
}
