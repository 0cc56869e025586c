// Decides how live news reaches the studio: one socket that subscribes to runs and comes back by itself when it breaks.
import type { Run, WsServerMessage } from '@sourcewright/server/contract';

export type Connection = 'connecting' | 'live' | 'waiting';

export interface RunsSocket {
  readonly close: () => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

export interface RunsListener {
  readonly onRun: (run: Run) => void;
  readonly onDeleted: (runId: string) => void;
  /** When the line comes or goes. */
  readonly onConnection: (state: Connection) => void;
}

/** Reports every change of a run until it is closed. */
export function openRunsSocket({ onRun, onDeleted, onConnection }: RunsListener): RunsSocket {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  let closed = false;

  const connect = (): void => {
    onConnection('connecting');
    socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/v1/ws`);
    socket.addEventListener('open', () => socket?.send(JSON.stringify({ type: 'subscribe', topic: 'runs' })));
    socket.addEventListener('message', (event) => {
      const message = read(event.data);
      if (message?.type === 'subscribed') {
        wait = FIRST_WAIT_MS;
        onConnection('live');
      }
      if (message?.type === 'run') onRun(message.run);
      if (message?.type === 'run-deleted') onDeleted(message.runId);
    });
    socket.addEventListener('close', () => {
      if (closed) return;
      onConnection('waiting');
      timer = setTimeout(connect, wait);
      wait = Math.min(LONGEST_WAIT_MS, wait * 2);
    });
  };
  connect();
  return {
    close: () => {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}

function read(data: unknown): WsServerMessage | null {
  if (typeof data !== 'string') return null;
  try {
    return JSON.parse(data) as WsServerMessage;
  } catch {
    return null;
  }
}
