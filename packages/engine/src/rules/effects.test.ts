import { describe, expect, it } from 'vitest';
import { explainOrder } from '../explain/explain.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { RuleEffect } from '../model/effect.ts';
import type { Order } from '../model/order.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy, Rule } from '../model/policy.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { verify } from '../plan/verify.ts';
import { source } from '../source.ts';
import { buildLine, buildNode, buildOrder, buildPolicy, buildSnapshot } from '../testing/build-scenario.ts';

const ALWAYS = { all: [{ fact: 'order.lineCount', operator: 'greaterThan', value: 0 }] };
const DCS = { all: [{ fact: 'node.type', operator: 'equal', value: 'dc' }] };
const STORES = { all: [{ fact: 'node.type', operator: 'equal', value: 'store' }] };

const rule = (event: RuleEffect, conditions: Rule['conditions'] = ALWAYS, over: Partial<Rule> = {}): Rule => ({
  name: event.type,
  conditions,
  event,
  ...over,
});

/** A DC and a store that hold cups and jugs; the DC is cheaper to ship from. */
const SNAPSHOT: Snapshot = buildSnapshot({
  nodes: [
    buildNode('dc'),
    buildNode('store', {
      type: 'store',
      handling: { perShipmentMicros: 500_000 },
      capacity: { shipmentsPerDay: 4, unitsPerDay: 9 },
    }),
  ],
  items: ['cup', 'jug'].map((sku) => ({ sku, weightGrams: 500, priceMicros: 10_000_000 })),
  stock: [
    { sku: 'cup', nodeId: 'dc', onHand: 6, demandPerDay: 0.7 },
    { sku: 'cup', nodeId: 'store', onHand: 6, demandPerDay: 2 },
    { sku: 'jug', nodeId: 'store', onHand: 6 },
  ],
});

const CUPS = buildOrder('o1', [buildLine('1', 'cup', 2)]);
/** The DC has no jugs, and the store too few cups: two shipments, or units missing. */
const BOTH = buildOrder('o1', [buildLine('1', 'cup', 8), buildLine('2', 'jug', 2)]);

async function planned(rules: Rule[], orders: Order[] = [CUPS], over: Partial<Policy> = {}, snapshot = SNAPSHOT) {
  const policy = buildPolicy({ rules, ...over });
  const answer = await source({ snapshot, orders }, policy, DEFAULT_LIMITS);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  const plain = await source({ snapshot, orders }, { ...policy, rules: [] }, DEFAULT_LIMITS);
  if (!plain.ok) throw new Error(JSON.stringify(plain.error));
  return { plan: answer.value, plain: plain.value, policy, wave: { snapshot, orders } };
}

const nodesOf = (plan: Plan): string[] => plan.orders[0]!.shipments.map(({ nodeId }) => nodeId);

describe('effects on candidates', () => {
  it('require leaves only the nodes named, and several leave those that all name', async () => {
    const only = rule({ type: 'require', params: { because: 'x', nodes: STORES } });
    const { plan, plain } = await planned([only]);
    expect([nodesOf(plain), nodesOf(plan)]).toEqual([['dc'], ['store']]);
    const dcs = { all: [{ fact: 'node.type', operator: 'equal', value: 'dc' }] };
    const none = await planned([
      only,
      { ...rule({ type: 'require', params: { because: 'y', nodes: dcs } }), name: 'b' },
    ]);
    expect(none.plan.orders[0]!.unsourced).toMatchObject([{ reason: 'no-eligible-node' }]);
  });

  it('require counts for the lines it is about only', async () => {
    const jugs = { all: [{ fact: 'item.sku', operator: 'equal', value: 'jug' }] };
    const { plan } = await planned([rule({ type: 'require', params: { because: 'x', nodes: STORES } }, jugs)]);
    expect(nodesOf(plan)).toEqual(['dc']);
  });

  it('require explains which node it turned down and why', async () => {
    const { plan, policy, wave } = await planned([
      rule({ type: 'require', params: { because: 'Gifts.', nodes: STORES } }),
    ]);
    const [line] = (await explainOrder(wave, policy, plan, 'o1'))!.lines;
    expect(line!.rejections).toMatchObject([
      {
        nodeId: 'dc',
        code: 'rule-excluded',
        rule: 'require',
        because: 'Gifts.',
        evidence: [{ fact: 'order.lineCount' }, { fact: 'node.type', actual: 'dc', expected: 'store', holds: false }],
      },
    ]);
  });

  it('prefer charges the others, by the line or by its value, and nothing ever costs less', async () => {
    const some = await planned([
      rule({ type: 'prefer', params: { because: 'x', nodes: STORES, perLineMicros: 400_000, valuePercent: 1 } }),
    ]);
    // 0.40 and 1 % of 20.00 outweigh the 0.50 that the store costs more.
    expect([nodesOf(some.plan), some.plan.cost.preferenceMicros]).toEqual([['store'], 0]);
    const less = await planned([
      rule({ type: 'prefer', params: { because: 'x', nodes: STORES, perLineMicros: 200_000, valuePercent: 1 } }),
    ]);
    expect([nodesOf(less.plan), less.plan.cost.preferenceMicros]).toEqual([['dc'], 400_000]);
  });

  it('penalise adds a share of the line’s value', async () => {
    const dcs = { all: [{ fact: 'node.type', operator: 'equal', value: 'dc' }] };
    const { plan, wave, policy } = await planned([
      rule({ type: 'penalise', params: { because: 'Busy.', perLineMicros: 100_000, valuePercent: 0.5 } }, dcs),
    ]);
    expect(plan.cost.preferenceMicros).toBe(200_000);
    const { rules } = (await explainOrder(wave, policy, plan, 'o1'))!;
    expect(rules).toMatchObject([{ rule: 'penalise', nodeId: 'dc', lineId: '1', because: 'Busy.' }]);
    // 0.10, and 0.5 % of 20.00 worth of goods.
    expect(rules[0]!.sentence).toBe('Line 1 from dc is charged 0.20 by the rule "penalise": Busy.');
    expect(rules[0]!.chargedMicros).toBe(200_000);
  });
});

describe('effects on stock and nodes', () => {
  it('sourcing-buffer withholds units, or days of the expected demand, whichever is more', async () => {
    const cups = (units: number) => [buildOrder('o1', [buildLine('1', 'cup', units)])];
    const buffer = rule({ type: 'sourcing-buffer', params: { because: 'x', units: 1, coverDays: 2 } }, STORES);
    // Two days of two units a day: of six, two are left.
    expect(nodesOf((await planned([buffer], cups(8))).plan)).toEqual(['dc', 'store']);
    const { plan } = await planned([buffer], cups(9));
    expect(plan.orders[0]!.unsourced).toMatchObject([{ quantity: 1, reason: 'no-stock-left' }]);
    expect(plan.rules).toEqual([{ rule: 'sourcing-buffer', effect: 'sourcing-buffer', asked: 3, held: 2, changed: 2 }]);
  });

  it('sourcing-buffer holds for goods that are only expected', async () => {
    const snapshot = {
      ...SNAPSHOT,
      stock: [],
      receipts: [{ receiptId: 'r', sku: 'cup', nodeId: 'dc', quantity: 5, dueOn: '2011-11-14' }],
    };
    const buffer = rule(
      { type: 'sourcing-buffer', params: { because: 'x', units: 4 } },
      {
        all: [{ fact: 'node.type', operator: 'equal', value: 'dc' }],
      },
    );
    const { plan } = await planned([buffer], [CUPS], {}, snapshot);
    expect(plan.orders[0]!.unsourced).toMatchObject([{ quantity: 1 }]);
  });

  it('capacity-cap leaves a share of the limits, rounded down', async () => {
    const jugs = [1, 2, 3, 4].map((n) => buildOrder(`o${n}`, [buildLine('1', 'jug')]));
    const cap = rule({ type: 'capacity-cap', params: { because: 'x', percent: 60 } }, STORES);
    const { plan, plain } = await planned([cap], jugs, { allow: { ...buildPolicy().allow, maxShipDelayDays: 0 } });
    expect(plain.kpis.shipments).toBe(4);
    // 60 % of four shipments a day.
    expect(plan.kpis.shipments).toBe(2);
    expect(plan.orders[3]!.unsourced).toMatchObject([{ reason: 'no-capacity-left' }]);
  });
});

describe('effects on orders', () => {
  it('max-shipments, ship-complete and allow-partial say in which parts it may go', async () => {
    const most = rule({ type: 'max-shipments', params: { because: 'x', shipments: 1 } });
    const { plan, plain } = await planned([most], [BOTH]);
    expect([nodesOf(plain).length, nodesOf(plan).length]).toEqual([2, 1]);
    const many = buildOrder('o1', [buildLine('1', 'cup', 13)]);
    const whole = await planned([rule({ type: 'ship-complete', params: { because: 'x' } })], [many]);
    expect(whole.plan.orders[0]!.unsourced).toMatchObject([{ quantity: 13 }]);
    const strict = { allow: { ...buildPolicy().allow, partial: false } };
    const partly = await planned([rule({ type: 'allow-partial', params: { because: 'x' } })], [many], strict);
    expect(partly.plain.orders[0]!.shipments).toEqual([]);
    expect(partly.plan.orders[0]!.unsourced).toMatchObject([{ quantity: 1 }]);
    const asked = await planned(
      [rule({ type: 'allow-partial', params: { because: 'x' } })],
      [{ ...many, shipComplete: true }],
      strict,
    );
    expect(asked.plan.orders[0]!.shipments).toEqual([]);
  });

  it('hold keeps an order out of the wave and says so', async () => {
    const { plan, policy, wave } = await planned([rule({ type: 'hold', params: { because: 'Fraud check.' } })]);
    expect(plan.orders[0]).toMatchObject({ shipments: [], unsourced: [{ quantity: 2, reason: 'held' }] });
    const { rules, lines } = (await explainOrder(wave, policy, plan, 'o1'))!;
    expect(rules).toMatchObject([{ rule: 'hold', because: 'Fraud check.', evidence: [{ fact: 'order.lineCount' }] }]);
    expect(lines[0]!.rejections.map(({ code }) => code)).toEqual(['order-held', 'order-held']);
  });

  it('promise-by gives a promise to an order that brings none', async () => {
    const promise = rule({ type: 'promise-by', params: { because: 'x', days: 1 } });
    const { plan } = await planned([
      promise,
      { ...promise, name: 'b', event: { type: 'promise-by', params: { because: 'x', days: 2 } } },
    ]);
    expect(plan.orders[0]).toMatchObject({ promiseBy: '2011-11-15', shipments: [{ lateDays: 1 }] });
    const own = await planned([promise], [{ ...CUPS, promiseBy: '2011-11-18' }]);
    expect(own.plan.orders[0]!.promiseBy).toBe('2011-11-18');
  });

  it('min-part-value keeps small parts back', async () => {
    const { plan, plain } = await planned(
      [rule({ type: 'min-part-value', params: { because: 'x', minPartValueMicros: 30_000_000 } })],
      [BOTH],
    );
    expect(nodesOf(plain)).toEqual(['dc', 'store']);
    for (const { lines } of plan.orders[0]!.shipments) {
      expect(lines.reduce((sum, { quantity }) => sum + quantity * 10_000_000, 0)).toBeGreaterThanOrEqual(30_000_000);
    }
  });

  it('unsourced-penalty scales what a missing unit costs', async () => {
    const none = [buildOrder('o1', [buildLine('1', 'jug', 7)])];
    const { plan, plain } = await planned(
      [rule({ type: 'unsourced-penalty', params: { because: 'x', percent: 250 } })],
      none,
    );
    expect(plan.cost.unsourcedMicros).toBe(2.5 * plain.cost.unsourcedMicros);
  });

  it('when-unsourced says what comes next, and only where something is missing', async () => {
    const queue = rule({ type: 'when-unsourced', params: { because: 'x', action: 'queue', cancelAfterHours: 48 } });
    expect((await planned([queue])).plan.orders[0]!.afterwards).toBeUndefined();
    const next = rule(
      { type: 'when-unsourced', params: { because: 'y', action: 'next-strategy', strategy: 'nearest' } },
      ALWAYS,
      { name: 'later' },
    );
    const { plan } = await planned([next, { ...queue, priority: 2 }], [buildOrder('o1', [buildLine('1', 'jug', 7)])]);
    expect(plan.orders[0]!.afterwards).toEqual({
      rule: 'when-unsourced',
      because: 'x',
      action: 'queue',
      cancelAt: '2011-11-16T09:00:00.000Z',
      strategy: null,
    });
  });
});

describe('verify', () => {
  it.each<[RuleEffect, Rule['conditions'], Order, string]>([
    [{ type: 'require', params: { because: 'x', nodes: STORES } }, ALWAYS, CUPS, 'although rule "require" refuses it'],
    [
      { type: 'prefer', params: { because: 'x', nodes: STORES, perLineMicros: 1 } },
      ALWAYS,
      CUPS,
      'preferenceMicros is 0',
    ],
    [{ type: 'sourcing-buffer', params: { because: 'x', units: 5 } }, DCS, CUPS, '2 units taken, 1 there'],
    [
      { type: 'capacity-cap', params: { because: 'x', percent: 0 } },
      STORES,
      buildOrder('o1', [buildLine('1', 'jug')]),
      'store: 1 shipments',
    ],
    [{ type: 'max-shipments', params: { because: 'x', shipments: 1 } }, ALWAYS, BOTH, '2 shipments, at most 1'],
    [
      { type: 'ship-complete', params: { because: 'x' } },
      ALWAYS,
      buildOrder('o1', [buildLine('1', 'cup', 13)]),
      'units missing',
    ],
    [{ type: 'hold', params: { because: 'x' } }, ALWAYS, CUPS, 'is held and has shipments'],
    [{ type: 'promise-by', params: { because: 'x', days: 1 } }, ALWAYS, CUPS, 'promise is not what'],
    [{ type: 'min-part-value', params: { because: 'x', minPartValueMicros: 30_000_000 } }, ALWAYS, BOTH, 'at least'],
    [
      { type: 'unsourced-penalty', params: { because: 'x', percent: 50 } },
      ALWAYS,
      buildOrder('o1', [buildLine('1', 'jug', 7)]),
      'unsourced costs',
    ],
  ])('finds that %o was not kept', async (event, conditions, order, sentence) => {
    const { plain, policy, wave } = await planned([], [order]);
    const found = await verify(plain, wave, { ...policy, rules: [rule(event, conditions)] });
    expect(found.join(' ')).toContain(sentence);
  });
});
