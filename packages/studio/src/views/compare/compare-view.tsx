// Decides the screen Compare: runs as columns against the first, where one differs, and which orders changed.
import { runName } from '../../format/words.ts';
import './compare.css';
import type { Run } from '@sourcewright/server/contract';
import { plural } from '../../format/number.ts';
import { useCompare } from '../../state/queries.ts';
import { samePolicy, useSelection } from '../../state/selection.tsx';
import { hrefHere, hrefOf, navigate, usePlace } from '../../state/url-state.ts';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { PolicyNotice } from '../../ui/policy-notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { ChangedOrders } from './changed-orders.tsx';
import { KpiGrid } from './kpi-grid.tsx';
import { OptimalSavings } from './optimal-savings.tsx';
import { TermWaterfall } from './term-waterfall.tsx';

/** Columns that are shown when the address names none. */
const AT_FIRST = 5;

export function CompareView() {
  const place = usePlace();
  const { runs, run, baseline } = useSelection();
  const done = runs.filter((one) => one.status === 'done');
  const chosen = chosenRuns(done, place.query.runs, run, baseline);
  const compare = useCompare(chosen.map((one) => one.runId));
  if (chosen.length < 2) {
    return (
      <Notice
        wholeScreen
        title="A comparison needs two finished runs"
        actions={
          <a className="button primary" href={hrefOf(place, 'runs')}>
            Start a run
          </a>
        }
      >
        <p>
          There {done.length === 1 ? 'is one' : 'is none'} on this dataset. Start another strategy; both stay side by
          side here.
        </p>
      </Notice>
    );
  }
  const others = chosen.slice(1);
  const versus =
    others.find((one) => one.runId === place.query.versus) ?? others.find((one) => one === run) ?? others[0]!;
  const comparison = compare.data?.comparisons.find((one) => one.runId === versus.runId);
  const show = (ids: readonly string[]): void => navigate(hrefHere(place, { runs: ids.join(',') }));
  return (
    <div className="page compare">
      <header className="page-head">
        <h1>
          {runName(versus)} <span className="muted">against {runName(chosen[0]!)}</span>
        </h1>
        <p className="muted">
          {plural(versus.kpis?.orders ?? 0, 'order')}
          {comparison &&
            `; ${plural(comparison.changedOrders, 'order')} changed: ${plural(comparison.cheaperOrders, 'order')} cheaper, ${plural(comparison.dearerOrders, 'order')} dearer`}
        </p>
      </header>
      {chosen.some((one) => !samePolicy(one, chosen[0]!)) && <PolicyNotice runs={chosen} />}
      <OptimalSavings chosen={chosen} />
      <KpiGrid
        chosen={chosen}
        available={done}
        versus={versus}
        onChange={show}
        onVersus={(runId) => navigate(hrefHere(place, { versus: runId }))}
      />
      {compare.error && <ErrorNotice error={compare.error} onRetry={() => void compare.refetch()} />}
      {!compare.error &&
        (comparison ? (
          <div className="compare-grid">
            <TermWaterfall baseline={chosen[0]!} run={versus} comparison={comparison} />
            <ChangedOrders
              key={`${chosen[0]!.runId} ${versus.runId}`}
              baseline={chosen[0]!}
              run={versus}
              changed={comparison.changedOrders}
            />
          </div>
        ) : (
          <SkeletonRows rows={8} label="Comparing" />
        ))}
    </div>
  );
}

/** The named runs in their order; else baseline, run, and the newest of each other strategy. */
function chosenRuns(
  done: readonly Run[],
  named: string | undefined,
  run: Run | null,
  baseline: Run | null,
): readonly Run[] {
  const byName = (named ?? '').split(',').flatMap((runId) => done.find((one) => one.runId === runId) ?? []);
  if (byName.length > 1) return [...new Set(byName)];
  const first = [baseline, run].filter((one) => one !== null);
  const strategies = new Set<string>(first.map((one) => one.strategy));
  const rest = done.filter((one) => !strategies.has(one.strategy) && strategies.add(one.strategy));
  return [...first, ...rest].slice(0, AT_FIRST);
}
