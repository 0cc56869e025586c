// Decides how the nodes that an order was thought of for are shown: on a map, and beside it by distance with what became of each.
import type { OrderDetail } from '@sourcewright/server/contract';
import { useMemo } from 'react';
import { type Candidate, CandidateMap, type CandidateMapData, distanceKm } from '../../charts/candidate-map.tsx';
import { ChartFrame } from '../../charts/chart-frame.tsx';
import { countText } from '../../format/number.ts';
import { rejectionLabel } from '../../format/words.ts';
import { useOutline } from '../../state/map-data.ts';
import { collectionOf } from './collection.ts';

const MAP_HEIGHT = 360;
/** So many stand beside the map, and at least some of those that were turned down. */
const LISTED = 10;
const LEAST_REJECTED = 3;

export function Candidates({ detail }: { readonly detail: OrderDetail }) {
  const data = useMemo(() => mapOf(detail), [detail]);
  const outline = useOutline(
    useMemo(() => (data ? { nodes: data.candidates.map(asMapNode), areas: [asArea(data)], flows: [] } : null), [data]),
  );
  if (!data || data.candidates.length === 0) return null;
  const turnedDown = data.candidates.filter(({ role }) => role !== 'chosen').length;
  return (
    <ChartFrame
      title={consideredTitle(turnedDown)}
      subtitle={
        data.collectAt
          ? `Diamond: ${data.collectAt.name}, where it is collected. Filled: sends. Dashed: next best. Hollow: turned down.`
          : 'Diamond: destination. Filled: ships. Dashed: next best. Hollow: turned down.'
      }
      table={{
        columns: ['Node', 'km', 'What became of it'],
        rows: data.candidates.map((one) => ({
          key: one.nodeId,
          cells: [one.name, countText(kmOf(one, data)), one.note],
        })),
      }}
    >
      {(width) => (
        <div className="candidates">
          <CandidateMap data={data} outline={outline} options={{ width: width - LIST_WIDTH, height: MAP_HEIGHT }} />
          <NearestList data={data} />
        </div>
      )}
    </ChartFrame>
  );
}

const LIST_WIDTH = 236;

export function consideredTitle(others: number): string {
  if (others === 0) return 'No other node lists what was ordered';
  return others === 1 ? '1 other node was considered' : `${countText(others)} other nodes were considered`;
}

/** Those that send and the next best, then the nearest of the others. */
function NearestList({ data }: { readonly data: CandidateMapData }) {
  const named = data.candidates.filter(({ role }) => role !== 'rejected');
  const rejected = data.candidates.filter(({ role }) => role === 'rejected');
  const most = Math.max(LEAST_REJECTED, LISTED - named.length);
  const more = rejected.length - most;
  return (
    <div className="candidate-list">
      <ul aria-label="Nearest nodes">
        {[...named, ...rejected.slice(0, most)].map((one) => (
          <li key={one.nodeId}>
            <span className={one.role === 'rejected' ? 'clip' : 'clip strong'}>{one.name}</span>
            <span className="num muted">{countText(kmOf(one, data))} km</span>
            <span className="muted note">{one.note}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="muted">and {countText(more)} further away, in the table</p>}
    </div>
  );
}

function kmOf(one: Candidate, { destination }: CandidateMapData): number {
  return Math.round(distanceKm(one, destination));
}

const asMapNode = (one: Candidate) => ({ ...one, type: 'dc' as const, load: 1 });
const asArea = ({ destination }: CandidateMapData) => ({ ...destination, areaId: 'destination', value: 1 });

const ROLES: readonly Candidate['role'][] = ['chosen', 'second', 'rejected'];

/** By role, then by distance; null where the destination has no place on a map. */
function mapOf(detail: OrderDetail): CandidateMapData | null {
  const { order, orderPlan, explanation, nodes } = detail;
  const collection = collectionOf(detail);
  const place = collection ? nodes[collection.nodeId]?.location : order.destination;
  const { lat, lon } = place ?? {};
  if (lat === undefined || lon === undefined) return null;
  const notes = new Map<string, Candidate['note']>();
  for (const { rejections } of explanation.lines) {
    for (const { nodeId, code } of rejections) if (!notes.has(nodeId)) notes.set(nodeId, rejectionLabel(code));
  }
  const chosen = new Set(orderPlan.shipments.map(({ nodeId }) => nodeId));
  const second = new Set(explanation.runnerUp?.shipments.map(({ nodeId }) => nodeId));
  const ids = new Set([...chosen, ...second, ...notes.keys()]);
  const candidates = [...ids].flatMap((nodeId): Candidate[] => {
    const node = nodes[nodeId];
    if (!node?.location) return [];
    const role = chosen.has(nodeId) ? 'chosen' : second.has(nodeId) ? 'second' : 'rejected';
    const ships = nodeId === collection?.nodeId ? 'Keeps it for collection' : 'Ships';
    const note = role === 'chosen' ? ships : role === 'second' ? 'Next best' : (notes.get(nodeId) ?? '');
    return [{ nodeId, name: node.name, role, note, ...node.location }];
  });
  const destination = { lat, lon };
  return {
    destination,
    candidates: candidates.toSorted(
      (a, b) =>
        ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || distanceKm(a, destination) - distanceKm(b, destination),
    ),
    ...(collection && { collectAt: { nodeId: collection.nodeId, name: collection.name } }),
  };
}
