// Decides what a planner sees first: the figures of the run against the baseline, where a saving comes from, what needs attention, and what is scarce.
import { runName } from '../../format/words.ts';
import './home.css';
import type { Run, ScenarioSummary } from '@sourcewright/server/contract';
import { lazy, Suspense } from 'react';
import { instantText } from '../../format/date.ts';
import { countText, plural } from '../../format/number.ts';
import { samePolicy, useSelection } from '../../state/selection.tsx';
import { hrefOf, usePlace } from '../../state/url-state.ts';
import { Notice } from '../../ui/notice.tsx';
import { PolicyNotice } from '../../ui/policy-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Attention } from './attention.tsx';
import { FigureStrip } from './figure-strip.tsx';
import { GoalsTable } from './goals-table.tsx';
import { SavingChart } from './saving-chart.tsx';
import { StrategyTable } from './strategy-table.tsx';
import { WorthMost } from './worth-most.tsx';

const SmallMap = lazy(async () => ({ default: (await import('./small-map.tsx')).SmallMap }));

export function HomeView() {
  const place = usePlace();
  const { scenario, run, baseline, runs } = useSelection();
  if (!scenario) return null;
  if (!run) {
    const busy = runs.find((one) => one.status === 'running' || one.status === 'queued');
    return (
      <Notice
        wholeScreen
        title={busy ? `${runName(busy)} is being computed` : 'No finished run yet'}
        actions={
          <a className="button primary" href={hrefOf(place, 'runs')}>
            {busy ? 'Watch it' : 'Start a run'}
          </a>
        }
      >
        <p>
          A run sources all {countText(scenario.orders)} orders of {scenario.title} with one strategy. Two runs make a
          comparison: start with Nearest as the baseline, then Optimal.
        </p>
      </Notice>
    );
  }
  return (
    <div className="page home">
      <Heading scenario={scenario} run={run} baseline={baseline} />
      {baseline && !samePolicy(run, baseline) && <PolicyNotice runs={[baseline, run]} />}
      <FigureStrip run={run} baseline={baseline} />
      <GoalsTable run={run} />
      <div className="home-grid">
        <div>
          <SavingChart run={run} baseline={baseline} />
          <StrategyTable />
        </div>
        <div>
          <Attention run={run} />
          <WorthMost run={run} />
          <Suspense fallback={<Skeleton height={260} />}>
            <SmallMap run={run} />
          </Suspense>
        </div>
      </div>
      <Sources scenario={scenario} />
    </div>
  );
}

interface HeadingProps {
  readonly scenario: ScenarioSummary;
  readonly run: Run;
  readonly baseline: Run | null;
}

function Heading({ scenario, run, baseline }: HeadingProps) {
  const from = instantText(scenario.firstPlacedAt, scenario.timeZone);
  const to = instantText(scenario.lastPlacedAt, scenario.timeZone);
  return (
    <header className="page-head">
      <h1>
        {runName(run)}
        {baseline && <span className="muted"> against {runName(baseline)}</span>}
      </h1>
      <p className="muted">
        {plural(scenario.orders, 'order')}, {plural(scenario.lines, 'line')}, {plural(scenario.nodes, 'node')} · placed{' '}
        {from} – {to} ({scenario.timeZone}) · money in {scenario.currency}
      </p>
    </header>
  );
}

/** What was made up, and who has to be named: always there, never loud. */
function Sources({ scenario }: { readonly scenario: ScenarioSummary }) {
  const synthetic = scenario.synthetic ?? [];
  const attributions = scenario.attributions ?? [];
  if (synthetic.length === 0 && attributions.length === 0) return null;
  return (
    <footer className="sources" id="sources">
      {synthetic.length > 0 && (
        <section>
          <h2>Made up by a documented script, not observed</h2>
          <ul>
            {synthetic.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </section>
      )}
      {attributions.length > 0 && (
        <section>
          <h2>Data</h2>
          <ul>
            {attributions.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </section>
      )}
    </footer>
  );
}
