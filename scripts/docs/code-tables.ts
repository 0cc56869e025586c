// Decides how the closed lists of the engine (facts, operators, effects, codes, reasons, strategies, limits) are shown.
// A list that grows without its text here does not compile.
import {
  CHANGE_KINDS,
  COST_MODEL,
  DEFAULT_LIMITS,
  EFFECTS,
  type Fact,
  FACTS,
  ISSUE_CODES,
  type IssueCode,
  MAX_NAMED_CONDITIONS,
  MAX_RULES,
  OPERATORS,
  REJECTION_CODES,
  SPLIT_CAUSES,
  STRATEGIES,
  type Strategy,
  UNSOURCED_REASONS,
} from '../../packages/engine/src/index.ts';
import { FACT_SCOPES, type FactScope } from '../../packages/engine/src/rules/catalogue.ts';
import { MAX_POLICY_CONDITIONS } from '../../packages/engine/src/rules/compile.ts';
import { type EffectScope, READABLE } from '../../packages/engine/src/rules/effects.ts';
import type { ValueShape } from '../../packages/engine/src/rules/operators.ts';
import {
  MAX_CONDITION_DEPTH,
  MAX_CONDITIONS,
  MAX_VALUE_LENGTH,
  MAX_VALUES,
} from '../../packages/engine/src/rules/parse-condition.ts';
import { CHANGES, SPLIT_PARTS, SPLITS } from '../../packages/engine/src/explain/reasons.ts';
import { rejectionSentence, unsourcedSentence } from '../../packages/engine/src/explain/text.ts';
import { EXIT } from '../../packages/server/src/cli/failure.ts';
import { code, markdownTable } from './markdown-table.ts';

const ISSUE_TEXTS: Readonly<Record<IssueCode, string>> = {
  'too-large': 'A list, file, body or wave is longer than its limit; or the last issue, which counts those not listed.',
  'too-deep': 'The document, or a rule’s conditions, nest too deep.',
  unreadable: 'A file is missing, empty or damaged, or is not JSON, CSV, gzip or UTF-8.',
  'missing-column': 'A table lacks a required column.',
  'wrong-type': 'A value is of another type than the field’s.',
  missing: 'A required field is not there.',
  'unknown-field': 'There is no such field.',
  'out-of-range': 'A number or the length of a text or list is outside its limits.',
  'bad-format': 'A text does not have the form asked for, or is none of the allowed values.',
  'duplicate-id': 'An id that must be unique is used twice.',
  'unknown-reference': 'An id names nothing that is there.',
  inconsistent: 'Two values contradict each other.',
  unsupported: 'The call asks for something that this version does not do.',
  'bad-rule': 'A rule names no known fact or operator, or compares with a value that does not fit.',
  cancelled: 'The run was cancelled.',
};

const STRATEGY_TEXTS: Readonly<Record<Strategy, string>> = {
  optimal:
    'All orders together: prices for scarce stock and capacity, plans guided by them, ruin and recreate, then cuts and blocks on HiGHS. Carries a bound for the whole wave and the prices. Never dearer than `fcfs-exact`; waves of small orders end within hundredths of a percent of their bound, large baskets within several percent.',
  'fcfs-exact':
    'Each order in turn, first come, first served, at the least cost on what earlier orders left. Proven for most orders; where the work limit ends the search first, the plan carries its gap.',
  priority:
    'Each line from the first node of `nodeOrder` that has all of it. Without a list: `dc`, `3pl`, `store`, `vendor`.',
  nearest: 'Each line from the nearest node that has all of it. Nodes at unknown distance come last.',
  'fewest-shipments':
    'As few nodes as cover every line that can be covered: all single nodes and pairs are tried, beyond that greedily. Equal covers by cost.',
  cascade:
    'The strategies of the policy’s `cascade` one after another, each from its own nodes in its own order, until nothing of the order is open. Without one: all of the order from the nearest node that has it, else each line from the nearest node that has it.',
};

const SCOPE_TEXTS: Readonly<Record<FactScope, string>> = {
  time: 'Of the moment at which the wave starts.',
  order: 'Of the order.',
  line: 'Of the line.',
  item: 'Of the line’s item.',
  node: 'Of the node that may supply it.',
  lane: 'Between node and destination.',
  stock: 'Of the item at the node, when the wave starts.',
};

const EFFECT_SCOPES: readonly EffectScope[] = ['candidate', 'order', 'stock', 'node'];
const EFFECT_SCOPE_TEXTS: Readonly<Record<EffectScope, string>> = {
  candidate: 'On a line at a node.',
  order: 'On a whole order.',
  stock: 'On an item at a node, before the wave begins.',
  node: 'On a node, before the wave begins.',
};

const VALUE_TEXTS: Readonly<Record<ValueShape, string>> = {
  one: 'one value or fact',
  list: 'a list, or a fact that is a list',
  pair: '[low, high]: two numbers or two dates',
  'one-or-list': 'one value or fact, or a list of values',
};

function choicesText({ choices, text }: Fact): string {
  return choices === undefined || choices.every((choice) => text.includes(choice))
    ? ''
    : `One of ${choices.map(code).join(', ')}.`;
}

export const CODE_TABLES: Readonly<Record<string, () => string>> = {
  facts: () =>
    FACT_SCOPES.map((scope) => {
      const rows = FACTS.filter((fact) => fact.scope === scope).map((fact) => [
        code(fact.name),
        fact.unit === undefined ? fact.type : `${fact.type}, ${fact.unit}`,
        [`${fact.text}.`, choicesText(fact), fact.missing === undefined ? '' : `Missing: ${fact.missing}`]
          .filter((part) => part !== '')
          .join(' '),
        code(JSON.stringify(fact.example)),
      ]);
      return `${SCOPE_TEXTS[scope]}\n\n${markdownTable(['fact', 'type', 'meaning', 'example'], rows)}`;
    }).join('\n\n'),
  operators: () =>
    markdownTable(
      ['operator', 'reads as', 'facts', 'value'],
      OPERATORS.map(({ name, text, factTypes, value, standard }) => [
        code(name),
        standard ? text : `${text} *`,
        factTypes.join(', '),
        VALUE_TEXTS[value],
      ]),
    ),
  effects: () =>
    EFFECT_SCOPES.map((scope) => {
      const rows = EFFECTS.filter((effect) => effect.scope === scope).map(({ type, text, together, params }) => [
        code(type),
        `${text} ${together}`,
        params.map((param) => `${code(param.name)}: ${param.text}${param.required ? '' : ' (optional)'}`).join('; '),
      ]);
      const reads = READABLE[scope].map((name) => code(`${name}.*`)).join(', ');
      return `${EFFECT_SCOPE_TEXTS[scope]} Their rules read ${reads}.\n\n${markdownTable(['effect', 'what it does', 'parameters'], rows)}`;
    }).join('\n\n'),
  'rule limits': () =>
    markdownTable(
      ['limit', 'value'],
      [
        ['rules in a policy', String(MAX_RULES)],
        ['conditions in a rule', String(MAX_CONDITIONS)],
        ['conditions in a policy', String(MAX_POLICY_CONDITIONS)],
        ['named conditions in a policy', String(MAX_NAMED_CONDITIONS)],
        ['depth of nesting, names looked up', String(MAX_CONDITION_DEPTH)],
        ['values in a list', String(MAX_VALUES)],
        ['characters in a value', String(MAX_VALUE_LENGTH)],
      ],
    ),
  strategies: () =>
    markdownTable(
      ['strategy', 'how orders are decided'],
      STRATEGIES.map((strategy) => [code(strategy), STRATEGY_TEXTS[strategy]]),
    ),
  'default limits': () =>
    markdownTable(
      ['limit', 'default'],
      Object.entries(DEFAULT_LIMITS).map(([name, value]) => [code(name), String(value)]),
    ),
  'issue codes': () =>
    markdownTable(
      ['code', 'meaning'],
      ISSUE_CODES.map((issue) => [code(issue), ISSUE_TEXTS[issue]]),
    ),
  'unsourced reasons': () =>
    markdownTable(
      ['reason', 'sentence'],
      UNSOURCED_REASONS.map((reason) => [code(reason), unsourcedSentence(reason, 2)]),
    ),
  'rejection codes': () =>
    markdownTable(
      ['code', 'sentence'],
      REJECTION_CODES.map((rejection) => [
        code(rejection),
        rejectionSentence({ ...SAMPLE, code: rejection }, 'North shop', {
          place: 'East shop',
          lacks: 'does not send goods to stores',
        }),
      ]),
    ),
  'split causes': () =>
    markdownTable(
      ['cause', 'sentence', 'evidence'],
      SPLIT_CAUSES.map((cause) => [code(cause), SPLITS[cause].template, SPLITS[cause].evidence.map(code).join(', ')]),
    ),
  'split parts': () =>
    markdownTable(
      ['case', 'sentence', 'evidence'],
      Object.entries(SPLIT_PARTS).map(([name, { template, evidence }]) => [
        code(name),
        template,
        evidence.map(code).join(', '),
      ]),
    ),
  changes: () =>
    markdownTable(
      ['change', 'sentence', 'evidence'],
      CHANGE_KINDS.map((kind) => [code(kind), CHANGES[kind].template, CHANGES[kind].evidence.map(code).join(', ')]),
    ),
  'cost terms': () =>
    markdownTable(
      ['term', 'for', 'amount', 'from', 'source'],
      COST_MODEL.map(({ term, per, formula, inputs, source }) => [term, per, formula, inputs.join('; '), source]),
    ),
  'exit codes': () =>
    markdownTable(
      ['exit code', 'meaning'],
      [
        [String(EXIT.ok), 'Done.'],
        [String(EXIT.bug), 'Internal error: a bug. Please report it.'],
        [String(EXIT.input), 'The input or the call is wrong; standard error says what and where.'],
        [String(EXIT.checks), 'A check of `check` failed; standard output says which.'],
      ],
    ),
};

const SAMPLE = {
  nodeId: 'shop-north',
  rule: 'no heavy goods by bike',
  because: 'Nothing over 3 kg fits on a bicycle.',
  wanted: 7,
  available: 5,
  marginMicros: 1_000_000,
};
