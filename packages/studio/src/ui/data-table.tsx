// Decides a table of up to some hundred rows: sortable by its headers, rows walked with j and k or the arrows, Enter opens.
// Leaves long lists to virtual-table.tsx.
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react';

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  /** Whether the header is for screen readers only. */
  readonly hideHeader?: boolean;
  /** Shown after the header in a quiet colour, such as the currency. */
  readonly unit?: string;
  readonly numeric?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** Left out: the column cannot be sorted. Null sorts last. */
  readonly sortValue?: (row: Row) => number | string | null;
  readonly width?: number | string;
}

export interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly selectedKey?: string | null;
  readonly onOpen?: (row: Row) => void;
  readonly initialSort?: Sort;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, selectedKey, onOpen } = props;
  const [sort, setSort] = useState<Sort | null>(props.initialSort ?? null);
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  return (
    <table className="table" aria-label={label} data-rows="" onKeyDown={walkRows}>
      <thead>
        <tr>
          {columns.map((column) => (
            <HeaderCell key={column.id} column={column} sort={sort} onSort={setSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted.map((row, index) => (
          <tr
            key={rowKey(row)}
            {...(onOpen && { tabIndex: index === 0 ? 0 : -1 })}
            {...(selectedKey === rowKey(row) && { 'aria-selected': true })}
            onClick={onOpen && ((event) => !isControl(event.target) && onOpen(row))}
            onKeyDown={onOpen && ((event) => event.key === 'Enter' && !isControl(event.target) && onOpen(row))}
          >
            {columns.map((column) => (
              <td key={column.id} className={column.numeric ? 'num' : undefined}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface HeaderCellProps<Row> {
  readonly column: Column<Row>;
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort) => void;
}

function HeaderCell<Row>({ column, sort, onSort }: HeaderCellProps<Row>) {
  const active = sort?.column === column.id;
  const text = (
    <>
      {column.hideHeader ? <span className="sr-only">{column.header}</span> : column.header}
      {column.unit && <span className="unit">{column.unit}</span>}
    </>
  );
  return (
    <th
      scope="col"
      className={column.numeric ? 'num' : undefined}
      style={column.width === undefined ? undefined : { width: column.width }}
      {...(active && { 'aria-sort': sort.descending ? ('descending' as const) : ('ascending' as const) })}
    >
      {column.sortValue ? (
        <button
          type="button"
          className="sorter"
          onClick={() => onSort({ column: column.id, descending: active ? !sort.descending : column.numeric === true })}
        >
          {text}
          {active && (
            <span className="mark" aria-hidden="true">
              {sort.descending ? '▼' : '▲'}
            </span>
          )}
        </button>
      ) : (
        text
      )}
    </th>
  );
}

function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort | null): readonly Row[] {
  const value = sort && columns.find((column) => column.id === sort.column)?.sortValue;
  if (!value) return rows;
  const sign = sort.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    return left < right ? -sign : left > right ? sign : 0;
  });
}

/** Moves the focus among rows: j, k and the arrows, Home and End. */
export function walkRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.metaKey || event.ctrlKey || event.altKey || event.target instanceof HTMLInputElement) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('tbody tr[tabindex]')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = { j: at + 1, ArrowDown: at + 1, k: at - 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  const target = next === undefined ? undefined : rows[Math.max(0, Math.min(rows.length - 1, next))];
  if (!target) return;
  event.preventDefault();
  event.stopPropagation();
  target.focus();
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, select, label') !== null;
}
