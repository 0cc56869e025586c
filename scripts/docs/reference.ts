// Decides what fills each generated block of the pages: one name, one text.
import { fillBlocks } from './blocks.ts';
import { commandNames, helpText } from './cli-help.ts';
import { CODE_TABLES } from './code-tables.ts';
import { exampleNames, exampleText } from './examples.ts';
import { fieldTables } from './field-tables.ts';
import { FIELD_TEXTS } from './field-texts.ts';
import { drawFloors } from './floors.ts';
import { httpText } from './http-call.ts';
import { NOUNS } from './nouns.ts';
import { readPage } from './pages.ts';

/** Filled by scripts/readme-figures.ts, as it takes half a minute. */
export const COMPARE_BLOCK = 'compare';

/** Every other block there is, by name. Throws where a field has no text, or a text no field. */
export async function blockTexts(): Promise<ReadonlyMap<string, string>> {
  const used = new Set<string>();
  const texts = new Map<string, string>();
  for (const [name, noun] of Object.entries(NOUNS)) texts.set(`fields ${name}`, fieldTables(noun, used));
  const idle = Object.keys(FIELD_TEXTS).filter((key) => !used.has(key));
  if (idle.length > 0) throw new Error(`Texts of fields that are not there: ${idle.join(', ')}.`);
  for (const [name, table] of Object.entries(CODE_TABLES)) texts.set(name, table());
  for (const name of ['engine', 'server', 'studio']) texts.set(`floors ${name}`, drawFloors(name));
  texts.set('help', helpText());
  for (const command of commandNames()) texts.set(`help ${command}`, helpText(command));
  for (const name of exampleNames()) texts.set(`example ${name}`, exampleText(name));
  texts.set('http', await httpText(readPage('README.md')));
  return texts;
}

/** The page with its blocks as they should be. */
export function fillPage(page: string, texts: ReadonlyMap<string, string>): string {
  return fillBlocks(page, (name, text) => {
    if (name === COMPARE_BLOCK) return text;
    const fresh = texts.get(name);
    if (fresh === undefined) throw new Error(`There is no block "${name}". Known: ${[...texts.keys()].join(', ')}.`);
    return fresh;
  });
}
