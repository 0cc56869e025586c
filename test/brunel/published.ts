// Decides, from the published Brunel tables alone, which plants and freight contracts may carry an order and what each asks.
// Shares no code with the engine or with the generator of the scenario: it is what they are held against.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface PublishedOrder {
  readonly orderId: string;
  readonly customer: string;
  readonly product: string;
  readonly service: string;
  readonly units: number;
  readonly kilograms: number;
  /** What really happened. */
  readonly history: {
    readonly plant: string;
    readonly port: string;
    readonly carrier: string;
    readonly transit: string;
  };
}

/** One way to carry an order from a plant. */
export interface PublishedRoute {
  /** Carrier, origin port, service, mode, transit days and kind of contract; `own` for the customer's own freight. */
  readonly contract: string;
  readonly carrier: string;
  readonly port: string;
  readonly transit: string;
  /** In dollars. */
  readonly freight: number;
  /** No row covers the weight: the lightest weight of the next row is charged. */
  readonly inGap: boolean;
}

interface RateRow {
  readonly contract: string;
  readonly carrier: string;
  readonly port: string;
  readonly service: string;
  readonly transit: string;
  readonly from: number;
  readonly upto: number;
  readonly least: number;
  readonly perKilogram: number;
}

export const ORDERS: readonly PublishedOrder[] = table('orders').map((row) => ({
  orderId: row['order_id']!,
  customer: row['customer_id']!,
  product: row['product_id']!,
  service: row['service_level']!,
  units: Number(row['units']),
  kilograms: Number(row['weight']),
  history: {
    plant: row['hist_plant']!,
    port: row['hist_origin_port']!,
    carrier: row['hist_carrier']!,
    transit: row['hist_transit_days']!,
  },
}));
export const DAILY_ORDERS = new Map(
  table('wh_capacities').map((row) => [row['plant']!, Number(row['orders_per_day'])]),
);
const UNIT_COST = new Map(table('wh_costs').map((row) => [row['plant']!, Number(row['cost_per_unit'])]));
const STOCKED = new Set(table('products_per_plant').map((row) => `${row['product_id']} ${row['plant']}`));
const KEPT_FOR = listsOf(table('vmi_customers'), 'plant', 'customer_id');
const PORTS_OF = listsOf(table('plant_ports'), 'plant', 'port');
const CONTRACTS = Map.groupBy(
  table('freight_rates').map(
    (row): RateRow => ({
      contract: ['carrier', 'orig_port', 'service', 'mode', 'transit_days', 'carrier_type']
        .map((name) => (name === 'transit_days' ? `${row[name]}d` : row[name]))
        .join('/'),
      carrier: row['carrier']!,
      port: row['orig_port']!,
      service: row['service']!,
      transit: row['transit_days']!,
      from: Number(row['min_weight']),
      upto: Number(row['max_weight']),
      least: Number(row['min_cost']),
      perKilogram: Number(row['rate_per_weight']),
    }),
  ),
  ({ contract }) => contract,
);

/** Plants that stock the product, may serve the customer and have a way to carry the order. */
export function plantsFor(order: PublishedOrder): string[] {
  return [...DAILY_ORDERS.keys()].filter((plant) => {
    if (!STOCKED.has(`${order.product} ${plant}`)) return false;
    const kept = KEPT_FOR.get(plant);
    return (!kept || kept.includes(order.customer)) && routesFor(order, plant).length > 0;
  });
}

/** Every contract that starts at one of the plant's ports, offers the service and takes the weight. */
export function routesFor(order: PublishedOrder, plant: string): PublishedRoute[] {
  if (order.service === 'CRF') {
    return [{ contract: 'own', carrier: '', port: '', transit: '1', freight: 0, inGap: false }];
  }
  return [...CONTRACTS.values()].flatMap((rows) => {
    const { contract, carrier, port, service, transit } = rows[0]!;
    if (service !== order.service || !PORTS_OF.get(plant)?.includes(port)) return [];
    const price = priceOf(rows, order.kilograms);
    return price ? [{ contract, carrier, port, transit, ...price }] : [];
  });
}

/** Dollars for what the plant does with the order. */
export function handlingOf(order: PublishedOrder, plant: string): number {
  return order.units * UNIT_COST.get(plant)!;
}

function priceOf(rows: readonly RateRow[], kilograms: number): { freight: number; inGap: boolean } | null {
  const ask = ({ least, perKilogram }: RateRow, weight: number): number => Math.max(least, perKilogram * weight);
  const covering = rows.filter(({ from, upto }) => from <= kilograms && kilograms <= upto);
  if (covering.length > 0) return { freight: Math.min(...covering.map((row) => ask(row, kilograms))), inGap: false };
  // Limits are published to two decimals, weights to six: 499.993 belongs to the row that begins at 500.
  const above = rows.filter(({ from }) => from > kilograms && from - kilograms <= 0.01);
  if (above.length > 0) return { freight: Math.min(...above.map((row) => ask(row, kilograms))), inGap: false };
  const heavier = rows.filter(({ from }) => from > kilograms);
  if (heavier.length === 0) return null;
  const next = Math.min(...heavier.map(({ from }) => from));
  const prices = heavier.filter(({ from }) => from === next).map((row) => ask(row, next));
  return { freight: Math.min(...prices), inGap: true };
}

/** The published files have no quoted cell. */
function table(name: string): Record<string, string>[] {
  const file = join(import.meta.dirname, `../../scenarios/brunel/raw/${name}.csv.gz`);
  const [header, ...lines] = gunzipSync(readFileSync(file)).toString().trim().split('\n');
  const names = header!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at]!, cell])));
}

function listsOf(rows: readonly Record<string, string>[], key: string, value: string): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const row of rows) lists.set(row[key]!, [...(lists.get(row[key]!) ?? []), row[value]!]);
  return lists;
}
