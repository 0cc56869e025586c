// Decides what facts, operators and values are called in sentences and menus, from the catalogue alone.
import type { Catalogue } from '@sourcewright/engine';
import { moneyText } from '../../format/money.ts';

export type Fact = Catalogue['facts'][number];
export type Operator = Catalogue['operators'][number];
export type Effect = Catalogue['effects'][number];

/** The catalogue by name, with the currency that its amounts are in. */
export interface Words {
  readonly catalogue: Catalogue;
  readonly facts: ReadonlyMap<string, Fact>;
  readonly operators: ReadonlyMap<string, Operator>;
  readonly effects: ReadonlyMap<string, Effect>;
  readonly currency: string;
}

export function createWords(catalogue: Catalogue, currency: string): Words {
  return {
    catalogue,
    facts: new Map(catalogue.facts.map((fact) => [fact.name, fact])),
    operators: new Map(catalogue.operators.map((operator) => [operator.name, operator])),
    effects: new Map(catalogue.effects.map((effect) => [effect.type, effect])),
    currency,
  };
}

export const SCOPE_LABELS: Readonly<Record<string, string>> = {
  time: 'Time',
  order: 'Order',
  line: 'Line',
  item: 'Item',
  node: 'Node',
  lane: 'Way of the goods',
  stock: 'Stock at the node',
};

const OWNERS: Readonly<Record<string, string>> = {
  time: '',
  order: 'the order’s',
  line: 'the line’s',
  item: 'the item’s',
  node: 'the node’s',
  lane: 'the',
  stock: 'the stock’s',
};

const SPECIAL: Readonly<Record<string, string>> = {
  'node.nodeId': 'id',
  'order.orderId': 'id',
  'order.customerId': 'customer',
  'order.hasHazmat': 'dangerous goods',
  'order.hasOversize': 'oversize goods',
  'order.lineCount': 'number of lines',
  'order.collectAt': 'collecting node',
  'lane.serviceCount': 'number of services',
  'lane.cheapestShippingMicros': 'cheapest shipping',
  'item.hazmat': 'dangerous goods',
  'stock.lastUnit': 'last unit',
};

const UNIT_ENDINGS = /(Micros|Km|Grams|Percent|Hours|Days|Weeks|Units)$/;

/** `order.valueMicros` → `value`; the unit stands with the value. */
export function factLabel({ name, unit }: Pick<Fact, 'name' | 'unit'>): string {
  if (Object.hasOwn(SPECIAL, name)) return SPECIAL[name]!;
  const key = name.slice(name.indexOf('.') + 1);
  const stem = unit === undefined ? key : key.replace(UNIT_ENDINGS, '') || key;
  return stem.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** In a menu: `order value`, `stock cover (weeks)`. */
export function factMenuLabel(fact: Fact): string {
  const unit = fact.unit && fact.unit !== 'micros' ? ` (${fact.unit})` : '';
  const owner = fact.scope === 'lane' || fact.scope === 'time' ? '' : `${fact.scope} `;
  return `${owner}${factLabel(fact)}${unit}`;
}

/** `the order’s value`; the owner is left out for facts of time. */
export function factPhrase(fact: Fact): string {
  return [OWNERS[fact.scope], factLabel(fact)].filter(Boolean).join(' ');
}

/** A value as a person says it: `£100.00`, `2 kg`, `25 km`, `“gift”`. */
export function valueText(value: unknown, fact: Fact | undefined, words: Words): string {
  if (Array.isArray(value)) return value.map((one) => valueText(one, fact, words)).join(', ');
  if (value !== null && typeof value === 'object' && 'fact' in value) {
    const other = words.facts.get(String(value.fact));
    return other ? factPhrase(other) : String(value.fact);
  }
  if (typeof value === 'number') return numberText(value, fact, words.currency);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return fact?.choices?.includes(value) || fact?.type === 'date' ? value : `“${value}”`;
  return value === null || value === undefined ? 'nothing' : JSON.stringify(value);
}

function numberText(value: number, fact: Fact | undefined, currency: string): string {
  const unit = fact?.unit;
  if (unit === 'micros') return moneyText(value, currency).replace(/\.00$/, '');
  if (unit === 'g' && Math.abs(value) >= 1000) return `${value / 1000} kg`;
  if (unit === undefined) return String(value);
  const one = value === 1 ? unit.replace(/s$/, '') : unit;
  return `${value} ${one}`;
}

const NODE_TYPES: Readonly<Record<string, string>> = { dc: 'DCs', store: 'stores', vendor: 'vendors', '3pl': '3PLs' };

/** `stores`, `stores and vendors`; nothing where a type is unknown. */
export function nodeTypesText(types: readonly unknown[]): string | null {
  const names = types.map((type) => NODE_TYPES[String(type)]);
  if (names.length === 0 || names.some((name) => name === undefined)) return null;
  return listText(names as string[], 'and');
}

export function listText(parts: readonly string[], word: 'and' | 'or'): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`;
}
