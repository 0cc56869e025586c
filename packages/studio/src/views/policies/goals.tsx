// Decides how what a policy says beside its rules is filled in: its name, the strategy, what things are worth, what is allowed.
import type { Policy } from '@sourcewright/engine';
import type { ReactNode } from 'react';
import { currencySign } from '../../format/money.ts';
import { STRATEGY_ORDER, strategyLabel, strategyNote } from '../../format/words.ts';
import type { PaneProps } from './pane.ts';
import { Check, Field, MONEY, number, Optional, type PartProps, type SetPolicy } from './goal-fields.tsx';
import { NodeGoals } from './node-goals.tsx';

export function Goals({ desk, words }: PaneProps) {
  const { policy, change } = desk;
  const set: SetPolicy = (next, mark) => change(next, 'Changed goals and limits.', mark);
  return (
    <section className="pane goals" aria-label="Goals and limits">
      <Naming policy={policy} set={set} />
      <Worth policy={policy} set={set} sign={currencySign(words.currency).trim()} />
      <NodeGoals policy={policy} set={set} sign={currencySign(words.currency).trim()} />
      <Allowed policy={policy} set={set} />
    </section>
  );
}

function Naming({ policy, set }: PartProps) {
  return (
    <fieldset>
      <legend>The policy</legend>
      <Field label="Name">
        <input
          className="input wide"
          value={policy.name}
          maxLength={300}
          onChange={(event) => set({ ...policy, name: event.target.value }, 'name')}
        />
      </Field>
      <Field label="Strategy" note={strategyNote(policy.strategy)}>
        <select
          className="select"
          value={policy.strategy}
          onChange={(event) => set({ ...policy, strategy: event.target.value as Policy['strategy'] }, 'strategy')}
        >
          {STRATEGY_ORDER.map((one) => (
            <option key={one} value={one}>
              {strategyLabel(one)}
            </option>
          ))}
        </select>
      </Field>
    </fieldset>
  );
}

function Worth({ policy, set, sign }: PartProps & { readonly sign: string }) {
  const { goals } = policy;
  const setGoals = (over: Partial<Policy['goals']>, mark: string): void =>
    set({ ...policy, goals: { ...goals, ...over } }, mark);
  return (
    <fieldset>
      <legend>What things are worth</legend>
      {number(
        `Each shipment beyond the first, ${sign}`,
        goals.splitMicros,
        (splitMicros) => setGoals({ splitMicros }, 'split'),
        MONEY,
      )}
      {number(
        `Each shipment and day late, ${sign}`,
        goals.latenessPerDayMicros,
        (latenessPerDayMicros) => setGoals({ latenessPerDayMicros }, 'late'),
        MONEY,
      )}
      {number(
        `Each shipment and day in time, ${sign}`,
        goals.speedPerDayMicros ?? 0,
        (speedPerDayMicros) => setGoals({ speedPerDayMicros }, 'speed'),
        MONEY,
      )}
      {number(
        `Each unit left unsourced, ${sign}`,
        goals.unsourced.perUnitMicros,
        (perUnitMicros) => setGoals({ unsourced: { ...goals.unsourced, perUnitMicros } }, 'unit'),
        MONEY,
      )}
      {number('and of its price, %', goals.unsourced.valuePercent, (valuePercent) =>
        setGoals({ unsourced: { ...goals.unsourced, valuePercent } }, 'percent'),
      )}
    </fieldset>
  );
}

function Allowed({ policy, set }: PartProps) {
  const { promise, allow } = policy;
  const setAllow = (over: Partial<Policy['allow']>, mark: string): void =>
    set({ ...policy, allow: { ...allow, ...over } }, mark);
  const optional = (label: string, key: 'maxShipments' | 'maxLateDays', start: number): ReactNode => (
    <Optional
      label={label}
      value={allow[key]}
      start={start}
      onChange={(value) => {
        const { [key]: _old, ...rest } = allow;
        set({ ...policy, allow: value === undefined ? rest : { ...rest, [key]: value } }, key);
      }}
    />
  );
  return (
    <fieldset>
      <legend>What is promised and allowed</legend>
      {number('Promise where an order brings none, days', promise.defaultDays, (defaultDays) =>
        set({ ...policy, promise: { ...promise, defaultDays } }, 'promise'),
      )}
      {number('Working days a shipment may be put off', allow.maxShipDelayDays, (maxShipDelayDays) =>
        setAllow({ maxShipDelayDays }, 'delay'),
      )}
      {optional('Shipments of an order at most', 'maxShipments', 3)}
      {optional('Days late at most', 'maxLateDays', 2)}
      <Check
        label="Work waiting at a node puts its ship days off"
        on={promise.backlog === 'wait'}
        onChange={(on) => set({ ...policy, promise: { ...promise, backlog: on ? 'wait' : 'ignore' } }, 'backlog')}
      />
      <Check
        label="An order may go out with units missing"
        on={allow.partial}
        onChange={(partial) => setAllow({ partial }, 'partial')}
      />
      <Check
        label="A line may be split where no node has all of it"
        on={allow.splitQuantity === 'when-needed'}
        onChange={(on) => setAllow({ splitQuantity: on ? 'when-needed' : 'never' }, 'split-line')}
      />
    </fieldset>
  );
}
