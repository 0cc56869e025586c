// Decides the grid of figures: a row each, runs as columns, differences against the first coloured by better or worse.
import type { Run } from '@sourcewright/server/contract';
import { useState } from 'react';
import { deltaOf } from '../../format/delta.ts';
import { FIGURES, type Figure, FURTHER_FIGURES } from '../../format/figures.ts';
import { runName, strategyLabel } from '../../format/words.ts';
import { DeltaText } from '../../ui/delta-text.tsx';
import { Icon } from '../../ui/icon.tsx';
import { MoreButton } from '../../ui/more-button.tsx';

export interface KpiGridProps {
  /** The first is the baseline. */
  readonly chosen: readonly Run[];
  readonly available: readonly Run[];
  /** The run that the parts below look at. */
  readonly versus: Run;
  readonly onChange: (runIds: readonly string[]) => void;
  readonly onVersus: (runId: string) => void;
}

const MOST_COLUMNS = 6;

export function KpiGrid(props: KpiGridProps) {
  const { chosen, available, versus, onChange, onVersus } = props;
  const ids = chosen.map((run) => run.runId);
  const free = available.filter((run) => !chosen.includes(run));
  const baseline = chosen[0]!;
  const [all, setAll] = useState(false);
  return (
    <div className="kpi-scroll" tabIndex={0} role="region" aria-label="Figures by run">
      <table className="table kpi-grid" aria-label="Figures by run">
        <thead>
          <tr>
            <th scope="col">Figure</th>
            {chosen.map((run, column) => (
              <th key={run.runId} scope="col" className={run === versus ? 'num versus' : 'num'}>
                <ColumnHead
                  run={run}
                  first={column === 0}
                  options={[run, ...free]}
                  removable={chosen.length > 2}
                  onReplace={(runId) => onChange(ids.with(column, runId))}
                  onRemove={() => onChange(ids.toSpliced(column, 1))}
                  onVersus={run === versus || column === 0 ? null : () => onVersus(run.runId)}
                />
              </th>
            ))}
            {free.length > 0 && chosen.length < MOST_COLUMNS && (
              <th scope="col" className="add">
                <select
                  className="select"
                  aria-label="Add a run"
                  value=""
                  onChange={(event) => onChange([...ids, event.target.value])}
                >
                  <option value="">Add a run</option>
                  {free.map((run) => (
                    <option key={run.runId} value={run.runId}>
                      {runName(run)}
                    </option>
                  ))}
                </select>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {(all ? [...FIGURES, ...FURTHER_FIGURES] : FIGURES).map((figure) => (
            <tr key={figure.id}>
              <th scope="row">
                {figure.label} <span className="unit">{figure.unit(baseline.currency).trim()}</span>
              </th>
              {chosen.map((run, column) => (
                <td key={run.runId} className={run === versus ? 'num versus' : 'num'}>
                  <FigureCell figure={figure} run={run} baseline={column === 0 ? null : baseline} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <MoreButton
        all={all}
        onToggle={() => setAll(!all)}
        more={`Show ${FURTHER_FIGURES.length} more figures`}
        fewer="Show the main figures only"
      />
    </div>
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
  return (
    <>
      {figure.text(value)}
      {baseline && (
        <span className="cell-delta">
          <DeltaText
            delta={deltaOf(value, figure.value(baseline), figure.better)}
            text={figure.deltaText ?? figure.text}
            withShare={false}
          />
        </span>
      )}
    </>
  );
}

interface ColumnHeadProps {
  readonly run: Run;
  readonly first: boolean;
  readonly options: readonly Run[];
  readonly removable: boolean;
  readonly onReplace: (runId: string) => void;
  readonly onRemove: () => void;
  /** Null where the parts below already look at this run, or for the baseline. */
  readonly onVersus: (() => void) | null;
}

function ColumnHead({ run, first, options, removable, onReplace, onRemove, onVersus }: ColumnHeadProps) {
  return (
    <div className="column-head">
      <span className="role">
        {first ? (
          'baseline'
        ) : onVersus ? (
          <button type="button" className="link" onClick={onVersus}>
            show below
          </button>
        ) : (
          'shown below'
        )}
        {removable && (
          <button
            type="button"
            className="button quiet icon small"
            aria-label={`Remove ${runName(run)}`}
            onClick={onRemove}
          >
            <Icon name="close" />
          </button>
        )}
      </span>
      <select
        className="select"
        aria-label={first ? 'Baseline' : `Column ${runName(run)}`}
        title={`${runName(run)}, ${strategyLabel(run.strategy)}`}
        value={run.runId}
        onChange={(event) => onReplace(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.runId} value={option.runId}>
            {runName(option)}
          </option>
        ))}
      </select>
    </div>
  );
}
