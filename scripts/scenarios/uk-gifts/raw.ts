// Decides what the raw files of uk-gifts are and which of their rows count.
import { join } from 'node:path';
import type { Point } from '@sourcewright/engine';
import { type RawRow, readRawTable } from '../raw-table.ts';

export const RAW = join(import.meta.dirname, '../../../scenarios/uk-gifts/raw');

/** A line that sells a product: no cancellation, no postage, no stock correction. */
export function isSale(row: RawRow): boolean {
  return row['line_class'] === 'product' && row['is_cancel'] === '0' && Number(row['qty']) > 0;
}

export interface District extends Point {
  /** Outward code, for example `LS1`. */
  readonly district: string;
  /** Its letters, for example `LS`. */
  readonly area: string;
  readonly town: string;
  readonly population: number;
}

export function readDistricts(): District[] {
  return readRawTable(join(RAW, 'districts.csv.gz')).map((row) => ({
    district: row['district']!,
    area: /^[A-Z]+/.exec(row['district']!)![0],
    town: row['post_town']!,
    population: Number(row['population']) || 0,
    lat: Number(row['lat']),
    lon: Number(row['lon']),
  }));
}

export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly priceMicros: number;
}

export interface PastDemand {
  /** Sale lines in the eight weeks. */
  readonly lines: number;
  /** Units by week, the last one nearest. */
  readonly units: readonly number[];
}

export function readPastDemand(): ReadonlyMap<string, PastDemand> {
  return new Map(
    readRawTable(join(RAW, 'demand.csv.gz')).map((row) => [
      row['sku']!,
      { lines: Number(row['lines']), units: [1, 2, 3, 4, 5, 6, 7, 8].map((week) => Number(row[`week_${week}`])) },
    ]),
  );
}
