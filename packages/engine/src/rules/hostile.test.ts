// Policies written to harm: each is refused with issues that name the place, quickly, and nothing of them is ever run.
import { describe, expect, it } from 'vitest';
import type { Issue } from '../base/issue.ts';
import { buildPolicy } from '../testing/build-scenario.ts';
import { MAX_POLICY_CONDITIONS } from './compile.ts';
import { parsePolicy } from './compile-policy.ts';
import { MAX_CONDITIONS, MAX_VALUE_LENGTH, MAX_VALUES } from './parse-condition.ts';

const LEAF = { fact: 'node.type', operator: 'equal', value: 'dc' };
const because = 'x';

function policyWith(conditions: unknown, over: Record<string, unknown> = {}): unknown {
  const rules = [{ name: 'r', conditions, event: { type: 'exclude', params: { because } } }];
  return { ...buildPolicy(), rules, ...over };
}

/** As it would come in: through JSON, where `__proto__` is a key like any other. */
function issuesOf(policy: unknown): Issue[] {
  const parsed = parsePolicy(typeof policy === 'string' ? JSON.parse(policy) : JSON.parse(JSON.stringify(policy)));
  return parsed.ok ? [] : parsed.error;
}

const places = (policy: unknown): string[] => issuesOf(policy).map(({ code, path }) => `${code} ${path}`);

function nested(depth: number): unknown {
  let conditions: unknown = { all: [LEAF] };
  for (let level = 1; level < depth; level++)
    conditions = level % 2 === 0 ? { any: [conditions] } : { not: conditions };
  return conditions;
}

/** Names in place of conditions: short to write, huge when looked up. */
function doubling(levels: number): { name: string; conditions: unknown }[] {
  return Array.from({ length: levels }, (_, level) => ({
    name: `n${level}`,
    conditions: { all: level === 0 ? [LEAF, LEAF] : [{ condition: `n${level - 1}` }, { condition: `n${level - 1}` }] },
  }));
}

describe('hostile policies', () => {
  it('nest too deep', () => {
    const groups = (depth: number): unknown => (depth === 1 ? { all: [LEAF] } : { any: [groups(depth - 1)] });
    expect(places(policyWith(groups(16)))).toEqual([]);
    expect(places(policyWith(groups(17)))).toEqual([`too-deep /rules/0/conditions${'/any/0'.repeat(16)}`]);
    const far = parsePolicy(policyWith(nested(100_000)));
    expect(far.ok ? [] : far.error).toMatchObject([{ code: 'too-deep' }]);
  });

  it('have too many conditions in a rule, rules in a policy, or conditions in all', () => {
    expect(places(policyWith({ any: Array.from({ length: MAX_CONDITIONS + 1 }, () => LEAF) }))).toEqual([
      `too-large /rules/0/conditions/any/${MAX_CONDITIONS}`,
    ]);
    const rule = (index: number, conditions: unknown) => ({
      name: `r${index}`,
      conditions,
      event: { type: 'exclude', params: { because } },
    });
    const rules = Array.from({ length: 1001 }, (_, index) => rule(index, { all: [LEAF] }));
    expect(places({ ...buildPolicy(), rules })).toEqual(['too-large /rules']);
    const full = { any: Array.from({ length: MAX_CONDITIONS }, () => LEAF) };
    const many = Array.from({ length: MAX_POLICY_CONDITIONS / MAX_CONDITIONS + 5 }, (_, index) => rule(index, full));
    expect(places({ ...buildPolicy(), rules: many })).toEqual([
      `too-large /rules/${MAX_POLICY_CONDITIONS / MAX_CONDITIONS}`,
    ]);
  });

  it('name what JavaScript has of its own', () => {
    const named = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    for (const name of named) {
      expect(places(policyWith({ all: [{ ...LEAF, fact: name }] }))).toEqual([
        'bad-rule /rules/0/conditions/all/0/fact',
      ]);
      expect(places(policyWith({ all: [{ ...LEAF, operator: name }] }))).toEqual([
        'bad-rule /rules/0/conditions/all/0/operator',
      ]);
      expect(places(policyWith({ condition: name }))).toEqual(['bad-rule /rules/0/conditions/condition']);
    }
    const asKey = JSON.stringify(policyWith({ all: [{ KEY: LEAF }] })).replace('"KEY"', '"__proto__"');
    expect(places(asKey).length).toBeGreaterThan(0);
    const besideGroup = JSON.stringify(policyWith({ all: [{ all: [LEAF], KEY: 1 }] })).replace('"KEY"', '"__proto__"');
    expect(places(besideGroup)).toEqual(['bad-rule /rules/0/conditions/all/0']);
    expect(({} as Record<string, unknown>)['operator']).toBeUndefined();
  });

  it('carry paths and parameters for the evaluators of json-rules-engine', () => {
    for (const path of ['$..[?(@.constructor)]', '$.x', '']) {
      expect(places(policyWith({ all: [{ ...LEAF, path }] }))).toEqual(['bad-rule /rules/0/conditions/all/0/path']);
      expect(places(policyWith({ all: [{ ...LEAF, value: { fact: 'node.region', path } }] }))).toEqual([
        'bad-rule /rules/0/conditions/all/0/value/path',
      ]);
    }
    expect(places(policyWith({ all: [{ ...LEAF, params: { a: 1 } }] }))).toEqual([
      'bad-rule /rules/0/conditions/all/0/params',
    ]);
  });

  it('compare with huge lists and texts', () => {
    const list = Array.from({ length: MAX_VALUES + 1 }, (_, index) => `s${index}`);
    expect(places(policyWith({ all: [{ ...LEAF, operator: 'in', value: list }] }))).toEqual([
      'too-large /rules/0/conditions/all/0/value',
    ]);
    const long = 'x'.repeat(MAX_VALUE_LENGTH + 1);
    expect(places(policyWith({ all: [{ ...LEAF, value: long }] }))).toEqual([
      'bad-rule /rules/0/conditions/all/0/value',
    ]);
    expect(places(policyWith({ all: [{ ...LEAF, operator: 'in', value: [long] }] }))).toEqual([
      'bad-rule /rules/0/conditions/all/0/value',
    ]);
  });

  it('look like patterns, which are texts like any other', () => {
    const patterns = ['(a+)+$', '^(([a-z])+.)+[A-Z]([a-z])+$', '.*', '$..*'];
    for (const value of patterns) {
      const conditions = {
        any: [
          { fact: 'order.postcode', operator: 'startsWith', value },
          { ...LEAF, fact: 'item.sku', value },
        ],
      };
      expect(issuesOf(policyWith(conditions))).toEqual([]);
    }
    for (const operator of ['regex', 'matches', 'matchesRegularExpression', 'everyFact:equal']) {
      expect(places(policyWith({ all: [{ ...LEAF, operator }] }))).toEqual([
        'bad-rule /rules/0/conditions/all/0/operator',
      ]);
    }
  });

  it('have conditions that ask for themselves, or grow without end', () => {
    const circle = [
      { name: 'a', conditions: { all: [{ condition: 'b' }] } },
      { name: 'b', conditions: { any: [{ condition: 'a' }] } },
      { name: 'c', conditions: { not: { condition: 'c' } } },
    ];
    expect(places(policyWith({ condition: 'a' }, { conditions: circle }))).toEqual([
      'bad-rule /conditions/1/conditions/any/0/condition',
      'bad-rule /conditions/0/conditions/all/0/condition',
      'bad-rule /conditions/2/conditions/not/condition',
    ]);
    const found = issuesOf(policyWith({ condition: 'n40' }, { conditions: doubling(41) }));
    expect(found.length).toBeGreaterThan(0);
    for (const { code } of found) expect(['too-large', 'too-deep']).toContain(code);
  });

  it('are no policies at all', () => {
    for (const conditions of [null, [], 'all', 5, true]) {
      expect(places(policyWith(conditions))).toEqual(['wrong-type /rules/0/conditions']);
    }
    expect(places(policyWith({}))).toEqual(['bad-rule /rules/0/conditions']);
    expect(places(policyWith({ all: [LEAF] }, { conditions: [{ name: 'a', conditions: {} }] }))).toEqual([
      'bad-rule /conditions/0/conditions',
    ]);
  });

  it('have effects that cannot be meant', () => {
    const withEvent = (event: unknown) => ({
      ...buildPolicy(),
      rules: [{ name: 'r', conditions: { all: [{ ...LEAF, fact: 'order.channel' }] }, event }],
    });
    expect(places(withEvent({ type: '__proto__', params: { because } }))).toEqual(['bad-format /rules/0/event/type']);
    expect(places(withEvent({ type: 'penalise', params: { because, perLineMicros: -1 } }))).toEqual([
      'out-of-range /rules/0/event/params/perLineMicros',
    ]);
    expect(
      places(
        withEvent({ type: 'prefer', params: { because, perLineMicros: 1, nodes: { all: [{ ...LEAF, fact: 'x' }] } } }),
      ),
    ).toEqual(['bad-rule /rules/0/event/params/nodes/all/0/fact']);
    expect(places(withEvent({ type: 'when-unsourced', params: { because, action: 'next-strategy' } }))).toEqual([
      'bad-rule /rules/0/event/params',
    ]);
    expect(places(withEvent({ type: 'sourcing-buffer', params: { because } }))).toEqual([
      'bad-rule /rules/0/event/params',
      'bad-rule /rules/0/conditions/all/0/fact',
    ]);
  });
});
