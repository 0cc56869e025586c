// Decides how cost and bound over time are kept while a run is computed: few points, the first and the last among them.
import { MAX_TRACE_POINTS, type TracePoint } from '../contract/index.ts';

export interface Tracer {
  cost(costMicros: number): void;
  bound(lowerBoundMicros: number): void;
  /** The result. */
  end(costMicros: number, lowerBoundMicros: number): void;
  points(): readonly TracePoint[];
}

/** `elapsedMs` since the run began. Where points grow too many, every other one is dropped. */
export function createTracer(elapsedMs: () => number): Tracer {
  let points: TracePoint[] = [];
  let costMicros: number | null = null;
  let lowerBoundMicros: number | null = null;
  const add = (): void => {
    if (points.length === MAX_TRACE_POINTS) points = points.filter((_, index) => index % 2 === 0);
    points.push({ elapsedMs: Math.max(0, Math.round(elapsedMs())), costMicros, lowerBoundMicros });
  };
  return {
    cost: (micros) => {
      if (costMicros !== null && micros >= costMicros) return;
      costMicros = micros;
      add();
    },
    bound: (micros) => {
      if (micros <= (lowerBoundMicros ?? 0)) return;
      lowerBoundMicros = micros;
      add();
    },
    end: (cost, bound) => {
      costMicros = cost;
      lowerBoundMicros = bound;
      add();
    },
    points: () => [...points],
  };
}
