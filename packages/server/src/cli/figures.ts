// Decides how figures are written in a terminal: money with two decimals, shares in percent, counts with thin grouping.

export function money(micros: number): string {
  return (micros / 1_000_000).toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

export function signedMoney(micros: number): string {
  return micros > 0 ? `+${money(micros)}` : money(micros);
}

/** As people pay: whole cents, −0 never. */
export function cents(micros: number): number {
  return Math.round(micros / 10_000) || 0;
}

/** An amount that rounds to nothing, and is not nothing, says so. */
export function amount(micros: number): string {
  return cents(micros) === 0 && micros !== 0 ? '< 0.01' : money(cents(micros) * 10_000);
}

export function percent(share: number, places = 1): string {
  return `${(share * 100).toFixed(places)} %`;
}

export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
