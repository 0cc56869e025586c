// Decides the twin of the map: every node with its load and how full its busiest day was.
import type { FlowNode, Run } from '@sourcewright/server/contract';
import { NodeSign } from '../../charts/node-symbol.tsx';
import { amountText, currencySign } from '../../format/money.ts';
import { countText, percentText } from '../../format/number.ts';
import { nodeTypeLabel } from '../../format/words.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';

const FULL = 0.995;

export interface NodeTableProps {
  readonly run: Run;
  readonly nodes: readonly FlowNode[];
  readonly onPick: (nodeId: string) => void;
}

export function NodeTable({ run, nodes, onPick }: NodeTableProps) {
  const columns: readonly Column<FlowNode>[] = [
    {
      id: 'name',
      header: 'Node',
      cell: (node) => (
        <span className="node-cell" title={`${nodeTypeLabel(node.type)}${node.postcode ? `, ${node.postcode}` : ''}`}>
          <NodeSign type={node.type} />
          <span className="sr-only">{nodeTypeLabel(node.type)} </span>
          <span className="clip">{node.name}</span>
          {node.status === 'closed' && <span className="tag">closed</span>}
        </span>
      ),
      sortValue: (node) => node.name,
    },
    {
      id: 'units',
      header: 'Units',
      numeric: true,
      cell: (node) => countText(node.kpis.units),
      sortValue: (node) => node.kpis.units,
    },
    {
      id: 'cost',
      header: 'Cost',
      unit: ` ${currencySign(run.currency)}`,
      numeric: true,
      cell: (node) => amountText(node.kpis.costMicros, 0),
      sortValue: (node) => node.kpis.costMicros,
    },
    {
      id: 'late',
      header: 'Late',
      numeric: true,
      cell: (node) => (
        <span className={node.kpis.lateShipments > 0 ? 'late-figure' : 'muted'}>
          {countText(node.kpis.lateShipments)}
        </span>
      ),
      sortValue: (node) => node.kpis.lateShipments,
    },
    {
      id: 'peak',
      header: 'Peak day',
      numeric: true,
      cell: (node) => <Utilisation share={node.kpis.peakUtilisation} />,
      sortValue: (node) => node.kpis.peakUtilisation,
    },
  ];
  return (
    <DataTable
      label="Nodes"
      columns={columns}
      rows={nodes}
      rowKey={(node) => node.nodeId}
      onOpen={(node) => onPick(node.nodeId)}
      initialSort={{ column: 'units', descending: true }}
    />
  );
}

/** The busiest day against the tighter of the node's limits. */
function Utilisation({ share }: { readonly share: number | null }) {
  if (share === null) return <span className="muted">no limit</span>;
  return (
    <span className={share >= FULL ? 'utilisation full' : 'utilisation'}>
      <svg width={36} height={8} aria-hidden="true">
        <rect className="track" width={36} height={8} rx={1} />
        <rect className="filled" width={Math.min(36, 36 * share)} height={8} rx={1} />
      </svg>
      {percentText(share, 0)}
    </span>
  );
}
