import { describe, expect, it } from 'vitest';
import type { Rule } from '../model/policy.ts';
import { compileRules } from './compile.ts';
import { explainRule, type RuleOutcome } from './interpret.ts';
import { createReference } from './reference.ts';

function compiled(conditions: unknown) {
  const rule: Rule = {
    name: 'r',
    conditions: conditions as Rule['conditions'],
    event: { type: 'exclude', params: { because: 'x' } },
  };
  const result = compileRules([rule], '');
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value[0]!;
}

/** What json-rules-engine says; the interpreter must say the same. */
async function run(conditions: unknown, facts: Record<string, unknown>): Promise<RuleOutcome> {
  const rule = compiled(conditions);
  const read = (name: string): unknown => facts[name];
  const outcome = await createReference(conditions, rule.facts).run(read);
  expect(explainRule(rule, read)).toEqual(outcome);
  return outcome;
}

const leaf = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });

describe('the meaning of operators', () => {
  it.each([
    ['node.type', 'equal', 'dc', 'dc', true],
    ['node.type', 'equal', 'DC', 'dc', false],
    ['line.quantity', 'equal', '3', 3, false],
    ['order.region', 'equal', 'LS', undefined, false],
    ['order.region', 'notEqual', 'LS', undefined, true],
    ['order.region', 'equal', null, undefined, false],
    ['order.region', 'in', ['LS', 'EH'], 'EH', true],
    ['order.region', 'notIn', ['LS', 'EH'], undefined, true],
    ['node.tags', 'contains', 'big', ['big', 'old'], true],
    ['node.tags', 'doesNotContain', 'big', [], true],
    ['node.type', 'contains', 'd', 'dc', false],
    ['line.quantity', 'lessThan', 3, 3, false],
    ['line.quantity', 'lessThanInclusive', 3, 3, true],
    ['line.quantity', 'greaterThan', 3, 3, false],
    ['line.quantity', 'greaterThanInclusive', 3, 3, true],
    ['lane.distanceKm', 'greaterThan', 5, undefined, false],
    ['lane.distanceKm', 'lessThan', 5, undefined, false],
    ['node.type', 'lessThan', 5, 'dc', false],
  ])('%s %s %j where it is %j: %s', async (fact, operator, value, actual, holds) => {
    const outcome = await run({ all: [leaf(fact, operator, value)] }, { [fact]: actual });
    expect(outcome.holds).toBe(holds);
    expect(outcome.evidence).toEqual([{ fact, operator, expected: value, actual: actual ?? null, holds }]);
  });

  it('compares with another fact and shows its value', async () => {
    const conditions = { all: [leaf('line.quantity', 'greaterThan', { fact: 'stock.onHand' })] };
    expect(await run(conditions, { 'line.quantity': 5, 'stock.onHand': 3 })).toEqual({
      holds: true,
      evidence: [{ fact: 'line.quantity', operator: 'greaterThan', expected: 3, actual: 5, holds: true }],
    });
  });
});

describe('evidence', () => {
  const facts = { 'node.type': 'store', 'item.hazmat': true, 'line.quantity': 2 };
  const store = leaf('node.type', 'equal', 'store');
  const hazmat = leaf('item.hazmat', 'equal', true);
  const many = leaf('line.quantity', 'greaterThan', 10);

  it('gives each condition that was asked, in the order of the text, through groups', async () => {
    const { holds, evidence } = await run({ all: [store, { any: [many, hazmat] }, { not: many }] }, facts);
    expect(holds).toBe(true);
    expect(evidence.map(({ fact, holds: held }) => [fact, held])).toEqual([
      ['node.type', true],
      ['line.quantity', false],
      ['item.hazmat', true],
      ['line.quantity', false],
    ]);
  });

  it('is there for a rule that does not hold', async () => {
    expect(await run({ all: [many] }, facts)).toMatchObject({
      holds: false,
      evidence: [{ actual: 2, expected: 10, holds: false }],
    });
  });

  it('leaves out what a higher priority has settled', async () => {
    const first = { ...many, priority: 5 };
    expect((await run({ all: [store, first] }, facts)).evidence.map(({ fact }) => fact)).toEqual(['line.quantity']);
    expect((await run({ any: [store, first] }, facts)).evidence.map(({ fact }) => fact)).toEqual([
      'node.type',
      'line.quantity',
    ]);
  });
});
