import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { Policy, Rule } from '../model/policy.ts';
import type { Scenario } from '../model/scenario.ts';
import { source } from '../source.ts';
import { buildItem, buildLine, buildOrder, buildPolicy, buildScenario } from '../testing/build-scenario.ts';
import { besides, stockOf } from '../testing/explain-scenario.ts';
import { randomScenario } from '../testing/random-scenario.ts';
import { checkPolicy, type CheckRequest } from './check-policy.ts';
import { diffPolicies } from './diff-policies.ts';
import { type Gates, parseGates } from './gates.ts';
import { goldenOrder, parseGolden } from './golden.ts';
import { ruleCosts } from './rule-costs.ts';

const isNode = (value: string) => ({ all: [{ fact: 'node.nodeId', operator: 'equal', value }] });
const excluding = (node: string, name = `not from ${node}`): Rule => ({
  name,
  conditions: isNode(node),
  event: { type: 'exclude', params: { because: 'It is being counted.' } },
});

/** North is 2.00 cheaper; the jug is hazardous. */
const scenario: Scenario = buildScenario({
  snapshot: besides(
    { type: 'store' },
    {
      items: [buildItem('cup'), buildItem('jug', { hazmat: true })],
      stock: stockOf([
        ['cup', 'north', 10],
        ['cup', 'south', 10],
        ['jug', 'south', 10],
      ]),
    },
  ),
  orders: [buildOrder('o1', [buildLine('1', 'cup')]), buildOrder('o2', [buildLine('1', 'jug', 2)])],
});

async function checked(over: Partial<CheckRequest> = {}) {
  const report = await checkPolicy({ scenario, policy: scenario.policy, limits: DEFAULT_LIMITS, ...over });
  if (!report.ok) throw new Error(JSON.stringify(report.error));
  return report.value;
}

const gatesOf = (input: unknown): Gates => {
  const gates = parseGates(input);
  if (!gates.ok) throw new Error(JSON.stringify(gates.error));
  return gates.value;
};

describe('golden orders', () => {
  const fromNorth = { nodeId: 'north', lines: { 1: 1 } };

  it('pass where shipments are as expected, whatever is left out', async () => {
    const golden = {
      orders: [
        { orderId: 'o1', shipments: [fromNorth] },
        { orderId: 'o2', shipments: [{ nodeId: 'south', service: 'standard', shipOn: '2011-11-14', lines: { 1: 2 } }] },
      ],
    };
    const { passed, checks } = await checked({ golden });
    expect(passed).toBe(true);
    expect(checks.filter(({ kind }) => kind === 'golden').map(({ name }) => name)).toEqual(['o1', 'o2']);
  });

  it('fail with what was expected and what was found', async () => {
    const golden = {
      orders: [
        { orderId: 'o1', shipments: [{ nodeId: 'south', lines: { 1: 1 } }], unsourced: { 1: 1 } },
        { orderId: 'none', shipments: [] },
      ],
    };
    const { passed, checks } = await checked({ golden });
    expect(passed).toBe(false);
    expect(checks.filter(({ kind }) => kind === 'golden').map(({ details }) => details)).toEqual([
      [
        'Expected a shipment from south with 1 of line 1.',
        'Found a shipment from north by standard on 2011-11-14 with 1 of line 1.',
        'Expected unsourced: 1 of line 1; found: nothing.',
      ],
      ['The plan has no order none.'],
    ]);
  });

  it('written from a plan pass against it', async () => {
    const { plan } = await checked();
    const golden = parseGolden({ orders: plan.orders.map(goldenOrder) });
    expect(golden.ok && (await checked({ golden: golden.value })).passed).toBe(true);
  });
});

describe('invariants', () => {
  const never = {
    all: [
      { fact: 'item.hazmat', operator: 'equal', value: true },
      { fact: 'node.type', operator: 'equal', value: 'store' },
    ],
  };

  it('name every planned line for which the condition holds', async () => {
    const gates = gatesOf({ invariants: [{ name: 'no hazmat from stores', never, because: 'No licence.' }] });
    const { checks } = await checked({ gates });
    expect(checks.at(-1)).toEqual({
      kind: 'invariant',
      name: 'no hazmat from stores',
      passed: false,
      details: ['No licence.', 'Line 1 of order o2 (jug) from south.'],
    });
    const policy = buildPolicy({ rules: [{ ...excluding('south'), conditions: never }] });
    expect((await checked({ gates, policy })).checks.at(-1)!.passed).toBe(true);
  });

  it('are refused where they cannot be asked', async () => {
    const gates = gatesOf({
      invariants: [{ name: 'x', never: { all: [{ fact: 'item.hazrd', operator: 'equal', value: 1 }] } }],
    });
    const report = await checkPolicy({ scenario, policy: scenario.policy, gates, limits: DEFAULT_LIMITS });
    expect(report).toMatchObject({ ok: false, error: [{ path: '/invariants/0/never/all/0/fact' }] });
  });
});

describe('gates', () => {
  const policy = buildPolicy({ rules: [excluding('north'), excluding('south')] });

  it.each([
    [{ measure: 'unsourcedUnitsPercent', atMost: 0 }, 'unsourcedUnitsPercent is 100, above 0.'],
    [
      { measure: 'unsourcedUnitsPercent', atMost: { baselinePlus: 0.1 } },
      'unsourcedUnitsPercent is 100, above 0.1 (the baseline has 0).',
    ],
    // Without rules: 3.50 for the cup; 4.00 for two jugs of 500 g and 2.00 handling.
    [
      { measure: 'costMicros', atMost: { baselinePercent: 200 } },
      'costMicros is 60000000, above 19000000 (the baseline has 9500000).',
    ],
    [{ measure: 'onTimeInFullPercent', atLeast: 99 }, 'onTimeInFullPercent is 0, below 99.'],
  ])('fail with the figure and the limit: %o', async (gate, detail) => {
    const { checks, passed } = await checked({ policy, gates: gatesOf({ gates: [{ name: 'g', ...gate }] }) });
    expect(passed).toBe(false);
    expect(checks.at(-1)).toEqual({ kind: 'gate', name: 'g', passed: false, details: [detail] });
  });

  it('stand against the scenario’s own policy, or the baseline that is named', async () => {
    const gates = gatesOf({ gates: [{ name: 'g', measure: 'costMicros', atMost: { baselinePlus: 0 } }] });
    expect((await checked({ gates })).passed).toBe(true);
    expect((await checked({ gates, policy, baseline: policy })).passed).toBe(true);
    expect((await checked({ gates, policy })).passed).toBe(false);
  });

  it('ask for at least one limit', () => {
    expect(parseGates({ gates: [{ name: 'g', measure: 'costMicros' }] }).ok).toBe(false);
  });
});

describe('the cost of rules', () => {
  async function costs(policy: Policy, of: Scenario = scenario) {
    const found = await ruleCosts(of, policy, DEFAULT_LIMITS);
    if (!found.ok) throw new Error(JSON.stringify(found.error));
    return found.value;
  }

  it('is the plan with a rule less the plan without it', async () => {
    const idle = { ...excluding('nowhere'), name: 'idle' };
    const { rules } = await costs(buildPolicy({ rules: [idle, excluding('north'), excluding('south')] }));
    // Without "not from north" the cup ships for 3.50 instead of a penalty of 20.00; without "not from south" both ship from there.
    expect(rules).toMatchObject([
      { rule: 'not from south', cost: { totalMicros: 48_500_000 }, unsourcedUnits: 3, movedOrders: 2, replanned: true },
      { rule: 'not from north', cost: { totalMicros: 16_500_000 }, unsourcedUnits: 1, movedOrderIds: ['o1'] },
      { rule: 'idle', cost: { totalMicros: 0 }, movedOrders: 0, replanned: false },
    ]);
  });

  it('of a rule that changed nothing is nothing, on random scenarios', async () => {
    for (let seed = 0; seed < 12; seed++) {
      const random = randomScenario(seed, { nodes: 4, skus: 4, orders: 6, linesPerOrder: 2 });
      const { plan, rules } = await costs(random.policy, random);
      for (const { rule, replanned } of rules.filter((entry) => !entry.replanned)) {
        expect(replanned).toBe(false);
        const without = { ...random.policy, rules: random.policy.rules!.filter(({ name }) => name !== rule) };
        const relaxed = await source(random, without, DEFAULT_LIMITS);
        expect(relaxed).toMatchObject({ ok: true, value: { cost: plan.cost } });
      }
    }
  });

  it('tells how far it is and stops when it is cancelled', async () => {
    const told: unknown[] = [];
    const policy = buildPolicy({ rules: [excluding('north')] });
    await ruleCosts(scenario, policy, DEFAULT_LIMITS, { onProgress: (...step) => told.push(step) });
    expect(told).toEqual([
      [1, 2, null],
      [2, 2, 'not from north'],
    ]);
    const stopped = await ruleCosts(scenario, policy, DEFAULT_LIMITS, { isCancelled: () => told.length > 0 });
    expect(stopped).toMatchObject({ ok: false, error: [{ code: 'cancelled' }] });
  });
});

describe('the difference of two policies', () => {
  const plain = buildPolicy();
  const rules = ['a', 'b', 'c'].map((name) => excluding(name, name));
  const [a, b, c] = rules as [Rule, Rule, Rule];
  const told = (before: Policy, after: Policy) => diffPolicies(before, after).map(({ sentence }) => sentence);

  it('is nothing for another version of the same, whatever the order of fields', () => {
    const turned = Object.fromEntries(Object.entries(plain).reverse()) as unknown as Policy;
    expect(diffPolicies(plain, { ...turned, version: 2 })).toEqual([]);
  });

  it.each([
    [buildPolicy(), buildPolicy({ rules: [a] }), ['Rule "a" was added at place 1.']],
    [buildPolicy({ rules: [a, b] }), buildPolicy({ rules: [b] }), ['Rule "a" was removed.']],
    [buildPolicy({ rules: [a, b, c] }), buildPolicy({ rules: [c, a, b] }), ['Rule "c" moved from place 3 to 1.']],
    [
      buildPolicy({ rules: [a] }),
      buildPolicy({
        rules: [
          { ...a, event: { type: 'penalise', params: { because: 'It is being counted.', perLineMicros: 2_500_000 } } },
        ],
      }),
      [
        'Rule "a": event.type changed from "exclude" to "penalise".',
        'Rule "a": event.params.perLineMicros is now 2.50.',
      ],
    ],
    [
      plain,
      { ...plain, goals: { ...plain.goals, splitMicros: 0 }, allow: { ...plain.allow, maxShipments: 3 } },
      ['goals.splitMicros changed from 1.00 to 0.00.', 'allow.maxShipments is now 3.'],
    ],
    [plain, { ...plain, cascade: { strategies: [{ name: 'near' }] } }, ['Strategy "near" was added at place 1.']],
  ])('is said in words', (before, after, sentences) => {
    expect(told(before, after)).toEqual(sentences);
  });

  it('points at where the change is', () => {
    const before = buildPolicy({ rules: [a, b] });
    const after = buildPolicy({ rules: [b, { ...c, priority: 4 }] });
    expect(diffPolicies(before, after).map(({ kind, path }) => [kind, path])).toEqual([
      ['removed', '/rules/0'],
      ['added', '/rules/1'],
    ]);
  });
});

describe('a check', () => {
  it('fails on lint errors', async () => {
    const never: Rule = {
      ...excluding('north'),
      conditions: { all: [isNode('north'), isNode('south')] },
    };
    const { checks, passed } = await checked({ policy: buildPolicy({ rules: [never] }) });
    expect(passed).toBe(false);
    expect(checks[0]).toMatchObject({ kind: 'lint', passed: false });
  });

  it('is not made of a wave that cannot be sourced', async () => {
    const request = { scenario, policy: scenario.policy, limits: { ...DEFAULT_LIMITS, maxOrders: 1 } };
    expect(await checkPolicy(request)).toMatchObject({ ok: false, error: [{ code: 'too-large' }] });
  });
});
