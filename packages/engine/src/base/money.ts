// Decides how money is held: safe integers in micros of the currency (1.00 = 1,000,000 micros).
// Leaves symbols and languages to the doors.

export const MICROS = 1_000_000;

/** `quantity` at `ratePerThousand` micros a thousand, rounded half up to a whole micro. */
export function perThousand(ratePerThousand: number, quantity: number): number {
  return Math.floor((ratePerThousand * quantity) / 1000 + 0.5);
}

/** A plain decimal with two places, e.g. 12.34: for messages and sentences, the currency stands beside it. */
export function decimal(micros: number): string {
  return (micros / MICROS).toFixed(2);
}
