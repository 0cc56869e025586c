// Decides what stands around every chart: a title that states the finding, a subtitle with the measure, and the same rows as a table.
import { type ReactNode, useState } from 'react';
import { useWidth } from './use-width.ts';

/** The twin of a chart: its first column names the row, the others are figures. */
export interface TwinTable {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly string[]; readonly href?: string }[];
}

export interface ChartFrameProps {
  readonly title: string;
  readonly subtitle: string;
  readonly table: TwinTable;
  readonly tools?: ReactNode;
  /** Draws the chart at a width in px. */
  readonly children: (width: number) => ReactNode;
}

export function ChartFrame({ title, subtitle, table, tools, children }: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  const [ref, width] = useWidth<HTMLDivElement>(640);
  return (
    <figure className="chart-frame">
      <figcaption>
        <div>
          <h2>{title}</h2>
          <p className="muted">{subtitle}</p>
        </div>
        <div className="chart-tools">
          {tools}
          <button type="button" className="twin" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? 'Chart' : 'Table'}
          </button>
        </div>
      </figcaption>
      <div ref={ref}>{asTable ? <Twin title={title} table={table} /> : children(width)}</div>
    </figure>
  );
}

function Twin({ title, table }: { readonly title: string; readonly table: TwinTable }) {
  return (
    <table className="twin-table" aria-label={title}>
      <thead>
        <tr>
          {table.columns.map((column, at) => (
            <th key={column} scope="col" className={at > 0 ? 'num' : undefined}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row) => (
          <tr key={row.key}>
            {row.cells.map((cell, at) => (
              <td key={table.columns[at]} className={at > 0 ? 'num' : undefined}>
                {at === 0 && row.href ? <a href={row.href}>{cell}</a> : cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
