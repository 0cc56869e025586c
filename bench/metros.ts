// Decides where family B sells: the 99 most populous three-digit ZIP areas of the United States, largest first.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Metro {
  readonly zip3: string;
  readonly lat: number;
  readonly lon: number;
  readonly population: number;
}

export function readMetros(): readonly Metro[] {
  const text = readFileSync(join(import.meta.dirname, 'data/us-metros.csv'), 'utf8');
  const [, ...rows] = text.trim().split('\n');
  return rows.map((row) => {
    const [zip3, lat, lon, population] = row.split(',') as [string, string, string, string];
    return { zip3, lat: Number(lat), lon: Number(lon), population: Number(population) };
  });
}
