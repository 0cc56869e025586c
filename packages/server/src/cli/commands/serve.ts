// Decides the command `serve`: what was asked for becomes a configuration; the server does the rest until a signal ends it.
import { type ConfigInput, readConfig } from '../../config.ts';
import { startServer } from '../../main.ts';
import { CommandFailure } from '../failure.ts';

export interface ServeOptions {
  readonly port?: string;
  readonly host?: string;
  readonly data?: string;
  /** Folders to load at the first start; false for none. */
  readonly demo?: readonly string[] | boolean;
  readonly allowRemote?: boolean;
}

/** Resolves when the server has ended. */
export async function serveCommand(options: ServeOptions): Promise<void> {
  const config = readConfig(settingsOf(options));
  if (!config.ok) throw new CommandFailure('The server cannot start with these settings.', config.error);
  const started = await startServer(config.value);
  if (!started.ok) throw new CommandFailure(started.error.message);
  await started.value.closed;
}

function settingsOf({ port, host, data, demo, allowRemote }: ServeOptions): ConfigInput {
  return {
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(host === undefined ? {} : { host }),
    ...(data === undefined ? {} : { dataFile: data }),
    ...(demo === false ? { demoFolders: [] } : Array.isArray(demo) ? { demoFolders: [...demo] } : {}),
    ...(allowRemote ? { allowRemote } : {}),
  };
}
