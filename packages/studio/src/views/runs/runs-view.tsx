// Decides the screen Runs: every run of the dataset with its progress and figures, and starting another one.
import './runs.css';
import { plural } from '../../format/number.ts';
import { useConnection } from '../../state/live-runs.tsx';
import { useSelection } from '../../state/selection.tsx';
import { usePlace } from '../../state/url-state.ts';
import { RunDetails } from './run-details.tsx';
import { RunTable } from './run-table.tsx';
import { StartRun } from './start-run.tsx';

const LINES = {
  live: 'Progress is live',
  connecting: 'Connecting for live progress',
  waiting: 'Live progress is lost; trying again',
} as const;

export function RunsView() {
  const { scenario, runs, run } = useSelection();
  const { query } = usePlace();
  const connection = useConnection();
  if (!scenario) return null;
  const done = runs.filter((one) => one.status === 'done');
  const looked = done.find((one) => one.runId === query.show) ?? run;
  return (
    <div className="page runs">
      <header className="page-head">
        <h1>Runs on {scenario.title}</h1>
        <p className="muted">
          {plural(runs.length, 'run')} of {plural(scenario.orders, 'order')} each
        </p>
        <span className="spring" />
        <span className={`line-state ${connection}`} role="status">
          {LINES[connection]}
        </span>
      </header>
      <div className="runs-grid">
        <div>
          <RunTable runs={runs} />
          {looked && <RunDetails key={looked.runId} run={looked} />}
        </div>
        <StartRun key={scenario.scenarioId} scenarioId={scenario.scenarioId} />
      </div>
    </div>
  );
}
