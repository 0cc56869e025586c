// Decides how a carrier's price list becomes rate cards: a CSV in one documented template, one row a band, amounts in the currency.
// Reports everything that is wrong with it, and what is allowed but seldom meant. Leaves writing the result to its caller.
import { basename } from 'node:path';
import {
  fail,
  type Issue,
  parseRateCard,
  type RateCard,
  rateCardIssues,
  type Result,
  succeed,
} from '@sourcewright/engine';
import { listIssues } from './issue-list.ts';
import type { Column, TableLayout } from './layout.ts';
import { MAX_FILE_BYTES } from './read-bytes.ts';
import { cellPath, readTable, type Row } from './read-table.ts';
import { rateNotes } from './rate-notes.ts';

const column = (name: string, type: Column['type'], required = false): Column => ({ name, type, required });

/** Columns of a card, of a zone and of a band; those of card and zone are given once and may be left empty below. */
const CARD_COLUMNS = [
  column('name', 'text'),
  column('service', 'text', true),
  column('carrier', 'text'),
  column('kind', 'text'),
  column('maxParcelKg', 'number'),
  column('deliveryWeekdays', 'list'),
  column('residential', 'number'),
  column('remote', 'number'),
  column('remotePrefixes', 'list'),
  column('fuelPercent', 'number'),
];
const ZONE_COLUMNS = [
  column('regions', 'list'),
  column('postcodePrefixes', 'list'),
  column('maxDistanceKm', 'number'),
  column('transitDays', 'integer', true),
  column('transitDaysP90', 'integer'),
];
const BAND_COLUMNS = [
  column('uptoKg', 'number'),
  column('fixed', 'number', true),
  column('perKg', 'number'),
  column('minimum', 'number'),
];

export const RATES: TableLayout = {
  name: 'rates',
  required: true,
  columns: [
    column('rateCardId', 'text', true),
    column('zone', 'text', true),
    ...CARD_COLUMNS,
    ...ZONE_COLUMNS,
    ...BAND_COLUMNS,
  ],
};

export interface ImportedRates {
  /** In the order in which the file names them. */
  readonly cards: readonly RateCard[];
  /** What is allowed and seldom meant, as sentences. */
  readonly notes: readonly string[];
}

/** Row of the table with its position. */
interface Placed {
  readonly row: Row;
  readonly index: number;
}

/** Fails with every issue, each at its row and column. */
export async function importRates(path: string): Promise<Result<ImportedRates, Issue[]>> {
  const file = basename(path);
  const table = await readTable(path, file, RATES, { maxBytes: MAX_FILE_BYTES });
  if (!table.ok) return table;
  const issues: Issue[] = [...table.value.issues.kept];
  const placed = table.value.rows.map((row, index): Placed => ({ row, index }));
  const cards: RateCard[] = [];
  for (const [id, rows] of Map.groupBy(placed, ({ row }) => row['rateCardId'])) {
    if (id === undefined) continue;
    const parsed = parseRateCard(cardOf(rows, file, issues));
    const found = parsed.ok ? rateCardIssues(parsed.value, '') : parsed.error;
    const known = new Set(issues.map(({ path: at }) => at));
    issues.push(...found.map((issue) => located(issue, rows, file)).filter(({ path: at }) => !known.has(at)));
    if (parsed.ok) cards.push(parsed.value);
  }
  if (placed.length === 0) {
    issues.push({ code: 'missing', path: file, message: 'There is no row below the header. Add one for each band.' });
  }
  if (issues.length > 0) return fail(listIssues(issues, table.value.issues.dropped));
  return succeed({ cards, notes: cards.flatMap(rateNotes) });
}

function cardOf(rows: readonly Placed[], file: string, issues: Issue[]): unknown {
  const card = stated(rows, CARD_COLUMNS, 'card', file, issues);
  const zones = [...Map.groupBy(rows, ({ row }) => row['zone']).values()].map((ofZone) => zoneOf(ofZone, file, issues));
  const surcharges = compact({
    residentialMicros: micros(card['residential']),
    remote:
      card['remote'] === undefined && card['remotePrefixes'] === undefined
        ? undefined
        : compact({ perParcelMicros: micros(card['remote']), postcodePrefixes: card['remotePrefixes'] }),
    fuelPercent: card['fuelPercent'],
  });
  return compact({
    rateCardId: rows[0]!.row['rateCardId'],
    name: card['name'] ?? rows[0]!.row['rateCardId'],
    service: card['service'],
    carrier: card['carrier'],
    kind: card['kind'],
    maxParcelGrams: grams(card['maxParcelKg']),
    deliveryWeekdays: ((card['deliveryWeekdays'] as string[] | undefined) ?? ['1', '2', '3', '4', '5']).map(Number),
    surcharges: Object.keys(surcharges).length > 0 ? surcharges : undefined,
    zones,
  });
}

function zoneOf(rows: readonly Placed[], file: string, issues: Issue[]): unknown {
  const zone = stated(rows, ZONE_COLUMNS, 'zone', file, issues);
  const seen = new Map<unknown, number>();
  for (const { row, index } of rows) {
    const before = seen.get(row['uptoKg']);
    if (before !== undefined && row['uptoKg'] !== undefined) {
      const message = `Row ${before + 2} is the band up to ${JSON.stringify(row['uptoKg'])} kg of the zone already. Keep one of them.`;
      issues.push({ code: 'duplicate-id', path: cellPath(file, index, 'uptoKg'), message });
    }
    seen.set(row['uptoKg'], index);
  }
  return compact({
    zone: rows[0]!.row['zone'],
    ...zone,
    bands: rows.map(({ row }) =>
      compact({
        uptoGrams: grams(row['uptoKg']),
        fixedMicros: micros(row['fixed']),
        perKgMicros: micros(row['perKg'] ?? 0),
        minimumMicros: micros(row['minimum']),
      }),
    ),
  });
}

/** What the rows of a card or zone say of it as a whole: the first that fills a column gives it, no other may contradict. */
function stated(rows: readonly Placed[], columns: readonly Column[], what: string, file: string, issues: Issue[]): Row {
  const found: Row = {};
  const from = new Map<string, number>();
  for (const { row, index } of rows) {
    for (const { name } of columns) {
      const value = row[name];
      if (value === undefined) continue;
      if (!(name in found)) {
        found[name] = value;
        from.set(name, index);
      } else if (JSON.stringify(found[name]) !== JSON.stringify(value)) {
        const message = `Row ${from.get(name)! + 2} says otherwise for the same ${what}. Write it once, or the same in both.`;
        issues.push({ code: 'inconsistent', path: cellPath(file, index, name), message });
      }
    }
  }
  return found;
}

/** Fields of the model by the column they are read from. */
const COLUMN_OF: Readonly<Record<string, string>> = {
  fixedMicros: 'fixed',
  perKgMicros: 'perKg',
  minimumMicros: 'minimum',
  uptoGrams: 'uptoKg',
  bands: 'uptoKg',
  maxParcelGrams: 'maxParcelKg',
  residentialMicros: 'residential',
  perParcelMicros: 'remote',
};

/** An issue of the card at the row and column that it came from. */
function located(issue: Issue, rows: readonly Placed[], file: string): Issue {
  const path = issue.path.split('/').slice(1);
  const fields = path.filter((part) => !/^\d+$/.test(part));
  const of =
    path[0] === 'zones' ? [...Map.groupBy(rows, ({ row }) => row['zone']).values()][Number(path[1])] : undefined;
  const row = of?.[path[2] === 'bands' && path[3] !== undefined ? Number(path[3]) : 0] ?? rows[0]!;
  const isRemote = fields.includes('remote') && fields.includes('postcodePrefixes');
  const last = fields.at(-1) ?? 'rateCardId';
  return { ...issue, path: cellPath(file, row.index, isRemote ? 'remotePrefixes' : (COLUMN_OF[last] ?? last)) };
}

/** What is no number is left for the parser to refuse. */
function micros(amount: unknown): unknown {
  return typeof amount === 'number' ? Math.round(amount * 1_000_000) : amount;
}

function grams(kilograms: unknown): unknown {
  return typeof kilograms === 'number' ? Math.round(kilograms * 1_000_000) / 1000 : kilograms;
}

function compact(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
