// Decides who hears what over WebSockets: clients subscribe to topics, the server tells them what changed.
// A client that does not read, does not answer pings or talks nonsense is let go.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import {
  PROBLEMS,
  problemType,
  WS_PATH,
  wsClientMessageSchema,
  type WsServerMessage,
  type WsTopic,
} from '../contract/index.ts';
import type { Log } from '../log.ts';

const MAX_PAYLOAD_BYTES = 65_536;
const MAX_UNREAD_BYTES = 1_048_576;
const MAX_BAD_MESSAGES = 10;
const MAX_CLIENTS = 500;
const PING_MS = 30_000;

export interface Hub {
  onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  publish(topic: WsTopic, message: WsServerMessage): void;
  /** Whether anyone listens. */
  hasListeners(topic: WsTopic): boolean;
  close(): Promise<void>;
}

interface Client {
  readonly topics: Set<WsTopic>;
  alive: boolean;
  badMessages: number;
}

export interface HubOptions {
  /** Why a caller is refused, or nothing. */
  readonly callerRefusal: (request: IncomingMessage) => string | undefined;
  readonly log: Log;
}

export function createHub({ callerRefusal, log }: HubOptions): Hub {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD_BYTES, perMessageDeflate: false });
  const clients = new Map<WebSocket, Client>();
  const ping = setInterval(() => {
    for (const [socket, client] of clients) {
      if (!client.alive) socket.terminate();
      client.alive = false;
      socket.ping();
    }
  }, PING_MS);
  ping.unref();

  const welcome = (socket: WebSocket): void => {
    const client: Client = { topics: new Set(), alive: true, badMessages: 0 };
    clients.set(socket, client);
    socket.on('pong', () => {
      client.alive = true;
    });
    socket.on('message', (data, isBinary) => hear(socket, client, data, isBinary));
    socket.on('close', () => clients.delete(socket));
    socket.on('error', (error) => log.debug({ error }, 'a socket broke'));
  };

  return {
    onUpgrade: (request, socket, head) => {
      const refusal = refusalOf(request, callerRefusal, clients.size);
      if (refusal) refuse(socket, ...refusal);
      else server.handleUpgrade(request, socket, head, welcome);
    },

    publish: (topic, message) => {
      const text = JSON.stringify(message);
      for (const [socket, client] of clients) {
        if (!client.topics.has(topic)) continue;
        if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
        else socket.send(text);
      }
    },

    hasListeners: (topic) => [...clients.values()].some((client) => client.topics.has(topic)),

    close: async () => {
      clearInterval(ping);
      for (const socket of clients.keys()) socket.close(1001, 'The server is shutting down.');
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, 500);
      if (clients.size === 0) resolve();
      for (const socket of clients.keys()) socket.on('close', () => clients.size === 0 && resolve());
      await promise;
      clearTimeout(timer);
      for (const socket of clients.keys()) socket.terminate();
      server.close();
    },
  };
}

function hear(socket: WebSocket, client: Client, data: RawData, isBinary: boolean): void {
  const message = isBinary ? undefined : readMessage(data);
  if (!message) {
    client.badMessages += 1;
    if (client.badMessages > MAX_BAD_MESSAGES) {
      socket.close(1008, 'Too many messages that could not be read.');
      return;
    }
    send(socket, { type: 'error', message: 'Send {"type":"subscribe","topic":"runs"} as text.' });
    return;
  }
  if (message.type === 'subscribe') client.topics.add(message.topic);
  else client.topics.delete(message.topic);
  send(socket, { type: message.type === 'subscribe' ? 'subscribed' : 'unsubscribed', topic: message.topic });
}

function readMessage(data: RawData): ReturnType<typeof wsClientMessageSchema.parse> | undefined {
  try {
    // Text messages come as one buffer.
    return wsClientMessageSchema.safeParse(JSON.parse((data as Buffer).toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

function send(socket: WebSocket, message: WsServerMessage): void {
  socket.send(JSON.stringify(message));
}

function refusalOf(
  request: IncomingMessage,
  callerRefusal: HubOptions['callerRefusal'],
  clients: number,
): [keyof typeof PROBLEMS, string] | undefined {
  const path = (request.url ?? '').split('?')[0];
  if (path !== WS_PATH) return ['unknown-route', `There is no socket at this address. Use ${WS_PATH}.`];
  const refusal = callerRefusal(request);
  if (refusal !== undefined) return ['forbidden-origin', refusal];
  return clients >= MAX_CLIENTS ? ['overloaded', 'Too many sockets are open.'] : undefined;
}

function refuse(socket: Duplex, name: keyof typeof PROBLEMS, detail: string): void {
  const { status, title } = PROBLEMS[name];
  const body = JSON.stringify({ type: problemType(name), title, status, detail, issues: [] });
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
}
