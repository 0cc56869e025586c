// Decides how money reads: micros as decimals with two places; the currency stands once, in a header or a heading.
import { DASH, decimalText, isMissing, type Maybe, signedText } from './number.ts';

const MICROS = 1_000_000;

/** `1,234.50` without the currency. */
export function amountText(micros: Maybe, decimals = 2): string {
  return isMissing(micros) ? DASH : decimalText(micros / MICROS, decimals);
}

/** A total: pennies below a thousand, whole units from there on, millions (`2,461.4 M`) from a hundred million on. */
export function totalText(micros: Maybe): string {
  if (isMissing(micros) || Math.abs(micros) < 1_000 * MICROS) return amountText(micros, 2);
  if (Math.abs(micros) < 100_000_000 * MICROS) return amountText(micros, 0);
  return `${amountText(micros / 1_000_000, 1)}\u00a0M`;
}

/** `+1,234.50` or `−1,234.50`, without the currency. */
export function signedAmountText(micros: Maybe, decimals = 2): string {
  return signedText(micros, (size) => amountText(size, decimals));
}

const PENNY = MICROS / 100;

/** `1,234.50`; `< 0.01` for what would read as nothing and is something. */
export function fineAmountText(micros: number): string {
  return isTiny(micros) ? `<\u00a0${amountText(PENNY)}` : amountText(micros);
}

/** `£1.20`, or `less than £0.01`, without its sign. */
export function sizeText(micros: number, currency: string): string {
  return isTiny(micros) ? `less than ${moneyText(PENNY, currency)}` : moneyText(Math.abs(micros), currency);
}

/** What something would cost more: `+£1.20`, `−£0.30`, `+<£0.01`, or `same`. */
export function marginText(micros: number, currency: string): string {
  if (micros === 0) return 'same';
  const sign = micros > 0 ? '+' : '−';
  return isTiny(micros) ? `${sign}<${moneyText(PENNY, currency)}` : `${sign}${moneyText(Math.abs(micros), currency)}`;
}

/** The difference of two amounts as they are shown, in pennies: so that it is what a reader works out. */
export function shownDifference(left: number, right: number): number {
  return pennies(right) - pennies(left);
}

function pennies(micros: number): number {
  return Math.sign(micros) * Math.round(Math.abs(micros) / PENNY) * PENNY;
}

function isTiny(micros: number): boolean {
  return micros !== 0 && pennies(micros) === 0;
}

/** `£1,234.50`: for sentences and single figures. From a hundred thousand on, without pennies. */
export function moneyText(micros: Maybe, currency: string): string {
  if (isMissing(micros)) return DASH;
  const decimals = Math.abs(micros) >= 100_000 * MICROS ? 0 : 2;
  const sign = micros < 0 ? '−' : '';
  return `${sign}${currencySign(currency)}${decimalText(Math.abs(micros) / MICROS, decimals)}`;
}

/** `£`, `€`, `$`, or the code with a space where there is no short sign. */
export function currencySign(currency: string): string {
  const parts = new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  const sign = parts.find((part) => part.type === 'currency')?.value ?? currency;
  return /^[A-Z]{2,}$/.test(sign) ? `${sign} ` : sign;
}
