import { describe, expect, it } from 'vitest';
import type { Issue } from '../base/issue.ts';
import { EFFECT_TYPES } from '../model/effect.ts';
import type { Rule } from '../model/policy.ts';
import { EFFECTS, FACT_SCOPES, FACTS, FACTS_BY_NAME, OPERATORS } from './catalogue.ts';
import { compileRules, MAX_CONDITION_DEPTH, MAX_CONDITIONS, MAX_VALUES } from './compile.ts';
import { closest } from './did-you-mean.ts';

const LEAF = { fact: 'node.type', operator: 'equal', value: 'dc' };

function ruleOf(conditions: unknown, over: Partial<Rule> = {}): Rule {
  return {
    name: 'r',
    conditions: conditions as Rule['conditions'],
    event: { type: 'exclude', params: { because: 'x' } },
    ...over,
  };
}

function issuesOf(conditions: unknown): Issue[] {
  const result = compileRules([ruleOf(conditions)], '/rules');
  return result.ok ? [] : result.error;
}

const groups = (depth: number): unknown => {
  let conditions: unknown = { all: [LEAF] };
  for (let level = 1; level < depth; level++)
    conditions = level % 2 === 0 ? { any: [conditions] } : { not: conditions };
  return conditions;
};

describe('compileRules', () => {
  it('takes every fact with every operator, as value and as the value of another', () => {
    const right = { one: 'x', list: ['x', 1, true, null], pair: [1, 2], 'one-or-list': ['x', 'y'] };
    for (const { name, type } of FACTS) {
      for (const { name: operator, value } of OPERATORS) {
        expect(issuesOf({ all: [{ fact: name, operator, value: right[value] }] })).toEqual([]);
        const other = { all: [{ fact: 'node.type', operator, value: { fact: name } }] };
        const fits = value === 'pair' ? false : value !== 'list' || type === 'list';
        expect(issuesOf(other).length, `${operator} ${name}`).toBe(fits ? 0 : 1);
      }
    }
  });

  it('asks rules by priority, then as they are written', () => {
    const named = (name: string, over: Partial<Rule>): Rule => ruleOf({ all: [LEAF] }, { name, ...over });
    const rules = [
      named('a', { priority: 5 }),
      named('b', {}),
      named('c', { priority: 9 }),
      named('d', { priority: 5 }),
    ];
    const compiled = compileRules(rules, '');
    expect(compiled.ok && compiled.value.map((rule) => rule.name)).toEqual(['c', 'a', 'd', 'b']);
  });

  it('leaves out rules that are off, but checks them', () => {
    const rules = [ruleOf({ all: [LEAF] }, { name: 'off', enabled: false }), ruleOf({ all: [LEAF] }, { name: 'on' })];
    const result = compileRules(rules, '/rules');
    expect(result.ok && result.value.map(({ name, written }) => [name, written])).toEqual([['on', 1]]);
    const broken = { all: [{ ...LEAF, fact: 'node.typ' }] };
    expect(compileRules([ruleOf(broken, { enabled: false })], '/rules').ok).toBe(false);
  });

  it('names the facts a rule reads once each, with their scopes', () => {
    const compiled = compileRules(
      [
        ruleOf({
          any: [
            LEAF,
            { not: { fact: 'item.hazmat', operator: 'equal', value: true } },
            { all: [{ fact: 'line.quantity', operator: 'greaterThan', value: { fact: 'stock.onHand' } }, LEAF] },
          ],
        }),
      ],
      '',
    );
    expect(compiled).toMatchObject({
      ok: true,
      value: [{ facts: ['item.hazmat', 'line.quantity', 'node.type', 'stock.onHand'] }],
    });
    expect(compiled.ok && [...compiled.value[0]!.scopes].sort()).toEqual(['item', 'line', 'node', 'stock']);
  });

  it.each([
    [
      'a fact that is misspelt',
      { all: [{ ...LEAF, fact: 'node.typ' }] },
      '/all/0/fact',
      '"node.typ" is no fact. Did you mean "node.type"?',
    ],
    ['a fact in another case', { all: [{ ...LEAF, fact: 'Node.Type' }] }, '/all/0/fact', 'Did you mean "node.type"?'],
    [
      'a fact like no other',
      { all: [{ ...LEAF, fact: 'moon.phase.of.the.day' }] },
      '/all/0/fact',
      'See the fact catalogue.',
    ],
    ['a fact of JavaScript', { all: [{ ...LEAF, fact: '__proto__' }] }, '/all/0/fact', '"__proto__" is no fact.'],
    ['a fact that is no text', { all: [{ ...LEAF, fact: 3 }] }, '/all/0/fact', '3 is no fact.'],
    ['a condition without a fact', { all: [{ operator: 'equal', value: 1 }] }, '/all/0/fact', 'nothing is no fact.'],
    [
      'an operator that is misspelt',
      { all: [{ ...LEAF, operator: 'equals' }] },
      '/all/0/operator',
      '"equals" is no operator. Did you mean "equal"?',
    ],
    [
      'an operator of another engine',
      { all: [{ ...LEAF, operator: 'matchesRegularExpression' }] },
      '/all/0/operator',
      'is no operator.',
    ],
    ['a decorated operator', { all: [{ ...LEAF, operator: 'everyFact:equal' }] }, '/all/0/operator', 'is no operator.'],
    ['no operator', { all: [{ fact: 'node.type', value: 1 }] }, '/all/0/operator', 'nothing is no operator.'],
    ['no value', { all: [{ fact: 'node.type', operator: 'equal' }] }, '/all/0/value', 'nothing is no value.'],
    ['a path', { all: [{ ...LEAF, path: '$..x' }] }, '/all/0/path', 'remove "path"'],
    ['params', { all: [{ ...LEAF, params: { a: 1 } }] }, '/all/0/params', 'remove "params"'],
    [
      'a path in a value',
      { all: [{ ...LEAF, value: { fact: 'node.region', path: '$..x' } }] },
      '/all/0/value/path',
      'remove "path"',
    ],
    [
      'params in a value',
      { all: [{ ...LEAF, value: { fact: 'node.region', params: {} } }] },
      '/all/0/value/params',
      'remove "params"',
    ],
    [
      'an unknown fact as value',
      { all: [{ ...LEAF, value: { fact: 'node.regio' } }] },
      '/all/0/value/fact',
      '"node.region"',
    ],
    ['an object as value', { all: [{ ...LEAF, value: {} }] }, '/all/0/value/fact', 'nothing is no fact.'],
    [
      'in with a text',
      { all: [{ ...LEAF, operator: 'in', value: 'dc' }] },
      '/all/0/value',
      'compares with a list; found "dc"',
    ],
    [
      'notIn with nothing',
      { all: [{ ...LEAF, operator: 'notIn', value: null }] },
      '/all/0/value',
      'compares with a list; found null',
    ],
    [
      'in with a fact that is no list',
      { all: [{ ...LEAF, operator: 'in', value: { fact: 'order.region' } }] },
      '/all/0/value',
      '"order.region" is none',
    ],
    [
      'a list of lists',
      { all: [{ ...LEAF, operator: 'in', value: [['dc']] }] },
      '/all/0/value',
      'numbers, true, false or null only',
    ],
    ['a name that is nowhere', { condition: 'other' }, '/condition', 'No conditions are called "other".'],
    ['two groups at once', { all: [LEAF], any: [LEAF] }, '', 'found all, any'],
    ['no group', {}, '', 'found nothing'],
    ['a leaf at the top', LEAF, '', 'found fact, operator, value'],
    ['an empty group', { all: [] }, '/all', 'all holds a list of at least one condition; found []'],
    ['a group that is no list', { any: LEAF }, '/any', 'any holds a list'],
    ['not with a list', { not: [LEAF] }, '/not', 'is no condition'],
    ['a text as condition', { all: ['node.type'] }, '/all/0', '"node.type" is no condition'],
    ['null as condition', { all: [null] }, '/all/0', 'null is no condition'],
    ['a priority of nothing', { all: [{ ...LEAF, priority: 0 }] }, '/all/0/priority', '0 is no priority.'],
  ])('refuses %s', (_, conditions, path, message) => {
    const issues = issuesOf(conditions);
    expect(issues.map((issue) => issue.path)).toEqual([`/rules/0/conditions${path}`]);
    expect(issues[0]!.code).toBe('bad-rule');
    expect(issues[0]!.message).toContain(message);
    expect(issues[0]!.message).not.toContain('undefined');
  });

  it('reports everything that is wrong with all rules at once', () => {
    const bad = { all: [{ fact: 'x.y', operator: 'like', value: {} }, { any: [] }] };
    const result = compileRules(
      [ruleOf(bad), ruleOf({ all: [LEAF] }), ruleOf({ all: [LEAF] }, { name: 'other' })],
      '/rules',
    );
    expect(result.ok ? [] : result.error.map(({ path, code }) => `${code} ${path}`)).toEqual([
      'bad-rule /rules/0/conditions/all/0/fact',
      'bad-rule /rules/0/conditions/all/0/operator',
      'bad-rule /rules/0/conditions/all/0/value/fact',
      'bad-rule /rules/0/conditions/all/1/any',
      'duplicate-id /rules/1/name',
    ]);
  });

  it('bounds how deep conditions nest', () => {
    expect(issuesOf(groups(MAX_CONDITION_DEPTH))).toEqual([]);
    expect(issuesOf(groups(MAX_CONDITION_DEPTH + 1))).toMatchObject([{ code: 'too-deep' }]);
    expect(issuesOf(groups(100_000))).toMatchObject([{ code: 'too-deep' }]);
  });

  it('bounds how many conditions there are, and says so once', () => {
    const flat = (count: number): unknown => ({ any: Array.from({ length: count }, () => LEAF) });
    expect(issuesOf(flat(MAX_CONDITIONS))).toEqual([]);
    for (const count of [MAX_CONDITIONS + 1, 100_000]) {
      expect(issuesOf(flat(count))).toMatchObject([
        { code: 'too-large', path: `/rules/0/conditions/any/${MAX_CONDITIONS}` },
      ]);
    }
  });

  it('bounds the values of a list', () => {
    const list = (count: number): unknown => ({
      all: [{ ...LEAF, operator: 'in', value: Array.from({ length: count }, (_, i) => i) }],
    });
    expect(issuesOf(list(MAX_VALUES))).toEqual([]);
    expect(issuesOf(list(MAX_VALUES + 1))).toMatchObject([
      { code: 'too-large', path: '/rules/0/conditions/all/0/value' },
    ]);
  });
});

describe('catalogue', () => {
  it('names each fact once, by its scope, with an example of its type', () => {
    expect(FACTS_BY_NAME.size).toBe(FACTS.length);
    for (const { name, scope, type, example, text } of FACTS) {
      expect(FACT_SCOPES).toContain(scope);
      expect(name.startsWith(`${scope}.`)).toBe(true);
      expect(text).not.toBe('');
      const actual = Array.isArray(example)
        ? 'list'
        : { string: 'text', number: 'number', boolean: 'flag' }[typeof example as string];
      expect(actual, name).toBe(type === 'date' ? 'text' : type);
    }
    expect(new Set(OPERATORS.map(({ name }) => name)).size).toBe(OPERATORS.length);
    expect(EFFECTS.map(({ type }) => type).sort()).toEqual([...EFFECT_TYPES].sort());
  });
});

describe('closest', () => {
  const names = ['equal', 'notEqual', 'in', 'notIn'];
  it('finds a slip and leaves what is far alone', () => {
    expect(closest('eqal', names)).toBe('equal');
    expect(closest('NOTEQUAL', names)).toBe('notEqual');
    expect(closest('lessThan', names)).toBeUndefined();
    expect(closest('x'.repeat(81), names)).toBeUndefined();
    expect(closest('anything', [])).toBeUndefined();
  });
});
