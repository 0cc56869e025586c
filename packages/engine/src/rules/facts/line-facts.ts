// Decides the facts of an order line and of its item.
import { lineWeightGrams, unitPriceMicros } from '../line-amounts.ts';
import { factsOf, NO_VALUES } from './fact.ts';

export const LINE_FACTS = factsOf('line', {
  quantity: {
    type: 'number',
    range: [1, null],
    whole: true,
    unit: 'units',
    text: 'Units ordered on the line',
    example: 6,
    read: ({ line }) => line.quantity,
  },
  unitPriceMicros: {
    type: 'number',
    range: [0, null],
    whole: true,
    unit: 'micros',
    text: 'Price of one unit',
    example: 1_650_000,
    read: ({ line, item }) => unitPriceMicros(line, item),
  },
  valueMicros: {
    type: 'number',
    range: [0, null],
    whole: true,
    unit: 'micros',
    text: 'Price × quantity',
    example: 9_900_000,
    read: ({ line, item }) => unitPriceMicros(line, item) * line.quantity,
  },
  weightGrams: {
    type: 'number',
    range: [0, null],
    unit: 'g',
    text: 'Weight of the whole line',
    example: 900,
    read: ({ line, item }) => lineWeightGrams(line, item),
  },
});

export const ITEM_FACTS = factsOf('item', {
  sku: { type: 'text', text: 'The item’s sku', example: '22465', read: ({ sku }) => sku },
  category: {
    type: 'text',
    text: 'The item’s category',
    example: 'candles',
    missing: 'The item has none.',
    read: ({ item }) => item?.category,
  },
  brand: {
    type: 'text',
    text: 'The item’s brand',
    example: 'Lumen',
    missing: 'The item has none.',
    read: ({ item }) => item?.brand,
  },
  weightGrams: {
    type: 'number',
    range: [0, null],
    unit: 'g',
    text: 'Weight of one unit',
    example: 150,
    read: ({ item }) => item?.weightGrams,
  },
  priceMicros: {
    type: 'number',
    range: [0, null],
    whole: true,
    unit: 'micros',
    text: 'Usual price of one unit',
    example: 1_650_000,
    missing: 'The item has none.',
    read: ({ item }) => item?.priceMicros,
  },
  hazmat: {
    type: 'flag',
    text: 'Whether the item is dangerous goods',
    example: false,
    read: ({ item }) => item?.hazmat ?? false,
  },
  oversize: {
    type: 'flag',
    text: 'Whether the item is too large for ordinary parcels',
    example: false,
    read: ({ item }) => item?.oversize ?? false,
  },
  bundle: {
    type: 'flag',
    text: 'Whether the item is made up of several things',
    example: false,
    read: ({ item }) => item?.bundle ?? false,
  },
  tags: { type: 'list', text: 'Tags of the item', example: ['fragile'], read: ({ item }) => item?.tags ?? NO_VALUES },
});
