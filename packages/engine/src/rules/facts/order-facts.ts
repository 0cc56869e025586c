// Decides the facts of an order: what it is, where it goes, what it is worth, how old it is.
import { dayNumber, isoWeekday } from '../../base/time.ts';
import type { Item } from '../../model/item.ts';
import { FULFILMENTS, type OrderLine } from '../../model/order.ts';
import { lineWeightGrams, unitPriceMicros } from '../line-amounts.ts';
import { factsOf, NO_VALUES, type OrderView } from './fact.ts';

export const ORDER_FACTS = factsOf('order', {
  orderId: { type: 'text', text: 'The order’s id', example: '576080', read: ({ order }) => order.orderId },
  channel: {
    type: 'text',
    text: 'Where the order came from',
    example: 'web',
    missing: 'The order names none.',
    read: ({ order }) => order.channel,
  },
  country: {
    type: 'text',
    text: 'Country of the destination',
    example: 'GB',
    read: ({ order }) => order.destination.country,
  },
  region: {
    type: 'text',
    text: 'Region of the destination',
    example: 'EH',
    missing: 'The destination has none.',
    read: ({ order }) => order.destination.region,
  },
  postcode: {
    type: 'text',
    text: 'Postcode of the destination',
    example: 'EH3',
    missing: 'The destination has none.',
    read: ({ order }) => order.destination.postcode,
  },
  fulfilment: {
    type: 'text',
    choices: FULFILMENTS,
    text: 'How the customer gets it: sent, collected from the node’s own stock, or collected where other nodes may send it',
    example: 'ship',
    read: ({ order }) => order.fulfilment ?? 'ship',
  },
  collectAt: {
    type: 'text',
    text: 'Node where the customer collects',
    example: 'ST-LEEDS',
    missing: 'The order is sent to the customer.',
    read: ({ order }) => order.collectAt,
  },
  priority: {
    type: 'number',
    range: [0, 9],
    whole: true,
    text: 'Priority, 0 ordinary to 9',
    example: 5,
    read: ({ order }) => order.priority ?? 0,
  },
  customerId: {
    type: 'text',
    text: 'The customer’s id',
    example: '18211',
    missing: 'The order names none.',
    read: ({ order }) => order.customerId,
  },
  customerTier: {
    type: 'text',
    text: 'The customer’s tier',
    example: 'gold',
    missing: 'The order names none.',
    read: ({ order }) => order.customerTier,
  },
  tags: { type: 'list', text: 'Tags of the order', example: ['gift'], read: ({ order }) => order.tags ?? NO_VALUES },
  services: {
    type: 'list',
    text: 'Services the customer accepts; empty means any',
    example: ['standard'],
    read: ({ order }) => order.services ?? NO_VALUES,
  },
  shipComplete: {
    type: 'flag',
    text: 'Whether the customer wants all units or none',
    example: false,
    read: ({ order }) => order.shipComplete ?? false,
  },
  valueMicros: {
    type: 'number',
    range: [0, null],
    whole: true,
    unit: 'micros',
    text: 'Value of all lines',
    example: 100_000_000,
    read: (view) => total(view, (line, item) => unitPriceMicros(line, item) * line.quantity),
  },
  units: {
    type: 'number',
    range: [1, null],
    whole: true,
    unit: 'units',
    text: 'Units over all lines',
    example: 24,
    read: (view) => total(view, (line) => line.quantity),
  },
  lineCount: {
    type: 'number',
    range: [1, null],
    whole: true,
    unit: 'lines',
    text: 'Lines in the order',
    example: 12,
    read: ({ order }) => order.lines.length,
  },
  weightGrams: {
    type: 'number',
    range: [0, null],
    unit: 'g',
    text: 'Weight of all lines',
    example: 4200,
    read: (view) => total(view, lineWeightGrams),
  },
  categories: {
    type: 'list',
    text: 'Categories of its items, each once',
    example: ['candles', 'lamps'],
    read: ({ order, items }) => [
      ...new Set(
        order.lines.flatMap(({ sku }) => {
          const category = items.get(sku)?.category;
          return category === undefined ? [] : [category];
        }),
      ),
    ],
  },
  hasHazmat: {
    type: 'flag',
    text: 'Whether any of its items is dangerous goods',
    example: false,
    read: ({ order, items }) => order.lines.some(({ sku }) => items.get(sku)?.hazmat === true),
  },
  hasOversize: {
    type: 'flag',
    text: 'Whether any of its items is too large for ordinary parcels',
    example: false,
    read: ({ order, items }) => order.lines.some(({ sku }) => items.get(sku)?.oversize === true),
  },
  placedWeekday: {
    type: 'number',
    range: [1, 7],
    whole: true,
    text: 'ISO weekday it was placed, 1 Monday to 7 Sunday',
    example: 1,
    read: ({ placed }) => isoWeekday(placed.day),
  },
  placedHour: {
    type: 'number',
    range: [0, 23],
    whole: true,
    unit: 'h',
    text: 'Hour of the day it was placed, 0 to 23',
    example: 14,
    read: ({ placed }) => Math.floor(placed.minute / 60),
  },
  promiseDays: {
    type: 'number',
    whole: true,
    unit: 'days',
    text: 'Calendar days from the day it was placed to the day it was promised for',
    example: 2,
    missing: 'The order brings no promise of its own.',
    read: ({ order, placed }) => (order.promiseBy === undefined ? undefined : dayNumber(order.promiseBy) - placed.day),
  },
  ageHours: {
    type: 'number',
    range: [0, null],
    whole: true,
    unit: 'h',
    text: 'Whole hours it has waited when the wave starts',
    example: 26,
    read: ({ order, asOfMs }) => Math.max(0, Math.floor((asOfMs - Date.parse(order.placedAt)) / 3_600_000)),
  },
});

function total({ order, items }: OrderView, valueOf: (line: OrderLine, item: Item | undefined) => number): number {
  let sum = 0;
  for (const line of order.lines) sum += valueOf(line, items.get(line.sku));
  return sum;
}
