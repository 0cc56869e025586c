// Decides how the plan of an order is held against the next best: cost by term side by side, and the nodes on a map.
import type { OrderDetail } from '@sourcewright/server/contract';
import { useMemo } from 'react';
import { type Candidate, CandidateMap, type CandidateMapData } from '../../charts/candidate-map.tsx';
import { ChartFrame } from '../../charts/chart-frame.tsx';
import { CostPair } from '../../charts/cost-pair.tsx';
import { amountText, moneyText, signedAmountText } from '../../format/money.ts';
import { plural } from '../../format/number.ts';
import { rejectionLabel } from '../../format/words.ts';
import { useOutline } from '../../state/map-data.ts';
import { collectionOf } from './collection.ts';
import { costPairRows } from './order-costs.tsx';

const MAP_HEIGHT = 300;

export function NextBest({ detail }: { readonly detail: OrderDetail }) {
  const { orderPlan, explanation, currency } = detail;
  const { runnerUp } = explanation;
  if (!runnerUp) return null;
  const [chosen, second] = [orderPlan, runnerUp].map(({ shipments }) => namesOf(detail, shipments)) as [string, string];
  const rows = costPairRows(orderPlan.cost, runnerUp.cost);
  const marginMicros = runnerUp.margin.totalMicros;
  const title =
    marginMicros >= 0
      ? `The next best would cost ${moneyText(marginMicros, currency)} more`
      : `${moneyText(-marginMicros, currency)} less was possible: this strategy does not look for it`;
  return (
    <ChartFrame
      title={title}
      subtitle={`${chosen} against ${second}, ${currency}`}
      table={{
        columns: ['Term', chosen, second, 'More'],
        rows: [...rows, totalOf(rows)].map(({ id, label, left, right }) => ({
          key: id,
          cells: [label, amountText(left), amountText(right), signedAmountText(right - left)],
        })),
      }}
    >
      {(width) => (
        <CostPair
          data={{ left: `Chosen: ${chosen}`, right: `Next best: ${second}`, rows }}
          options={{ width, valueText: amountText, deltaText: signedAmountText }}
        />
      )}
    </ChartFrame>
  );
}

function totalOf(rows: readonly { readonly left: number; readonly right: number }[]) {
  const sum = (side: 'left' | 'right'): number => rows.reduce((total, row) => total + row[side], 0);
  return { id: 'total', label: 'Total', left: sum('left'), right: sum('right') };
}

function namesOf({ nodes }: OrderDetail, shipments: readonly { readonly nodeId: string }[]): string {
  const names = [...new Set(shipments.map(({ nodeId }) => nodes[nodeId]?.name ?? nodeId))];
  return names.join(' + ') || 'nobody';
}

export function Candidates({ detail }: { readonly detail: OrderDetail }) {
  const data = useMemo(() => mapOf(detail), [detail]);
  const outline = useOutline(
    useMemo(() => (data ? { nodes: data.candidates.map(asMapNode), areas: [asArea(data)], flows: [] } : null), [data]),
  );
  if (!data || data.candidates.length === 0) return null;
  const turnedDown = data.candidates.filter(({ role }) => role !== 'chosen').length;
  return (
    <ChartFrame
      title={
        turnedDown === 0
          ? 'No other node lists what was ordered'
          : `${plural(turnedDown, 'other node')} could be thought of`
      }
      subtitle={
        data.collectAt
          ? `Diamond: ${data.collectAt.name}, where it is collected. Filled: sends. Dashed: next best. Hollow: turned down.`
          : 'Diamond: destination. Filled: ships. Dashed: next best. Hollow: turned down.'
      }
      table={{
        columns: ['Node', 'Why'],
        rows: data.candidates.map(({ nodeId, name, note }) => ({ key: nodeId, cells: [name, note] })),
      }}
    >
      {(width) => <CandidateMap data={data} outline={outline} options={{ width, height: MAP_HEIGHT }} />}
    </ChartFrame>
  );
}

const asMapNode = (one: Candidate) => ({ ...one, type: 'dc' as const, load: 1 });
const asArea = ({ destination }: CandidateMapData) => ({ ...destination, areaId: 'destination', value: 1 });

/** Null where the destination has no place on a map. */
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
  return {
    destination: { lat, lon },
    candidates,
    ...(collection && { collectAt: { nodeId: collection.nodeId, name: collection.name } }),
  };
}
