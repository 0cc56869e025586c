// Decides what keys do everywhere: g and a letter goes to a screen, / searches, j and k walk rows, ? lists the keys.
// Leaves keys inside a table or dialog to it.
import { useEffect } from 'react';
import { currentPlace, hrefOf, navigate, type ScreenName } from './url-state.ts';

export const SCREEN_KEYS: Readonly<Record<string, ScreenName>> = {
  h: 'home',
  m: 'map',
  o: 'orders',
  c: 'compare',
  p: 'policies',
  r: 'runs',
};

export interface ShortcutActions {
  readonly onHelp: () => void;
  readonly onPalette: () => void;
}

/** A `g` waits this long for its letter. */
const SEQUENCE_MS = 1200;

export function useShortcuts({ onHelp, onPalette }: ShortcutActions): void {
  useEffect(() => {
    let goingSince = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        onPalette();
        return;
      }
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      const screen = event.timeStamp - goingSince < SEQUENCE_MS ? SCREEN_KEYS[event.key] : undefined;
      goingSince = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (screen) navigate(hrefOf(currentPlace(), screen));
      else if (event.key === '?') onHelp();
      else if (event.key === '/') focusFirst('[data-search]');
      else if (event.key === 'j' || event.key === 'k') focusFirst('main tr[tabindex="0"], main .vtable');
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onHelp, onPalette]);
}

/** Calls `onEscape` when Escape is pressed outside fields and dialogs. */
export function useEscape(onEscape: (() => void) | null): void {
  useEffect(() => {
    if (!onEscape) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
      onEscape();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onEscape]);
}

function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (document.querySelector('dialog[open]')) return true;
  if (target instanceof HTMLInputElement) return target.type !== 'radio' && target.type !== 'checkbox';
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

function focusFirst(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}
