// Decides how a call is made: JSON in and out, a problem where it fails.
import { networkProblem, problemOf } from './problem.ts';

export type QueryValue = string | number | boolean | null | undefined;

/** A path with the given query; empty values are left out. */
export function pathOf(path: string, query: Readonly<Record<string, QueryValue>> = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return send<T>(path, { method: 'GET', ...(signal && { signal }) });
}

export function postJson<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  if (body === undefined) return send<T>(path, { method: 'POST', ...(signal && { signal }) });
  return send<T>(path, {
    ...(signal && { signal }),
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export async function deletePath(path: string): Promise<void> {
  await send<void>(path, { method: 'DELETE' });
}

async function send<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw networkProblem();
  }
  if (!response.ok) throw await problemOf(response);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}
