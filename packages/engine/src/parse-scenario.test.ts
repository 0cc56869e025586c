import { describe, expect, it } from 'vitest';
import type { Issue } from './base/issue.ts';
import { DEFAULT_LIMITS } from './model/limits.ts';
import type { Scenario } from './model/scenario.ts';
import { parseScenario, parseWave, policyIssuesFor } from './parse-scenario.ts';
import { parsePolicy } from './rules/compile-policy.ts';
import { source } from './source.ts';
import {
  buildCalendar,
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
  buildScenario,
  buildSnapshot,
} from './testing/build-scenario.ts';
import { randomScenario } from './testing/random-scenario.ts';

function issuesOf(scenario: unknown): Issue[] {
  const result = parseScenario(scenario);
  if (result.ok) throw new Error('It was expected not to parse.');
  return result.error;
}

const snapshotWith = (over: Partial<Scenario['snapshot']>): Scenario =>
  buildScenario({ snapshot: buildSnapshot(over) });
const receipt = { receiptId: 'r1', sku: 'cup', nodeId: 'north', quantity: 1, dueOn: '2011-11-15' };
const zone = buildRateCard().zones[0]!;

/** One thing wrong with an otherwise good scenario: code, path, and what the message must name. */
const BROKEN: readonly (readonly [string, Scenario, Issue['code'], string, string])[] = [
  [
    'a node twice',
    snapshotWith({ nodes: [buildNode('north'), buildNode('north')] }),
    'duplicate-id',
    '/snapshot/nodes/1/nodeId',
    '"north"',
  ],
  [
    'an item twice',
    snapshotWith({ items: [buildItem('cup'), buildItem('cup')] }),
    'duplicate-id',
    '/snapshot/items/1/sku',
    '"cup"',
  ],
  [
    'a calendar twice',
    snapshotWith({ calendars: [buildCalendar(), buildCalendar()] }),
    'duplicate-id',
    '/snapshot/calendars/1/calendarId',
    '"weekdays"',
  ],
  [
    'a rate card twice',
    snapshotWith({ rateCards: [buildRateCard(), buildRateCard()] }),
    'duplicate-id',
    '/snapshot/rateCards/1/rateCardId',
    '"parcel"',
  ],
  [
    'a receipt twice',
    snapshotWith({ receipts: [receipt, receipt] }),
    'duplicate-id',
    '/snapshot/receipts/1/receiptId',
    '"r1"',
  ],
  [
    'a stock row twice',
    snapshotWith({ stock: [1, 2].map((onHand) => ({ sku: 'cup', nodeId: 'north', onHand })) }),
    'duplicate-id',
    '/snapshot/stock/1/sku',
    '"cup" at "north"',
  ],
  [
    'a lane twice',
    snapshotWith({ lanes: [1, 2].map((distanceKm) => ({ nodeId: 'north', region: 'LS', distanceKm })) }),
    'duplicate-id',
    '/snapshot/lanes/1/region',
    '"north" to "LS"',
  ],
  [
    'an unknown calendar',
    snapshotWith({ nodes: [buildNode('north', { calendarId: 'lunar' })] }),
    'unknown-reference',
    '/snapshot/nodes/0/calendarId',
    '"lunar"',
  ],
  [
    'an unknown rate card',
    snapshotWith({ nodes: [buildNode('north', { rateCardIds: ['parcel', 'owl'] })] }),
    'unknown-reference',
    '/snapshot/nodes/0/rateCardIds/1',
    '"owl"',
  ],
  [
    'stock at an unknown node',
    snapshotWith({ stock: [{ sku: 'cup', nodeId: 'moon', onHand: 1 }] }),
    'unknown-reference',
    '/snapshot/stock/0/nodeId',
    '"moon"',
  ],
  [
    'stock of an unknown item',
    snapshotWith({ stock: [{ sku: 'jug', nodeId: 'north', onHand: 1 }] }),
    'unknown-reference',
    '/snapshot/stock/0/sku',
    '"jug"',
  ],
  [
    'a receipt at an unknown node',
    snapshotWith({ receipts: [{ ...receipt, nodeId: 'moon' }] }),
    'unknown-reference',
    '/snapshot/receipts/0/nodeId',
    '"moon"',
  ],
  [
    'a receipt of an unknown item',
    snapshotWith({ receipts: [{ ...receipt, sku: 'jug' }] }),
    'unknown-reference',
    '/snapshot/receipts/0/sku',
    '"jug"',
  ],
  [
    'a lane from an unknown node',
    snapshotWith({ lanes: [{ nodeId: 'moon', region: 'LS' }] }),
    'unknown-reference',
    '/snapshot/lanes/0/nodeId',
    '"moon"',
  ],
  [
    'two open bands in a zone',
    snapshotWith({ rateCards: [buildRateCard({ zones: [{ ...zone, bands: [zone.bands[0]!, zone.bands[0]!] }] })] }),
    'inconsistent',
    '/snapshot/rateCards/0/zones/0/bands',
    '2 bands without uptoGrams',
  ],
  [
    'a zone that carries nothing',
    snapshotWith({
      rateCards: [buildRateCard({ zones: [{ ...zone, bands: [{ ...zone.bands[0]!, uptoGrams: 0 }] }] })],
    }),
    'inconsistent',
    '/snapshot/rateCards/0/zones/0/bands',
    'carries nothing',
  ],
  [
    'a parcel of no weight',
    snapshotWith({ rateCards: [buildRateCard({ maxParcelGrams: 0.000_000_5 })] }),
    'inconsistent',
    '/snapshot/rateCards/0/zones/0/bands',
    'carries nothing',
  ],
  [
    'an order twice',
    buildScenario({ orders: [1, 2].map(() => buildOrder('o1', [buildLine('1', 'cup')])) }),
    'duplicate-id',
    '/orders/1/orderId',
    '"o1"',
  ],
  [
    'a line twice',
    buildScenario({ orders: [buildOrder('o1', [buildLine('1', 'cup'), buildLine('1', 'cup')])] }),
    'duplicate-id',
    '/orders/0/lines/1/lineId',
    '"1"',
  ],
  [
    'an order of an unknown item',
    buildScenario({ orders: [buildOrder('o1', [buildLine('1', 'jug')])] }),
    'unknown-reference',
    '/orders/0/lines/0/sku',
    '"jug"',
  ],
  [
    'latitude without longitude',
    buildScenario({ orders: [buildOrder('o1', [buildLine('1', 'cup')], { destination: { country: 'GB', lat: 53 } })] }),
    'inconsistent',
    '/orders/0/destination',
    'both lat and lon',
  ],
  [
    'more units than an order may have',
    buildScenario({ orders: [buildOrder('o1', [buildLine('1', 'cup', 1_000_000_000), buildLine('2', 'cup')])] }),
    'too-large',
    '/orders/0/lines',
    '1000000001 units',
  ],
  [
    'a node order that names nobody',
    buildScenario({ policy: buildPolicy({ nodeOrder: ['north', 'store', 'nrth'] }) }),
    'unknown-reference',
    '/policy/nodeOrder/2',
    '"nrth"',
  ],
  [
    'a rule that does not compile',
    buildScenario({
      policy: buildPolicy({
        rules: [
          {
            name: 'r',
            conditions: { all: [{ fact: 'node.typ', operator: 'equal', value: 'dc' }] },
            event: { type: 'exclude', params: { because: 'x' } },
          },
        ],
      }),
    }),
    'bad-rule',
    '/policy/rules/0/conditions/all/0/fact',
    '"node.type"',
  ],
];

describe('parseScenario', () => {
  it('takes a small scenario and any random one, and gives them back unchanged', () => {
    expect(parseScenario(buildScenario())).toEqual({ ok: true, value: buildScenario() });
    for (let seed = 1; seed <= 50; seed++) {
      const scenario = randomScenario(seed, { orders: 4, nodes: 4, skus: 4, linesPerOrder: 3 });
      expect(parseScenario(scenario), `seed ${seed}`).toEqual({ ok: true, value: scenario });
    }
  });

  it.each(BROKEN)('finds %s', (_, scenario, code, path, named) => {
    const issues = issuesOf(scenario);
    expect(issues.map((issue) => [issue.code, issue.path])).toEqual([[code, path]]);
    expect(issues[0]!.message).toContain(named);
    expect(issues[0]!.message).not.toContain('undefined');
  });

  it('reports references, orders, policy and rules all at once', () => {
    const issues = issuesOf({
      ...BROKEN[0]![1],
      orders: [buildOrder('o1', [buildLine('1', 'jug')]), buildOrder('o1', [buildLine('1', 'jug')])],
      policy: buildPolicy({ nodeOrder: ['nowhere'], rules: BROKEN.at(-1)![1].policy.rules! }),
    });
    expect(issues.map(({ path }) => path)).toEqual([
      '/snapshot/nodes/1/nodeId',
      '/orders/1/orderId',
      '/orders/0/lines/0/sku',
      '/orders/1/lines/0/sku',
      '/policy/nodeOrder/0',
      '/policy/rules/0/conditions/all/0/fact',
    ]);
  });

  it('counts issues beyond a thousand', () => {
    const orders = Array.from({ length: 1500 }, (_, index) => buildOrder(`o${index}`, [buildLine('1', 'jug')]));
    const issues = issuesOf(buildScenario({ orders }));
    expect(issues).toHaveLength(1001);
    expect(issues.at(-1)!.message).toContain('500 more');
  });

  it('refuses orders with too many lines at their place', () => {
    const lines = Array.from({ length: 2001 }, (_, index) => buildLine(`${index}`, 'cup'));
    const orders = [buildOrder('o1', [buildLine('1', 'cup')]), buildOrder('o2', lines)];
    expect(issuesOf({ ...buildScenario(), orders })).toMatchObject([{ code: 'too-large', path: '/orders/1/lines' }]);
  });

  it.each([null, 'text', 3, [], {}, { orders: 'none', snapshot: [], policy: null }, { orders: [null, 3, 'x'] }])(
    'reports, and never throws, on %j',
    (input) => {
      expect(issuesOf(input).length).toBeGreaterThan(0);
    },
  );

  it('survives a storm of damaged scenarios without an exception, and sources whatever passes', async () => {
    const damage: unknown[] = [null, -1, '', 'x', [], {}, 1e15, Number.NaN, '2011-02-30', true, 1_000_000_000];
    const scenario = randomScenario(5, { orders: 2, nodes: 3, skus: 3, linesPerOrder: 2 });
    let passed = 0;
    const paths = leafPaths(scenario);
    for (let trial = 0; trial < 3 * paths.length; trial++) {
      const path = paths[trial % paths.length]!;
      const value = damage[(trial + Math.floor(trial / paths.length)) % damage.length];
      const broken = structuredClone(scenario);
      set(broken, path, value);
      const result = parseScenario(broken);
      if (!result.ok) {
        expect(
          result.error.every(({ message }) => !message.includes('undefined')),
          path.join('/'),
        ).toBe(true);
        continue;
      }
      passed += 1;
      // Whatever parses gets a plan or issues; a thrown error fails the test.
      await source(result.value, result.value.policy, DEFAULT_LIMITS);
    }
    expect(passed).toBeGreaterThan(50);
  });
});

describe('parseWave and policies against it', () => {
  it('checks a wave as a scenario is checked', () => {
    const { orders, snapshot } = buildScenario();
    expect(parseWave({ orders, snapshot })).toEqual({ ok: true, value: { orders, snapshot } });
    expect(parseWave({ orders: [...orders, ...orders], snapshot })).toMatchObject({
      ok: false,
      error: [{ path: '/orders/1/orderId' }],
    });
    expect(parseWave({ orders, snapshot, policy: {} })).toMatchObject({
      ok: false,
      error: [{ path: '/policy', code: 'unknown-field' }],
    });
  });

  it('finds what a policy names that the wave does not have', () => {
    const wave = buildScenario();
    expect(policyIssuesFor(buildPolicy({ nodeOrder: ['north', 'dc', '3pl'] }), wave)).toEqual([]);
    expect(policyIssuesFor(buildPolicy({ nodeOrder: ['south'] }), wave)).toMatchObject([
      { path: '/policy/nodeOrder/0' },
    ]);
  });

  it('parses a policy with its rules, below a base', () => {
    expect(parsePolicy(buildPolicy())).toEqual({ ok: true, value: buildPolicy() });
    expect(parsePolicy({}, '/policy')).toMatchObject({
      ok: false,
      error: expect.arrayContaining([expect.objectContaining({ path: '/policy/goals' })]),
    });
    expect(parsePolicy(BROKEN.at(-1)![1].policy, '/p')).toMatchObject({
      ok: false,
      error: [{ path: '/p/rules/0/conditions/all/0/fact' }],
    });
  });
});

describe('inputs at the edge of what parses', () => {
  const planOrIssues = async (scenario: Scenario) => {
    const parsed = parseScenario(scenario);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
    return source(parsed.value, parsed.value.policy, DEFAULT_LIMITS);
  };

  it('refuses money that cannot be counted exactly, instead of breaking', async () => {
    const orders = [
      buildOrder('o1', [buildLine('1', 'cup', 1_000_000_000, { unitPriceMicros: 1_000_000_000_000_000 })]),
    ];
    const goals = { ...buildPolicy().goals, unsourced: { perUnitMicros: 1_000_000_000_000_000, valuePercent: 10_000 } };
    expect(await planOrIssues(buildScenario({ orders, policy: buildPolicy({ goals }) }))).toMatchObject({
      ok: false,
      error: [{ code: 'out-of-range', path: '/orders', message: expect.stringContaining('"o1"') }],
    });
  });

  it('ships in ten thousand parcels, and does not consider a service that needs more', async () => {
    const snapshot = buildSnapshot({
      items: [buildItem('cup', { weightGrams: 100 })],
      stock: [{ sku: 'cup', nodeId: 'north', onHand: 1_000_000_000 }],
      rateCards: [
        buildRateCard({ maxParcelGrams: 1000, zones: [{ ...zone, bands: [{ fixedMicros: 1, perKgMicros: 0 }] }] }),
      ],
    });
    const parcelsOf = async (units: number) =>
      planOrIssues(buildScenario({ snapshot, orders: [buildOrder('o1', [buildLine('1', 'cup', units)])] }));
    // 100,000 × 100 g in parcels of 1 kg: 10,000 parcels at a micro each.
    expect(await parcelsOf(100_000)).toMatchObject({
      ok: true,
      value: { cost: { totalMicros: 10_000 }, kpis: { parcels: 10_000 } },
    });
    for (const units of [100_001, 100_000_000]) {
      expect(await parcelsOf(units)).toMatchObject({
        ok: true,
        value: { orders: [{ shipments: [], unsourced: [{ reason: 'no-eligible-node' }] }] },
      });
    }
  });

  it('delivers by the slowest carrier that can be stated', async () => {
    const rateCards = [buildRateCard({ deliveryWeekdays: [3], zones: [{ ...zone, transitDays: 120 }] })];
    const snapshot = buildSnapshot({ rateCards, lanes: [{ nodeId: 'north', region: 'LS', extraTransitDays: 60 }] });
    const goals = { ...buildPolicy().goals, latenessPerDayMicros: 0 };
    const result = await planOrIssues(buildScenario({ snapshot, policy: buildPolicy({ goals }) }));
    // 180 Wednesdays from Wednesday 16 November 2011: 179 weeks later is 22 April 2015.
    expect(result).toMatchObject({ ok: true, value: { orders: [{ shipments: [{ deliverOn: '2015-04-22' }] }] } });
  });

  it('keeps dates in four digits at the far end of the calendar', async () => {
    const orders = [buildOrder('o1', [buildLine('1', 'cup')], { placedAt: '2999-12-31T09:00:00Z' })];
    const result = await planOrIssues(buildScenario({ orders }));
    // 31 December 2999 is a Tuesday; two delivery days later is Thursday.
    expect(result).toMatchObject({
      ok: true,
      value: { orders: [{ shipments: [{ shipOn: '2999-12-31', deliverOn: '3000-01-02' }] }] },
    });
  });
});

type Path = readonly (string | number)[];

function leafPaths(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path];
  return Object.entries(value).flatMap(([key, inner]) => leafPaths(inner, [...path, key]));
}

function set(root: unknown, path: Path, value: unknown): void {
  let at = root as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[path.at(-1)!] = value;
}
