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
      const card = cardOf(`${key}/${index + 1}`, groups.get(key)![0]!, layer);
      cards.push(card);
      const ids = idsByPort.get(port);
      if (ids) ids.push(card.rateCardId);
      else idsByPort.set(port, [card.rateCardId]);
    });
  }
  return { cards: [...cards, OWN_FREIGHT], idsByPort };
}

/** One published row over one stretch of weights; a gap has no row. */
interface Stretch {
  readonly uptoKg: number;
  readonly row: RawRow | undefined;
}

/** Weights are published to two decimals, so that 499.99 is followed by 500: a step of that size is no gap. */
const STEP_KG = 0.0101;

/**
 * As many layers as rows overlap at most. Over any stretch of weights every row that covers it stands in a layer; where fewer
 * rows cover it than there are layers, the last of them stands in the rest, so that all layers reach as far as the tariff does.
 */
function layersOf(rows: readonly RawRow[]): Stretch[][] {
  const breaks = breakpointsOf(rows);
  const covering = breaks.map((upto, index) => {
    const from = breaks[index - 1] ?? 0;
    return rows
      .filter((row) => Number(row['min_weight']) <= from + STEP_KG && Number(row['max_weight']) >= upto)
      .sort(
        (a, b) =>
          Number(a['rate_per_weight']) - Number(b['rate_per_weight']) || Number(a['min_cost']) - Number(b['min_cost']),
      );
  });
  const count = Math.max(...covering.map((list) => list.length));
  return Array.from({ length: count }, (_, layer) =>
    breaks.map((uptoKg, index) => ({ uptoKg, row: covering[index]![Math.min(layer, covering[index]!.length - 1)] })),
  );
}

/** Every weight at which a row ends, or begins after a gap. */
function breakpointsOf(rows: readonly RawRow[]): number[] {
  const ends = new Set(rows.map((row) => Number(row['max_weight'])));
  const starts = rows
    .map((row) => Number(row['min_weight']))
    .filter((start) => start > STEP_KG && ![...ends].some((end) => start >= end && start - end <= STEP_KG));
  return [...new Set([...ends, ...starts])].sort((a, b) => a - b);
}

function cardOf(rateCardId: string, first: RawRow, stretches: readonly Stretch[]): RateCard {
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
        bands: bandsOf(stretches),
      },
    ],
  };
}

/** Stretches of one row are one band. A weight that no row covers is charged as the lightest weight of the row after the gap. */
function bandsOf(stretches: readonly Stretch[]): RateBand[] {
  const last = stretches.filter(({ row }, index) => row === undefined || row !== stretches[index + 1]?.row);
  return last.map(({ uptoKg, row }, index): RateBand => {
    const uptoGrams = gramsOf(uptoKg);
    if (row) return { uptoGrams, fixedMicros: 0, ...rateOf(row) };
    const { perKgMicros, minimumMicros } = rateOf(last[index + 1]!.row!);
    return { uptoGrams, fixedMicros: Math.max(minimumMicros, Math.round(perKgMicros * uptoKg)), perKgMicros: 0 };
  });
}

function rateOf(row: RawRow): { perKgMicros: number; minimumMicros: number } {
  return { perKgMicros: microsOf(row['rate_per_weight']!), minimumMicros: microsOf(row['min_cost']!) };
}

/** Grams with three decimals: the data's kilograms have six. */
export function gramsOf(kilograms: number): number {
  return Math.round(kilograms * 1_000_000) / 1000;
}
