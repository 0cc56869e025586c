// Decides the coast lines the maps draw: cut from Natural Earth (public domain, npm package world-atlas), simplified, rounded.
// Writes src/charts/outline-uk.json and src/charts/outline-world.json. Run it again only to change them.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification';

const BRITISH_ISLES = ['United Kingdom', 'Ireland', 'Isle of Man', 'Jersey', 'Guernsey'];
const AROUND_THEM =
  'Austria Belgium Croatia Czechia Denmark Estonia Finland France Germany Hungary Iceland Italy Latvia Lithuania ' +
  'Luxembourg Netherlands Norway Poland Slovakia Slovenia Spain Sweden Switzerland';

type Position = [number, number];
type Box = readonly [west: number, south: number, east: number, north: number];

const require = createRequire(import.meta.url);
const SOURCE = 'Natural Earth (public domain), through the npm package world-atlas 2.0.2';

write('outline-uk.json', {
  resolution: '10m',
  fine: BRITISH_ISLES,
  others: AROUND_THEM.split(' '),
  box: [-32, 42, 28, 66],
  minAreaDegrees: { fine: 0.0006, coarse: 0.012 },
  minIslandDegrees: { fine: 0.004, coarse: 0.06 },
  decimals: 2,
});
write('outline-world.json', {
  resolution: '110m',
  fine: [],
  others: null,
  box: [-180, -60, 180, 84],
  minAreaDegrees: { fine: 0.02, coarse: 0.02 },
  minIslandDegrees: { fine: 0.4, coarse: 0.4 },
  decimals: 1,
});

interface Grain {
  readonly fine: number;
  readonly coarse: number;
}

interface Cut {
  readonly resolution: '10m' | '110m';
  /** Countries drawn finely. */
  readonly fine: readonly string[];
  /** Countries drawn coarsely around them; null draws all. */
  readonly others: readonly string[] | null;
  readonly box: Box;
  /** Points that span a smaller triangle (square degrees) are dropped. */
  readonly minAreaDegrees: Grain;
  /** Islands smaller than this (square degrees) are dropped. */
  readonly minIslandDegrees: Grain;
  readonly decimals: number;
}

function write(name: string, cut: Cut): void {
  const topology = JSON.parse(
    readFileSync(require.resolve(`world-atlas/countries-${cut.resolution}.json`), 'utf8'),
  ) as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const simple = { ...decode(topology), objects: topology.objects } as typeof topology;
  const isFine = ({ properties }: { readonly properties?: object | undefined }): boolean =>
    cut.fine.includes((properties as { name?: string } | undefined)?.name ?? '');
  const fineArcs = arcsOf(topology.objects.countries.geometries.filter(isFine));
  simple.arcs = simple.arcs.map((arc, at) =>
    simplify(arc as Position[], fineArcs.has(at) ? cut.minAreaDegrees.fine : cut.minAreaDegrees.coarse),
  );
  const lands: { name: string; polygons: Position[][][] }[] = [];
  for (const country of feature(simple, simple.objects.countries).features) {
    if (cut.others && !isFine(country) && !cut.others.includes(country.properties.name)) continue;
    const minIsland = isFine(country) ? cut.minIslandDegrees.fine : cut.minIslandDegrees.coarse;
    const polygons = polygonsOf(country.geometry)
      .map((rings) => rings.map((ring) => clip(ring, cut.box)).filter((ring) => area(ring) > minIsland))
      .filter((rings) => rings.length > 0)
      .map((rings) => rings.map((ring) => ring.map((at) => rounded(at, cut.decimals))));
    if (polygons.length > 0) lands.push({ name: country.properties.name, polygons });
  }
  lands.sort((a, b) => (a.name < b.name ? -1 : 1));
  const path = new URL(`../src/charts/${name}`, import.meta.url);
  writeFileSync(path, `${JSON.stringify({ source: SOURCE, box: cut.box, lands })}\n`);
}

/** The arcs that the given geometries are made of. */
function arcsOf(geometries: readonly GeometryObject[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const geometry of geometries) {
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') continue;
    // A negative index names the arc walked backwards.
    for (const at of geometry.arcs.flat(2)) found.add(at < 0 ? ~at : at);
  }
  return found;
}

/** The topology with plain coordinates instead of quantised steps. */
function decode(topology: Topology): Pick<Topology, 'type' | 'arcs'> {
  const { scale, translate } = topology.transform!;
  const arcs = topology.arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map((step) => {
      x += step[0]!;
      y += step[1]!;
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
  });
  return { type: 'Topology', arcs };
}

/** Visvalingam: drops, smallest first, the points whose triangle with their neighbours is smaller than `minArea`. */
function simplify(arc: Position[], minArea: number): Position[] {
  const points = [...arc];
  while (points.length > 4) {
    let [least, at] = [minArea, -1];
    for (let i = 1; i < points.length - 1; i += 1) {
      const size = triangle(points[i - 1]!, points[i]!, points[i + 1]!);
      if (size < least) [least, at] = [size, i];
    }
    if (at < 0) break;
    points.splice(at, 1);
  }
  return points;
}

function triangle(a: Position, b: Position, c: Position): number {
  return Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
}

function polygonsOf(geometry: GeoJSON.Geometry): Position[][][] {
  if (geometry.type === 'Polygon') return [geometry.coordinates as Position[][]];
  if (geometry.type === 'MultiPolygon') return geometry.coordinates as Position[][][];
  return [];
}

/** Sutherland–Hodgman against a box; the winding stays as it was. */
function clip(ring: Position[], [west, south, east, north]: Box): Position[] {
  const sides: [inside: (p: Position) => boolean, axis: 0 | 1, at: number][] = [
    [(p) => p[0] >= west, 0, west],
    [(p) => p[0] <= east, 0, east],
    [(p) => p[1] >= south, 1, south],
    [(p) => p[1] <= north, 1, north],
  ];
  let points = ring;
  for (const [inside, axis, at] of sides) {
    const kept: Position[] = [];
    for (let i = 0; i < points.length - 1; i += 1) {
      const [from, to] = [points[i]!, points[i + 1]!];
      if (inside(from)) kept.push(from);
      if (inside(from) !== inside(to)) kept.push(crossing(from, to, axis, at));
    }
    if (kept.length > 0) kept.push(kept[0]!);
    points = kept;
  }
  return points;
}

function crossing(from: Position, to: Position, axis: 0 | 1, at: number): Position {
  const share = (at - from[axis]) / (to[axis] - from[axis]);
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}

/** Of a closed ring, in square degrees. */
function area(ring: readonly Position[]): number {
  let twice = 0;
  for (let i = 0; i < ring.length - 1; i += 1) {
    twice += ring[i]![0] * ring[i + 1]![1] - ring[i + 1]![0] * ring[i]![1];
  }
  return Math.abs(twice) / 2;
}

function rounded(at: Position, decimals: number): Position {
  return [Number(at[0].toFixed(decimals)), Number(at[1].toFixed(decimals))];
}
