// Decides where the server's log goes and what never appears in it.
import { pino } from 'pino';

export type Log = pino.Logger;

/** JSON lines on standard error: standard output belongs to what a person asked for. Bodies are never logged. */
export function createLog(level: pino.LevelWithSilent): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ['authorization', 'cookie'] },
    pino.destination({ dest: 2, sync: true }),
  );
}
