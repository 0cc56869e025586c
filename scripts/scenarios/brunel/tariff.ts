// Decides how the published freight rates become rate cards: overlapping rows in cards of their own, gaps priced as the next weight.
// A carrier's published row says: for min to max kilograms, the larger of a minimum and rate × weight.
import type { RateBand, RateCard } from '@sourcewright/engine';
import { microsOf, type RawRow } from '../raw-table.ts';

/** Customers' own freight: costs us nothing and leaves from any plant. */
export const OWN_FREIGHT: RateCard = {
  rateCardId: 'CRF',
  name: 'Customer’s own freight',
  service: 'CRF',
  deliveryWeekdays: [1, 2, 3, 4, 5, 6, 7],
  zones: [{ zone: 'any', transitDays: 1, bands: [{ fixedMicros: 0, perKgMicros: 0 }] }],
};

export interface PortCards {
  readonly cards: readonly RateCard[];
  /** Card ids by origin port. */
  readonly idsByPort: ReadonlyMap<string, readonly string[]>;
}

/** A card for each carrier, origin port, service, mode, transit time and contract, and for each layer of rows that overlap. */
export function buildRateCards(rates: readonly RawRow[]): PortCards {
  const groups = new Map<string, RawRow[]>();
  for (const row of rates) {
    const key = [
      row['carrier'],
      row['orig_port'],
      row['service'],
      row['mode'],
      `${row['transit_days']}d`,
      row['carrier_type'],
    ].join('/');
    const rows = groups.get(key);
    if (rows) rows.push(row);
    else groups.set(key, [row]);
  }
  const cards: RateCard[] = [];
  const idsByPort = new Map<string, string[]>();
  for (const key of [...groups.keys()].sort()) {
    const port = groups.get(key)![0]!['orig_port']!;
    layersOf(groups.get(key)!).forEach((layer, index) => {
      const card = cardOf(`${key}/${index + 1}`, layer);
      cards.push(card);
      const ids = idsByPort.get(port);
      if (ids) ids.push(card.rateCardId);
      else idsByPort.set(port, [card.rateCardId]);
    });
  }
  return { cards: [...cards, OWN_FREIGHT], idsByPort };
}

/** Rows by weight in as few layers as it takes for none to overlap within one. */
function layersOf(rows: readonly RawRow[]): RawRow[][] {
  const layers: RawRow[][] = [];
  const sorted = [...rows].sort(
    (a, b) =>
      Number(a['min_weight']) - Number(b['min_weight']) ||
      Number(a['max_weight']) - Number(b['max_weight']) ||
      Number(a['rate_per_weight']) - Number(b['rate_per_weight']) ||
      Number(a['min_cost']) - Number(b['min_cost']),
  );
  for (const row of sorted) {
    const free = layers.find((layer) => Number(layer.at(-1)!['max_weight']) < Number(row['min_weight']));
    if (free) free.push(row);
    else layers.push([row]);
  }
  return layers;
}

function cardOf(rateCardId: string, rows: readonly RawRow[]): RateCard {
  const [first] = rows as [RawRow];
  return {
    rateCardId,
    name: `${first['carrier']} ${first['mode']!.toLowerCase()} from ${first['orig_port']}`,
    service: first['service']!,
    carrier: first['carrier']!,
    deliveryWeekdays: [1, 2, 3, 4, 5, 6, 7],
    zones: [
      {
        zone: first['dest_port']!,
        regions: [first['dest_port']!],
        transitDays: Number(first['transit_days']),
        bands: rows.flatMap((row, index) => bandsOf(row, rows[index - 1])),
      },
    ],
  };
}

/** Weights are published to two decimals, so that 499.99 is followed by 500: a step of that size is no gap. */
const STEP_KG = 0.0101;

/** The band of a row, and before it one for a gap: a weight that no row covers is charged as the lightest of the next. */
function bandsOf(row: RawRow, before: RawRow | undefined): RateBand[] {
  const from = Number(row['min_weight']);
  const perKgMicros = microsOf(row['rate_per_weight']!);
  const minimumMicros = microsOf(row['min_cost']!);
  const band = { uptoGrams: gramsOf(Number(row['max_weight'])), fixedMicros: 0, perKgMicros, minimumMicros };
  const gap = before !== undefined && from - Number(before['max_weight']) > STEP_KG;
  if (!gap) return [band];
  const fixedMicros = Math.max(minimumMicros, Math.round(perKgMicros * from));
  return [{ uptoGrams: gramsOf(from), fixedMicros, perKgMicros: 0 }, band];
}

/** Grams with three decimals: the data's kilograms have six. */
export function gramsOf(kilograms: number): number {
  return Math.round(kilograms * 1_000_000) / 1000;
}
