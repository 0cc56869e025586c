// Decides light or dark: the system's choice, one kept on this device, or one asked for in the address.
import { useSyncExternalStore } from 'react';
import { currentPlace, hrefHere, navigate } from './url-state.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'sourcewright.theme';
const listeners = new Set<() => void>();

/** Sets the theme of the page before anything is drawn. */
export function applyTheme(): void {
  const theme = currentTheme();
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be switched off: the choice then lasts as long as the page.
    memory = theme;
  }
  navigate(hrefHere(currentPlace(), { theme: '' }), { replace: true });
  applyTheme();
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentTheme);
}

let memory: Theme = 'system';

function currentTheme(): Theme {
  const asked = asTheme(currentPlace().query.theme ?? null);
  if (asked) return asked;
  try {
    return asTheme(localStorage.getItem(KEY)) ?? memory;
  } catch {
    return memory;
  }
}

function asTheme(value: string | null): Theme | null {
  return THEMES.find((theme) => theme === value) ?? null;
}
