// Decides what the address of the page holds: the screen in the path, every selection in the query.
// Leaves reading a value's meaning to the screen that owns it.
import { useSyncExternalStore } from 'react';

export type ScreenName = 'home' | 'map' | 'orders' | 'compare' | 'policies' | 'runs' | 'cost-model' | 'missing';

export const QUERY_KEYS = [
  'dataset',
  'run',
  'base',
  'q',
  'filter',
  'node',
  'sort',
  'dir',
  'measure',
  'runs',
  'versus',
  'area',
  'show',
  'view',
  'policy',
  'rule',
  'try',
  'with',
  'theme',
] as const;
export type QueryKey = (typeof QUERY_KEYS)[number];
export type Query = Readonly<Partial<Record<QueryKey, string>>>;

export interface Place {
  readonly screen: ScreenName;
  /** The order that is open, on the screen Orders. */
  readonly orderId: string | null;
  readonly query: Query;
}

/** Kept when the screen changes: what is looked at, not how. */
const SHARED: readonly QueryKey[] = ['dataset', 'run', 'base', 'theme'];
const SCREENS: Readonly<Record<string, ScreenName>> = {
  '': 'home',
  map: 'map',
  orders: 'orders',
  compare: 'compare',
  policies: 'policies',
  runs: 'runs',
  'cost-model': 'cost-model',
};

export function readPlace(path: string, search: string): Place {
  const [head = '', tail, ...rest] = path.replace(/^\/+|\/+$/g, '').split('/');
  const query: Partial<Record<QueryKey, string>> = {};
  const params = new URLSearchParams(search);
  for (const key of QUERY_KEYS) {
    const value = params.get(key);
    if (value) query[key] = value;
  }
  const known = Object.hasOwn(SCREENS, head) && rest.length === 0 && (tail === undefined || head === 'orders');
  return { screen: known ? SCREENS[head]! : 'missing', orderId: known ? decoded(tail) : null, query };
}

export function writePlace(place: Pick<Place, 'screen' | 'query'> & { readonly orderId?: string | null }): string {
  const head = place.screen === 'home' || place.screen === 'missing' ? '' : place.screen;
  const path = place.orderId ? `/${head}/${encodeURIComponent(place.orderId)}` : `/${head}`;
  const params = new URLSearchParams();
  for (const key of QUERY_KEYS) {
    const value = place.query[key];
    if (value) params.set(key, value);
  }
  // Commas between run ids stay readable.
  const search = params.toString().replaceAll('%2C', ',');
  return search ? `${path}?${search}` : path;
}

/** The address of a screen with the shared selection of `from` and the given query. */
export function hrefOf(from: Place, screen: ScreenName, query: Query = {}, orderId: string | null = null): string {
  return writePlace({ screen, orderId, query: { ...sharedOf(from.query), ...query } });
}

/** The address of the same screen with some of the query changed; an empty value removes it. */
export function hrefHere(from: Place, query: Query, orderId: string | null = from.orderId): string {
  return writePlace({ screen: from.screen, orderId, query: { ...from.query, ...query } });
}

export function navigate(href: string, options: { readonly replace?: boolean } = {}): void {
  if (href === location.pathname + location.search) return;
  history[options.replace ? 'replaceState' : 'pushState'](null, '', href);
  tell();
}

/** Where the page is; renders again when it moves. */
export function usePlace(): Place {
  return useSyncExternalStore(listen, currentPlace);
}

/** Plain clicks on links of the studio move within the page. Returns how to stop. */
export function interceptLinks(): () => void {
  document.addEventListener('click', onClick);
  return () => document.removeEventListener('click', onClick);
}

function onClick(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (
    !link ||
    link.getAttribute('href')!.startsWith('#') ||
    link.hasAttribute('download') ||
    link.getAttribute('target')
  )
    return;
  const to = new URL(link.getAttribute('href')!, location.href);
  if (to.origin !== location.origin || readPlace(to.pathname, '').screen === 'missing') return;
  event.preventDefault();
  navigate(to.pathname + to.search);
}

const listeners = new Set<() => void>();
let last: { readonly key: string; readonly place: Place } | null = null;

export function currentPlace(): Place {
  const key = location.pathname + location.search;
  if (last?.key !== key) last = { key, place: readPlace(location.pathname, location.search) };
  return last.place;
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

function tell(): void {
  for (const listener of listeners) listener();
}

function sharedOf(query: Query): Query {
  return Object.fromEntries(SHARED.filter((key) => query[key]).map((key) => [key, query[key]]));
}

function decoded(text: string | undefined): string | null {
  if (!text) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
