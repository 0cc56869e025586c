// Decides how two costs are laid side by side: each a waterfall of its terms on one scale, row by row, with the difference at the end.
import { scaleLinear } from 'd3';

export interface CostPairRow {
  readonly id: string;
  readonly label: string;
  readonly left: number;
  readonly right: number;
}

export interface CostPairData {
  readonly left: string;
  readonly right: string;
  /** Terms in their order; the total is worked out. */
  readonly rows: readonly CostPairRow[];
}

export interface CostPairOptions {
  readonly width: number;
  readonly valueText: (value: number) => string;
  readonly deltaText: (delta: number) => string;
  /** Right less left, as the figures are shown; exact where it is left out. */
  readonly difference?: (left: number, right: number) => number;
}

const HEAD = 22;
const ROW = 26;
const BAR = 14;
const LABELS = 96;
const DELTAS = 66;
const GAP = 18;
const FIGURE = 7.2;

export function CostPair({ data, options }: { readonly data: CostPairData; readonly options: CostPairOptions }) {
  const total = { id: 'total', label: 'Total', left: sumOf(data.rows, 'left'), right: sumOf(data.rows, 'right') };
  const panel = (options.width - LABELS - DELTAS - 2 * GAP) / 2;
  const rows = [...data.rows, total];
  const { difference = (left: number, right: number) => right - left } = options;
  const height = HEAD + rows.length * ROW;
  const sides = [
    { side: 'left' as const, name: data.left, at: LABELS },
    { side: 'right' as const, name: data.right, at: LABELS + panel + GAP },
  ];
  return (
    <svg
      className="chart cost-pair"
      width={options.width}
      height={height}
      role="img"
      aria-label={spoken(data, options)}
    >
      {sides.map(({ side, name, at }) => (
        <g key={side}>
          <text x={at} y={13} className="quiet">
            {clipped(name, panel)}
          </text>
          <Bars rows={rows} side={side} at={at} width={panel} options={options} />
        </g>
      ))}
      <text x={options.width} y={13} textAnchor="end" className="quiet">
        difference
      </text>
      {rows.map((row, index) => (
        <g key={row.id}>
          <text x={0} y={HEAD + index * ROW + 17} className={row.id === 'total' ? 'strong' : undefined}>
            {row.label}
          </text>
          <text
            x={options.width}
            y={HEAD + index * ROW + 17}
            textAnchor="end"
            className={`figure ${row.id === 'total' ? 'strong' : toneOf(difference(row.left, row.right))}`}
          >
            {options.deltaText(difference(row.left, row.right))}
          </text>
        </g>
      ))}
    </svg>
  );
}

interface BarsProps {
  readonly rows: readonly CostPairRow[];
  readonly side: 'left' | 'right';
  readonly at: number;
  readonly width: number;
  readonly options: CostPairOptions;
}

function Bars({ rows, side, at, width, options }: BarsProps) {
  const most = Math.max(1, sumOf(rows.slice(0, -1), 'left'), sumOf(rows.slice(0, -1), 'right'));
  const figures = FIGURE * Math.max(...rows.map((row) => options.valueText(row[side]).length)) + 8;
  const x = scaleLinear([0, most], [0, Math.max(20, width - figures)]);
  let before = 0;
  return rows.map((row, index) => {
    const isTotal = row.id === 'total';
    const from = isTotal ? 0 : before;
    before += isTotal ? 0 : row[side];
    const [start, end] = [Math.min(from, from + row[side]), Math.max(from, from + row[side])];
    const y = HEAD + index * ROW;
    return (
      <g key={row.id}>
        <rect
          className={`wf ${row[side] === 0 ? 'none' : isTotal ? 'total' : side === 'left' ? 'chosen' : 'second'}`}
          x={round(at + x(start))}
          y={y + (ROW - BAR) / 2}
          width={round(row[side] === 0 ? 0 : Math.max(1, x(end) - x(start)))}
          height={BAR}
        />
        <text x={round(at + x(end) + 5)} y={y + 17} className={row[side] === 0 ? 'quiet' : 'figure'}>
          {options.valueText(row[side])}
        </text>
      </g>
    );
  });
}

function toneOf(delta: number): string {
  return delta === 0 ? 'none' : delta < 0 ? 'better' : 'worse';
}

function sumOf(rows: readonly CostPairRow[], side: 'left' | 'right'): number {
  return rows.reduce((sum, row) => sum + row[side], 0);
}

function clipped(text: string, width: number): string {
  const most = Math.max(6, Math.floor(width / 6.6));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function spoken({ left, right, rows }: CostPairData, { valueText }: CostPairOptions): string {
  const terms = rows.map((row) => `${row.label} ${valueText(row.left)} against ${valueText(row.right)}`).join(', ');
  return `${left} against ${right}: ${terms}; total ${valueText(sumOf(rows, 'left'))} against ${valueText(sumOf(rows, 'right'))}`;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
