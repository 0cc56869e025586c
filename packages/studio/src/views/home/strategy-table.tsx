// Decides the table of strategies: the newest finished run of each, side by side.
import type { Run } from '@sourcewright/server/contract';
import { deltaOf } from '../../format/delta.ts';
import { currencySign, totalText } from '../../format/money.ts';
import { countText, decimalText, percentText } from '../../format/number.ts';
import { runName, strategyLabel, strategyNote } from '../../format/words.ts';
import { samePolicy, useSelection } from '../../state/selection.tsx';
import { hrefHere, navigate, usePlace } from '../../state/url-state.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { DeltaText } from '../../ui/delta-text.tsx';

export function StrategyTable() {
  const place = usePlace();
  const { runs, run, baseline, scenario } = useSelection();
  const rows = newestOfEach(runs, [run, baseline]);
  const unit = ` ${currencySign(scenario?.currency ?? 'GBP')}`;
  const total = (one: Run): number | null => one.cost?.totalMicros ?? null;
  const columns: readonly Column<Run>[] = [
    {
      id: 'name',
      header: 'Strategy',
      cell: (one) => <RunName run={one} baseline={baseline} />,
      sortValue: (one) => runName(one),
    },
    { id: 'total', header: 'Total', unit, numeric: true, cell: (one) => totalText(total(one)), sortValue: total },
    {
      id: 'saving',
      header: 'Difference',
      numeric: true,
      cell: (one) =>
        one === baseline ? (
          <span className="muted">baseline</span>
        ) : (
          <DeltaText
            delta={deltaOf(total(one), baseline ? total(baseline) : null, 'lower')}
            text={(size) => totalText(size)}
          />
        ),
      sortValue: total,
    },
    figure('shipments', 'Shipments', '', (one) => one.kpis?.shipmentsPerOrder, decimalText),
    figure('onTime', 'On time', '', (one) => one.kpis?.onTimeInFullRate, percentText),
    figure('unsourced', 'Unsourced', '', (one) => one.kpis?.unsourcedUnits, countText),
  ];
  return (
    <section className="strategies">
      <h2>Strategies on this dataset</h2>
      <DataTable
        label="Strategies on this dataset"
        columns={columns}
        rows={rows}
        rowKey={(one) => one.runId}
        selectedKey={run?.runId ?? null}
        onOpen={(one) =>
          navigate(hrefHere(place, one === baseline ? { run: one.runId, base: run?.runId ?? '' } : { run: one.runId }))
        }
        initialSort={{ column: 'total', descending: false }}
      />
      <p className="muted hint">Open a row to show that run above. {strategyNote(run?.strategy ?? '')}</p>
    </section>
  );
}

function RunName({ run, baseline }: { readonly run: Run; readonly baseline: Run | null }) {
  const strategy = strategyLabel(run.strategy);
  return (
    <span title={strategyNote(run.strategy)}>
      {runName(run)}
      {runName(run) !== strategy && run !== baseline && <span className="muted"> {strategy}</span>}
    </span>
  );
}

function figure(
  id: string,
  header: string,
  unit: string,
  value: (run: Run) => number | null | undefined,
  text: (value: number | null | undefined) => string,
): Column<Run> {
  return { id, header, unit, numeric: true, cell: (run) => text(value(run)), sortValue: (run) => value(run) ?? null };
}

/** The newest finished run of each strategy and policy; a run that is looked at stands for its own. */
function newestOfEach(runs: readonly Run[], chosen: readonly (Run | null)[]): readonly Run[] {
  const kept = chosen.filter((run) => run !== null);
  for (const run of runs) {
    const known = kept.some((other) => other.strategy === run.strategy && samePolicy(other, run));
    if (run.status === 'done' && !known) kept.push(run);
  }
  return [...new Set(kept)];
}
