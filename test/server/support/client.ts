// Calls the API as a client would and holds every answer to the contract: status, content type, schema.
import {
  type OperationId,
  type Problem,
  PROBLEMS,
  problemSchema,
  type ProblemName,
  problemType,
  type Route,
  routes,
  type Run,
  runSchema,
  type RunStatus,
  type WsServerMessage,
  wsServerMessageSchema,
} from '@sourcewright/server/contract';
import { expect } from 'vitest';

export interface Call {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly bytes?: Uint8Array | string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Answer<Id extends OperationId> = (typeof routes)[Id]['answer'] extends {
  schema: { parse(input: unknown): infer T };
}
  ? T
  : undefined;

/** The answer's body, after it was held to the route's schema. */
export async function call<Id extends OperationId>(url: string, id: Id, options: Call = {}): Promise<Answer<Id>> {
  const response = await send(url, id, options);
  const { answer }: Route = routes[id];
  const text = await response.text();
  expect(response.status, text.slice(0, 2000)).toBe(answer.status);
  if (!answer.schema) {
    expect(text).toBe('');
    return undefined as Answer<Id>;
  }
  expect(response.headers.get('content-type')).toMatch(new RegExp(`^${answer.contentType}`));
  if (answer.contentType !== 'application/json') return text as unknown as Answer<Id>;
  const body: unknown = JSON.parse(text);
  expect(answer.schema.safeParse(body).error?.issues).toBeUndefined();
  return body as Answer<Id>;
}

/** The problem the call is refused with, which has to be one that the route documents. */
export async function refusal(url: string, id: OperationId, name: ProblemName, options: Call = {}): Promise<Problem> {
  const response = await send(url, id, options);
  const route: Route = routes[id];
  expect([...route.problems, 'forbidden-origin', 'too-many-requests']).toContain(name);
  return readProblem(response, name);
}

export async function readProblem(response: Response, name: ProblemName): Promise<Problem> {
  const text = await response.text();
  expect(response.status, text.slice(0, 2000)).toBe(PROBLEMS[name].status);
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = problemSchema.parse(JSON.parse(text));
  expect(problem).toMatchObject({ type: problemType(name), title: PROBLEMS[name].title, status: response.status });
  expect(problem.instance).toBe(`urn:request:${response.headers.get('x-request-id')}`);
  expect(text).not.toMatch(/node_modules|\.ts:\d+|at \w+ \(/);
  return problem;
}

export function send(
  url: string,
  id: OperationId,
  { params = {}, query = {}, body, bytes, headers }: Call = {},
): Promise<Response> {
  const { method, path }: Route = routes[id];
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name]!));
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const payload = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
  return fetch(`${url}${address}${search.size > 0 ? `?${search}` : ''}`, {
    method: method.toUpperCase(),
    ...(payload === undefined ? {} : { body: payload as BodyInit }),
    headers: { ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  });
}

export interface Listener {
  /** Resolves with the first message that fits, from the first ever received on. */
  next(fits: (message: WsServerMessage) => boolean): Promise<WsServerMessage>;
  readonly received: readonly WsServerMessage[];
  readonly socket: WebSocket;
}

/** A client of the WebSocket that is subscribed to runs. */
export async function listen(url: string): Promise<Listener> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/ws`);
  const received: WsServerMessage[] = [];
  const waiting = new Set<() => void>();
  socket.addEventListener('message', ({ data }) => {
    received.push(wsServerMessageSchema.parse(JSON.parse(String(data))));
    for (const wake of waiting) wake();
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('The socket did not open.')));
  });
  const listener: Listener = {
    socket,
    received,
    next: (fits) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = received.find(fits);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        socket.addEventListener('close', () => reject(new Error('The socket closed first.')));
        look();
      }),
  };
  socket.send(JSON.stringify({ type: 'subscribe', topic: 'runs' }));
  await listener.next((message) => message.type === 'subscribed');
  return listener;
}

/** Waits over the WebSocket until the run has one of the statuses. */
export async function untilRun(url: string, runId: string, ...statuses: readonly RunStatus[]): Promise<Run> {
  const listener = await listen(url);
  try {
    const now = await call(url, 'getRun', { params: { runId } });
    if (statuses.includes(now.status)) return now;
    const message = await listener.next(
      (each) => each.type === 'run' && each.run.runId === runId && statuses.includes(each.run.status),
    );
    return runSchema.parse((message as { run: Run }).run);
  } finally {
    listener.socket.close();
  }
}

/** Queues a run and waits until it is done. */
export async function computeRun(url: string, body: unknown): Promise<Run> {
  const { runId } = await call(url, 'createRun', { body });
  const run = await untilRun(url, runId, 'done', 'failed', 'cancelled');
  expect(run).toMatchObject({ status: 'done', error: null });
  return run;
}
