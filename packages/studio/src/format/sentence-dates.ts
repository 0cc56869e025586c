// Decides how dates read inside sentences of the engine: as on the rest of the page, not as in a file.
import { dayText } from './date.ts';

const DATE = /\b\d{4}-\d{2}-\d{2}\b/g;
/** Where sentences stand in an explanation or a difference; other texts are data. */
const SENTENCES: ReadonlySet<string> = new Set(['sentence', 'summary', 'before', 'after']);

/** `on 2011-11-16` as `on Wed 16 Nov`; what is no day stays. */
export function datesInWords(text: string): string {
  return text.replaceAll(DATE, (date) => (Number.isNaN(Date.parse(`${date}T00:00:00Z`)) ? date : dayText(date)));
}

/** The same explanation with the dates of its sentences in words. */
export function sentencesInWords<T>(of: T): T {
  return mapped(of, false) as T;
}

function mapped(value: unknown, isSentence: boolean): unknown {
  if (typeof value === 'string') return isSentence ? datesInWords(value) : value;
  if (Array.isArray(value)) return value.map((one) => mapped(one, isSentence));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, SENTENCES.has(key))]));
}
