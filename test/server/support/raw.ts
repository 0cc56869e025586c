// Sends requests that a well-behaved client cannot: any Host, any header, a socket's handshake, a body that breaks off.
import { once } from 'node:events';
import { type ClientRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export function raw(url: string, method: string, headers: OutgoingHttpHeaders = {}): Promise<RawAnswer> {
  const sent = request(url, { method, headers, setHost: headers['host'] === undefined });
  sent.end();
  return answerOf(sent);
}

/** Asks for a WebSocket. */
export function handshake(url: string, headers: OutgoingHttpHeaders = {}): Promise<RawAnswer> {
  return raw(url, 'GET', {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  });
}

/** Announces a JSON body, sends a part of it and hangs up. */
export function hangUp(url: string, path: string, headers: OutgoingHttpHeaders = {}): Promise<void> {
  return new Promise((resolve) => {
    const sent = request(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': '1000', ...headers },
    });
    sent.on('error', () => resolve());
    sent.on('close', () => resolve());
    sent.write('{"scenarioId":', () => sent.destroy());
  });
}

export interface HeldPost {
  /** Sends the body and gives the answer. */
  finish(body: string): Promise<RawAnswer>;
  /** Sends the body and hangs up without waiting for the answer. */
  abandon(body: string): Promise<void>;
}

/** A POST whose head the server has and whose body it still waits for. */
export async function holdPost(url: string): Promise<HeldPost> {
  const sent = request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', expect: '100-continue' },
  });
  const answer = answerOf(sent);
  sent.flushHeaders();
  await once(sent, 'continue');
  return {
    finish: (body) => {
      sent.end(body);
      return answer;
    },
    abandon: async (body) => {
      answer.catch(() => {});
      sent.end(body);
      await once(sent, 'finish');
      sent.destroy();
    },
  };
}

function answerOf(sent: ClientRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    sent.on('error', reject);
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode!, headers: response.headers, text: '' });
    });
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
      response.on('error', reject);
    });
  });
}
