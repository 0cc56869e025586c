// Decides the map of an order: its destination, the nodes that ship, the next best and those that were turned down.
import { geoDistance, geoMercator, geoPath, type GeoProjection } from 'd3';
import type { LonLat, Outline } from './outline.ts';
import { type LabelWish, placeLabels } from './place-labels.ts';

export type CandidateRole = 'chosen' | 'second' | 'rejected';

export interface Candidate extends LonLat {
  readonly nodeId: string;
  readonly name: string;
  readonly role: CandidateRole;
  /** Said when pointed at. */
  readonly note: string;
}

export interface CandidateMapData {
  readonly destination: LonLat;
  /** The node at which the order is collected, where it is; it lies at the destination. */
  readonly collectAt?: { readonly nodeId: string; readonly name: string };
  readonly candidates: readonly Candidate[];
}

export interface CandidateMapOptions {
  /** What there is; the map takes no more of it than its points need. */
  readonly width: number;
  readonly height: number;
}

const PADDING = 34;
/** Names stand to the right of their points. */
const NAME_ROOM = 90;
const LEAST_SHARE = 0.8;
/** For each px of width: a map about 60 km wide. */
const MOST_SCALE = 100;
const RADIUS: Readonly<Record<CandidateRole, number>> = { chosen: 6, second: 5, rejected: 3.5 };
const DRAWN: readonly CandidateRole[] = ['rejected', 'second', 'chosen'];
const RING = 11;
const TARGET = 7;

type Place = (of: LonLat) => readonly [number, number];

export function CandidateMap({
  data,
  outline,
  options,
}: {
  readonly data: CandidateMapData;
  readonly outline: Outline | null;
  readonly options: CandidateMapOptions;
}) {
  const { height } = options;
  const width = mapWidth(data, options);
  const projection = projectionOf(data, width, height);
  const place: Place = ({ lon, lat }) => projection([lon, lat]) ?? [0, 0];
  const path = geoPath(projection);
  const to = place(data.destination);
  const drawn = DRAWN.flatMap((role) => data.candidates.filter((one) => one.role === role));
  return (
    <svg className="chart map candidate-map" width={width} height={height} role="img" aria-label={spoken(data)}>
      <rect className="sea" width={width} height={height} />
      {outline?.lands.map((land) => (
        <path
          key={land.name}
          className="land focus"
          d={path({ type: 'MultiPolygon', coordinates: land.polygons as [number, number][][][] }) ?? ''}
        />
      ))}
      {drawn
        .filter(({ role, nodeId }) => role !== 'rejected' && nodeId !== data.collectAt?.nodeId)
        .map((one) => {
          const [x, y] = place(one);
          return (
            <path
              key={one.nodeId}
              className={`way ${one.role}`}
              d={`M${round(x)} ${round(y)}L${to.map(round).join(' ')}`}
            />
          );
        })}
      {drawn.map((one) => (
        <Sign key={one.nodeId} one={one} at={place(one)} collects={one.nodeId === data.collectAt?.nodeId} />
      ))}
      <path className="target" d={`M${round(to[0])} ${round(to[1] - TARGET)}l7 7-7 7-7-7z`}>
        <title>{data.collectAt ? `Collected at ${data.collectAt.name}` : 'Destination'}</title>
      </path>
      {placeLabels(wishesOf(data, place), width, height).map((label) => (
        <text
          key={label.id}
          className={isQuiet(data, label.id) ? 'quiet name' : 'name'}
          x={round(label.x)}
          y={round(label.y)}
          textAnchor={label.anchor}
        >
          {label.text}
        </text>
      ))}
    </svg>
  );
}

interface SignProps {
  readonly one: Candidate;
  readonly at: readonly [number, number];
  readonly collects: boolean;
}

function Sign({ one, at: [x, y], collects }: SignProps) {
  return (
    <circle
      className={`${collects ? 'collecting' : 'candidate'} ${one.role}`}
      cx={round(x)}
      cy={round(y)}
      r={collects ? RING : RADIUS[one.role]}
    >
      <title>{`${one.name}: ${one.note}`}</title>
    </circle>
  );
}

/** As wide as the points are, for how high they are; at least most of what there is. */
function mapWidth({ destination, candidates }: CandidateMapData, { width, height }: CandidateMapOptions): number {
  const flat = geoMercator().scale(1).translate([0, 0]);
  const placed = [destination, ...candidates].map(({ lon, lat }) => flat([lon, lat]) ?? [0, 0]);
  const extent = (axis: 0 | 1): number => {
    const values = placed.map((point) => point[axis]!);
    return Math.max(...values) - Math.min(...values);
  };
  const aspect = extent(0) / Math.max(1e-9, extent(1));
  const wanted = aspect * (height - 2 * PADDING) + PADDING + NAME_ROOM;
  return Math.round(Math.min(width, Math.max(LEAST_SHARE * width, wanted)));
}

function projectionOf(data: CandidateMapData, width: number, height: number): GeoProjection {
  const points = [data.destination, ...data.candidates];
  const projection = geoMercator().fitExtent(
    [
      [PADDING, PADDING],
      [width - NAME_ROOM, height - PADDING],
    ],
    { type: 'MultiPoint', coordinates: points.map(({ lon, lat }) => [lon, lat]) },
  );
  // One point, or all on one spot, would be drawn at any scale.
  if (projection.scale() > width * MOST_SCALE) {
    const middle = projection.invert?.([width / 2, height / 2]) ?? [data.destination.lon, data.destination.lat];
    projection
      .scale(width * MOST_SCALE)
      .center(middle)
      .translate([width / 2, height / 2]);
  }
  return projection;
}

const DESTINATION = 'destination';

/** Where it goes, who sends, the next best, then those nearest to it. */
function wishesOf(data: CandidateMapData, place: Place): readonly LabelWish[] {
  const { destination, candidates, collectAt } = data;
  const [x, y] = place(destination);
  const target = {
    id: DESTINATION,
    text: collectAt ? shortName(collectAt.name) : 'Destination',
    x,
    y,
    radius: collectAt ? RING : TARGET,
    must: true,
  };
  const others = candidates.filter(({ nodeId }) => nodeId !== collectAt?.nodeId);
  const ranked = others.toSorted(
    (a, b) => DRAWN.indexOf(b.role) - DRAWN.indexOf(a.role) || distanceKm(a, destination) - distanceKm(b, destination),
  );
  return [
    target,
    ...ranked.map((one) => {
      const [left, top] = place(one);
      return {
        id: one.nodeId,
        text: shortName(one.name),
        x: left,
        y: top,
        radius: RADIUS[one.role],
        must: one.role !== 'rejected',
      };
    }),
  ];
}

/** What stands in brackets behind a name is told in the list. */
function shortName(name: string): string {
  return name.replace(/ \([^)]*\)$/, '') || name;
}

function isQuiet({ candidates }: CandidateMapData, id: string): boolean {
  return candidates.find(({ nodeId }) => nodeId === id)?.role === 'rejected';
}

const EARTH_KM = 6371;

/** As the crow flies. */
export function distanceKm(from: LonLat, to: LonLat): number {
  return EARTH_KM * geoDistance([from.lon, from.lat], [to.lon, to.lat]);
}

function spoken({ candidates, collectAt }: CandidateMapData): string {
  const names = (role: CandidateRole): string =>
    candidates
      .filter((one) => one.role === role)
      .map(({ name }) => name)
      .join(', ') || 'none';
  const where = collectAt ? `Collected at ${collectAt.name}. ` : '';
  return `${where}Nodes that ship: ${names('chosen')}. Next best: ${names('second')}. Turned down: ${names('rejected')}.`;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
