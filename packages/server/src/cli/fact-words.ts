// Decides how what a rule found reads in a terminal: facts by the names that the studio gives them, each with the value it had.
import { type Evidence, FACTS, OPERATORS } from '@sourcewright/engine';
import { money } from './figures.ts';
import { listed, type Names } from './names.ts';

const FACT_OF = new Map(FACTS.map((fact) => [fact.name, fact]));
const OPERATOR_TEXTS = new Map(OPERATORS.map(({ name, text }) => [name, text]));

/** Whose fact it is, by its scope. */
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

/** Facts that are so or not. */
const FLAGS: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  'item.hazmat': ['the item is dangerous goods', 'the item is not dangerous goods'],
  'item.oversize': ['the item is oversize', 'the item is not oversize'],
  'item.bundle': ['the item is a bundle', 'the item is not a bundle'],
  'order.hasHazmat': ['the order has dangerous goods', 'the order has no dangerous goods'],
  'order.hasOversize': ['the order has oversize goods', 'the order has no oversize goods'],
  'order.shipComplete': ['the order asks for all or nothing', 'the order may go out in part'],
  'node.cutoffPassed': ['the node is past its cutoff', 'the node is not past its cutoff'],
  'stock.lastUnit': ['the stock is down to the last unit', 'the stock has more than one unit'],
};

const UNIT_ENDINGS = /(Micros|Km|Grams|Percent|Hours|Days|Weeks|Units)$/;

/** `order.valueMicros` → `the order’s value`; a fact that is not known reads as itself. */
export function factPhrase(name: string): string {
  const fact = FACT_OF.get(name);
  if (!fact) return name;
  const key = name.slice(name.indexOf('.') + 1);
  const stem = fact.unit === undefined ? key : key.replace(UNIT_ENDINGS, '') || key;
  const label = SPECIAL[name] ?? stem.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return [OWNERS[fact.scope], label].filter(Boolean).join(' ');
}

/**
 * `It found that the order’s region is UB and the node’s region is IV.` for one node, or for several of which the rule found
 * alike: what is the same of all with its value, what is not by the condition that all of them meet, or all fail.
 */
export function foundText(evidences: readonly (readonly Evidence[])[], names: Names): string {
  const [first = []] = evidences;
  const found = first.map((one, at) => {
    const same = evidences.every((other) => JSON.stringify(other[at]?.actual) === JSON.stringify(one.actual));
    return same ? valueFound(one, names) : conditionMet(one, names);
  });
  return found.length === 0 ? '' : `It found that ${listed([...new Set(found)])}.`;
}

/** Equal where `foundText` can tell both as one. */
export function foundKey(evidence: readonly Evidence[]): string {
  return JSON.stringify(evidence.map(({ fact, operator, expected, holds }) => [fact, operator, expected, holds]));
}

/** Comparisons that a value answers by itself. */
const SAID_BY_VALUE: ReadonlySet<string> = new Set(['equal', 'in']);

function valueFound({ fact, operator, expected, actual, holds }: Evidence, names: Names): string {
  const phrase = factPhrase(fact);
  if (actual === null || actual === undefined) return `${phrase} is not known`;
  if (FACT_OF.get(fact)?.type === 'list') return conditionMet({ fact, operator, expected, actual, holds }, names);
  const flag = typeof actual === 'boolean' ? FLAGS[fact] : undefined;
  if (flag) return flag[actual ? 0 : 1];
  const value = `${phrase} is ${valueText(actual, fact, names)}`;
  if (holds && SAID_BY_VALUE.has(operator)) return value;
  return `${value} (${holds ? '' : 'not '}${operatorText(operator).replace(/^is /, '')} ${valueText(expected, fact, names)})`;
}

function conditionMet({ fact, operator, expected, holds }: Evidence, names: Names): string {
  const isList = FACT_OF.get(fact)?.type === 'list';
  const verb = isList ? plural(operatorText(operator)) : operatorText(operator);
  const condition = `${factPhrase(fact)} ${verb} ${valueText(expected, fact, names)}`;
  return holds ? condition : `it is not so that ${condition}`;
}

function operatorText(operator: string): string {
  return OPERATOR_TEXTS.get(operator) ?? operator;
}

/** Lists are called in the plural: `tags contain`. */
function plural(verb: string): string {
  return verb
    .replace(/^contains/, 'contain')
    .replace(/^does /, 'do ')
    .replace(/^has (not )?the group/, (_, not) => (not ? 'do not include' : 'include'));
}

const NODE_IDS: ReadonlySet<string> = new Set(['node.nodeId', 'order.collectAt']);

function valueText(value: unknown, name: string, names: Names): string {
  if (Array.isArray(value))
    return value.length === 0 ? 'nothing' : value.map((one) => valueText(one, name, names)).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return numberText(value, FACT_OF.get(name)?.unit);
  if (typeof value === 'string') return NODE_IDS.has(name) ? names.node(value) : value;
  return value === null || value === undefined ? 'nothing' : JSON.stringify(value);
}

function numberText(value: number, unit: string | undefined): string {
  if (unit === undefined || unit === 'units') return String(value);
  if (unit === 'micros') return money(value);
  if (unit === 'g' && Math.abs(value) >= 1000) return `${value / 1000} kg`;
  return `${value} ${value === 1 ? unit.replace(/s$/, '') : unit}`;
}
