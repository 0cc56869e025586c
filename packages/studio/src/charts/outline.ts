// Decides which coast lines lie under a map: the British Isles where all points are there, else the world.
// The outlines are made by scripts/outlines.ts from Natural Earth (public domain).

export interface Outline {
  readonly source: string;
  readonly box: readonly [west: number, south: number, east: number, north: number];
  readonly lands: readonly {
    readonly name: string;
    readonly polygons: readonly (readonly (readonly [number, number])[])[][];
  }[];
}

export interface LonLat {
  readonly lat: number;
  readonly lon: number;
}

const UK_BOX = [-11.5, 48.6, 4.6, 61.2] as const;

export async function loadOutline(points: readonly LonLat[]): Promise<Outline> {
  const [west, south, east, north] = UK_BOX;
  const inside = points.every(({ lat, lon }) => lon >= west && lon <= east && lat >= south && lat <= north);
  const module = inside ? await import('./outline-uk.json') : await import('./outline-world.json');
  return module.default as unknown as Outline;
}
