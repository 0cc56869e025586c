// Decides how a fresh clone comes to life with only Node 20 and npm: installs what the lock file names, builds the studio
// when its sources changed, then runs the wanted task on the Node 24 that came with the install.
// Plain JavaScript, because it runs on the Node that is there.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PNPM = 'pnpm@12.21.0';
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const [task = 'start', ...rest] = process.argv.slice(2);
const tasks = { start: () => start(rest), test: () => runTests(rest), cli: () => runCli(rest), install: () => {} };
if (!(task in tasks)) fail(`There is no task "${task}". Use one of: ${Object.keys(tasks).join(', ')}.`);
installIfNeeded();
tasks[task]();

function start(args) {
  buildStudioIfNeeded();
  runNode(['packages/server/src/cli/main.ts', 'serve', ...args]);
}

function runTests(args) {
  buildStudioIfNeeded();
  runNode(['scripts/run-tests.ts', ...args]);
}

function runCli(args) {
  runNode(['packages/server/src/cli/main.ts', ...args]);
}

function installIfNeeded() {
  const wanted = hashOf(['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...packageFiles()]);
  if (existsSync(node) && readStamp('install') === wanted) return;
  say('Installing dependencies (first start only) ...');
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
  const args = ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'];
  const done = spawnSync(npx, args, { cwd: root, encoding: 'utf8', env: environment(), maxBuffer: 64 << 20 });
  if (done.error) fail(`npx could not be started: ${done.error.message}. Install npm and try again.`);
  if (done.status !== 0) fail(`The install failed:\n${lastLines(`${done.stdout}\n${done.stderr}`, 30)}`);
  writeStamp('install', wanted);
}

function buildStudioIfNeeded() {
  const wanted = hashOf(filesBelow('packages/studio', ['dist', 'node_modules']));
  if (existsSync(join(root, 'packages/studio/dist/index.html')) && readStamp('studio') === wanted) return;
  say('Building the studio ...');
  const vite = join(root, 'packages/studio/node_modules/vite/bin/vite.js');
  const done = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'packages/studio'),
    encoding: 'utf8',
    env: environment(),
  });
  if (done.status !== 0) fail(`The studio did not build:\n${lastLines(`${done.stdout}\n${done.stderr}`, 30)}`);
  writeStamp('studio', wanted);
}

/** Runs the task in its own process, hands signals on and ends as it ends. */
function runNode(args) {
  const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: environment() });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${node} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

function environment() {
  return { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`, NODE_NO_WARNINGS: '1' };
}

function packageFiles() {
  return readdirSync(join(root, 'packages')).map((name) => `packages/${name}/package.json`);
}

function filesBelow(folder, skip) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (skip.includes(entry.name)) return [];
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path, skip) : [path];
  });
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of [...paths].sort((a, b) => (a < b ? -1 : 1))) {
    hash.update(`${path}\n`);
    hash.update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

function stampPath(name) {
  return join(root, 'node_modules', '.sourcewright', name);
}

function readStamp(name) {
  return existsSync(stampPath(name)) ? readFileSync(stampPath(name), 'utf8') : '';
}

function writeStamp(name, text) {
  mkdirSync(dirname(stampPath(name)), { recursive: true });
  writeFileSync(stampPath(name), text);
}

function lastLines(text, count) {
  return text.trim().split('\n').slice(-count).join('\n');
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
