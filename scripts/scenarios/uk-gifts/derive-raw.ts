// Decides which part of the published data sets uk-gifts is made from: copies the peak week and aggregates what came before it.
// Run once by hand: node scripts/scenarios/uk-gifts/derive-raw.ts <online-retail-ii folder> <uk-postcode-districts folder>
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayNumber } from '@sourcewright/engine';
import { renderTable } from '../../../packages/server/src/scenario-files/render-scenario.ts';
import { type RawRow, readRawTable } from '../raw-table.ts';
import { isSale, RAW } from './raw.ts';

/** First day of the sampled week; the eight weeks before it are aggregated. */
const WEEK_START = dayNumber('2011-11-14');
const WEEKS = 8;

const [retailFolder, districtsFolder] = process.argv.slice(2);
if (!retailFolder || !districtsFolder) {
  console.error('Give the folders of online-retail-ii and uk-postcode-districts.');
  process.exit(2);
}
mkdirSync(RAW, { recursive: true });
copyFileSync(join(retailFolder, 'sample_week.csv.gz'), join(RAW, 'sample-week.csv.gz'));
const skus = new Set(readRawTable(join(RAW, 'sample-week.csv.gz'), isSale).map((row) => row['sku']!));
write('demand', ['sku', 'lines', ...weekNames()], demandRows(retailFolder));
write('products', ['sku', 'description', 'median_price_gbp'], productRows(retailFolder));
write('districts', ['district', 'lat', 'lon', 'post_town', 'population'], districtRows(districtsFolder));

/** Units of each sku of the week in each of the eight weeks before it, and its sale lines in all of them. */
function demandRows(folder: string): RawRow[] {
  const weeks = new Map<string, { lines: number; units: number[] }>();
  readRawTable(join(folder, 'orders.csv.gz'), (row) => {
    const sku = row['sku']!;
    if (!skus.has(sku) || !isSale(row)) return false;
    const week = WEEKS - Math.ceil((WEEK_START - dayNumber(row['order_ts']!.slice(0, 10))) / 7);
    if (week < 0 || week >= WEEKS) return false;
    let entry = weeks.get(sku);
    if (!entry) weeks.set(sku, (entry = { lines: 0, units: Array<number>(WEEKS).fill(0) }));
    entry.lines++;
    entry.units[week]! += Number(row['qty']);
    return false;
  });
  return [...weeks.keys()].sort().map((sku) => {
    const { lines, units } = weeks.get(sku)!;
    const byName = Object.fromEntries(weekNames().map((name, index) => [name, String(units[index])]));
    return { sku, lines: String(lines), ...byName };
  });
}

function weekNames(): string[] {
  return Array.from({ length: WEEKS }, (_, index) => `week_${index + 1}`);
}

function productRows(folder: string): RawRow[] {
  return readRawTable(join(folder, 'products.csv.gz'), (row) => skus.has(row['sku']!));
}

/** Without the districts of Northern Ireland (BT), whose licence does not let them be passed on. */
function districtRows(folder: string): RawRow[] {
  return readRawTable(join(folder, 'districts.csv.gz'), (row) => !row['district']!.startsWith('BT'));
}

function write(name: string, columns: readonly string[], rows: readonly RawRow[]): void {
  const layout = columns.map((column) => ({ name: column, type: 'text' as const, required: true }));
  const [file, bytes] = renderTable(name, layout, rows, { compress: true });
  writeFileSync(join(RAW, file), bytes);
  console.log(`${file}: ${rows.length} rows, ${bytes.length} bytes`);
}
