// Decides the map of an order: its destination, the nodes that ship, the next best and those that were turned down.
import { geoMercator, geoPath } from 'd3';
import type { LonLat, Outline } from './outline.ts';

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
  readonly width: number;
  readonly height: number;
}

const PADDING = 30;
/** For each px of width: a map about 60 km wide. */
const MOST_SCALE = 100;
const RADIUS: Readonly<Record<CandidateRole, number>> = { chosen: 6, second: 5, rejected: 3.5 };
const DRAWN: readonly CandidateRole[] = ['rejected', 'second', 'chosen'];
const HALO = 13;

export function CandidateMap({
  data,
  outline,
  options,
}: {
  readonly data: CandidateMapData;
  readonly outline: Outline | null;
  readonly options: CandidateMapOptions;
}) {
  const { width, height } = options;
  const points = [data.destination, ...data.candidates];
  const projection = geoMercator().fitExtent(
    [
      [PADDING, PADDING],
      [width - PADDING, height - PADDING],
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
  const place = ({ lon, lat }: LonLat): readonly [number, number] => projection([lon, lat]) ?? [0, 0];
  const path = geoPath(projection);
  const to = place(data.destination);
  const named: (readonly [number, number])[] = data.collectAt ? [to] : [];
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
      {drawn.map((one) => {
        const [x, y] = place(one);
        if (one.nodeId === data.collectAt?.nodeId) {
          return (
            <circle key={one.nodeId} className={`collecting ${one.role}`} cx={round(x)} cy={round(y)} r={11}>
              <title>{`${one.name}: ${one.note}`}</title>
            </circle>
          );
        }
        return (
          <circle key={one.nodeId} className={`candidate ${one.role}`} cx={round(x)} cy={round(y)} r={RADIUS[one.role]}>
            <title>{`${one.name}: ${one.note}`}</title>
          </circle>
        );
      })}
      <path className="target" d={`M${round(to[0])} ${round(to[1] - 7)}l7 7-7 7-7-7z`}>
        <title>{data.collectAt ? `Collected at ${data.collectAt.name}` : 'Destination'}</title>
      </path>
      {data.collectAt && (
        <text
          className="name"
          x={round(to[0] + (to[0] > width - 110 ? -16 : 16))}
          y={round(to[1] + 4)}
          textAnchor={to[0] > width - 110 ? 'end' : 'start'}
        >
          {data.collectAt.name}
        </text>
      )}
      {drawn.toReversed().map((one) => {
        const [x, y] = place(one);
        if (one.nodeId === data.collectAt?.nodeId) return null;
        if (named.some(([otherX, otherY]) => Math.abs(otherX - x) < 90 && Math.abs(otherY - y) < HALO)) return null;
        if (one.role === 'rejected' && data.candidates.length > 14) return null;
        named.push([x, y]);
        const end = x > width - 110;
        return (
          <text
            key={one.nodeId}
            className={one.role === 'rejected' ? 'quiet name' : 'name'}
            x={round(x + (end ? -9 : 9))}
            y={round(y + 4)}
            textAnchor={end ? 'end' : 'start'}
          >
            {one.name}
          </text>
        );
      })}
    </svg>
  );
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
