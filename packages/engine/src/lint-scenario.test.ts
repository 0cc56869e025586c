import { describe, expect, it } from 'vitest';
import { lintScenario } from './lint-scenario.ts';
import type { Rule } from './model/policy.ts';
import { buildLine, buildNode, buildOrder, buildPolicy, buildSnapshot } from './testing/build-scenario.ts';

const is = (fact: string, value: unknown, operator = 'equal') => ({ fact, operator, value });
const refuse = (name: string, ...conditions: unknown[]): Rule => ({
  name,
  conditions: { all: conditions },
  event: { type: 'exclude', params: { because: 'x' } },
});

const snapshot = buildSnapshot({
  nodes: [buildNode('dc'), buildNode('store', { type: 'store' })],
  stock: ['dc', 'store'].map((nodeId) => ({ sku: 'cup', nodeId, onHand: 9 })),
});
const orders = [
  buildOrder('o1', [buildLine('1', 'cup', 5)]),
  buildOrder('o2', [buildLine('1', 'cup', 1)]),
  buildOrder('o3', [buildLine('1', 'cup', 6)]),
];

const lint = (...rules: Rule[]) => lintScenario({ orders, snapshot }, buildPolicy({ rules }));

describe('lintScenario', () => {
  const manyFromStores = refuse('a', is('node.type', 'store'), is('line.quantity', 3, 'greaterThan'));
  const manyFromDcs = refuse('b', is('node.type', 'dc'), is('line.quantity', 4, 'greaterThan'));
  const farAway = refuse('c', is('node.type', 'dc'), is('order.country', 'FR'));

  it('tells of orders that rules leave without a node, with the rules that it takes', async () => {
    const all = refuse('d', is('line.quantity', 6, 'greaterThanInclusive'), is('node.type', 'store'));
    const found = await lint(farAway, manyFromStores, manyFromDcs, all);
    expect(found.filter(({ code }) => code === 'orders-without-node')).toMatchObject([
      { path: '/rules/1', rules: ['a', 'b'], message: expect.stringContaining('2 orders, "o1" first, have') },
    ]);
    expect(await lint(manyFromStores)).toEqual([]);
  });

  it('tells of rules that no order meets', async () => {
    expect(await lint(farAway)).toMatchObject([
      { code: 'never-hit', path: '/rules/0', rules: ['c'], severity: 'note' },
    ]);
    expect(await lint(manyFromDcs)).toEqual([]);
  });

  it('tells what the policy says by itself, once', async () => {
    const never = refuse('n', is('line.quantity', 0, 'lessThan'));
    const found = await lint(never);
    expect(found.map(({ code }) => code)).toEqual(['never-holds', 'never-holds']);
    const broken = await lint(refuse('n', is('line.quantity', 0, 'lss')));
    expect(broken.map(({ code }) => code)).toEqual(['unknown-operator']);
  });

  it('counts rules on stock, nodes and orders as well', async () => {
    const rules: Rule[] = [
      { ...refuse('s', is('node.type', 'dc')), event: { type: 'sourcing-buffer', params: { because: 'x', units: 1 } } },
      { ...refuse('n', is('node.type', 'dc')), event: { type: 'capacity-cap', params: { because: 'x', percent: 50 } } },
      { ...refuse('o', is('order.country', 'GB')), event: { type: 'ship-complete', params: { because: 'x' } } },
    ];
    expect(await lint(...rules)).toEqual([]);
  });
});
