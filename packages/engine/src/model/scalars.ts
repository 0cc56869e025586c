// Decides the small value types that every noun shares: ids, money, quantities, dates, with their limits.
import { z } from 'zod';
import { dayNumber, isTimeZone } from '../base/time.ts';

/** Letters, digits and `. _ - : @ /`, up to 80 characters: safe in URLs, files and sentences. */
export const idSchema = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[\p{L}\p{N}._:@/ -]+$/u, 'Use letters, digits, spaces and . _ - : @ / only.')
  .meta({ description: 'Identifier, at most 80 characters.' });

export const textSchema = z.string().max(300);
export const tagSchema = z.string().min(1).max(60);
export const tagsSchema = z.array(tagSchema).max(50);

/** 10^15 micros = a billion of the currency for one amount; a plan's total stays a safe integer. */
export const MAX_AMOUNT_MICROS = 1_000_000_000_000_000;
export const amountSchema = z
  .int()
  .min(0)
  .max(MAX_AMOUNT_MICROS)
  .meta({ description: 'Money in micros of the currency (1.00 = 1,000,000).' });

export const MAX_QUANTITY = 1_000_000_000;
export const quantitySchema = z.int().min(1).max(MAX_QUANTITY);
export const countSchema = z.int().min(0).max(MAX_QUANTITY);

/** Grams with at most three decimals (milligrams), up to 100 tonnes. */
export const weightGramsSchema = z
  .number()
  .min(0)
  .max(100_000_000)
  .refine(
    (grams) => Math.abs(grams * 1000 - Math.round(grams * 1000)) < 1e-3,
    'Give grams with at most three decimals.',
  )
  .meta({ description: 'Weight in grams, at most three decimals.' });

/** Whole millimetres, up to 20 metres. */
export const lengthMmSchema = z.int().min(1).max(20_000).meta({ description: 'Length in millimetres.' });

export const postcodePrefixesSchema = z.array(z.string().min(1).max(12)).min(1).max(3000);

export const localDateSchema = z
  .string()
  .refine(isLocalDate, 'Give a real date as YYYY-MM-DD, in the years 1900 to 2999.')
  .meta({ description: 'Local date, YYYY-MM-DD.', format: 'date' });

export const instantSchema = z
  .string()
  .refine(
    isInstant,
    'Give an RFC 3339 time with its offset, for example 2011-11-14T08:10:00Z, in the years 1900 to 2999.',
  )
  .meta({ description: 'Instant, RFC 3339 with an offset.', format: 'date-time' });

export const timeZoneSchema = z
  .string()
  .max(60)
  .refine(isTimeZone, 'Give an IANA time zone, for example Europe/London.');

export const clockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time of day as HH:MM.');

export const currencySchema = z.string().regex(/^[A-Z]{3}$/, 'Give an ISO 4217 code, for example GBP.');
export const countrySchema = z.string().regex(/^[A-Z]{2}$/, 'Give an ISO 3166 two-letter code, for example GB.');

export const pointSchema = z.strictObject({
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
});

export const weekdaysSchema = z
  .array(z.int().min(1).max(7))
  .max(7)
  .refine((days) => new Set(days).size === days.length, 'Name each weekday once.')
  .meta({ description: 'ISO weekdays, 1 Monday … 7 Sunday.' });

/** Years far from any trade are slips of the hand, and sums of days must stay four-digit years. */
function isLocalDate(text: string): boolean {
  return text >= '1900' && text < '3' && Number.isFinite(dayNumber(text));
}

function isInstant(text: string): boolean {
  const match =
    /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/.exec(
      text,
    );
  return match !== null && isLocalDate(match[1]!) && Number.isFinite(Date.parse(text));
}
