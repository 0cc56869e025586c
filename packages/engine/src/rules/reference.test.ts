import { describe, expect, it } from 'vitest';
import type { Rule } from '../model/policy.ts';
import { compileRules } from './compile.ts';
import { createRunner, type RuleOutcome } from './reference.ts';
import { createRuleBook } from './rule-book.ts';

function compiled(conditions: unknown) {
  const rule: Rule = {
    name: 'r',
    conditions: conditions as Rule['conditions'],
    event: { type: 'exclude', params: { because: 'x' } },
  };
  const result = compileRules([rule], '');
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function run(conditions: unknown, facts: Record<string, unknown>): Promise<RuleOutcome> {
  return createRunner(compiled(conditions)[0]!).run((name) => facts[name]);
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

  it('is the same each time, also when runs overlap', async () => {
    const runner = createRunner(compiled({ any: [many, { all: [store, hazmat] }] })[0]!);
    const read = (quantity: number) => (name: string) =>
      name === 'line.quantity' ? quantity : facts[name as keyof typeof facts];
    const overlapping = await Promise.all([1, 20, 1, 20].map((quantity) => runner.run(read(quantity))));
    expect(overlapping[0]).toEqual(overlapping[2]);
    expect(overlapping[1]).toEqual(overlapping[3]);
    expect(overlapping[0]!.evidence.find(({ fact }) => fact === 'line.quantity')?.actual).toBe(1);
    expect(overlapping[1]!.evidence.find(({ fact }) => fact === 'line.quantity')?.actual).toBe(20);
  });
});

describe('rule book', () => {
  it('asks once for a key and remembers, and explains anew', async () => {
    const book = createRuleBook(compiled({ all: [leaf('line.quantity', 'greaterThan', 1)] }));
    const read = (): number => 2;
    expect(await book.holds(0, 'two', read)).toBe(true);
    expect(book.holds(0, 'two', () => expect.fail('It was remembered.'))).toBe(true);
    expect(await book.holds(0, 'one', () => 1)).toBe(false);
    expect(book.asked).toBe(2);
    expect((await book.explain(0, read)).holds).toBe(true);
    expect(book.asked).toBe(2);
  });
});
