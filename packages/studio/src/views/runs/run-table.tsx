// Decides the list of runs: status or progress with partial figures, results, and what can be done with each.
import type { Run } from '@sourcewright/server/contract';
import { useState } from 'react';
import { momentText, spanText } from '../../format/date.ts';
import { currencySign, moneyText, totalText } from '../../format/money.ts';
import { countText, percentText } from '../../format/number.ts';
import { weighsTogether } from '../../format/proof-words.ts';
import { stageText } from '../../format/stage-text.ts';
import { runName, strategyLabel } from '../../format/words.ts';
import { isOver, useRunActions } from '../../state/queries.ts';
import { useSelection } from '../../state/selection.tsx';
import { hrefHere, hrefOf, navigate, usePlace } from '../../state/url-state.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';

export function RunTable({ runs }: { readonly runs: readonly Run[] }) {
  const place = usePlace();
  const { run: shown } = useSelection();
  const actions = useRunActions();
  const sign = ` ${currencySign(runs[0]?.currency ?? 'GBP')}`;
  if (runs.length === 0) {
    return (
      <Notice title="No runs yet">
        <p>
          A run sources every order of this dataset with one strategy. Start with Nearest, which is what many systems
          do, then Optimal: Compare shows what the difference is worth.
        </p>
      </Notice>
    );
  }
  const columns: readonly Column<Run>[] = [
    { id: 'name', header: 'Run', cell: (run) => <Name run={run} />, sortValue: (run) => runName(run) },
    { id: 'status', header: 'Status', cell: (run) => <Status run={run} actions={actions} /> },
    {
      id: 'total',
      header: 'Total',
      unit: sign,
      numeric: true,
      cell: (run) => totalText(run.cost?.totalMicros),
      sortValue: (run) => run.cost?.totalMicros ?? null,
    },
    {
      id: 'bound',
      header: 'Bound',
      unit: sign,
      numeric: true,
      cell: (run) => totalText(run.proof?.lowerBoundMicros),
      sortValue: (run) => run.proof?.lowerBoundMicros ?? null,
    },
    {
      id: 'gap',
      header: 'Gap',
      numeric: true,
      cell: (run) => percentText(run.proof?.gap, 2),
      sortValue: (run) => run.proof?.gap ?? null,
    },
    {
      id: 'elapsed',
      header: 'Took',
      numeric: true,
      cell: (run) => spanText(run.elapsedMs),
      sortValue: (run) => run.elapsedMs,
    },
    {
      id: 'created',
      header: 'Started',
      cell: (run) => <span className="muted nowrap">{momentText(run.createdAt)}</span>,
      sortValue: (run) => run.createdAt,
    },
    { id: 'actions', header: 'Actions', hideHeader: true, cell: (run) => <Actions run={run} actions={actions} /> },
  ];
  const failure = actions.cancel.error ?? actions.remove.error;
  return (
    <section className="run-table">
      {failure && <ErrorNotice error={failure} />}
      <DataTable
        label="Runs"
        columns={columns}
        rows={runs}
        rowKey={(run) => run.runId}
        selectedKey={shown?.runId ?? null}
        onOpen={(run) => run.status === 'done' && navigate(hrefOf(place, 'home', { run: run.runId }))}
      />
    </section>
  );
}

function Name({ run }: { readonly run: Run }) {
  const place = usePlace();
  const strategy = strategyLabel(run.strategy);
  return (
    <span className="run-name">
      {run.status === 'done' ? <a href={hrefOf(place, 'home', { run: run.runId })}>{runName(run)}</a> : runName(run)}
      <span className="muted">
        {runName(run) !== strategy && `${strategy}, `}policy {run.policy.name} v{run.policy.version}
      </span>
    </span>
  );
}

type RunActions = ReturnType<typeof useRunActions>;

function Status({ run, actions }: { readonly run: Run; readonly actions: RunActions }) {
  const { stage, done, total } = run.progress;
  if (run.status === 'done') {
    if (!run.degraded) return <span className="tag good">done</span>;
    return (
      <span className="tag late" title={run.degraded.message}>
        degraded
      </span>
    );
  }
  if (run.status === 'queued') {
    return (
      <span className="waiting-run">
        <span className="tag">waiting for its turn</span>
        <CancelButton run={run} actions={actions} />
      </span>
    );
  }
  if (run.status === 'failed')
    return (
      <span className="tag late" title={run.error ?? undefined}>
        failed: {run.error ?? 'no reason given'}
      </span>
    );
  if (run.status === 'cancelled') return <span className="tag">cancelled after {countText(done)} orders</span>;
  const share = total > 0 ? done / total : 0;
  return (
    <span className="run-progress">
      <CancelButton run={run} actions={actions} />
      <span
        className="progress"
        role="progressbar"
        aria-label={`Progress of ${runName(run)}`}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        aria-valuetext={`${stageText(stage)}: ${done} of ${total}`}
      >
        <span style={{ transform: `scaleX(${share})` }} />
      </span>
      <span className="muted num">
        {stageText(stage)}: {countText(done)} of {countText(total)}
        {partialCost(run)}
      </span>
    </span>
  );
}

/** What the plan costs so far: an order in turn has its share, a whole wave all of it. */
function partialCost({ strategy, progress: { stage, done, total, costMicros }, currency }: Run): string {
  if (costMicros === 0) return '';
  const orders = stage === 'solve' && !weighsTogether(strategy) ? done : total;
  return orders > 0 ? ` · ${moneyText(Math.round(costMicros / orders), currency)} an order` : '';
}

function CancelButton({ run, actions }: { readonly run: Run; readonly actions: RunActions }) {
  return (
    <button
      type="button"
      className="button"
      disabled={actions.cancel.isPending}
      onClick={() => actions.cancel.mutate(run.runId)}
    >
      Cancel<span className="sr-only"> {runName(run)}</span>
    </button>
  );
}

function Actions({ run, actions }: { readonly run: Run; readonly actions: RunActions }) {
  const [asking, setAsking] = useState(false);
  const place = usePlace();
  if (!isOver(run)) return null;
  if (!asking) {
    return (
      <>
        {run.status === 'done' && (
          <a className="button quiet" href={hrefHere(place, { show: run.runId })}>
            Details<span className="sr-only"> of {runName(run)}</span>
          </a>
        )}
        <button type="button" className="button quiet" onClick={() => setAsking(true)}>
          Delete<span className="sr-only"> {runName(run)}</span>
        </button>
      </>
    );
  }
  return (
    <span className="asking">
      <button
        type="button"
        className="button"
        disabled={actions.remove.isPending}
        onClick={() => actions.remove.mutate(run.runId)}
      >
        Delete for good
      </button>
      <button type="button" className="button quiet" onClick={() => setAsking(false)}>
        Keep
      </button>
    </span>
  );
}
