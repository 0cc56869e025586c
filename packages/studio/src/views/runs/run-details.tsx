// Decides what is told of how one run came to its result: why it was stopped early, if it was, and cost and bound over time.
import type { Run, Trace } from '@sourcewright/server/contract';
import { ChartFrame } from '../../charts/chart-frame.tsx';
import { GapTrace } from '../../charts/gap-trace.tsx';
import { spanText } from '../../format/date.ts';
import { amountText, totalText } from '../../format/money.ts';
import { percentText, plural } from '../../format/number.ts';
import { effortText, runName } from '../../format/words.ts';
import { useTrace } from '../../state/queries.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

export function RunDetails({ run }: { readonly run: Run }) {
  const { data, error, refetch } = useTrace(run.runId);
  return (
    <section className="run-details" aria-label={`How ${runName(run)} came to its result`}>
      {run.degraded && (
        <p className="degraded" role="note">
          <span className="tag late">degraded</span> {run.degraded.message} Its gap is{' '}
          {percentText(run.degraded.gap, 2)}
          {run.deadlineMs !== null && `; the deadline was ${spanText(run.deadlineMs)}`}.
        </p>
      )}
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <TraceChart run={run} trace={data} />
      ) : (
        <Skeleton height={260} />
      )}
      {run.effort && <p className="muted">{effortText(run.effort)}</p>}
    </section>
  );
}

function TraceChart({ run, trace }: { readonly run: Run; readonly trace: Trace }) {
  const { points } = trace;
  const priced = points.filter((point) => point.costMicros !== null);
  if (priced.length < 2) {
    return (
      <>
        <h2>{runName(run)}</h2>
        <p className="muted">
          {points.length === 0
            ? 'How this run came to its result was not kept.'
            : 'This strategy decides each order once: it has one plan, at the end.'}
        </p>
      </>
    );
  }
  return (
    <ChartFrame
      title={traceFinding(run, trace)}
      subtitle={`Cost of the cheapest plan and lower bound, ${trace.currency}, over time; ${plural(points.length, 'point')}`}
      table={{
        columns: ['After', `Cost, ${trace.currency}`, `Bound, ${trace.currency}`, 'Gap'],
        rows: points.map(({ elapsedMs, costMicros, lowerBoundMicros }, at) => ({
          key: `${at}`,
          cells: [
            spanText(elapsedMs),
            amountText(costMicros),
            amountText(lowerBoundMicros),
            percentText(gapOf(costMicros, lowerBoundMicros), 2),
          ],
        })),
      }}
    >
      {(width) => (
        <GapTrace
          dots={points.map(({ elapsedMs, costMicros, lowerBoundMicros }) => ({
            elapsedMs,
            cost: costMicros,
            bound: lowerBoundMicros,
          }))}
          options={{ width, valueText: totalText, timeText: spanText }}
        />
      )}
    </ChartFrame>
  );
}

function traceFinding(run: Run, { points }: Trace): string {
  const first = points.find((point) => point.costMicros !== null)!;
  const end = points.at(-1)!;
  const gap = gapOf(end.costMicros, end.lowerBoundMicros);
  const saved = 1 - end.costMicros! / Math.max(1, first.costMicros!);
  const cheaper = saved > 0 ? `${percentText(saved)} cheaper than its first plan` : 'as cheap as its first plan';
  const proven = gap === 0 ? 'proven least cost' : `at most ${percentText(gap, 2)} could still be saved`;
  return `${runName(run)} ended ${cheaper} of ${spanText(first.elapsedMs)}; ${proven}`;
}

function gapOf(cost: number | null, bound: number | null): number | null {
  if (cost === null || bound === null) return null;
  return cost === 0 ? 0 : Math.max(0, (cost - bound) / cost);
}
