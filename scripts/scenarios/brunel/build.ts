// Decides how the Brunel supply chain becomes a scenario: as published, with nothing drawn; what is not published is stated in its README.
import { join } from 'node:path';
import type { Item, Node, Order, Policy, Rule, Scenario, StockLevel } from '@sourcewright/engine';
import { renderScenario, renderTable } from '../../../packages/server/src/scenario-files/render-scenario.ts';
import { microsOf, type RawRow, readRawTable } from '../raw-table.ts';
import { buildRateCards, gramsOf, OWN_FREIGHT, type PortCards } from './tariff.ts';

export const RAW = join(import.meta.dirname, '../../../scenarios/brunel/raw');

/** Per unit left unsourced. Above what any unit costs to store and ship (88.15 at most), so that only capacity leaves orders behind. */
const UNSOURCED_PER_UNIT = microsOf('100.00');
/** The slowest published transit: nothing is late, as the data states no due dates. */
const SLOWEST_TRANSIT_DAYS = 14;
const DAY = '2013-05-26';

export function buildBrunel(): ReadonlyMap<string, Buffer> {
  const orders = readRaw('orders');
  const files = new Map(renderScenario(brunel(), { compress: true }));
  const [name, bytes] = historyTable(orders);
  return files.set(name, bytes);
}

export function brunel(): Scenario {
  const rows = readRaw('orders').sort((a, b) => (a['order_id']! < b['order_id']! ? -1 : 1));
  const tariff = buildRateCards(readRaw('freight_rates'));
  return {
    scenarioId: 'brunel',
    title: 'Brunel supply chain',
    description:
      'One day of a microchip maker: 9,215 real single-line orders, 19 plants with published eligibility, capacities, costs and freight rates. Capacity is far below what history shipped.',
    synthetic: [
      'Stock quantities are not published: each plant that stocks a product has all that was ordered of it, so stock never binds.',
      'The penalty for orders left behind is ours; no due dates are published, so nothing is late.',
    ],
    attributions: [
      'Kalganova, T. & Dzalbs, I. (2019), Supply Chain Logistics Problem Dataset, Brunel University London, doi:10.17633/rd.brunel.7558679, CC BY 4.0; reformatted.',
    ],
    compare: ['optimal', 'fcfs-exact', 'nearest', 'fewest-shipments'],
    snapshot: {
      currency: 'USD',
      timeZone: 'UTC',
      asOf: `${DAY}T00:00:00Z`,
      nodes: buildNodes(tariff),
      items: buildItems(rows),
      stock: buildStock(rows),
      calendars: [
        {
          calendarId: 'every-day',
          timeZone: 'UTC',
          workingWeekdays: [1, 2, 3, 4, 5, 6, 7],
          cutoff: '23:59',
          processingDays: 0,
        },
      ],
      rateCards: [...tariff.cards],
    },
    orders: rows.map(orderOf),
    policy: buildPolicy(),
  };
}

function buildNodes(tariff: PortCards): Node[] {
  const ports = grouped(readRaw('plant_ports'), 'plant', 'port');
  const costs = new Map(readRaw('wh_costs').map((row) => [row['plant']!, row['cost_per_unit']!]));
  const capacities = readRaw('wh_capacities').sort((a, b) => (a['plant']! < b['plant']! ? -1 : 1));
  return capacities.map((row) => {
    const plant = row['plant']!;
    return {
      nodeId: plant,
      name: plant,
      type: 'dc',
      groups: [...ports.get(plant)!],
      calendarId: 'every-day',
      rateCardIds: [...ports.get(plant)!.flatMap((port) => tariff.idsByPort.get(port) ?? []), OWN_FREIGHT.rateCardId],
      capacity: { shipmentsPerDay: Number(row['orders_per_day']) },
      handling: { perUnitMicros: microsOf(costs.get(plant)!) },
    };
  });
}

/** Average weight of a unit over the product's orders; every order line states its own. */
function buildItems(orders: readonly RawRow[]): Item[] {
  const totals = new Map<string, { units: number; kilograms: number }>();
  for (const row of orders) {
    const total = totals.get(row['product_id']!) ?? { units: 0, kilograms: 0 };
    total.units += Number(row['units']);
    total.kilograms += Number(row['weight']);
    totals.set(row['product_id']!, total);
  }
  return [...totals.keys()].sort().map((sku) => {
    const { units, kilograms } = totals.get(sku)!;
    return { sku, weightGrams: gramsOf(kilograms / units) };
  });
}

/** Every plant that stocks an ordered product has all that is ordered of it. */
function buildStock(orders: readonly RawRow[]): StockLevel[] {
  const units = new Map<string, number>();
  for (const row of orders) units.set(row['product_id']!, (units.get(row['product_id']!) ?? 0) + Number(row['units']));
  const plants = grouped(readRaw('products_per_plant'), 'product_id', 'plant');
  return [...units.keys()]
    .sort()
    .flatMap((sku) =>
      [...new Set(plants.get(sku) ?? [])].sort().map((nodeId) => ({ sku, nodeId, onHand: units.get(sku)! })),
    );
}

function orderOf(row: RawRow): Order {
  return {
    orderId: row['order_id']!,
    placedAt: `${row['order_date']!}T00:00:00Z`,
    customerId: row['customer_id']!,
    services: [row['service_level']!],
    // Places are anonymous in the data: ZZ is ISO 3166's code for an unknown country, the region is the port.
    destination: { country: 'ZZ', region: row['dest_port']! },
    lines: [
      {
        lineId: '1',
        sku: row['product_id']!,
        quantity: Number(row['units']),
        lineWeightGrams: gramsOf(Number(row['weight'])),
      },
    ],
  };
}

function buildPolicy(): Policy {
  return {
    policyId: 'brunel-published',
    version: 1,
    name: 'As published',
    strategy: 'optimal',
    goals: {
      splitMicros: 0,
      latenessPerDayMicros: 0,
      unsourced: { perUnitMicros: UNSOURCED_PER_UNIT, valuePercent: 0 },
    },
    promise: { defaultDays: SLOWEST_TRANSIT_DAYS },
    allow: { partial: false, splitQuantity: 'never', maxShipDelayDays: 0 },
    rules: reservedPlantRules(),
  };
}

/** Plants under vendor-managed inventory serve the customers they are kept for and no others. */
function reservedPlantRules(): Rule[] {
  const customers = grouped(readRaw('vmi_customers'), 'plant', 'customer_id');
  return [...customers.keys()].sort().map((plant) => ({
    name: `${plant} serves its own customers`,
    conditions: {
      all: [
        { fact: 'node.nodeId', operator: 'equal', value: plant },
        { fact: 'order.customerId', operator: 'notIn', value: customers.get(plant)!.sort() },
      ],
    },
    event: {
      type: 'exclude',
      params: { because: `${plant} holds vendor-managed stock that is kept for named customers.` },
    },
  }));
}

/** What really happened, kept beside the scenario: plant, port, carrier and transit of every order. */
function historyTable(orders: readonly RawRow[]): [string, Buffer] {
  const columns = ['orderId', 'nodeId', 'originPort', 'carrier', 'transitDays', 'shipAheadDays', 'shipLateDays'];
  const rows = [...orders]
    .sort((a, b) => (a['order_id']! < b['order_id']! ? -1 : 1))
    .map((row) => ({
      orderId: row['order_id'],
      nodeId: row['hist_plant'],
      originPort: row['hist_origin_port'],
      carrier: row['hist_carrier'],
      transitDays: row['hist_transit_days'],
      shipAheadDays: row['ship_ahead_days'],
      shipLateDays: row['ship_late_days'],
    }));
  const layout = columns.map((name) => ({ name, type: 'text' as const, required: true }));
  return renderTable('history', layout, rows, { compress: true });
}

function readRaw(name: string): RawRow[] {
  return readRawTable(join(RAW, `${name}.csv.gz`));
}

function grouped(rows: readonly RawRow[], key: string, value: string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const row of rows) {
    const group = groups.get(row[key]!);
    if (group) group.push(row[value]!);
    else groups.set(row[key]!, [row[value]!]);
  }
  return groups;
}
