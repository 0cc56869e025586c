// Decides how a rule reads as one sentence of plain words, made from the catalogue.
// Leaves single facts and values to fact-words.ts.
import { factPhrase, listText, nodeTypesText, valueText, type Words } from './fact-words.ts';
import type { Rule } from './draft.ts';
import { plainText } from './plain-text.ts';
import { moneyText } from '../../format/money.ts';
import { strategyLabel } from '../../format/words.ts';

type Conditions = Readonly<Record<string, unknown>>;
type Params = Readonly<Record<string, unknown>>;

/** Effects that act on nodes: what the rule asks of the node's type can stand as their object. */
const ON_NODES = new Set(['exclude', 'penalise', 'sourcing-buffer', 'capacity-cap']);

/** `Exclude stores when the item’s weight is more than 2 kg, because …`. Any document reads as something. */
export function ruleSentence(rule: Rule, words: Words): string {
  const { type, params } = rule.event;
  const { nodes, rest } = ON_NODES.has(type) ? nodeObject(rule.conditions) : { nodes: null, rest: rule.conditions };
  const when = rest === null ? '' : conditionsText(rest, words);
  const deed = effectText(type, params as Params, nodes ?? 'the node', words);
  const because = plainText(params.because).replace(/[.\s]+$/, '');
  return `${deed}${when ? ` when ${when}` : ''}${because ? `, because ${decapitalised(because)}` : ''}.`;
}

/** Conditions as they read after “when”. */
export function conditionsText(conditions: unknown, words: Words, inside = false): string {
  if (!isObject(conditions)) return '…';
  const { all, any, not, condition } = conditions;
  if (Array.isArray(all)) return group(all, 'and', words, inside);
  if (Array.isArray(any)) return group(any, 'or', words, inside);
  if (not !== undefined) return `it is not so that ${conditionsText(not, words, true)}`;
  if (typeof condition === 'string') return `“${condition}” holds`;
  return comparisonText(conditions, words);
}

function group(members: readonly unknown[], word: 'and' | 'or', words: Words, inside: boolean): string {
  const parts = members.map((member) => conditionsText(member, words, members.length > 1));
  if (parts.length === 0) return word === 'and' ? 'anything' : 'never';
  const text = listText(parts, word);
  return inside && parts.length > 1 ? `(${text})` : text;
}

function comparisonText({ fact: name, operator: op, value }: Conditions, words: Words): string {
  const fact = words.facts.get(String(name));
  const operator = words.operators.get(String(op));
  const subject = fact ? factPhrase(fact) : `“${String(name)}”`;
  if (fact?.type === 'flag' && typeof value === 'boolean' && (op === 'equal' || op === 'notEqual')) {
    const yes = value === (op === 'equal');
    return flagText(fact.name, subject, yes);
  }
  if (op === 'withinKm' || op === 'beyondKm') {
    return `${subject} is ${op === 'withinKm' ? 'within' : 'beyond'} ${valueText(value, fact, words)}`;
  }
  if (op === 'between' && Array.isArray(value)) {
    return `${subject} is between ${valueText(value[0], fact, words)} and ${valueText(value[1], fact, words)}`;
  }
  const verb = operator?.text ?? String(op);
  return `${subject} ${fact?.type === 'list' ? pluralVerb(verb) : verb} ${valueText(value, fact, words)}`;
}

/** Lists are called in the plural: `tags contain`. */
function pluralVerb(text: string): string {
  return text
    .replace(/^contains/, 'contain')
    .replace(/^does not/, 'do not')
    .replace(/^has (not )?the group/, (_, not) => (not ? 'do not include' : 'include'));
}

function flagText(name: string, subject: string, yes: boolean): string {
  const owner = subject.replace(/’s .*$/, '');
  const said = {
    'item.hazmat': ['is dangerous goods', 'is not dangerous goods'],
    'item.oversize': ['is oversize', 'is not oversize'],
    'item.bundle': ['is a bundle', 'is not a bundle'],
    'order.hasHazmat': ['has dangerous goods', 'has no dangerous goods'],
    'order.hasOversize': ['has oversize goods', 'has no oversize goods'],
    'order.shipComplete': ['asks for all or nothing', 'may go out in part'],
    'node.cutoffPassed': ['is past its cutoff', 'is not past its cutoff'],
    'stock.lastUnit': ['is down to the last unit', 'has more than one unit'],
  }[name];
  return said ? `${owner} ${said[yes ? 0 : 1]}` : `${subject} is ${yes ? 'yes' : 'no'}`;
}

/** Takes what is asked of the node's type out of conditions that must all hold, as the thing the effect acts on. */
function nodeObject(conditions: Conditions): { nodes: string | null; rest: Conditions | null } {
  const { all } = conditions;
  if (!Array.isArray(all)) return { nodes: null, rest: conditions };
  const at = all.findIndex((member) => isObject(member) && member['fact'] === 'node.type' && typesOf(member) !== null);
  if (at < 0) return { nodes: null, rest: conditions };
  const rest = all.toSpliced(at, 1);
  return { nodes: typesOf(all[at] as Conditions), rest: rest.length === 0 ? null : { all: rest } };
}

function typesOf({ operator, value }: Conditions): string | null {
  if (operator === 'equal') return nodeTypesText([value]);
  return operator === 'in' && Array.isArray(value) ? nodeTypesText(value) : null;
}

/** Nodes for which conditions hold: `DCs`, or `nodes where …`. */
function nodesText(conditions: unknown, words: Words): string {
  if (isObject(conditions)) {
    const { nodes, rest } = nodeObject(conditions);
    if (nodes) return rest === null ? nodes : `${nodes} where ${conditionsText(rest, words)}`;
    if (Array.isArray(conditions['any'])) {
      return listText(
        conditions['any'].map((member) =>
          nodesText(isObject(member) && 'fact' in member ? { all: [member] } : member, words),
        ),
        'or',
      );
    }
  }
  return `nodes where ${conditionsText(conditions, words)}`;
}

function effectText(type: string, params: Params, nodes: string, words: Words): string {
  const money = (key: string): string => moneyText(Number(params[key] ?? 0), words.currency).replace(/\.00$/, '');
  const number = (key: string): number => Number(params[key] ?? 0);
  const count = (key: string, one: string): string => `${number(key)} ${number(key) === 1 ? one : `${one}s`}`;
  const share = params['valuePercent'] ? ` and ${number('valuePercent')} % of its value` : '';
  switch (type) {
    case 'exclude':
      return `Exclude ${nodes}`;
    case 'require':
      return `Only ${nodesText(params['nodes'], words)} supply the line`;
    case 'penalise':
      return `Charge ${nodes} ${money('perLineMicros')}${share} a line`;
    case 'prefer':
      return `Prefer ${nodesText(params['nodes'], words)}, charging others ${money('perLineMicros')}${share} a line,`;
    case 'sourcing-buffer': {
      const kept = [
        params['units'] !== undefined && count('units', 'unit'),
        params['coverDays'] !== undefined && `${count('coverDays', 'day')} of cover`,
      ].filter((part) => part !== false);
      return `Keep back ${listText(kept, 'or') || 'nothing'} at ${nodes}`;
    }
    case 'capacity-cap':
      return `Use at most ${number('percent')} % of the capacity of ${nodes}`;
    case 'max-shipments':
      return `Send the order in at most ${count('shipments', 'shipment')}`;
    case 'ship-complete':
      return 'Send the order whole or not at all';
    case 'allow-partial':
      return 'Let the order go out with units missing';
    case 'hold':
      return 'Hold the order';
    case 'promise-by':
      return `Promise the order within ${count('days', 'day')}`;
    case 'min-part-value':
      return `Make every part of the order worth at least ${money('minPartValueMicros')}`;
    case 'unsourced-penalty':
      return `Count ${number('percent')} % of the charge for unsourced units`;
    case 'when-unsourced':
      return afterText(params);
    default:
      return `Do “${type}”`;
  }
}

function afterText({ action, cancelAfterHours, strategy }: Params): string {
  if (action === 'cancel') return 'Cancel what stays unsourced';
  if (action === 'next-strategy') return `Try ${strategyLabel(String(strategy))} for what stays unsourced`;
  const after = cancelAfterHours === undefined ? '' : `, given up after ${plainText(cancelAfterHours)} hours,`;
  return `Queue what stays unsourced${after}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

const COMMON = new Set(
  'a all an couriers customers each every heavy in it items large most no nothing of one only orders our receipts shelves shops small some staff stores that the there they this vendors we what when'.split(
    ' ',
  ),
);

/** Inside a sentence only names keep their capital. */
function decapitalised(text: string): string {
  const word = /^[A-Z][a-z]*/.exec(text)?.[0];
  return word && COMMON.has(word.toLowerCase()) ? text[0]!.toLowerCase() + text.slice(1) : text;
}
