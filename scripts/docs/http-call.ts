// Decides what the README's call of the API answers: sent as written there to a server of its own with the corner shop.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, startServer } from '@sourcewright/server';
import { ROOT } from './pages.ts';

const CALL = /curl -s http:\/\/127\.0\.0\.1:8080(\S+) -H '([^:]+): ([^']+)' \\\n +-d '([^']+)' \|\n +node -p '([^']+)'/;

/** What the page's call prints, as a block. */
export async function httpText(page: string): Promise<string> {
  const call = CALL.exec(page);
  if (!call) throw new Error('The page has no call of the form: curl -s URL -H HEADER -d BODY | node -p SCRIPT.');
  const [, path, header, value, body, script] = call;
  return withServer(async (url) => {
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers: { [header!]: value! }, body: body! });
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${await answer.text()}`);
    const printed = execFileSync(process.execPath, ['-p', script!], { input: await answer.text(), encoding: 'utf8' });
    return `\`\`\`text\n${printed.trim()}\n\`\`\``;
  });
}

async function withServer<T>(use: (url: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sourcewright-docs-'));
  const demoFolders = [join(ROOT, 'scenarios/corner-shop')];
  const config = readConfig(
    { port: 0, dataFile: join(folder, 'data.db'), demoFolders, callWorkers: 1, logLevel: 'silent' },
    {},
  );
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  const started = await startServer(config.value, { print: () => {}, handleSignals: false });
  if (!started.ok) throw new Error(started.error.message);
  try {
    await started.value.demosLoaded;
    return await use(started.value.url);
  } finally {
    await started.value.close();
    rmSync(folder, { recursive: true });
  }
}
