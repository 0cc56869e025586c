// Decides how long work shows itself in a terminal: one line on standard error that is rewritten, or a line now and then.

export interface Progress {
  report(done: number, total: number, note: string, stage?: string): void;
  finish(): void;
}

const TERMINAL_MS = 100;
const LOG_MS = 2000;

/** Says nothing before a second has passed, so that short work stays quiet. */
export function createProgress(what: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  const began = performance.now();
  const every = stream.isTTY ? TERMINAL_MS : LOG_MS;
  let last = began + 1000 - every;
  let shown = false;
  return {
    report: (done, total, note, stage) => {
      const now = performance.now();
      if (now - last < every) return;
      last = now;
      shown = true;
      const share = total === 0 ? 100 : Math.floor((done / total) * 100);
      const text = `${what}${stage ? `, ${stage}` : ''}: ${done} of ${total} (${share} %)${note ? `, ${note}` : ''}`;
      stream.write(stream.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
    },
    finish: () => {
      if (shown && stream.isTTY) stream.write('\r\x1b[K');
    },
  };
}
