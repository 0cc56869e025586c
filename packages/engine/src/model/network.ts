// Decides how a snapshot is looked up: nodes by position, items and stock by sku, lanes by node and region.
// Built once a wave; everything in it is read-only.
import { invariant } from '../base/invariant.ts';
import { dayNumber } from '../base/time.ts';
import type { Calendar } from './calendar.ts';
import type { Item } from './item.ts';
import type { Lane } from './lane.ts';
import type { Node } from './node.ts';
import type { Box } from './parcel-rules.ts';
import type { RateCard } from './rate-card.ts';
import type { Snapshot } from './snapshot.ts';
import type { StockLevel } from './stock-level.ts';

/** One (sku, node) that holds or will hold stock. */
export interface StockRow {
  /** Position in `Network.rows`. */
  readonly row: number;
  readonly node: number;
  readonly level: StockLevel | undefined;
  /** Ascending by day. */
  readonly receipts: readonly DatedQuantity[];
}

export interface DatedQuantity {
  readonly day: number;
  readonly quantity: number;
}

export interface Network {
  readonly snapshot: Snapshot;
  readonly nodes: readonly Node[];
  readonly nodeAt: ReadonlyMap<string, number>;
  /** By node position. */
  readonly calendars: readonly Calendar[];
  /** By node position, in the order the node names them. */
  readonly rateCards: readonly (readonly RateCard[])[];
  readonly items: ReadonlyMap<string, Item>;
  readonly rows: readonly StockRow[];
  /** Rows of a sku by node position, ascending. */
  readonly rowsOf: ReadonlyMap<string, readonly StockRow[]>;
  laneOf(node: number, region: string | undefined): Lane | undefined;
}

export function indexNetwork(snapshot: Snapshot): Network {
  const nodeAt = new Map(snapshot.nodes.map((node, index) => [node.nodeId, index]));
  const calendars = new Map(snapshot.calendars.map((calendar) => [calendar.calendarId, calendar]));
  const cards = new Map(snapshot.rateCards.map((card) => [card.rateCardId, card]));
  const lanes = snapshot.nodes.map(() => new Map<string, Lane>());
  for (const lane of snapshot.lanes ?? []) lanes[known(nodeAt, lane.nodeId)]!.set(lane.region, lane);
  const { rows, rowsOf } = indexStock(snapshot, nodeAt);
  return {
    snapshot,
    nodes: snapshot.nodes,
    nodeAt,
    calendars: snapshot.nodes.map((node) => known(calendars, node.calendarId)),
    rateCards: snapshot.nodes.map((node) =>
      boxedCards(
        node,
        node.rateCardIds.map((id) => known(cards, id)),
        snapshot,
      ),
    ),
    items: new Map(snapshot.items.map((item) => [item.sku, item])),
    rows,
    rowsOf,
    laneOf: (node, region) => {
      const own = lanes[node]!;
      return region === undefined || own.size === 0 ? undefined : own.get(region);
    },
  };
}

function indexStock(snapshot: Snapshot, nodeAt: ReadonlyMap<string, number>): Pick<Network, 'rows' | 'rowsOf'> {
  const drafts = new Map<string, Map<number, { level?: StockLevel; receipts: DatedQuantity[] }>>();
  const draftOf = (sku: string, nodeId: string) => {
    const node = known(nodeAt, nodeId);
    let byNode = drafts.get(sku);
    if (!byNode) drafts.set(sku, (byNode = new Map()));
    let draft = byNode.get(node);
    if (!draft) byNode.set(node, (draft = { receipts: [] }));
    return draft;
  };
  for (const level of snapshot.stock) draftOf(level.sku, level.nodeId).level = level;
  for (const receipt of snapshot.receipts ?? []) {
    draftOf(receipt.sku, receipt.nodeId).receipts.push({ day: dayNumber(receipt.dueOn), quantity: receipt.quantity });
  }
  const rows: StockRow[] = [];
  const rowsOf = new Map<string, readonly StockRow[]>();
  for (const [sku, byNode] of drafts) {
    const ofSku = [...byNode]
      .sort(([a], [b]) => a - b)
      .map(([node, draft]) => {
        const receipts = draft.receipts.sort((a, b) => a.day - b.day);
        const row: StockRow = { row: rows.length, node, level: draft.level, receipts };
        rows.push(row);
        return row;
      });
    rowsOf.set(sku, ofSku);
  }
  return { rows, rowsOf };
}

/** Cards as a node with boxes can use them: no parcel above what its largest box holds. Zones are its own, as prices are kept by zone. */
function boxedCards({ boxes }: Node, cards: readonly RateCard[], { parcels }: Snapshot): readonly RateCard[] {
  if (!boxes) return cards;
  const most = boxes.reduce((largest, box) => Math.max(largest, boxGrams(box, parcels?.dimensionalDivisor)), 0);
  if (most === Infinity) return cards;
  return cards.map((card) => ({
    ...card,
    maxParcelGrams: Math.min(card.maxParcelGrams ?? Infinity, most),
    zones: card.zones.map((zone) => ({ ...zone })),
  }));
}

/** What a box holds as it is charged: its weight limit, or its volume by the divisor in whole grams; Infinity where neither is known. */
function boxGrams(
  { lengthMm, widthMm, heightMm, maxGrams = Infinity, fillPercent = 100 }: Box,
  divisor?: number,
): number {
  if (divisor === undefined) return maxGrams;
  const byVolume = Math.floor((lengthMm * widthMm * heightMm * fillPercent) / (100 * divisor));
  return Math.min(maxGrams, Math.max(1, byVolume));
}

function known<T>(map: ReadonlyMap<string, T>, id: string): T {
  const value = map.get(id);
  invariant(value !== undefined, `Reference to ${id} was not checked before use.`);
  return value;
}
