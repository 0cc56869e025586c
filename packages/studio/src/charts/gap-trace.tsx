// Decides how a run is seen to come to its result: the cost of the cheapest plan and the lower bound over time, the gap between them shaded.
import { area, curveStepAfter, line, scaleLinear, scaleLog } from 'd3';

export interface TraceDot {
  readonly elapsedMs: number;
  readonly cost: number | null;
  readonly bound: number | null;
}

export interface GapTraceOptions {
  readonly width: number;
  readonly valueText: (value: number) => string;
  readonly timeText: (ms: number) => string;
}

const HEIGHT = 220;
const TOP = 10;
const BOTTOM = 24;
const LEFT = 64;
const CHARACTER = 6.6;
/** From this ratio of last to first time on, early steps would not be seen on an even axis. */
const LOG_FROM = 12;
/** Bounds further below the result than this many times the first gap are left to the table. */
const DEPTH = 1.5;
const LEAST_APART = 14;

export function GapTrace({ dots, options }: { readonly dots: readonly TraceDot[]; readonly options: GapTraceOptions }) {
  const { width, valueText } = options;
  const last = dots.at(-1);
  if (!last || last.cost === null) return null;
  const names = [`cost ${valueText(last.cost)}`, `bound ${valueText(last.bound ?? 0)}`];
  const right = 12 + CHARACTER * Math.max(...names.map((name) => name.length));
  const x = timeScale(dots, width - right);
  const [low, high] = extent(dots);
  const y = scaleLinear([low, high], [HEIGHT - BOTTOM, TOP]).nice(4);
  const costs = dots.filter((dot) => dot.cost !== null);
  const bounds = dots.filter((dot) => dot.bound !== null && dot.bound >= y.domain()[0]!);
  const both = bounds.filter((dot) => dot.cost !== null);
  const at = (dot: TraceDot): number => x(dot.elapsedMs);
  const path = (rows: readonly TraceDot[], value: (dot: TraceDot) => number): string =>
    line<TraceDot>(at, (dot) => y(value(dot))).curve(curveStepAfter)([...rows]) ?? '';
  const shade = area<TraceDot>()
    .x(at)
    .y0((dot) => y(dot.bound!))
    .y1((dot) => y(dot.cost!))
    .curve(curveStepAfter);
  const [costAt, boundAt] = apart(y(last.cost), last.bound === null ? null : y(Math.max(low, last.bound)));
  return (
    <svg className="chart gap-trace" width={width} height={HEIGHT} role="img" aria-label={spoken(dots, options)}>
      {y.ticks(4).map((value) => (
        <g key={value}>
          <path className="grid" d={`M${LEFT} ${round(y(value))}H${width - right}`} />
          <text className="quiet" x={LEFT - 8} y={round(y(value)) + 4} textAnchor="end">
            {valueText(value)}
          </text>
        </g>
      ))}
      {x.marks.map((ms) => (
        <text key={ms} className="quiet" x={round(x(ms))} y={HEIGHT - 6} textAnchor="middle">
          {tickText(ms)}
        </text>
      ))}
      <path className="gap" d={shade([...both]) ?? ''} />
      <path className="bound" d={path(bounds, (dot) => dot.bound!)} />
      <path className="cost" d={path(costs, (dot) => dot.cost!)} />
      <text className="cost-name" x={width - right + 8} y={round(costAt) + 4}>
        {names[0]}
      </text>
      {boundAt !== null && (
        <text className="bound-name" x={width - right + 8} y={round(boundAt) + 4}>
          {names[1]}
        </text>
      )}
    </svg>
  );
}

interface TimeScale {
  (ms: number): number;
  readonly marks: readonly number[];
}

function timeScale(dots: readonly TraceDot[], right: number): TimeScale {
  const first = Math.max(1, dots[0]!.elapsedMs);
  const last = Math.max(first + 1, dots.at(-1)!.elapsedMs);
  if (last < LOG_FROM * first) {
    const even = scaleLinear([dots[0]!.elapsedMs, last], [LEFT, right]);
    return Object.assign((ms: number) => even(ms), { marks: even.ticks(5) });
  }
  const log = scaleLog([first, last], [LEFT, right]);
  const marks = [1, 2, 5].flatMap((digit) => [1, 10, 100, 1000, 10_000, 100_000].map((power) => digit * power));
  const shown = marks.filter((ms) => ms >= first && ms <= last).sort((a, b) => a - b);
  const every = Math.ceil(shown.length / 7);
  return Object.assign((ms: number) => log(Math.max(1, ms)), { marks: shown.filter((_, at) => at % every === 0) });
}

/** From the result's surroundings: very early bounds say little and would flatten everything else. */
function extent(dots: readonly TraceDot[]): readonly [number, number] {
  const costs = dots.flatMap((dot) => dot.cost ?? []);
  const bounds = dots.flatMap((dot) => dot.bound ?? []);
  const top = Math.max(...costs);
  const end = bounds.at(-1) ?? Math.min(...costs);
  const deepest = end - DEPTH * Math.max(top - end, 0.01 * top);
  const low = Math.max(deepest, Math.min(end, ...bounds));
  return low < top ? [low, top] : [low - 1, top + 1];
}

/** Two labels that do not cover each other, the cost above. */
function apart(cost: number, bound: number | null): readonly [number, number | null] {
  if (bound === null || bound - cost >= LEAST_APART) return [cost, bound];
  const middle = (cost + bound) / 2;
  return [middle - LEAST_APART / 2, middle + LEAST_APART / 2];
}

/** Round times read short. */
function tickText(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`;
}

function spoken(dots: readonly TraceDot[], { valueText, timeText }: GapTraceOptions): string {
  const first = dots.find((dot) => dot.cost !== null)!;
  const last = dots.at(-1)!;
  const bound = last.bound === null ? '' : `, lower bound ${valueText(last.bound)}`;
  return `First plan ${valueText(first.cost!)} after ${timeText(first.elapsedMs)}; last ${valueText(last.cost!)} after ${timeText(last.elapsedMs)}${bound}`;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
