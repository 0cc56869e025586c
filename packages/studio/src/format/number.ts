// Decides how counts, shares and plain numbers read. A missing value reads as an en dash, never as 0.

export const DASH = '–';
const MINUS = '−';

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const fixed = new Map<number, Intl.NumberFormat>();

function withDecimals(decimals: number): Intl.NumberFormat {
  let format = fixed.get(decimals);
  if (!format) {
    format = new Intl.NumberFormat('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    fixed.set(decimals, format);
  }
  return format;
}

export type Maybe = number | null | undefined;

/** `1,234` */
export function countText(value: Maybe): string {
  return isMissing(value) ? DASH : typographic(whole.format(value));
}

/** `1.305` with the given decimals. */
export function decimalText(value: Maybe, decimals = 2): string {
  return isMissing(value) ? DASH : typographic(withDecimals(decimals).format(value));
}

const MOST_DIGITS = 4;

/** A share (0.123) as `12.3 %`, kept on one line. Small shares that are not zero keep enough digits to be seen, or are `< 0.0001 %`. */
export function percentText(share: Maybe, decimals = 1): string {
  if (isMissing(share)) return DASH;
  const percent = share * 100;
  const needed = percent === 0 ? 0 : Math.ceil(-Math.log10(2 * Math.abs(percent)));
  if (needed > MOST_DIGITS) return `<\u00a0${withDecimals(MOST_DIGITS).format(10 ** -MOST_DIGITS)}\u00a0%`;
  const digits = Math.max(decimals, needed);
  return `${typographic(withDecimals(digits).format(percent))}\u00a0%`;
}

/** `+1,234`, `−12` or `0`. */
export function signedText(value: Maybe, write: (size: number) => string = countText): string {
  if (isMissing(value)) return DASH;
  if (value === 0) return write(0);
  return `${value > 0 ? '+' : MINUS}${write(Math.abs(value))}`;
}

/** `1 order`, `2 orders`, `1,204 orders`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

export function isMissing(value: Maybe): value is null | undefined {
  return value === null || value === undefined || !Number.isFinite(value);
}

function typographic(text: string): string {
  return text.replace(/^-(?=.*[1-9])/, MINUS).replace(/^-/, '');
}
