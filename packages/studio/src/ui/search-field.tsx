// Decides the search box: waits a moment after the last key before it reports, `/` focuses it, Escape empties it.
import { useEffect, useRef, useState } from 'react';
import { Icon } from './icon.tsx';

export interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const QUIET_MS = 200;

export function SearchField({ label, placeholder, value, onChange }: SearchFieldProps) {
  const [draft, setDraft] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setDraft(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (next: string): void => {
    setDraft(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(next), QUIET_MS);
  };
  return (
    <div className="search">
      <Icon name="search" />
      <input
        type="search"
        className="input"
        aria-label={label}
        placeholder={placeholder}
        value={draft}
        data-search=""
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          if (draft) change('');
          else event.currentTarget.blur();
        }}
      />
      {!draft && <kbd aria-hidden="true">/</kbd>}
    </div>
  );
}
