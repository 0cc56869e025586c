// Decides what the server can be told: where it listens, where it keeps its data, how much it does at once.
// Leaves reading flags to cli/ and the meaning of each part to the part.
import { availableParallelism } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, type Issue, type Result, succeed } from '@sourcewright/engine';
import { z } from 'zod';
import manifest from '../package.json' with { type: 'json' };

export const SERVER_VERSION: string = manifest.version;

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

export const configSchema = z.strictObject({
  /** 0 picks a free port. */
  port: z.int().min(0).max(65_535).default(8080),
  host: z.string().min(1).max(255).default('127.0.0.1'),
  /** Without it only a loopback host is accepted: there are no credentials yet. */
  allowRemote: z.boolean().default(false),
  /** Host names besides loopback that a request may name, for example behind a proxy. */
  allowedHosts: z.array(z.string().min(1).max(255)).max(100).default([]),
  /** The SQLite file; its folder is made when it is missing. */
  dataFile: z
    .string()
    .min(1)
    .default(join(REPOSITORY, 'data', 'sourcewright.db')),
  logLevel: z.enum(LOG_LEVELS).default('warn'),
  /** Loaded at the first start, when the store has no scenario. */
  demoFolders: z
    .array(z.string().min(1))
    .max(20)
    .default([join(REPOSITORY, 'scenarios', 'uk-gifts'), join(REPOSITORY, 'scenarios', 'corner-shop')]),
  /** The built studio. */
  studioFolder: z
    .string()
    .min(1)
    .default(join(REPOSITORY, 'packages', 'studio', 'dist')),
  /** Threads that compute runs, one run each. */
  runWorkers: z.int().min(1).max(64).default(1),
  /** Threads that plan, explain and import while someone waits. */
  callWorkers: z
    .int()
    .min(1)
    .max(64)
    .default(Math.min(4, Math.max(2, availableParallelism() - 1))),
  /** Heap of each thread; a run or call that needs more fails alone. */
  workerMemoryMb: z.int().min(64).max(1_048_576).default(4096),
  /** Calls that may wait for a thread; more are turned away. */
  maxWaitingCalls: z.int().min(1).max(100_000).default(256),
  /** Runs that may wait; more are turned away. */
  maxQueuedRuns: z.int().min(1).max(100_000).default(1000),
  /** Who edited a version of a policy last cannot approve it. */
  secondPerson: z.boolean().default(false),
  requestsPerMinute: z.int().min(1).max(10_000_000).default(6000),
  /** How long shutting down may wait for answers under way. */
  shutdownMs: z.int().min(0).max(600_000).default(10_000),
});

export type Config = z.infer<typeof configSchema>;
export type ConfigInput = z.input<typeof configSchema>;

const VARIABLES = {
  port: ['PORT', Number],
  host: ['SOURCEWRIGHT_HOST', String],
  dataFile: ['SOURCEWRIGHT_DATA', String],
  logLevel: ['SOURCEWRIGHT_LOG', String],
  runWorkers: ['SOURCEWRIGHT_RUN_WORKERS', Number],
  callWorkers: ['SOURCEWRIGHT_CALL_WORKERS', Number],
  workerMemoryMb: ['SOURCEWRIGHT_WORKER_MEMORY_MB', Number],
  secondPerson: ['SOURCEWRIGHT_SECOND_PERSON', (text: string) => text === '1' || text === 'true'],
} as const satisfies Partial<Record<keyof Config, readonly [string, (text: string) => unknown]>>;

/** What was asked for, over what the environment says, over the defaults. Issues name the setting. */
export function readConfig(
  asked: ConfigInput = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Result<Config, Issue[]> {
  const settings: Record<string, unknown> = {};
  for (const [name, [variable, read]] of Object.entries(VARIABLES)) {
    const text = environment[variable];
    if (text !== undefined && text !== '') settings[name] = read(text);
  }
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  const parsed = configSchema.safeParse({ ...settings, ...Object.fromEntries(given) });
  if (!parsed.success) {
    return fail(
      parsed.error.issues.map((issue) => {
        const name = issue.path.join('.');
        const variable = (VARIABLES as Record<string, readonly [string, unknown]>)[name]?.[0];
        const path = variable !== undefined && !(name in asked) ? variable : name;
        return { code: 'out-of-range', path, message: `${path} is not usable. ${issue.message}.` };
      }),
    );
  }
  const { host, allowRemote, dataFile } = parsed.data;
  if (!allowRemote && !isLoopback(host)) {
    const message =
      `The host ${host} can be reached from other machines, and the server has no credentials yet: anyone who reaches it ` +
      'can read and delete everything. Leave --host out, or add --allow-remote if something in front of it checks who calls.';
    return fail([{ code: 'unsupported', path: 'host', message }]);
  }
  return succeed({ ...parsed.data, dataFile: isAbsolute(dataFile) ? dataFile : resolve(dataFile) });
}

/** Whether a host name or address can only mean this machine. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}
