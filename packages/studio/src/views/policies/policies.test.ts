import { catalogue, type Policy } from '@sourcewright/engine';
import { describe, expect, it } from 'vitest';
import { applyPatch } from './apply-patch.ts';
import { conditionsToQuery, queryToConditions } from './conditions-query.ts';
import { insertRule, moveRule, reduceDraft, replaceRule, type Rule, rulesOf, startDraft, toggleRule } from './draft.ts';
import { createWords, factMenuLabel, factPhrase } from './fact-words.ts';
import { lineOfPointer, policyText, readPolicyText } from './policy-text.ts';
import { ruleSentence } from './rule-sentence.ts';
import { sameJson } from './same-json.ts';
import { EMPTY_RULE, TEMPLATES } from './templates.ts';

const WORDS = createWords(catalogue(), 'GBP');

const ruleOf = (name: string): Rule => ({ ...EMPTY_RULE, name });
const policyOf = (...rules: Rule[]): Policy => ({
  policyId: 'p',
  version: 1,
  name: 'P',
  strategy: 'nearest',
  goals: { splitMicros: 0, latenessPerDayMicros: 0, unsourced: { perUnitMicros: 0, valuePercent: 0 } },
  promise: { defaultDays: 3 },
  allow: { partial: true, splitQuantity: 'never', maxShipDelayDays: 0 },
  rules,
});
const namesOf = (policy: Policy): string[] => rulesOf(policy).map(({ name }) => name);

describe('conditions as a query', () => {
  const leaf = (value: unknown) => ({ fact: 'order.tags', operator: 'containsAny', value });
  it.each([
    [{ all: [leaf(['a'])] }],
    [{ any: [leaf(['a']), { all: [leaf(['b']), { not: leaf(['c']) }] }], priority: 3 }],
    [{ not: { any: [leaf(['a']), leaf(['b'])] } }],
    [{ not: { not: { all: [leaf(['a']), leaf(['b'])] } } }],
    [{ all: [{ condition: 'shared' }, { ...leaf(['a']), priority: 9 }] }],
    [{ all: [{ fact: 'stock.onHand', operator: 'greaterThan', value: { fact: 'line.quantity' } }] }],
    [{ all: [{ fact: 'node.typ', operator: 'is', value: null }] }],
    [{ all: [] }],
  ])('comes back as it was: %j', (conditions) => {
    expect(queryToConditions(conditionsToQuery(conditions), WORDS.operators)).toEqual(conditions);
  });

  it('gives a value the shape its operator wants', () => {
    const query = (operator: string, value: unknown) =>
      queryToConditions({ combinator: 'and', rules: [{ field: 'lane.distanceKm', operator, value }] }, WORDS.operators)[
        'all'
      ] as { value: unknown }[];
    expect(query('in', 5)[0]!.value).toEqual([5]);
    expect(query('equal', [5, 6])[0]!.value).toBe(5);
    expect(query('between', 5)[0]!.value).toEqual([5, 5]);
  });
});

describe('sentences', () => {
  const sentence = (rule: Partial<Rule>): string => ruleSentence({ ...EMPTY_RULE, ...rule } as Rule, WORDS);

  it('make the node type the object of what acts on nodes', () => {
    const conditions = {
      all: [
        { fact: 'node.type', operator: 'in', value: ['store', 'vendor'] },
        { fact: 'item.weightGrams', operator: 'greaterThan', value: 2000 },
      ],
    };
    const event = { type: 'exclude', params: { because: 'The bikes carry no more.' } } as const;
    expect(sentence({ conditions, event })).toBe(
      'Exclude stores and vendors when the item’s weight is more than 2 kg, because the bikes carry no more.',
    );
  });

  it('keep the capital of a name', () => {
    const event = { type: 'exclude', params: { because: 'Inverness is far.' } } as const;
    expect(sentence({ event })).toBe('Exclude stores, because Inverness is far.');
  });

  it('bracket groups in groups, and read flags, lists and distances as people say them', () => {
    const conditions = {
      any: [
        { fact: 'item.hazmat', operator: 'equal', value: true },
        {
          all: [
            { fact: 'order.tags', operator: 'doesNotContain', value: 'gift' },
            { not: { fact: 'lane.distanceKm', operator: 'withinKm', value: 25 } },
          ],
        },
      ],
    };
    const event = { type: 'exclude', params: { because: '' } } as unknown as Rule['event'];
    expect(sentence({ conditions, event })).toBe(
      'Exclude the node when the item is dangerous goods or (the order’s tags do not contain “gift” and it is not so that the distance is within 25 km).',
    );
  });

  it('are made for every template and every effect, without a name of the program', () => {
    for (const { rule } of TEMPLATES) {
      expect(ruleSentence(rule, WORDS)).toMatch(/^[A-Z].*, because .*\.$/);
      expect(ruleSentence(rule, WORDS)).not.toMatch(/[a-z][A-Z]|undefined|null|\[object/);
    }
    for (const { type } of WORDS.catalogue.effects) {
      const event = { type, params: { because: '' } } as unknown as Rule['event'];
      expect(sentence({ event })).not.toMatch(/Do “|undefined|\[object/);
    }
  });

  it('call facts by different names', () => {
    const { facts } = WORDS.catalogue;
    expect(new Set(facts.map(factMenuLabel)).size).toBe(facts.length);
    for (const fact of facts) expect(factPhrase(fact)).not.toMatch(/[A-Z]{1}[a-z]|undefined/);
  });
});

describe('the draft', () => {
  const start = startDraft(policyOf(ruleOf('a'), ruleOf('b'), ruleOf('c')));
  const change = (policy: Policy, mark?: string) =>
    ({ type: 'change', policy, done: 'done', ...(mark !== undefined && { mark }) }) as const;

  it('takes steps back and forth, and typing as one step', () => {
    const typed = ['x', 'xy', 'xyz'].reduce(
      (draft, name) => reduceDraft(draft, change(replaceRule(draft.now.policy, 0, ruleOf(name)), 'name 0')),
      start,
    );
    expect(typed.past).toHaveLength(1);
    const undone = reduceDraft(typed, { type: 'undo' });
    expect(namesOf(undone.now.policy)).toEqual(['a', 'b', 'c']);
    expect(namesOf(reduceDraft(undone, { type: 'redo' }).now.policy)).toEqual(['xyz', 'b', 'c']);
    expect(reduceDraft(start, { type: 'undo' })).toBe(start);
  });

  it('moves within bounds, names copies anew, and turns rules off and on without a trace', () => {
    const { policy } = start.now;
    expect(namesOf(moveRule(policy, 0, 2))).toEqual(['b', 'c', 'a']);
    expect(namesOf(moveRule(policy, 0, -1))).toEqual(['a', 'b', 'c']);
    expect(namesOf(insertRule(insertRule(policy, ruleOf('a'), 0), ruleOf('a'), 0))).toEqual([
      'a',
      'a 3',
      'a 2',
      'b',
      'c',
    ]);
    expect(rulesOf(toggleRule(policy, 1))[1]!.enabled).toBe(false);
    expect(toggleRule(toggleRule(policy, 1), 1)).toEqual(policy);
  });
});

describe('the text of a policy', () => {
  const policy = policyOf(ruleOf('a'), ruleOf('b'));
  const text = policyText(policy);

  it('is read back, or says where it breaks', () => {
    expect(readPolicyText(text)).toEqual({ policy });
    const broken = text.replace('"version": 1,', '"version": 1');
    expect(readPolicyText(broken)).toMatchObject({ fault: { line: 4 } });
    expect(readPolicyText('{"rules": 3}')).toMatchObject({ fault: { message: 'policyId is missing: give text.' } });
    expect(readPolicyText(text.replace('"conditions"', '"condition"'))).toMatchObject({
      fault: { message: 'Rule 1 needs a name, conditions, and an event with type and params.' },
    });
  });

  it('tells the line of what a pointer means', () => {
    const lines = text.split('\n');
    const at = (pointer: string): string => lines[lineOfPointer(text, pointer) - 1]!.trim();
    expect(at('/rules/1/name')).toBe('"name": "b",');
    expect(at('/rules/1/conditions/all/0/value')).toBe('"value": "store"');
    expect(at('/rules/1/event/params/nothing')).toBe('"params": {');
    expect(at('')).toBe('{');
  });

  it('is mended by the linter’s patches, unless it has moved on', () => {
    const path = '/rules/0/conditions/all/0/fact';
    expect(applyPatch(policy, [{ op: 'replace', path, value: 'node.region' }])).toMatchObject({
      rules: [{ conditions: { all: [{ fact: 'node.region' }] } }, { name: 'b' }],
    });
    expect(applyPatch(policy, [{ op: 'remove', path: '/rules/0' }])).toMatchObject({ rules: [{ name: 'b' }] });
    expect(applyPatch(policy, [{ op: 'remove', path: '/rules/7' }])).toBeUndefined();
    expect(applyPatch(policy, [{ op: 'replace', path: '/__proto__/x', value: 1 }])).toBeUndefined();
  });

  it('says the same whatever the order of its keys', () => {
    expect(sameJson({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true);
    expect(sameJson({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
    expect(sameJson({ a: 1, b: undefined }, { a: 1 })).toBe(true);
  });
});
