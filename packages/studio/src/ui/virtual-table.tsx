// Decides a table of any length: only the rows in sight exist; keys walk an active row, Enter opens it.
// Leaves sorting and fetching to its owner: it asks for the range in sight.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Skeleton } from './skeleton.tsx';

export interface VirtualColumn<Row> {
  readonly id: string;
  readonly header: string;
  readonly unit?: string;
  readonly numeric?: boolean;
  /** A track of the row's grid, such as `90px` or `minmax(120px, 1fr)`. */
  readonly track: string;
  readonly cell: (row: Row) => ReactNode;
  /** The name of the order the owner can sort by. */
  readonly sortKey?: string;
}

export interface VirtualTableProps<Row> {
  readonly label: string;
  readonly columns: readonly VirtualColumn<Row>[];
  readonly count: number;
  /** Undefined while the row is on its way. */
  readonly rowAt: (index: number) => Row | undefined;
  readonly rowKey: (row: Row) => string;
  readonly selectedKey: string | null;
  /** Where the selected row is, if that is known: it is brought into sight when it becomes known. */
  readonly selectedIndex: number | null;
  readonly sort: { readonly key: string; readonly descending: boolean };
  readonly onSort: (key: string, descending: boolean) => void;
  readonly onRange: (first: number, last: number) => void;
  readonly onOpen: (row: Row) => void;
}

const ROW_HEIGHT = 32;
const PAGE_ROWS = 15;

export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { columns, count, rowAt, rowKey, selectedKey, selectedIndex, onRange, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    // The head stands above the rows and stays there.
    scrollMargin: ROW_HEIGHT,
    scrollPaddingStart: ROW_HEIGHT,
  });
  const items = rows.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => {
    onRange(first, last);
  }, [first, last, onRange]);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (selectedKey === null) shown.current = null;
    if (selectedIndex === null || selectedKey === null || shown.current === selectedKey) return;
    shown.current = selectedKey;
    setActive(selectedIndex);
    if (!isInSight(scroller.current, selectedIndex)) rows.scrollToIndex(selectedIndex, { align: 'center' });
  }, [selectedKey, selectedIndex, rows]);
  const template = columns.map((column) => column.track).join(' ');

  const open = (index: number): void => {
    const row = rowAt(index);
    if (!row) return;
    setActive(index);
    onOpen(row);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === 'Enter' && event.target === scroller.current) return open(active);
    const next = stepFor(event.key, active, count);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setActive(next);
    rows.scrollToIndex(next);
    const row = rowAt(next);
    if (selectedKey !== null && row) onOpen(row);
  };

  return (
    <div
      className="vtable"
      role="grid"
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-activedescendant={count > 0 ? rowId(active) : undefined}
      ref={scroller}
      tabIndex={0}
      data-rows=""
      onKeyDown={onKeyDown}
    >
      <div className="vhead" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
        ))}
      </div>
      <div role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const row = rowAt(item.index);
          return (
            <div
              key={item.key}
              id={rowId(item.index)}
              className={item.index === active ? 'vrow active' : 'vrow'}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={row !== undefined && rowKey(row) === selectedKey}
              style={{ transform: `translateY(${item.start - ROW_HEIGHT}px)`, gridTemplateColumns: template }}
              onClick={(event) => !(event.target as Element).closest('a') && open(item.index)}
            >
              {columns.map((column) => (
                <div key={column.id} role="gridcell" className={column.numeric ? 'num' : undefined}>
                  {row ? column.cell(row) : <Skeleton width="60%" />}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface HeadCellProps<Row> {
  readonly column: VirtualColumn<Row>;
  readonly sort: VirtualTableProps<Row>['sort'];
  readonly onSort: VirtualTableProps<Row>['onSort'];
}

function HeadCell<Row>({ column, sort, onSort }: HeadCellProps<Row>) {
  const { sortKey } = column;
  const active = sortKey !== undefined && sort.key === sortKey;
  const text = (
    <>
      {column.header}
      {column.unit && <span className="unit">{column.unit}</span>}
    </>
  );
  return (
    <div
      role="columnheader"
      className={column.numeric ? 'num' : undefined}
      {...(active && { 'aria-sort': sort.descending ? ('descending' as const) : ('ascending' as const) })}
    >
      {sortKey === undefined ? (
        text
      ) : (
        <button
          type="button"
          className="sorter"
          onClick={() => onSort(sortKey, active ? !sort.descending : column.numeric === true)}
        >
          {text}
          {active && (
            <span className="mark" aria-hidden="true">
              {sort.descending ? '▼' : '▲'}
            </span>
          )}
        </button>
      )}
    </div>
  );
}

/** Whether a row can be seen whole, below the head. */
function isInSight(scroller: HTMLElement | null, index: number): boolean {
  if (!scroller) return false;
  const top = index * ROW_HEIGHT;
  return top >= scroller.scrollTop && top + 2 * ROW_HEIGHT <= scroller.scrollTop + scroller.clientHeight;
}

function rowId(index: number): string {
  return `row-${index}`;
}

function stepFor(key: string, active: number, count: number): number | null {
  if (count === 0) return null;
  const bounded = (index: number): number => Math.max(0, Math.min(count - 1, index));
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return bounded(active + 1);
    case 'k':
    case 'ArrowUp':
      return bounded(active - 1);
    case 'PageDown':
      return bounded(active + PAGE_ROWS);
    case 'PageUp':
      return bounded(active - PAGE_ROWS);
    case 'Home':
      return 0;
    case 'End':
      return bounded(count - 1);
    default:
      return null;
  }
}
