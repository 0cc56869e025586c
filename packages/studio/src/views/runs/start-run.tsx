// Decides how a run is started: a strategy, a name, and where wanted other charges than the policy of the dataset states.
import type { Policy, Strategy } from '@sourcewright/engine';
import { type FormEvent, useState } from 'react';
import { currencySign } from '../../format/money.ts';
import { STRATEGY_ORDER, strategyLabel, strategyNote } from '../../format/words.ts';
import { useRunActions, useScenario } from '../../state/queries.ts';
import { ErrorNotice } from '../../ui/notice.tsx';

const MICROS = 1_000_000;

interface Charges {
  readonly split: string;
  readonly lateness: string;
}

export function StartRun({ scenarioId }: { readonly scenarioId: string }) {
  const scenario = useScenario(scenarioId);
  const { start } = useRunActions();
  const [strategy, setStrategy] = useState<Strategy>('optimal');
  const [name, setName] = useState('');
  const [charges, setCharges] = useState<Charges>({ split: '', lateness: '' });
  const policy = scenario.data?.policy;
  const changed = policy ? withCharges(policy, charges) : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const given = name.trim() || strategyLabel(strategy) + (changed ? ', what if' : '');
    start.mutate(
      { scenarioId, strategy, name: given, ...(changed && { policy: changed }) },
      { onSuccess: () => setName('') },
    );
  };
  return (
    <form className="start-run" onSubmit={submit} aria-label="Start a run">
      <h2>Start a run</h2>
      <fieldset>
        <legend className="muted">Strategy</legend>
        {STRATEGY_ORDER.map((one) => (
          <label key={one} className="strategy">
            <input
              type="radio"
              name="strategy"
              value={one}
              checked={one === strategy}
              onChange={() => setStrategy(one)}
            />
            <span>
              {strategyLabel(one)}
              <span className="muted">{strategyNote(one)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <label className="field">
        <span>Name</span>
        <input
          className="input"
          value={name}
          maxLength={120}
          placeholder={strategyLabel(strategy)}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      {policy && scenario.data && (
        <details className="charges">
          <summary>What if charges were different?</summary>
          <p className="muted">Policy “{policy.name}”. Empty fields keep its value.</p>
          <ChargeField
            label={`Each shipment beyond the first, ${currencySign(scenario.data.currency).trim()}`}
            current={policy.goals.splitMicros}
            value={charges.split}
            onChange={(split) => setCharges({ ...charges, split })}
          />
          <ChargeField
            label={`Each day late, ${currencySign(scenario.data.currency).trim()}`}
            current={policy.goals.latenessPerDayMicros}
            value={charges.lateness}
            onChange={(lateness) => setCharges({ ...charges, lateness })}
          />
        </details>
      )}
      <button type="submit" className="button primary" disabled={start.isPending}>
        {start.isPending ? 'Starting' : 'Start run'}
      </button>
      {start.error && <ErrorNotice error={start.error} />}
    </form>
  );
}

interface ChargeFieldProps {
  readonly label: string;
  readonly current: number;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function ChargeField({ label, current, value, onChange }: ChargeFieldProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        className="input"
        type="number"
        min={0}
        max={1_000_000}
        step={0.01}
        value={value}
        placeholder={(current / MICROS).toFixed(2)}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

/** The policy with the charges that were filled in; null when nothing differs. */
function withCharges(policy: Policy, charges: Charges): Policy | null {
  const splitMicros = microsOf(charges.split) ?? policy.goals.splitMicros;
  const latenessPerDayMicros = microsOf(charges.lateness) ?? policy.goals.latenessPerDayMicros;
  const { goals } = policy;
  if (splitMicros === goals.splitMicros && latenessPerDayMicros === goals.latenessPerDayMicros) return null;
  return { ...policy, name: `${policy.name}, changed charges`, goals: { ...goals, splitMicros, latenessPerDayMicros } };
}

function microsOf(text: string): number | null {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) || value < 0 ? null : Math.round(value * MICROS);
}
