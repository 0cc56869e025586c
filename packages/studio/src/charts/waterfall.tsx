// Decides the waterfall: from one total to another in steps that add up exactly, one row each.
import { scaleLinear } from 'd3';

export interface WaterfallStep {
  readonly id: string;
  readonly label: string;
  readonly delta: number;
}

export interface WaterfallData {
  readonly start: { readonly label: string; readonly value: number };
  readonly steps: readonly WaterfallStep[];
  readonly end: { readonly label: string; readonly value: number };
}

export interface WaterfallOptions {
  readonly width: number;
  readonly valueText: (value: number) => string;
  readonly deltaText: (delta: number) => string;
}

interface Bar {
  readonly id: string;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly kind: 'total' | 'better' | 'worse' | 'none';
  readonly text: string;
}

const ROW = 26;
const BAR = 14;
const WIDEST_LABELS = 150;
const CHARACTER = 7;
const FIGURE = 7.2;
/** Below this share of the total, steps would not be seen on an axis from zero. */
const SEEN_SHARE = 0.3;

export function Waterfall({ data, options }: { readonly data: WaterfallData; readonly options: WaterfallOptions }) {
  const bars = barsOf(data, options);
  const base = axisStart(data);
  const height = bars.length * ROW + (base > 0 ? 18 : 0);
  const top = Math.max(...bars.flatMap((bar) => [bar.from, bar.to]));
  const labels = Math.min(WIDEST_LABELS, 12 + CHARACTER * Math.max(...bars.map((bar) => bar.label.length)));
  const values = 24 + FIGURE * Math.max(...bars.map((bar) => bar.text.length));
  const x = scaleLinear([base, top], [labels, options.width - values]);
  return (
    <svg className="chart" width={options.width} height={height} role="img" aria-label={spoken(data, options)}>
      {bars.map((bar, row) => {
        const [left, right] = [x(Math.max(base, Math.min(bar.from, bar.to))), x(Math.max(bar.from, bar.to))];
        const y = row * ROW + (ROW - BAR) / 2;
        return (
          <g key={bar.id}>
            <text x={0} y={row * ROW + 17} className={bar.kind === 'total' ? 'strong' : undefined}>
              {bar.label}
            </text>
            <rect
              className={`wf ${bar.kind}`}
              x={round(left)}
              y={y}
              width={round(Math.max(bar.kind === 'none' ? 0 : 1, right - left))}
              height={BAR}
            />
            {bar.kind === 'total' && base > 0 && (
              <path className="wf-break" d={`M${labels + 10} ${y - 2}l4 6-4 6 4 6`} />
            )}
            {row < bars.length - 1 && (
              <path
                className="wf-link"
                d={`M${round(x(Math.max(base, bar.to)))} ${bar.kind === 'none' ? y : y + BAR}V${y + ROW}`}
              />
            )}
            <text
              x={options.width}
              y={row * ROW + 17}
              textAnchor="end"
              className={`figure ${bar.kind === 'total' ? 'strong' : bar.kind}`}
            >
              {bar.text}
            </text>
          </g>
        );
      })}
      {base > 0 && (
        <text className="quiet" x={labels} y={bars.length * ROW + 13}>
          axis starts at {options.valueText(base)}
        </text>
      )}
    </svg>
  );
}

function barsOf(data: WaterfallData, options: WaterfallOptions): readonly Bar[] {
  const { start, steps, end } = data;
  const total = (id: string, side: typeof start): Bar => ({
    id,
    label: side.label,
    from: 0,
    to: side.value,
    kind: 'total',
    text: options.valueText(side.value),
  });
  let at = start.value;
  const middle = steps.map((step): Bar => {
    const from = at;
    at += step.delta;
    const kind = step.delta === 0 ? 'none' : step.delta < 0 ? 'better' : 'worse';
    return { id: step.id, label: step.label, from, to: at, kind, text: options.deltaText(step.delta) };
  });
  return [total('start', start), ...middle, total('end', end)];
}

/** Zero, unless the steps would vanish: then a round figure below all of them, which the chart states. */
function axisStart({ start, steps }: WaterfallData): number {
  const levels = steps.reduce<number[]>((all, step) => [...all, all.at(-1)! + step.delta], [start.value]);
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  if (low <= 0 || high - low >= SEEN_SHARE * high || high === low) return 0;
  const wanted = low - 0.6 * (high - low);
  if (wanted <= 0) return 0;
  const unit = 10 ** Math.floor(Math.log10(high - low));
  return Math.floor(wanted / unit) * unit;
}

function spoken(data: WaterfallData, { valueText, deltaText }: WaterfallOptions): string {
  const steps = data.steps.map((step) => `${step.label} ${deltaText(step.delta)}`).join(', ');
  return `${data.start.label} ${valueText(data.start.value)}; ${steps}; ${data.end.label} ${valueText(data.end.value)}`;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
