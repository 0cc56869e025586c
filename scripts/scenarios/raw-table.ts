// Decides how raw CSV files are read by the generators: every cell as text, by column name. They are ours and well-formed.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

export type RawRow = Readonly<Record<string, string>>;

/** Rows of a `.csv.gz` file, those for which `keep` holds where it is given. */
export function readRawTable(path: string, keep: (row: RawRow) => boolean = () => true): RawRow[] {
  const rows: RawRow[] = [];
  parse(gunzipSync(readFileSync(path)), {
    columns: true,
    on_record: (row: RawRow) => {
      if (keep(row)) rows.push(row);
      return null;
    },
  });
  return rows;
}

/** Micros of an amount written as a decimal. */
export function microsOf(decimal: string | number): number {
  return Math.round(Number(decimal) * 1_000_000);
}
