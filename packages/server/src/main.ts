// Decides how the server's life goes: open the store, listen, take up work, and on a signal end in order.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fail, type Result, succeed } from '@sourcewright/engine';
import { type App, createApp } from './app.ts';
import type { Config } from './config.ts';
import { createLog } from './log.ts';
import { type FileLock, lockFile } from './store/sqlite/file-lock.ts';
import { openSqliteStore } from './store/sqlite/sqlite-store.ts';
import type { Store } from './store/store.ts';

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Ends in order; may be called twice. */
  readonly close: () => Promise<void>;
  /** Resolves when the server has ended, by `close` or by a signal. */
  readonly closed: Promise<void>;
  /** Resolves when the demos are loaded and their runs queued, at once where there is nothing to load. */
  readonly demosLoaded: Promise<void>;
}

export interface StartFailure {
  readonly exitCode: 2;
  readonly message: string;
}

export interface StartOptions {
  /** Takes the lines for the person who started the server. */
  readonly print?: (line: string) => void;
  /** Ends on SIGINT and SIGTERM; a second signal ends at once. */
  readonly handleSignals?: boolean;
  readonly workerUrl?: URL;
}

/** Starts a server. A failure's message says what to do about it. */
export async function startServer(
  config: Config,
  options: StartOptions = {},
): Promise<Result<RunningServer, StartFailure>> {
  const { print = console.log, handleSignals = true, workerUrl } = options;
  const log = createLog(config.logLevel);
  const opened = openData(config.dataFile);
  if (!opened.ok) return opened;
  const { lock, store } = opened.value;
  const app = createApp({ config, store, log, ...(workerUrl === undefined ? {} : { workerUrl }) });
  const server = createServer(app.handle);
  server.requestTimeout = 300_000;
  server.on('upgrade', (request, socket, head) => app.onUpgrade(request, socket, head));

  const listening = await listen(server, config);
  if (!listening.ok) {
    await store.close();
    lock.release();
    return listening;
  }
  await app.start();
  const { port } = listening.value;
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  print(`Sourcewright listens at ${url}`);
  if (config.allowRemote)
    print('Anyone who reaches this address can read and delete everything: there are no credentials yet.');

  const { promise: closed, resolve: onClosed } = Promise.withResolvers<void>();
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= end({ app, server, store, lock, graceMs: config.shutdownMs }).then(onClosed);
    return closing;
  };
  if (handleSignals) closeOnSignal(close, closed, print);
  const demosLoaded = app
    .loadDemos(print)
    .catch((error: unknown) => log.error({ error }, 'the demos could not be loaded'));
  return succeed({ url, port, close, closed, demosLoaded });
}

function openData(dataFile: string): Result<{ lock: FileLock; store: Store }, StartFailure> {
  let lock: FileLock | undefined;
  try {
    lock = lockFile(dataFile);
    if (!lock) {
      const advice = 'Stop it first, or name another file with --data or SOURCEWRIGHT_DATA.';
      return fail({ exitCode: 2, message: `Another server uses the data file ${dataFile}. ${advice}` });
    }
    return succeed({ lock, store: openSqliteStore(dataFile) });
  } catch (error) {
    lock?.release();
    const advice = 'Name another file with --data or SOURCEWRIGHT_DATA.';
    return fail({
      exitCode: 2,
      message: `The data file ${dataFile} cannot be used: ${(error as Error).message}. ${advice}`,
    });
  }
}

async function listen(server: Server, { port, host }: Config): Promise<Result<AddressInfo, StartFailure>> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.ErrnoException | undefined>();
  server.once('error', resolve);
  server.listen(port, host, () => resolve(undefined));
  const error = await promise;
  server.off('error', resolve);
  if (!error) return succeed(server.address() as AddressInfo);
  const choose = 'Choose another with --port or the PORT variable, or let --port 0 find a free one.';
  const messages: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use on ${host}. ${choose}`,
    EACCES: `Port ${port} needs rights this user does not have. ${choose}`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Name another with --host.`,
    ENOTFOUND: `The host ${host} is not known. Name another with --host.`,
  };
  return fail({
    exitCode: 2,
    message: messages[error.code ?? ''] ?? `Cannot listen on ${host}:${port}: ${error.message}.`,
  });
}

interface Parts {
  readonly app: App;
  readonly server: Server;
  readonly store: Store;
  readonly lock: FileLock;
  readonly graceMs: number;
}

/** Stop accepting, let answers under way finish, stop the workers, close the store. */
async function end({ app, server, store, lock, graceMs }: Parts): Promise<void> {
  const { promise: drained, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  const timer = setTimeout(() => void app.close().then(() => server.closeAllConnections()), graceMs);
  await app.quiesce();
  server.closeIdleConnections();
  await drained;
  clearTimeout(timer);
  await app.close();
  await store.close();
  lock.release();
}

function closeOnSignal(close: () => Promise<void>, closed: Promise<void>, print: (line: string) => void): void {
  let asked = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (asked) process.exit(1);
    asked = true;
    print(`${signal}: finishing what is under way. Press again to stop at once.`);
    void close();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  void closed.then(() => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  });
}
