// Decides the bar above every screen: dataset, run, baseline, palette and theme.
import type { Run } from '@sourcewright/server/contract';
import { useState } from 'react';
import { runName, strategyLabel } from '../../format/words.ts';
import { useSelection } from '../../state/selection.tsx';
import { chooseTheme, THEMES, useTheme } from '../../state/theme.ts';
import { hrefHere, navigate, type Query, usePlace } from '../../state/url-state.ts';
import { Icon } from '../../ui/icon.tsx';
import { AboutDataset } from './about-dataset.tsx';

const THEME_ICONS = { system: 'system', light: 'sun', dark: 'moon' } as const;
const THEME_NAMES = { system: 'as the system', light: 'light', dark: 'dark' } as const;

export function TopBar({ onPalette, onHelp }: { readonly onPalette: () => void; readonly onHelp: () => void }) {
  const place = usePlace();
  const { scenarios, scenario, runs, run, baseline } = useSelection();
  const done = runs.filter((one) => one.status === 'done');
  const [about, setAbout] = useState(false);
  const go = (query: Query): void => navigate(hrefHere(place, query));
  return (
    <header className="top-bar">
      <Picker
        label="Dataset"
        value={scenario?.scenarioId ?? ''}
        options={scenarios.map((one) => ({ value: one.scenarioId, label: one.title }))}
        empty="No dataset"
        // Runs, nodes and orders belong to one dataset: their selection goes with it.
        onChange={(dataset) =>
          navigate(
            `${window.location.pathname.split('/').slice(0, 2).join('/')}?dataset=${encodeURIComponent(dataset)}`,
          )
        }
      />
      {scenario && (
        <button type="button" className="synthetic" onClick={() => setAbout(true)}>
          {scenario.synthetic && scenario.synthetic.length > 0 ? 'partly made up' : 'about'}
        </button>
      )}
      <Picker
        label="Run"
        value={run?.runId ?? ''}
        options={done.map(runOption)}
        empty="No finished run"
        onChange={(id) => go({ run: id })}
      />
      <Picker
        label="Baseline"
        value={baseline?.runId ?? ''}
        options={done.filter((one) => one !== run).map(runOption)}
        empty="No other run"
        onChange={(id) => go({ base: id })}
      />
      <span className="spring" />
      <button type="button" className="button quiet" onClick={onPalette}>
        <Icon name="search" />
        Find
        <kbd>Ctrl K</kbd>
      </button>
      <ThemeButton />
      <button type="button" className="button quiet icon" aria-label="Keys" title="Keys (?)" onClick={onHelp}>
        <Icon name="keys" />
      </button>
      {about && scenario && <AboutDataset scenario={scenario} onClose={() => setAbout(false)} />}
    </header>
  );
}

function ThemeButton() {
  const theme = useTheme();
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
  return (
    <button
      type="button"
      className="button quiet icon"
      aria-label={`Colours: ${THEME_NAMES[theme]}. Change to ${THEME_NAMES[next]}.`}
      title={`Colours: ${THEME_NAMES[theme]}`}
      onClick={() => chooseTheme(next)}
    >
      <Icon name={THEME_ICONS[theme]} />
    </button>
  );
}

interface PickerProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly empty: string;
  readonly onChange: (value: string) => void;
}

function Picker({ label, value, options, empty, onChange }: PickerProps) {
  return (
    <label className="picker">
      <span aria-hidden="true">{label}</span>
      <select
        aria-label={label}
        value={value}
        disabled={options.length === 0}
        onChange={(event) => onChange(event.target.value)}
      >
        {(options.length === 0 || value === '') && <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

function runOption(run: Run): { value: string; label: string } {
  const strategy = strategyLabel(run.strategy);
  return { value: run.runId, label: runName(run) === strategy ? strategy : `${runName(run)} · ${strategy}` };
}
