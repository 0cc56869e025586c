// Decides the orders: every sale line of the real week, with a made-up delivery district for each customer.
import type { Destination, Order, OrderLine } from '@sourcewright/engine';
import { drawPosition, stream } from '../chance.ts';
import { microsOf, type RawRow } from '../raw-table.ts';
import type { District } from './raw.ts';

/** Where orders from other countries are handed to an export forwarder: West Drayton, beside Heathrow. */
export const EXPORT_DISTRICT = 'UB7';

/** ISO codes of the countries as the data names them; ZZ where it names none. Channel Islands stand as Jersey. */
const COUNTRIES: Readonly<Record<string, string>> = {
  'United Kingdom': 'GB',
  Australia: 'AU',
  Austria: 'AT',
  Belgium: 'BE',
  'Channel Islands': 'JE',
  Cyprus: 'CY',
  Denmark: 'DK',
  EIRE: 'IE',
  Finland: 'FI',
  France: 'FR',
  Germany: 'DE',
  Italy: 'IT',
  Japan: 'JP',
  Malta: 'MT',
  Netherlands: 'NL',
  Norway: 'NO',
  Portugal: 'PT',
  Spain: 'ES',
  Sweden: 'SE',
  Switzerland: 'CH',
  Unspecified: 'ZZ',
};

/** Share of UK orders that ask for next-day delivery, and the largest of them in lines. */
const EXPRESS_SHARE = 0.12;
const EXPRESS_MAX_LINES = 12;

/** Orders by time, then id; lines in the order of the source. */
export function buildOrders(sales: readonly RawRow[], districts: readonly District[]): Order[] {
  const byOrder = new Map<string, RawRow[]>();
  for (const row of sales) {
    const rows = byOrder.get(row['order_id']!);
    if (rows) rows.push(row);
    else byOrder.set(row['order_id']!, [row]);
  }
  const draw = districtDraw(districts);
  return [...byOrder.values()].map((rows) => buildOrder(rows, draw)).sort(byTime);
}

function buildOrder(rows: readonly RawRow[], draw: (name: string) => District): Order {
  const [first] = rows as [RawRow];
  const orderId = first['order_id']!;
  const customerId = first['customer_id']!;
  const country = COUNTRIES[first['country']!]!;
  const express =
    country === 'GB' &&
    rows.length <= EXPRESS_MAX_LINES &&
    stream('uk-gifts', 'express', orderId).next() < EXPRESS_SHARE;
  const tags = [...(country === 'GB' ? [] : ['export']), ...(express ? ['express'] : [])];
  return {
    orderId,
    // The zone of the data is UK local time, which in November is UTC.
    placedAt: `${first['order_ts']!}:00Z`,
    channel: customerId ? 'account' : 'guest',
    ...(customerId ? { customerId } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(express ? { services: ['express'] } : {}),
    destination: destinationOf(country, draw(country === 'GB' ? customerId || orderId : 'export')),
    lines: rows.map(lineOf),
  };
}

function lineOf(row: RawRow, index: number): OrderLine {
  return {
    lineId: String(index + 1),
    sku: row['sku']!,
    quantity: Number(row['qty']),
    unitPriceMicros: microsOf(row['unit_price']!),
  };
}

function destinationOf(country: string, at: District): Destination {
  return { country, region: at.area, postcode: at.district, lat: at.lat, lon: at.lon };
}

/** The district of a customer, drawn by population: the same name always gives the same one. */
function districtDraw(districts: readonly District[]): (name: string) => District {
  let total = 0;
  const totals = districts.map((district) => (total += district.population));
  const exportDistrict = districts.find((district) => district.district === EXPORT_DISTRICT)!;
  return (name) =>
    name === 'export' ? exportDistrict : districts[drawPosition(stream('uk-gifts', 'district', name), totals)]!;
}

function byTime(a: Order, b: Order): number {
  const left = `${a.placedAt} ${a.orderId}`;
  const right = `${b.placedAt} ${b.orderId}`;
  return left < right ? -1 : left > right ? 1 : 0;
}
