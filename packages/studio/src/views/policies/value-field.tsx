// Decides how the right side of a comparison is typed: by the fact's type and unit, the operator's shape, or as another fact.
import { useState } from 'react';
import { currencySign } from '../../format/money.ts';
import { type Fact, factMenuLabel, factPhrase, type Words } from './fact-words.ts';
import { plainText } from './plain-text.ts';

export interface ValueFieldProps {
  readonly id: string;
  readonly value: unknown;
  readonly fact: Fact | undefined;
  readonly shape: 'one' | 'list' | 'pair' | 'one-or-list';
  readonly words: Words;
  readonly scopes: readonly string[];
  readonly choices: readonly string[] | undefined;
  readonly onChange: (value: unknown) => void;
}

const MICROS = 1_000_000;

export function ValueField(props: ValueFieldProps) {
  const { value, shape, fact, words, onChange } = props;
  const isFact = value !== null && typeof value === 'object' && !Array.isArray(value);
  return (
    <span className="value-field">
      {isFact ? (
        <FactChoice {...props} />
      ) : shape === 'pair' ? (
        <Pair {...props} />
      ) : shape === 'list' || Array.isArray(value) ? (
        <ListField {...props} />
      ) : (
        <OneField {...props} />
      )}
      {!isFact && <Unit fact={fact} words={words} />}
      {shape !== 'pair' && (
        <button
          type="button"
          className="button quiet small-text"
          title={isFact ? 'Compare with a value' : 'Compare with another fact'}
          onClick={() => onChange(isFact ? exampleOf(fact) : { fact: fact?.name ?? words.catalogue.facts[0]!.name })}
        >
          {isFact ? 'value' : 'fact'}
        </button>
      )}
    </span>
  );
}

function Unit({ fact, words }: Pick<ValueFieldProps, 'fact' | 'words'>) {
  if (!fact?.unit) return null;
  return <span className="muted">{fact.unit === 'micros' ? currencySign(words.currency).trim() : fact.unit}</span>;
}

function OneField({ id, value, fact, choices, onChange }: ValueFieldProps) {
  if (fact?.type === 'flag') {
    return (
      <select
        className="select"
        aria-label="Value"
        value={value === false ? 'no' : 'yes'}
        onChange={(event) => onChange(event.target.value === 'yes')}
      >
        <option>yes</option>
        <option>no</option>
      </select>
    );
  }
  if (fact?.type === 'number') return <NumberField label="Value" value={value} fact={fact} onChange={onChange} />;
  if (fact?.type === 'date') {
    return (
      <input
        className="input"
        type="date"
        aria-label="Value"
        value={plainText(value)}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  const known = fact?.choices ?? choices;
  if (fact?.choices) {
    return (
      <select
        className="select"
        aria-label="Value"
        value={String(value)}
        onChange={(event) => onChange(event.target.value)}
      >
        {!fact.choices.includes(String(value)) && <option>{String(value)}</option>}
        {fact.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  }
  return (
    <>
      <input
        className="input"
        aria-label="Value"
        list={known ? `${id}-known` : undefined}
        value={plainText(value)}
        onChange={(event) => onChange(event.target.value)}
      />
      <Known id={id} known={known} />
    </>
  );
}

/** Several values with commas between them. */
function ListField({ id, value, fact, choices, onChange }: ValueFieldProps) {
  const given = (Array.isArray(value) ? value : [value]).map((one) => textOf(one, fact)).join(', ');
  const [text, setText] = useState(given);
  const isSame = valuesOf(text, fact).join('\n') === valuesOf(given, fact).join('\n');
  return (
    <>
      <input
        className="input wide"
        aria-label="Values, with commas between them"
        placeholder="one, another"
        list={choices ? `${id}-known` : undefined}
        value={isSame ? text : given}
        onChange={(event) => {
          setText(event.target.value);
          onChange(valuesOf(event.target.value, fact));
        }}
      />
      <Known id={id} known={choices ?? fact?.choices} />
    </>
  );
}

function Known({ id, known }: { readonly id: string; readonly known: readonly string[] | undefined }) {
  if (!known) return null;
  return (
    <datalist id={`${id}-known`}>
      {known.map((choice) => (
        <option key={choice} value={choice} />
      ))}
    </datalist>
  );
}

function Pair({ value, fact, onChange }: ValueFieldProps) {
  const [low, high] = Array.isArray(value) ? (value as unknown[]) : [value, value];
  const field = (label: string, own: unknown, change: (next: unknown) => void) =>
    fact?.type === 'date' ? (
      <input
        className="input"
        type="date"
        aria-label={label}
        value={plainText(own)}
        onChange={(event) => change(event.target.value)}
      />
    ) : (
      <NumberField label={label} value={own} fact={fact} onChange={change} />
    );
  return (
    <>
      {field('From', low, (next) => onChange([next, high]))}
      <span className="muted">and</span>
      {field('To', high, (next) => onChange([low, next]))}
    </>
  );
}

function FactChoice({ value, words, scopes, shape, fact, onChange }: ValueFieldProps) {
  const chosen = plainText((value as { fact?: unknown }).fact);
  const facts = words.catalogue.facts.filter(
    ({ scope, type }) => scopes.includes(scope) && (shape === 'list' ? type === 'list' : !fact || type === fact.type),
  );
  return (
    <select
      className="select"
      aria-label="Fact to compare with"
      value={chosen}
      onChange={(event) => onChange({ fact: event.target.value })}
    >
      {!facts.some(({ name }) => name === chosen) && <option value={chosen}>{chosen}</option>}
      {facts.map((one) => (
        <option key={one.name} value={one.name} title={factMenuLabel(one)}>
          {factPhrase(one)}
        </option>
      ))}
    </select>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: unknown;
  readonly fact: Pick<Fact, 'unit' | 'whole'> | undefined;
  readonly onChange: (value: unknown) => void;
}

/** Amounts are typed in the currency and kept in micros. A field that is empty keeps what was there. */
export function NumberField({ label, value, fact, onChange }: NumberFieldProps) {
  const scale = fact?.unit === 'micros' ? MICROS : 1;
  const given = typeof value === 'number' ? String(value / scale) : '';
  const [text, setText] = useState(given);
  const shown = text.trim() !== '' && Number(text) === Number(given) ? text : text.trim() === '' ? text : given;
  return (
    <input
      className="input number"
      type="number"
      step="any"
      aria-label={label}
      value={shown}
      onBlur={() => setText(given)}
      onChange={(event) => {
        setText(event.target.value);
        const number = Number(event.target.value);
        if (event.target.value.trim() !== '' && Number.isFinite(number)) onChange(rounded(number * scale, scale));
      }}
    />
  );
}

function rounded(value: number, scale: number): number {
  return scale === 1 ? value : Math.round(value);
}

function textOf(value: unknown, fact: Fact | undefined): string {
  return typeof value === 'number' && fact?.unit === 'micros' ? String(value / MICROS) : plainText(value);
}

function valuesOf(text: string, fact: Fact | undefined): unknown[] {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (fact?.type !== 'number') return parts;
  const scale = fact.unit === 'micros' ? MICROS : 1;
  return parts
    .map(Number)
    .filter(Number.isFinite)
    .map((number) => number * scale);
}

function exampleOf(fact: Fact | undefined): unknown {
  if (!fact) return '';
  if (fact.type === 'flag') return true;
  return Array.isArray(fact.example) ? fact.example[0] : fact.example;
}
