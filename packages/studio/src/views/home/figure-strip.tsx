// Decides how the head figures stand: value, difference against the baseline, and the count behind it.
import type { Run } from '@sourcewright/server/contract';
import { deltaOf } from '../../format/delta.ts';
import { FIGURES, type Figure } from '../../format/figures.ts';
import { DeltaText } from '../../ui/delta-text.tsx';

export function FigureStrip({ run, baseline }: { readonly run: Run; readonly baseline: Run | null }) {
  return (
    <dl className="figure-strip">
      {FIGURES.map((figure) => (
        <FigureCell key={figure.id} figure={figure} run={run} baseline={baseline} />
      ))}
    </dl>
  );
}

function FigureCell({
  figure,
  run,
  baseline,
}: {
  readonly figure: Figure;
  readonly run: Run;
  readonly baseline: Run | null;
}) {
  const value = figure.value(run);
  const delta = baseline ? deltaOf(value, figure.value(baseline), figure.better) : null;
  const note = figure.note?.(run);
  return (
    <div data-figure={figure.id}>
      <dt>{figure.label}</dt>
      <dd>
        <span className="value">
          {value !== null && value !== undefined && figure.unit(run.currency)}
          {figure.text(value)}
        </span>
        {baseline && (
          <DeltaText delta={delta} text={figure.deltaText ?? figure.text} withShare={figure.deltaText === undefined} />
        )}
        {note && (
          <span className="muted note" title={note}>
            {note}
          </span>
        )}
      </dd>
    </div>
  );
}
