import { describe, expect, it } from 'vitest';
import type { RuleEffect } from '../../model/effect.ts';
import type { NamedCondition, Rule } from '../../model/policy.ts';
import { buildPolicy } from '../../testing/build-scenario.ts';
import { LINT_CODES, type LintCode, type LintFinding } from './finding.ts';
import { lintPolicy } from './lint-policy.ts';

type Conditions = Rule['conditions'];
const because = 'x';
const is = (fact: string, value: unknown, operator = 'equal') => ({ fact, operator, value });
const all = (...conditions: unknown[]): Conditions => ({ all: conditions });
const STORE = is('node.type', 'store');
const GIFT = is('order.tags', 'gift', 'contains');
const heavy = (grams: number) => is('item.weightGrams', grams, 'greaterThan');
const EXCLUDE: RuleEffect = { type: 'exclude', params: { because } };
const requires = (...conditions: unknown[]): RuleEffect => ({
  type: 'require',
  params: { because, nodes: all(...conditions) },
});
const charges = (perLineMicros: number): RuleEffect => ({ type: 'penalise', params: { because, perLineMicros } });

type Entry = readonly [Conditions, RuleEffect?, Partial<Rule>?];

function lint(entries: readonly Entry[], conditions: readonly NamedCondition[] = []): LintFinding[] {
  const rules = entries.map(
    ([when, event = EXCLUDE, over], index): Rule => ({
      name: String.fromCharCode(97 + index),
      conditions: when,
      event,
      ...over,
    }),
  );
  return lintPolicy(buildPolicy({ rules, conditions: [...conditions] }));
}

interface Example {
  readonly what: string;
  readonly has: readonly Entry[];
  readonly hasNot: readonly Entry[];
  readonly path: string;
  readonly message: string;
  readonly fix?: unknown;
  readonly rules?: readonly string[];
}

/** For each class policies that have it, and their nearest neighbours that have not. */
const EXAMPLES: Partial<Record<LintCode, readonly Example[]>> = {
  'unknown-fact': [
    {
      what: 'a slip of the hand',
      has: [[all(is('node.typ', 'store'))]],
      hasNot: [[all(STORE)]],
      path: '/rules/0/conditions/all/0/fact',
      message: 'Did you mean "node.type"?',
      fix: { op: 'replace', path: '/rules/0/conditions/all/0/fact', value: 'node.type' },
    },
  ],
  'unknown-operator': [
    {
      what: 'a slip of the hand',
      has: [[all(is('node.type', 'store', 'equals'))]],
      hasNot: [[all(STORE)]],
      path: '/rules/0/conditions/all/0/operator',
      message: 'Did you mean "equal"?',
      fix: { op: 'replace', path: '/rules/0/conditions/all/0/operator', value: 'equal' },
    },
  ],
  'bad-rule': [
    {
      what: 'a path',
      has: [[all({ ...STORE, path: '$.x' })]],
      hasNot: [[all(STORE)]],
      path: '/rules/0/conditions/all/0/path',
      message: 'remove "path"',
    },
    {
      what: 'a fact of nodes in a rule on orders',
      has: [[all(STORE), { type: 'hold', params: { because } }]],
      hasNot: [[all(GIFT), { type: 'hold', params: { because } }]],
      path: '/rules/0/conditions/all/0/fact',
      message: 'reads facts of time, order only',
    },
  ],
  'type-mismatch': [
    {
      what: 'an operator for other facts',
      has: [[all(is('node.type', 5, 'lessThan'))]],
      hasNot: [[all(is('line.quantity', 5, 'lessThan'))]],
      path: '/rules/0/conditions/all/0/operator',
      message: 'lessThan never says anything of one',
    },
    {
      what: 'a number in quotes',
      has: [[all(is('line.quantity', '5', 'lessThan'))]],
      hasNot: [[all(is('line.quantity', 5, 'lessThan'))]],
      path: '/rules/0/conditions/all/0/value',
      message: 'line.quantity is a number; "5" is none.',
      fix: { op: 'replace', path: '/rules/0/conditions/all/0/value', value: 5 },
    },
    {
      what: 'a value that is none of the choices',
      has: [[all(is('node.type', ['shop', 'stor'], 'in'))]],
      hasNot: [[all(is('node.type', ['store', 'dc'], 'in'))]],
      path: '/rules/0/conditions/all/0/value/0',
      message: 'node.type is never "shop".',
    },
    {
      what: 'a choice misspelt',
      has: [[all(is('node.type', 'stor'))]],
      hasNot: [[all(STORE)]],
      path: '/rules/0/conditions/all/0/value',
      message: 'Did you mean "store"?',
      fix: { op: 'replace', path: '/rules/0/conditions/all/0/value', value: 'store' },
    },
    {
      what: 'null',
      has: [[all(is('order.region', null))]],
      hasNot: [[all(is('order.region', 'EH'))]],
      path: '/rules/0/conditions/all/0/value',
      message: 'Nothing is ever null',
    },
    {
      what: 'a day that is none',
      has: [[all(is('time.date', '2011-02-30', 'before'))]],
      hasNot: [[all(is('time.date', '2011-02-28', 'before'))]],
      path: '/rules/0/conditions/all/0/value',
      message: '"2011-02-30" is no date',
    },
    {
      what: 'two facts of different types',
      has: [[all(is('node.region', { fact: 'line.quantity' }))]],
      hasNot: [[all(is('node.region', { fact: 'order.region' }))]],
      path: '/rules/0/conditions/all/0/value',
      message: 'never equal and in no order',
    },
    {
      what: 'a list of nothing',
      has: [[all(is('order.region', [], 'in'))]],
      hasNot: [[all(is('order.region', ['EH'], 'in'))]],
      path: '/rules/0/conditions/all/0/value',
      message: 'The list is empty',
    },
  ],
  'never-holds': [
    {
      what: 'numbers that exclude each other',
      has: [[all(heavy(500), is('item.weightGrams', 400, 'lessThan'))]],
      hasNot: [[all(heavy(500), is('item.weightGrams', 501, 'lessThan'))]],
      path: '/rules/0/conditions',
      message: 'its conditions contradict each other',
      fix: { op: 'remove', path: '/rules/0' },
    },
    {
      what: 'whole numbers with none between them',
      has: [[all(is('line.quantity', 3, 'greaterThan'), is('line.quantity', 4, 'lessThan'))]],
      hasNot: [[all(is('item.weightGrams', 3, 'greaterThan'), is('item.weightGrams', 4, 'lessThan'))]],
      path: '/rules/0/conditions',
      message: 'contradict each other',
    },
    {
      what: 'a hidden contradiction',
      has: [[{ all: [{ any: [STORE, is('item.hazmat', true)] }, { not: STORE }, is('item.hazmat', false)] }]],
      hasNot: [[{ all: [{ any: [STORE, is('item.hazmat', true)] }, { not: STORE }, GIFT] }]],
      path: '/rules/0/conditions',
      message: 'contradict each other',
    },
    {
      what: 'texts that do not start alike',
      has: [[all(is('order.postcode', 'EH', 'startsWith'), is('order.postcode', 'IV3'))]],
      hasNot: [[all(is('order.postcode', 'EH', 'startsWith'), is('order.postcode', 'EH3'))]],
      path: '/rules/0/conditions',
      message: 'contradict each other',
    },
    {
      what: 'two facts both ways',
      has: [
        [all(is('node.region', { fact: 'order.region' }), is('node.region', { fact: 'order.region' }, 'notEqual'))],
      ],
      hasNot: [[all(is('node.region', { fact: 'order.region' }), is('node.region', 'EH', 'notEqual'))]],
      path: '/rules/0/conditions',
      message: 'contradict each other',
    },
    {
      what: 'one comparison',
      has: [[{ any: [STORE, is('lane.distanceKm', 0, 'lessThan')] }]],
      hasNot: [[{ any: [STORE, is('lane.distanceKm', 1, 'lessThan')] }]],
      path: '/rules/0/conditions/any/1',
      message: 'lane.distanceKm lessThan 0 can never hold',
    },
    {
      what: 'nodes that are all nodes',
      has: [[all(GIFT), requires({ any: [STORE, { not: STORE }] })]],
      hasNot: [[all(GIFT), requires(STORE)]],
      path: '/rules/0/event/params/nodes',
      message: 'names every node',
    },
  ],
  'always-holds': [
    {
      what: 'a rule that refuses all',
      has: [[{ any: [STORE, is('node.type', 'store', 'notEqual')] }]],
      hasNot: [[{ any: [STORE, is('node.type', 'dc')] }]],
      path: '/rules/0/conditions',
      message: 'no node may supply anything',
    },
    {
      what: 'one comparison',
      has: [[all(STORE, is('line.quantity', 1, 'greaterThanInclusive'))]],
      hasNot: [[all(STORE, is('line.quantity', 2, 'greaterThanInclusive'))]],
      path: '/rules/0/conditions/all/1',
      message: 'always holds: it says nothing',
    },
  ],
  'duplicate-rule': [
    {
      what: 'another name and order of conditions',
      has: [[all(STORE, heavy(500))], [all(heavy(500), STORE), { type: 'exclude', params: { because: 'y' } }]],
      hasNot: [
        [all(STORE, heavy(500)), charges(6)],
        [all(heavy(500), STORE), charges(5)],
      ],
      path: '/rules/1',
      message: 'The rule "b" says the same as the rule "a"',
      fix: { op: 'remove', path: '/rules/1' },
      rules: ['b', 'a'],
    },
  ],
  'masked-rule': [
    {
      what: 'a narrower refusal',
      has: [[all(STORE, heavy(500))], [all(STORE, heavy(900), GIFT)]],
      hasNot: [[all(STORE, heavy(500))], [all(STORE, heavy(400), GIFT)]],
      path: '/rules/1',
      message: 'has already refused the node',
      fix: { op: 'remove', path: '/rules/1' },
      rules: ['b', 'a'],
    },
    {
      what: 'a charge that is never paid, whatever its priority',
      has: [
        [all(STORE), EXCLUDE],
        [all(STORE, GIFT), charges(5), { priority: 9 }],
      ],
      hasNot: [
        [all(STORE, GIFT), EXCLUDE],
        [all(STORE), charges(5), { priority: 9 }],
      ],
      path: '/rules/1',
      message: 'has already refused the node',
    },
    {
      what: 'a looser limit',
      has: [
        [all(GIFT), { type: 'max-shipments', params: { because, shipments: 1 } }],
        [all(GIFT, is('order.channel', 'web')), { type: 'max-shipments', params: { because, shipments: 2 } }],
      ],
      hasNot: [
        [all(GIFT), { type: 'max-shipments', params: { because, shipments: 2 } }],
        [all(GIFT, is('order.channel', 'web')), { type: 'max-shipments', params: { because, shipments: 1 } }],
      ],
      path: '/rules/1',
      message: 'has already decided',
    },
  ],
  contradiction: [
    {
      what: 'what is required is excluded',
      has: [[all(GIFT), requires(STORE)], [all(STORE)], [all(heavy(5), is('node.type', 'vendor'))]],
      hasNot: [[all(GIFT), requires(STORE)], [all(STORE, heavy(5))]],
      path: '/rules/0',
      message: 'leave no node',
      rules: ['a', 'b'],
    },
    {
      what: 'two requirements that no node meets',
      has: [
        [all(GIFT), requires(STORE)],
        [all(heavy(5)), requires(is('node.type', 'dc'))],
      ],
      hasNot: [
        [all(GIFT), requires(STORE)],
        [all(heavy(5)), requires(is('node.region', 'EH'))],
      ],
      path: '/rules/0',
      message: 'leave no node',
      rules: ['a', 'b'],
    },
    {
      what: 'refusals that together refuse all, and no more of them than it takes',
      has: [
        [all(is('item.sku', 'cup'), STORE)],
        [all(is('node.type', ['dc', '3pl'], 'in'))],
        [all(is('node.type', ['store', 'vendor'], 'in'))],
      ],
      hasNot: [[all(is('node.type', ['dc', '3pl'], 'in'))], [all(STORE)]],
      path: '/rules/1',
      message: 'leave no node',
      rules: ['b', 'c'],
    },
  ],
};

describe.each(Object.entries(EXAMPLES) as [LintCode, readonly Example[]][])('%s', (code, examples) => {
  it.each(examples)('is $what', ({ has, hasNot, path, message, fix, rules }) => {
    const found = lint(has).filter((one) => one.code === code);
    expect(found.map((one) => one.path)).toEqual([path]);
    expect(found[0]!.message).toContain(message);
    expect(found[0]!.severity).toBe(LINT_CODES[code]);
    if (fix) expect(found[0]!.fix?.patch).toEqual([fix]);
    if (rules) expect(found[0]!.rules).toEqual(rules);
    expect(lint(hasNot).map((one) => `${one.code} ${one.path} ${one.message}`)).toEqual([]);
  });
});

describe('unused-condition', () => {
  const scotland = { name: 'Scotland', conditions: { any: [is('order.region', ['EH', 'IV'], 'in')] } };
  it('is a name that no rule leads to', () => {
    expect(lint([[all(STORE)]], [scotland])).toMatchObject([{ code: 'unused-condition', path: '/conditions/0' }]);
    expect(lint([[all(STORE, { condition: 'Scotland' })]], [scotland])).toEqual([]);
    const nodes = { any: [{ condition: 'Scotland' }] };
    expect(lint([[all(GIFT), { type: 'require', params: { because, nodes } }]], [scotland])).toEqual([]);
  });
});

describe('lintPolicy', () => {
  it('has an example of every class that needs no orders', () => {
    const elsewhere: LintCode[] = [
      'unused-condition',
      'never-hit',
      'orders-without-node',
      'strategy-never-asked',
      'orders-without-strategy',
      'unknown-node-name',
    ];
    expect(Object.keys(EXAMPLES).sort()).toEqual(
      (Object.keys(LINT_CODES) as LintCode[]).filter((code) => !elsewhere.includes(code)).sort(),
    );
  });

  it('orders findings by severity, and says each once', () => {
    const named = { name: 'n', conditions: { all: [is('node.type', 'shop')] } };
    const found = lint([[all({ condition: 'n' }, GIFT)], [all({ condition: 'n' }, heavy(3))]], [named]);
    expect(found.map(({ code }) => code)).toEqual(['never-holds', 'never-holds', 'type-mismatch']);
  });

  it('leaves open what cannot be known: other facts may be anything', () => {
    expect(lint([[all(is('order.hasHazmat', false), is('item.hazmat', true))]])).toEqual([]);
    expect(
      lint([[all(is('stock.sourceable', { fact: 'line.quantity' }, 'lessThan'), is('stock.sourceable', 5))]]),
    ).toEqual([]);
  });
});
