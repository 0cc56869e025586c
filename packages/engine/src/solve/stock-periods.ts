// Decides into which times the receipts of a stock row part it, and what may be taken by the end of each.
// Leaves who asks for it, and whether that is too much, to the callers.
import type { Ledger } from '../inventory/ledger.ts';
import type { StockRow } from '../model/network.ts';

/** From a receipt, or from the start, up to the day before the next receipt. */
export interface StockPeriod {
  /** Its last day; Infinity for the last period. */
  readonly end: number;
  /** The day up to which its supply is counted: `end`, or for the last period the day of its receipt, 0 without any. */
  readonly day: number;
  /** Units that may be taken in all, from the start on. */
  readonly supply: number;
}

/** At least one, ascending. */
export function stockPeriods(row: StockRow, ledger: Ledger): StockPeriod[] {
  const days = [...new Set(row.receipts.map((receipt) => receipt.day))].sort((a, b) => a - b);
  return [...days.map((day) => day - 1), Infinity].map((end) => {
    const day = end === Infinity ? (days.at(-1) ?? 0) : end;
    return { end, day, supply: ledger.available(row, day) };
  });
}
