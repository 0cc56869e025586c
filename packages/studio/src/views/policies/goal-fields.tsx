// Decides what a field of a policy's goals looks like: a number, a box to tick, a limit that may be left out.
// Leaves what they are for to goals.tsx and node-goals.tsx.
import type { Policy } from '@sourcewright/engine';
import type { ReactNode } from 'react';
import { NumberField } from './value-field.tsx';

export const MONEY = { unit: 'micros' };

export type SetPolicy = (next: Policy, mark: string) => void;

export interface PartProps {
  readonly policy: Policy;
  /** Steps with the same mark in a row are one. */
  readonly set: SetPolicy;
}

export function number(label: string, value: unknown, done: (value: number) => void, fact?: typeof MONEY): ReactNode {
  return (
    <Field label={label}>
      <NumberField label={label} value={value} fact={fact} onChange={(next) => done(Number(next))} />
    </Field>
  );
}

export function Field({
  label,
  note,
  children,
}: {
  readonly label: string;
  readonly note?: string;
  readonly children: ReactNode;
}) {
  return (
    <label className="goal">
      <span>{label}</span>
      {children}
      {note && <span className="muted note">{note}</span>}
    </label>
  );
}

export function Check({
  label,
  on,
  onChange,
}: {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <label className="goal check">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}

interface OptionalProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly start: number;
  readonly onChange: (value: number | undefined) => void;
}

export function Optional({ label, value, start, onChange }: OptionalProps) {
  return (
    <div className="goal">
      <span>{label}</span>
      <span className="value-field">
        {value === undefined ? (
          <span className="muted">no limit</span>
        ) : (
          <NumberField label={label} value={value} fact={undefined} onChange={(next) => onChange(Number(next))} />
        )}
        <button
          type="button"
          className="button quiet small-text"
          onClick={() => onChange(value === undefined ? start : undefined)}
        >
          {value === undefined ? 'set a limit' : 'no limit'}
        </button>
      </span>
    </div>
  );
}
