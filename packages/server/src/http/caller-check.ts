// Decides whose requests are heard while there are no credentials: those a page of this server, or a program on this machine, makes.
// A page of another site can neither read (Host is checked, against DNS rebinding) nor change anything (Origin is checked).
import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../config.ts';

export interface CallerRules {
  /** Any host name is accepted: something in front of the server checks who calls. */
  readonly allowRemote: boolean;
  readonly allowedHosts: readonly string[];
}

/** Why the request is refused, or nothing. */
export function callerRefusal(request: IncomingMessage, rules: CallerRules): string | undefined {
  const host = request.headers.host ?? '';
  const name = hostName(host);
  if (name === undefined) return 'The request has no readable Host header.';
  if (!rules.allowRemote && !isLoopback(name) && !rules.allowedHosts.includes(name)) {
    return `The host ${name} is not one of this server. Use 127.0.0.1 or localhost.`;
  }
  const { origin } = request.headers;
  if (origin === undefined || !changes(request)) return undefined;
  if (URL.canParse(origin) && new URL(origin).host === host.toLowerCase()) return undefined;
  return `Pages of ${origin.slice(0, 100)} may not call this server.`;
}

/** A socket, and any method but the two that only read. */
function changes(request: IncomingMessage): boolean {
  return request.headers.upgrade !== undefined || !['GET', 'HEAD'].includes(request.method ?? '');
}

function hostName(host: string): string | undefined {
  const url = `http://${host}`;
  return host !== '' && URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : undefined;
}
