// Decides which facts and operators a rule may name, what they mean and at which scope they are known.
// This is the published list: documentation, editors and the compiler read it, so that they cannot disagree.

export const FACT_SCOPES = ['order', 'line', 'item', 'node', 'lane', 'stock'] as const;
export type FactScope = (typeof FACT_SCOPES)[number];
export type FactType = 'text' | 'number' | 'flag' | 'list';

export interface Fact {
  readonly name: string;
  readonly scope: FactScope;
  readonly type: FactType;
  readonly unit?: string;
  readonly text: string;
  readonly example: string | number | boolean | readonly string[];
}

const fact = (name: string, type: FactType, text: string, example: Fact['example'], unit?: string): Fact => ({
  name,
  scope: name.slice(0, name.indexOf('.')) as FactScope,
  type,
  text,
  example,
  ...(unit === undefined ? {} : { unit }),
});

export const FACTS: readonly Fact[] = [
  fact('order.orderId', 'text', 'The order’s id', '576080'),
  fact('order.channel', 'text', 'Where the order came from', 'web'),
  fact('order.country', 'text', 'Country of the destination', 'GB'),
  fact('order.region', 'text', 'Region of the destination', 'EH'),
  fact('order.postcode', 'text', 'Postcode of the destination', 'EH3'),
  fact('order.priority', 'number', 'Priority, 0 ordinary to 9', 5),
  fact('order.customerId', 'text', 'The customer’s id', '18211'),
  fact('order.customerTier', 'text', 'The customer’s tier', 'gold'),
  fact('order.tags', 'list', 'Tags of the order', ['gift']),
  fact('order.services', 'list', 'Services the customer accepts', ['standard']),
  fact('order.valueMicros', 'number', 'Value of all lines', 100_000_000, 'micros'),
  fact('order.units', 'number', 'Units over all lines', 24, 'units'),
  fact('order.lineCount', 'number', 'Lines in the order', 12, 'lines'),
  fact('order.weightGrams', 'number', 'Weight of all lines', 4200, 'g'),
  fact('order.placedWeekday', 'number', 'ISO weekday it was placed, 1 Monday to 7 Sunday', 1),
  fact('order.placedHour', 'number', 'Hour of the day it was placed, 0 to 23', 14, 'h'),
  fact('line.quantity', 'number', 'Units ordered on the line', 6, 'units'),
  fact('line.unitPriceMicros', 'number', 'Price of one unit', 1_650_000, 'micros'),
  fact('line.valueMicros', 'number', 'Price × quantity', 9_900_000, 'micros'),
  fact('line.weightGrams', 'number', 'Weight of the whole line', 900, 'g'),
  fact('item.sku', 'text', 'The item’s sku', '22465'),
  fact('item.category', 'text', 'The item’s category', 'candles'),
  fact('item.weightGrams', 'number', 'Weight of one unit', 150, 'g'),
  fact('item.priceMicros', 'number', 'Usual price of one unit', 1_650_000, 'micros'),
  fact('item.hazmat', 'flag', 'Whether the item is dangerous goods', false),
  fact('item.tags', 'list', 'Tags of the item', ['fragile']),
  fact('node.nodeId', 'text', 'The node’s id', 'DC-NORTH'),
  fact('node.type', 'text', 'dc, store, vendor or 3pl', 'store'),
  fact('node.region', 'text', 'Region of the node', 'EH'),
  fact('node.groups', 'list', 'Groups the node belongs to', ['scotland']),
  fact('node.tags', 'list', 'Tags of the node', ['small']),
  fact('lane.distanceKm', 'number', 'Distance from node to destination', 38.2, 'km'),
  fact('stock.onHand', 'number', 'Units counted of the sku at the node', 12, 'units'),
  fact('stock.sourceable', 'number', 'Units sourcing may take there when the wave starts', 9, 'units'),
  fact('stock.lastUnit', 'flag', 'Whether only one unit may still be taken', false),
];

export const FACTS_BY_NAME: ReadonlyMap<string, Fact> = new Map(FACTS.map((entry) => [entry.name, entry]));

export interface Operator {
  readonly name: string;
  readonly text: string;
}

/** The operators of json-rules-engine, with its meaning. */
export const OPERATORS: readonly Operator[] = [
  { name: 'equal', text: 'is' },
  { name: 'notEqual', text: 'is not' },
  { name: 'in', text: 'is one of' },
  { name: 'notIn', text: 'is none of' },
  { name: 'contains', text: 'contains' },
  { name: 'doesNotContain', text: 'does not contain' },
  { name: 'lessThan', text: 'is less than' },
  { name: 'lessThanInclusive', text: 'is at most' },
  { name: 'greaterThan', text: 'is more than' },
  { name: 'greaterThanInclusive', text: 'is at least' },
];

export interface Effect {
  readonly type: 'exclude' | 'penalise';
  readonly text: string;
  readonly params: readonly { readonly name: string; readonly text: string; readonly required: boolean }[];
}

export const EFFECTS: readonly Effect[] = [
  {
    type: 'exclude',
    text: 'The node does not supply the line.',
    params: [{ name: 'because', text: 'Reason in plain words', required: true }],
  },
  {
    type: 'penalise',
    text: 'Supplying the line from the node is charged extra in the comparison.',
    params: [
      { name: 'because', text: 'Reason in plain words', required: true },
      { name: 'perLineMicros', text: 'Charge for each line so supplied', required: true },
    ],
  },
];
