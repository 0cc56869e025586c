// The public face of the server: what the command line and the tests may use.
export { type App, createApp } from './app.ts';
export { type Config, type ConfigInput, isLoopback, readConfig, SERVER_VERSION } from './config.ts';
export { createLog, type Log } from './log.ts';
export { type RunningServer, startServer, type StartFailure, type StartOptions } from './main.ts';
export { openSqliteStore } from './store/sqlite/sqlite-store.ts';
export type { Store } from './store/store.ts';
