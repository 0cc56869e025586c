// Decides what is left while a wave is being sourced: units by (sku, node) and day, shipments and units by node and day.
// Leaves who may take them to the solvers.
import { type CostSteps, NO_STEPS, stepsAfter, stepsMicros } from '../base/cost-steps.ts';
import { invariant } from '../base/invariant.ts';
import { dayNumber } from '../base/time.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { OrderPlan } from '../model/plan.ts';
import { shipmentStepsOf, stockOutStepsOf, unitStepsOf } from './rising-costs.ts';
import { dueBy, sourceableNow } from './sourceable.ts';

/** What one shipment costs because of what was taken before it, in micros. */
export interface RisingUse {
  readonly capacityMicros: number;
  readonly stockOutMicros: number;
}

/** A working copy of stock and capacity; lives as long as one call to source() or explain. */
export class Ledger {
  readonly #network: Network;
  /** By row, worked out once for a network. */
  readonly #rows: RowFacts;
  /** Units taken by row and ship day, ascending by day. */
  readonly #taken: ({ day: number; units: number }[] | undefined)[];
  /** By node, by day: shipments and units committed. */
  readonly #load: Map<number, { shipments: number; units: number }>[];

  constructor(network: Network) {
    this.#network = network;
    this.#rows = rowFactsOf(network);
    this.#taken = [];
    this.#taken.length = network.rows.length;
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

  /** `units` in all, in one shipment or in several. */
  addShipment(node: number, day: number, units: number, shipments = 1): void {
    const load = this.#load[node]!.get(day) ?? { shipments: 0, units: 0 };
    this.#load[node]!.set(day, { shipments: load.shipments + shipments, units: load.units + units });
  }

  /** What the next units of a row cost for running it short, whatever their ship day. */
  stockOutSteps(row: StockRow): CostSteps {
    const steps = (this.#rows.stockOutSteps[row.row] ??= stockOutStepsOf(row.level));
    const taken = this.#taken[row.row];
    return taken
      ? stepsAfter(
          steps,
          taken.reduce((sum, { units }) => sum + units, 0),
        )
      : steps;
  }

  /** What the next shipments of a node and day cost for the work it already has. */
  shipmentSteps(node: number, day: number): CostSteps {
    const of = this.#network.nodes[node]!;
    if (!of.capacity?.soft?.shipmentsPerDay) return NO_STEPS;
    return stepsAfter(shipmentStepsOf(of), this.#load[node]!.get(day)?.shipments ?? 0);
  }

  /** What the next units of a node and day cost for the work it already has. */
  unitSteps(node: number, day: number): CostSteps {
    const of = this.#network.nodes[node]!;
    if (!of.capacity?.soft?.unitsPerDay) return NO_STEPS;
    return stepsAfter(unitStepsOf(of), this.#load[node]!.get(day)?.units ?? 0);
  }

  /** Takes one shipment, and answers what it costs at its turn because of what was taken before it. */
  ship(node: number, day: number, taken: readonly { readonly row: StockRow; readonly units: number }[]): RisingUse {
    const units = taken.reduce((sum, line) => sum + line.units, 0);
    const capacityMicros =
      stepsMicros(this.shipmentSteps(node, day), 1) + stepsMicros(this.unitSteps(node, day), units);
    let stockOutMicros = 0;
    for (const line of taken) {
      stockOutMicros += stepsMicros(this.stockOutSteps(line.row), line.units);
      this.take(line.row, day, line.units);
    }
    this.addShipment(node, day, units);
    return { capacityMicros, stockOutMicros };
  }

  /** Gives back one shipment that was taken, and answers what the wave then pays less for costs that rise with use. */
  unship(node: number, day: number, taken: readonly { readonly row: StockRow; readonly units: number }[]): RisingUse {
    const load = this.#load[node]!.get(day);
    const units = taken.reduce((sum, line) => sum + line.units, 0);
    invariant(load && load.shipments > 0 && load.units >= units, `Node ${node} has no such shipment on day ${day}.`);
    this.#load[node]!.set(day, { shipments: load.shipments - 1, units: load.units - units });
    const capacityMicros =
      stepsMicros(this.shipmentSteps(node, day), 1) + stepsMicros(this.unitSteps(node, day), units);
    let stockOutMicros = 0;
    for (const line of taken) {
      const entry = this.#taken[line.row.row]?.find((candidate) => candidate.day === day);
      invariant(entry && entry.units >= line.units, `Row ${line.row.row} gave no ${line.units} units on day ${day}.`);
      entry.units -= line.units;
      stockOutMicros += stepsMicros(this.stockOutSteps(line.row), line.units);
    }
    return { capacityMicros, stockOutMicros };
  }

  /** Takes everything one order's plan takes. */
  commit(orderPlan: OrderPlan): void {
    for (const shipment of orderPlan.shipments) {
      const node = this.#network.nodeAt.get(shipment.nodeId);
      invariant(node !== undefined, `The plan names node ${shipment.nodeId}, which is not in the snapshot.`);
      const taken = shipment.lines.map((line) => {
        const row = this.#network.rowsOf.get(line.sku)?.find((candidate) => candidate.node === node);
        invariant(row, `The plan takes ${line.sku} from ${shipment.nodeId}, which does not stock it.`);
        return { row, units: line.quantity };
      });
      this.ship(node, dayNumber(shipment.shipOn), taken);
    }
  }

  #leftBy(row: StockRow, taken: readonly { day: number; units: number }[] | undefined, day: number): number {
    let left = this.#rows.there[row.row]! + dueBy(row.receipts, day);
    if (taken) for (const entry of taken) if (entry.day <= day) left -= entry.units;
    return left;
  }
}

interface RowFacts {
  /** Units before receipts, buffers withheld. */
  readonly there: Float64Array;
  /** From the first unit on; worked out when they are first asked for. */
  readonly stockOutSteps: (CostSteps | undefined)[];
}

const ROW_FACTS = new WeakMap<Network, RowFacts>();

function rowFactsOf(network: Network): RowFacts {
  let facts = ROW_FACTS.get(network);
  if (!facts) {
    const there = Float64Array.from(network.rows, ({ level }) => sourceableNow(level));
    ROW_FACTS.set(network, (facts = { there, stockOutSteps: network.rows.map(() => undefined) }));
  }
  return facts;
}
