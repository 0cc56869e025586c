// Decides the command `import-rates`: a carrier's price list as CSV becomes rate-cards.json, or a list of all that is wrong with it.
import { writeFile } from 'node:fs/promises';
import type { RateCard } from '@sourcewright/engine';
import { importRates } from '../../scenario-files/import-rates.ts';
import { CommandFailure } from '../failure.ts';
import { count } from '../figures.ts';

export interface ImportRatesOptions {
  readonly out?: string;
  readonly json?: boolean;
}

export async function importRatesCommand(path: string, options: ImportRatesOptions): Promise<string> {
  const imported = await importRates(path);
  if (!imported.ok) {
    const issues = imported.error.length;
    const message = `${path} cannot be imported: ${issues} issue${issues === 1 ? '' : 's'}.`;
    const json = options.json ? JSON.stringify({ imported: false, issues: imported.error }, null, 2) : undefined;
    throw new CommandFailure(message, imported.error, json);
  }
  const { cards, notes } = imported.value;
  if (options.out !== undefined) await write(options.out, cards);
  if (options.json) return JSON.stringify({ imported: true, rateCards: cards, notes }, null, 2);
  const zones = cards.flatMap((card) => card.zones);
  const bands = zones.reduce((sum, zone) => sum + zone.bands.length, 0);
  const figures = `${count(cards.length)} rate cards, ${count(zones.length)} zones, ${count(bands)} bands`;
  const done = options.out === undefined ? 'nothing written; name a file with --out' : `written to ${options.out}`;
  const remarks = notes.length === 0 ? [] : ['Worth a look:', ...notes.map((note) => `  ${note}`)];
  return [`${path}: ${figures}; ${done}`, ...remarks].join('\n');
}

async function write(out: string, cards: readonly RateCard[]): Promise<void> {
  try {
    await writeFile(out, `${JSON.stringify(cards, null, 2)}\n`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(`${out} cannot be written: ${reason}. Name a file in a folder that exists.`);
  }
}
