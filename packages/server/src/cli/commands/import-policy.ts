// Decides the command `import-policy`: another system's rules as a policy, and what could not be carried over.
import { IMPORT_SYSTEMS, type Imported, importPolicy, parsePolicy, type Policy } from '@sourcewright/engine';
import { writeFile } from 'node:fs/promises';
import { CommandFailure } from '../failure.ts';
import { readJsonArgument } from '../json-argument.ts';

export interface ImportPolicyOptions {
  readonly from: string;
  readonly base?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export async function importPolicyCommand(path: string, options: ImportPolicyOptions): Promise<string> {
  const system = IMPORT_SYSTEMS.find((known) => known === options.from);
  if (!system) {
    throw new CommandFailure(`There is no importer for "${options.from}". Use one of: ${IMPORT_SYSTEMS.join(', ')}.`);
  }
  const input = await readJsonArgument(path);
  const base = options.base === undefined ? undefined : await readPolicyArgument(options.base);
  const imported = importPolicy(system, input, base);
  if (!imported.ok) throw new CommandFailure(`${path} cannot be read as rules of ${system}.`, imported.error);
  if (options.out !== undefined) await writeFile(options.out, `${JSON.stringify(imported.value.policy, null, 2)}\n`);
  return options.json ? JSON.stringify(imported.value, null, 2) : render(path, imported.value, options.out);
}

export async function readPolicyArgument(path: string): Promise<Policy> {
  const policy = parsePolicy(await readJsonArgument(path));
  if (policy.ok) return policy.value;
  throw new CommandFailure(`${path} is no policy that can be used.`, policy.error);
}

function render(path: string, { policy, notes, needs }: Imported, out: string | undefined): string {
  const strategies = policy.cascade!.strategies.map(({ name }, index) => `  ${index + 1}. ${name}`);
  const told = notes.map(({ path: at, effect, reason }) => `  ${effect.padEnd(7)} ${at || '(whole file)'}: ${reason}`);
  return [
    `${path}: a cascade of ${strategies.length} ${strategies.length === 1 ? 'strategy' : 'strategies'}.`,
    ...strategies,
    notes.length === 0 ? 'Everything was carried over.' : 'Not carried over as it was:',
    ...told,
    ...(needs.length > 0 ? ['The scenario has to bring:', ...needs.map((need) => `  ${need}`)] : []),
    ...(out === undefined ? ['Nothing was written; give --out to keep the policy.'] : [`The policy is in ${out}.`]),
  ].join('\n');
}
