// Decides which limits of a wave can bind: it counts what orders could ask of every stock row and node day, and numbers those that
// could be asked for more than they have, or that cost more the more is used. Leaves cuts on them to whole-line-cuts.ts.
import { type CostSteps, stepsMicros } from '../../base/cost-steps.ts';
import type { Pricer } from '../../costs/price.ts';
import type { Ledger } from '../../inventory/ledger.ts';
import type { Network } from '../../model/network.ts';
import type { OrderView } from '../order-view.ts';
import { stockPeriods } from '../stock-periods.ts';

export const NO_RESOURCE = -1;

/** A limit that the wave can reach: units of a stock row by a day, shipments or units of a node on a day. */
export interface Resource {
  readonly kind: 'stock' | 'shipments' | 'units' | 'whole-lines';
  readonly node: number;
  /** Stock row, for stock. */
  readonly row: number;
  /** Ship day for capacity; for stock the last day before the next receipt. */
  readonly day: number;
  /** For whole-lines: lines of at least this quantity count once for each time it fits into them. */
  readonly quantity: number;
}

/** Resources by number: `supply`, `steps` and `next` have an entry for each. */
export interface ResourceIndex {
  readonly resources: readonly Resource[];
  readonly supply: readonly number[];
  readonly steps: readonly (CostSteps | undefined)[];
  readonly next: readonly number[];
  stockAt(row: number, day: number): number;
  shipmentsAt(node: number, day: number): number;
  unitsAt(node: number, day: number): number;
}

export function indexResources(
  views: readonly OrderView[],
  network: Network,
  ledger: Ledger,
  pricer: Pricer,
): ResourceIndex {
  const list = new ResourceList();
  const asked = askedOf(views);
  const stockEnds = new Map<number, { end: number; resource: number }[]>();
  for (const [rowIndex, wanted] of asked.rows) {
    const row = network.rows[rowIndex]!;
    const periods = stockPeriods(row, ledger);
    const rising = risingFor(wanted, pricer.risingSteps('stockOut', ledger.stockOutSteps(row)));
    if (!rising && wanted <= periods[0]!.supply) continue;
    const ends: { end: number; resource: number }[] = [];
    let next = NO_RESOURCE;
    for (const { end, day, supply } of periods.toReversed()) {
      const stock = { kind: 'stock', node: row.node, row: rowIndex, day, quantity: 1 } as const;
      next = list.add(stock, supply, next, next === NO_RESOURCE ? rising : undefined);
      ends.unshift({ end, resource: next });
    }
    stockEnds.set(rowIndex, ends);
  }
  const shipments = new Map<string, number>();
  const units = new Map<string, number>();
  for (const [key, wanted] of asked.nodeDays) {
    const [node, day] = key.split(' ').map(Number) as [number, number];
    const capacity = { node, row: -1, day, quantity: 1 };
    const ofShipments = risingFor(wanted.orders, pricer.risingSteps('capacity', ledger.shipmentSteps(node, day)));
    const mostShipments = ledger.shipmentsLeft(node, day);
    if (ofShipments || wanted.orders > mostShipments) {
      const supply = Math.min(mostShipments, wanted.orders);
      shipments.set(key, list.add({ kind: 'shipments', ...capacity }, supply, NO_RESOURCE, ofShipments));
    }
    const ofUnits = risingFor(wanted.units, pricer.risingSteps('capacity', ledger.unitSteps(node, day)));
    const mostUnits = ledger.unitsLeft(node, day);
    if (ofUnits || wanted.units > mostUnits) {
      const supply = Math.min(mostUnits, wanted.units);
      units.set(key, list.add({ kind: 'units', ...capacity }, supply, NO_RESOURCE, ofUnits));
    }
  }
  return {
    resources: list.resources,
    supply: list.supply,
    steps: list.steps,
    next: list.next,
    stockAt: (row, day) => stockEnds.get(row)?.find(({ end }) => day <= end)?.resource ?? NO_RESOURCE,
    shipmentsAt: (node, day) => shipments.get(`${node} ${day}`) ?? NO_RESOURCE,
    unitsAt: (node, day) => units.get(`${node} ${day}`) ?? NO_RESOURCE,
  };
}

class ResourceList {
  readonly resources: Resource[] = [];
  readonly supply: number[] = [];
  readonly steps: (CostSteps | undefined)[] = [];
  readonly next: number[] = [];

  /** Answers with its number. */
  add(resource: Resource, supply: number, next: number, steps: CostSteps | undefined): number {
    this.resources.push(resource);
    this.supply.push(supply);
    this.steps.push(steps);
    this.next.push(next);
    return this.resources.length - 1;
  }
}

/** Steps that so many units can reach a charge of. */
function risingFor(wanted: number, steps: CostSteps): CostSteps | undefined {
  return stepsMicros(steps, wanted) > 0 ? steps : undefined;
}

interface Asked {
  readonly rows: Map<number, number>;
  readonly nodeDays: Map<string, { orders: number; units: number }>;
}

function askedOf(views: readonly OrderView[]): Asked {
  const rows = new Map<number, number>();
  const nodeDays = new Map<string, { orders: number; units: number }>();
  for (const { candidates, problem, refs } of views) {
    const seen = new Set<number>();
    for (const [source, { candidate, shipDay }] of refs.entries()) {
      let units = 0;
      for (const [demand, { quantity }] of candidates.demands.entries()) {
        if (problem.sources[source]!.available[demand] === 0) continue;
        units += quantity;
        const { row } = candidate.rows[demand]!;
        if (seen.has(row)) continue;
        seen.add(row);
        rows.set(row, (rows.get(row) ?? 0) + quantity);
      }
      const key = `${candidate.node} ${shipDay.day}`;
      const day = nodeDays.get(key) ?? { orders: 0, units: 0 };
      nodeDays.set(key, { orders: day.orders + 1, units: day.units + units });
    }
  }
  return { rows, nodeDays };
}
