// Decides what is left to promise: what sourcing could take, less what is withheld from channels.
// Leaves stock and capacity themselves to the ledger of sourcing.
import { Ledger } from '../inventory/ledger.ts';
import { availableToPromise } from '../inventory/sourceable.ts';
import type { StockRow } from '../model/network.ts';

/** A ledger that nothing is taken from; of both buffers the larger is kept back. */
export class SellableLedger extends Ledger {
  override available(row: StockRow, day: number): number {
    return Math.min(super.available(row, day), availableToPromise(row.level, row.receipts, day));
  }
}
