// Decides how the difference of two runs is broken down by cost term on Compare.
import type { Comparison, Run } from '@sourcewright/server/contract';
import { ChartFrame } from '../../charts/chart-frame.tsx';
import { Waterfall } from '../../charts/waterfall.tsx';
import { savingFinding } from '../../format/findings.ts';
import { amountText, signedAmountText } from '../../format/money.ts';
import { plural } from '../../format/number.ts';
import { runName, termLabel } from '../../format/words.ts';

export interface TermWaterfallProps {
  readonly baseline: Run;
  readonly run: Run;
  readonly comparison: Comparison;
}

export function TermWaterfall({ baseline, run, comparison }: TermWaterfallProps) {
  const [start, end] = [baseline.cost?.totalMicros, run.cost?.totalMicros];
  if (start === undefined || end === undefined) return null;
  const { steps, deltaMicros } = comparison;
  return (
    <section>
      <ChartFrame
        title={savingFinding(runName(run), runName(baseline), start, deltaMicros, steps, run.currency)}
        subtitle={`Total cost by term, ${run.currency}, ${plural(run.kpis?.orders ?? 0, 'order')}`}
        table={{
          columns: ['Term', run.currency],
          rows: [
            { key: 'start', cells: [runName(baseline), amountText(start)] },
            ...steps.map((step) => ({
              key: step.term,
              cells: [termLabel(step.term), signedAmountText(step.deltaMicros)],
            })),
            { key: 'end', cells: [runName(run), amountText(end)] },
          ],
        }}
      >
        {(width) => (
          <Waterfall
            data={{
              start: { label: runName(baseline), value: start },
              steps: steps.map((step) => ({ id: step.term, label: termLabel(step.term), delta: step.deltaMicros })),
              end: { label: runName(run), value: end },
            }}
            options={{ width, valueText: amountText, deltaText: signedAmountText }}
          />
        )}
      </ChartFrame>
    </section>
  );
}
