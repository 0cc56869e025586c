// Decides what is left while a wave is being sourced: units by (sku, node) and day, shipments and units by node and day.
// Leaves who may take them to the solvers.
import { invariant } from '../base/invariant.ts';
import { dayNumber } from '../base/time.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { OrderPlan } from '../model/plan.ts';
import { sourceableBy } from './sourceable.ts';

/** A working copy of stock and capacity; lives as long as one call to source() or explain. */
export class Ledger {
  readonly #network: Network;
  /** Units taken by row and ship day, ascending by day. */
  readonly #taken: ({ day: number; units: number }[] | undefined)[];
  /** By node, by day: shipments and units committed. */
  readonly #load: Map<number, { shipments: number; units: number }>[];

  constructor(network: Network) {
    this.#network = network;
    this.#taken = Array.from({ length: network.rows.length });
    this.#load = network.nodes.map(() => new Map());
  }

  /**
   * Units of a row that can ship on `day`: the least, over that day and every later one on which something changes,
   * of supply due by then minus units taken by then; so that nothing promised for a later day is taken away.
   */
  available(row: StockRow, day: number): number {
    const taken = this.#taken[row.row];
    let least = this.#leftBy(row, taken, day);
    if (taken)
      for (const entry of taken) if (entry.day > day) least = Math.min(least, this.#leftBy(row, taken, entry.day));
    return Math.max(0, least);
  }

  take(row: StockRow, day: number, units: number): void {
    invariant(
      units > 0 && units <= this.available(row, day),
      `Row ${row.row} cannot give ${units} units on day ${day}.`,
    );
    let taken = this.#taken[row.row];
    if (!taken) this.#taken[row.row] = taken = [];
    const entry = taken.find((candidate) => candidate.day === day);
    if (entry) entry.units += units;
    else taken.push({ day, units });
  }

  /** Shipments a node can still hand over that day; Infinity without a limit. */
  shipmentsLeft(node: number, day: number): number {
    const limit = this.#network.nodes[node]!.capacity?.shipmentsPerDay;
    return limit === undefined ? Infinity : limit - (this.#load[node]!.get(day)?.shipments ?? 0);
  }

  /** Units a node can still handle that day; Infinity without a limit. */
  unitsLeft(node: number, day: number): number {
    const limit = this.#network.nodes[node]!.capacity?.unitsPerDay;
    return limit === undefined ? Infinity : limit - (this.#load[node]!.get(day)?.units ?? 0);
  }

  addShipment(node: number, day: number, units: number): void {
    const load = this.#load[node]!.get(day) ?? { shipments: 0, units: 0 };
    this.#load[node]!.set(day, { shipments: load.shipments + 1, units: load.units + units });
  }

  /** Takes everything one order's plan takes. */
  commit(orderPlan: OrderPlan): void {
    for (const shipment of orderPlan.shipments) {
      const node = this.#network.nodeAt.get(shipment.nodeId);
      invariant(node !== undefined, `The plan names node ${shipment.nodeId}, which is not in the snapshot.`);
      const day = dayNumber(shipment.shipOn);
      let units = 0;
      for (const line of shipment.lines) {
        const row = this.#network.rowsOf.get(line.sku)?.find((candidate) => candidate.node === node);
        invariant(row, `The plan takes ${line.sku} from ${shipment.nodeId}, which does not stock it.`);
        this.take(row, day, line.quantity);
        units += line.quantity;
      }
      this.addShipment(node, day, units);
    }
  }

  #leftBy(row: StockRow, taken: readonly { day: number; units: number }[] | undefined, day: number): number {
    let left = sourceableBy(row.level, row.receipts, day);
    if (taken) for (const entry of taken) if (entry.day <= day) left -= entry.units;
    return left;
  }
}
