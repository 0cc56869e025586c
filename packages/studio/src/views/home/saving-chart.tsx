// Decides how the difference between two runs is broken down on Home: a waterfall by cost term.
import type { Run } from '@sourcewright/server/contract';
import { ChartFrame } from '../../charts/chart-frame.tsx';
import { Waterfall } from '../../charts/waterfall.tsx';
import { savingFinding } from '../../format/findings.ts';
import { amountText, signedAmountText } from '../../format/money.ts';
import { plural } from '../../format/number.ts';
import { runName, termLabel } from '../../format/words.ts';
import { useCompare } from '../../state/queries.ts';
import { hrefOf, usePlace } from '../../state/url-state.ts';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';

export function SavingChart({ run, baseline }: { readonly run: Run; readonly baseline: Run | null }) {
  const place = usePlace();
  const compare = useCompare(baseline ? [baseline.runId, run.runId] : []);
  if (!baseline) {
    return (
      <Notice
        title="Nothing to compare with yet"
        actions={
          <a className="button" href={hrefOf(place, 'runs')}>
            Start another run
          </a>
        }
      >
        <p>With a second finished run, this shows by how much and in which cost the two differ.</p>
      </Notice>
    );
  }
  if (compare.error) return <ErrorNotice error={compare.error} onRetry={() => void compare.refetch()} />;
  const comparison = compare.data?.comparisons.find((one) => one.runId === run.runId);
  if (!comparison || !baseline.cost || !run.cost) return <SkeletonRows rows={7} label="Comparing" />;
  const steps = comparison.steps;
  const title = savingFinding(
    runName(run),
    runName(baseline),
    baseline.cost.totalMicros,
    comparison.deltaMicros,
    steps,
    run.currency,
  );
  const rows = [
    { key: 'start', cells: [runName(baseline), amountText(baseline.cost.totalMicros)] },
    ...steps.map((step) => ({ key: step.term, cells: [termLabel(step.term), signedAmountText(step.deltaMicros)] })),
    { key: 'end', cells: [runName(run), amountText(run.cost.totalMicros)] },
  ];
  return (
    <section>
      <ChartFrame
        title={title}
        subtitle={`Total cost by term, ${run.currency}, ${plural(run.kpis?.orders ?? 0, 'order')}, ${plural(comparison.changedOrders, 'order')} changed`}
        table={{ columns: ['Term', run.currency], rows }}
        tools={<a href={hrefOf(place, 'compare')}>Changed orders</a>}
      >
        {(width) => (
          <Waterfall
            data={{
              start: { label: runName(baseline), value: baseline.cost!.totalMicros },
              steps: steps.map((step) => ({ id: step.term, label: termLabel(step.term), delta: step.deltaMicros })),
              end: { label: runName(run), value: run.cost!.totalMicros },
            }}
            options={{ width, valueText: amountText, deltaText: signedAmountText }}
          />
        )}
      </ChartFrame>
    </section>
  );
}
