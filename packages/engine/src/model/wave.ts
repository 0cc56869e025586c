// Decides what is sourced together: the orders of one wave and the snapshot they draw on. One live order is a wave of one.
import type { Order } from './order.ts';
import type { Snapshot } from './snapshot.ts';

export interface Wave {
  readonly orders: readonly Order[];
  readonly snapshot: Snapshot;
}
