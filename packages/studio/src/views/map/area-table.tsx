// Decides the table of areas that one node ships to.
import type { Flow, FlowMap, Run } from '@sourcewright/server/contract';
import { amountText, currencySign } from '../../format/money.ts';
import { countText } from '../../format/number.ts';
import { areaName } from '../../state/map-data.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Notice } from '../../ui/notice.tsx';

export interface AreaTableProps {
  readonly run: Run;
  readonly flows: FlowMap;
  readonly nodeId: string;
  readonly selected: string | null;
  readonly onPick: (areaId: string) => void;
}

export function AreaTable({ run, flows, nodeId, selected, onPick }: AreaTableProps) {
  const rows = flows.flows.filter((flow) => flow.nodeId === nodeId);
  if (rows.length === 0) {
    return (
      <Notice title="This node ships nothing in this run">
        <p>Another run may use it; choose one above. Orders of this run say why it was turned down.</p>
      </Notice>
    );
  }
  const columns: readonly Column<Flow>[] = [
    {
      id: 'area',
      header: 'To area',
      cell: (flow) => areaName(flows, flow.areaId),
      sortValue: (flow) => areaName(flows, flow.areaId),
    },
    number('shipments', 'Shipments', (flow) => flow.shipments),
    number('units', 'Units', (flow) => flow.units),
    {
      id: 'cost',
      header: 'Cost',
      unit: ` ${currencySign(run.currency)}`,
      numeric: true,
      cell: (flow) => amountText(flow.costMicros),
      sortValue: (flow) => flow.costMicros,
    },
    number('late', 'Late', (flow) => flow.lateShipments),
  ];
  return (
    <DataTable
      label="Areas this node ships to"
      columns={columns}
      rows={rows}
      rowKey={(flow) => flow.areaId}
      selectedKey={selected}
      onOpen={(flow) => onPick(flow.areaId)}
      initialSort={{ column: 'units', descending: true }}
    />
  );
}

function number(id: string, header: string, value: (flow: Flow) => number): Column<Flow> {
  return { id, header, numeric: true, cell: (flow) => countText(value(flow)), sortValue: value };
}
