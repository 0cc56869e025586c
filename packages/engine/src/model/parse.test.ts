import { EFFECT_TYPES } from './effect.ts';
import { describe, expect, it } from 'vitest';
import type { Issue } from '../base/issue.ts';
import type { Result } from '../base/result.ts';
import {
  buildCalendar,
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
} from '../testing/build-scenario.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import {
  limitIssues,
  MAX_ISSUES,
  parseCalendar,
  parseItem,
  parseLane,
  parseLimits,
  parseNode,
  parseOrder,
  parsePolicyShape,
  parseRateCard,
  parseReceipt,
  parseStockLevel,
} from './parse.ts';

type Parse = (input: unknown, base?: string) => Result<unknown, Issue[]>;

/** Every field of every noun filled in. */
const FULL: Readonly<Record<string, readonly [Parse, Record<string, unknown>]>> = {
  item: [parseItem, { ...buildItem('cup'), name: 'Cup', category: 'kitchen', hazmat: false, tags: ['fragile'] }],
  node: [
    parseNode,
    {
      ...buildNode('north'),
      status: 'open',
      location: { lat: -90, lon: 180 },
      region: 'LS',
      postcode: 'LS1',
      groups: ['uk'],
      tags: ['big'],
      capacity: {
        shipmentsPerDay: 0,
        unitsPerDay: 10,
        soft: {
          shipmentsPerDay: [{ above: 0, perShipmentMicros: 1 }],
          unitsPerDay: [
            { above: 5, perUnitMicros: 1 },
            { above: 6, perUnitMicros: 2 },
          ],
        },
      },
      handling: { perShipmentMicros: 1, perLineMicros: 2, perUnitMicros: 3 },
    },
  ],
  'stock level': [
    parseStockLevel,
    {
      sku: 'cup',
      nodeId: 'north',
      onHand: 9,
      allocated: 1,
      reserved: 2,
      sellingBuffer: 3,
      sourcingBuffer: 4,
      stockOutSteps: [
        { units: 1, perUnitMicros: 0 },
        { units: 2, perUnitMicros: 0 },
      ],
    },
  ],
  receipt: [parseReceipt, { receiptId: 'r1', sku: 'cup', nodeId: 'north', quantity: 1, dueOn: '2012-02-29' }],
  lane: [parseLane, { nodeId: 'north', region: 'LS', distanceKm: 1.5, extraTransitDays: 2 }],
  calendar: [parseCalendar, { ...buildCalendar(), closedOn: ['2011-12-26'], processingDays: 1 }],
  'rate card': [
    parseRateCard,
    {
      ...buildRateCard(),
      carrier: 'Owl',
      noDeliveryOn: ['2011-12-26'],
      zones: [
        {
          zone: 'z',
          regions: ['LS'],
          maxDistanceKm: 10,
          transitDays: 0,
          bands: [{ uptoGrams: 0.5, fixedMicros: 0, perKgMicros: 0, minimumMicros: 0 }],
        },
      ],
    },
  ],
  order: [
    parseOrder,
    {
      ...buildOrder('o1', [{ ...buildLine('1', 'cup'), lineWeightGrams: 12.345, shipTogether: 'set' }]),
      channel: 'web',
      priority: 9,
      customerId: 'c1',
      customerTier: 'gold',
      tags: ['gift'],
      promiseBy: '2011-11-20',
      services: ['standard'],
      destination: { country: 'GB', region: 'LS', postcode: 'LS1', lat: 53.8, lon: -1.55 },
      shipComplete: true,
      maxShipments: 1,
      minPartValueMicros: 0,
    },
  ],
  policy: [
    parsePolicyShape,
    {
      ...buildPolicy(),
      nodeOrder: ['north', 'store'],
      rules: [
        { name: 'a', priority: 2, conditions: { all: [] }, event: { type: 'exclude', params: { because: 'x' } } },
        { name: 'b', conditions: { any: [] }, event: { type: 'penalise', params: { because: 'x', perLineMicros: 1 } } },
      ],
    },
  ],
  limits: [parseLimits, { ...DEFAULT_LIMITS }],
};

const NAMES = Object.keys(FULL);

function issuesOf(result: Result<unknown, Issue[]>): Issue[] {
  if (result.ok) throw new Error('It was expected not to parse.');
  return result.error;
}

/** What every message owes its reader. */
function expectReadable(issues: readonly Issue[]): void {
  for (const { message, path } of issues) {
    expect(message, path).not.toMatch(/undefined|\[object|Invalid input|NaN\b.*NaN/);
    expect(message, path).toMatch(/\.$/);
    expect(message.length, path).toBeLessThan(300);
    expect(path).toMatch(/^(\/|$)/);
  }
}

describe('parsing a noun', () => {
  it.each(NAMES)('takes a %s with every field filled in, and gives it back', (name) => {
    const [parse, full] = FULL[name]!;
    expect(parse(full)).toEqual({ ok: true, value: full });
  });

  it.each(NAMES)('names every field that a %s misses', (name) => {
    const [parse, full] = FULL[name]!;
    const required = Object.keys(full).filter((key) => {
      const { [key]: _, ...rest } = full;
      return !parse(rest).ok;
    });
    expect(required.length).toBeGreaterThan(0);
    const issues = issuesOf(parse({}));
    expect(issues.map(({ path, code }) => [path, code])).toEqual(required.map((key) => [`/${key}`, 'missing']));
    for (const { message } of issues) expect(message).toMatch(/^Missing[:.] /);
    expectReadable(issues);
  });

  it.each(NAMES)('refuses each field of a %s that holds another type, at its own path', (name) => {
    const [parse, full] = FULL[name]!;
    for (const key of Object.keys(full)) {
      const wrong = typeof full[key] === 'object' ? 'text' : { nested: true };
      const issues = issuesOf(parse({ ...full, [key]: wrong }));
      expect(
        issues.map(({ path }) => path),
        key,
      ).toEqual([`/${key}`]);
      expect(issues[0]!.message, key).toContain(typeof full[key] === 'object' ? '"text"' : '{"nested":true}');
      expectReadable(issues);
    }
  });

  it.each(NAMES)('refuses null in each field of a %s', (name) => {
    const [parse, full] = FULL[name]!;
    for (const key of Object.keys(full)) {
      const issues = issuesOf(parse({ ...full, [key]: null }));
      expect(
        issues.map(({ path }) => path),
        key,
      ).toEqual([`/${key}`]);
      expect(issues[0]!.message, key).toContain('null');
    }
  });

  it.each(NAMES)('names every unknown field of a %s, also those that mean something to JavaScript', (name) => {
    const [parse, full] = FULL[name]!;
    const odd = JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"a/b~c":2,"":3}') as Record<string, unknown>;
    const input = Object.defineProperty({ ...full, ...odd }, '__proto__', { value: {}, enumerable: true });
    const issues = issuesOf(parse(input));
    expect(new Set(issues.map(({ path, code }) => `${code} ${path}`))).toEqual(
      new Set(['unknown-field /__proto__', 'unknown-field /constructor', 'unknown-field /a~1b~0c', 'unknown-field /']),
    );
    expectReadable(issues);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each(NAMES)('refuses what is no %s at all', (name) => {
    const [parse] = FULL[name]!;
    for (const input of [null, undefined, 3, 'text', [], true, 10n, () => 1, Number.NaN]) {
      const issues = issuesOf(parse(input));
      expect(issues).toHaveLength(1);
      expect(issues[0]!.path).toBe('');
      expectReadable(issues);
    }
  });

  it.each(NAMES)('refuses a %s nested 60 deep, unseen', (name) => {
    const [parse, full] = FULL[name]!;
    const deep = JSON.parse('['.repeat(60) + ']'.repeat(60)) as unknown;
    expect(issuesOf(parse({ ...full, deep }, '/base'))).toMatchObject([
      { code: 'too-deep', path: expect.stringMatching(/^\/base\/deep\/0/) },
    ]);
  });

  it.each(NAMES)('puts the paths of a %s below the base it is given', (name) => {
    const [parse] = FULL[name]!;
    for (const { path } of issuesOf(parse({}, '/some/where'))) expect(path).toMatch(/^\/some\/where\//);
  });
});

describe('values', () => {
  const field = (name: string, key: string, value: unknown): Issue[] => {
    const [parse, full] = FULL[name]!;
    const result = parse({ ...full, [key]: value });
    return result.ok ? [] : result.error;
  };

  it.each([
    ['receipt', 'quantity', 0, 'out-of-range', '0 does not fit. At least 1.'],
    ['receipt', 'quantity', -2, 'out-of-range', '-2 does not fit. At least 1.'],
    ['receipt', 'quantity', 1.5, 'out-of-range', '1.5 does not fit. Give a whole number.'],
    ['receipt', 'quantity', '3', 'wrong-type', '"3" does not fit. Give a number.'],
    ['receipt', 'quantity', Number.NaN, 'wrong-type', 'NaN does not fit. Give a number.'],
    ['receipt', 'quantity', Number.POSITIVE_INFINITY, 'wrong-type', 'Infinity does not fit. Give a number.'],
    ['receipt', 'quantity', 1_000_000_001, 'out-of-range', '1000000001 does not fit. At most 1000000000.'],
    ['stock level', 'onHand', -1, 'out-of-range', '-1 does not fit. At least 0.'],
    ['item', 'weightGrams', -0.001, 'out-of-range', '-0.001 does not fit. At least 0.'],
    ['item', 'weightGrams', 0.0005, 'bad-format', '0.0005 does not fit. Give grams with at most three decimals.'],
    [
      'item',
      'priceMicros',
      1_000_000_000_000_001,
      'out-of-range',
      '1000000000000001 does not fit. At most 1000000000000000.',
    ],
    ['item', 'sku', '', 'out-of-range', '"" does not fit. At least 1 character.'],
    ['item', 'sku', 'a\nb', 'bad-format', '"a\\nb" does not fit. Use letters, digits, spaces and . _ - : @ / only.'],
    [
      'item',
      'sku',
      '<script>',
      'bad-format',
      '"<script>" does not fit. Use letters, digits, spaces and . _ - : @ / only.',
    ],
    ['item', 'tags', Array.from({ length: 51 }, () => 't'), 'too-large', 'At most 50 entries.'],
    ['node', 'type', 'shop', 'bad-format', '"shop" does not fit. Use one of: dc, store, vendor, 3pl.'],
    ['node', 'status', 'ajar', 'bad-format', '"ajar" does not fit. Use one of: open, closed.'],
    ['order', 'priority', 10, 'out-of-range', '10 does not fit. At most 9.'],
    ['order', 'lines', [], 'out-of-range', '[] does not fit. At least 1 entry.'],
    [
      'calendar',
      'timeZone',
      'Europe/Londn',
      'bad-format',
      '"Europe/Londn" does not fit. Give an IANA time zone, for example Europe/London.',
    ],
    ['calendar', 'cutoff', '24:00', 'bad-format', '"24:00" does not fit. Give a time of day as HH:MM.'],
    ['calendar', 'cutoff', '9:00', 'bad-format', '"9:00" does not fit. Give a time of day as HH:MM.'],
    ['calendar', 'workingWeekdays', [1, 1], 'bad-format', '[1,1] does not fit. Name each weekday once.'],
    ['calendar', 'workingWeekdays', [], 'out-of-range', '[] does not fit. At least 1 entry.'],
    ['lane', 'distanceKm', 40_101, 'out-of-range', '40101 does not fit. At most 40100.'],
    ['limits', 'shipDaysPerNode', 0, 'out-of-range', '0 does not fit. At least 1.'],
    [
      'policy',
      'strategy',
      'magic',
      'bad-format',
      '"magic" does not fit. Use one of: optimal, fcfs-exact, priority, nearest, fewest-shipments, cascade.',
    ],
    ['policy', 'version', 0, 'out-of-range', '0 does not fit. At least 1.'],
    ['order', 'minPartValueMicros', -1, 'out-of-range', '-1 does not fit. At least 0.'],
    ['stock level', 'stockOutSteps', [], 'out-of-range', '[] does not fit. At least 1 entry.'],
    [
      'stock level',
      'stockOutSteps',
      [
        { units: 1, perUnitMicros: 2 },
        { units: 1, perUnitMicros: 1 },
      ],
      'bad-format',
      'Let no step cost less a unit than the one before it.',
    ],
  ])('refuses a %s whose %s is %j', (name, key, value, code, message) => {
    const issues = field(name, key, value);
    expect(new Set(issues.map(({ path }) => path))).toEqual(new Set([`/${key}`]));
    expect(issues[0]!.code).toBe(code);
    expect(issues[0]!.message).toContain(message);
  });

  it.each([
    '2011-02-29',
    '2011-02-30',
    '2011-13-01',
    '2011-1-1',
    '20111114',
    '',
    'tomorrow',
    '1899-12-31',
    '3000-01-01',
    '0000-01-01',
    '2011-11-14T00:00:00Z',
  ])('refuses the local date %j', (date) => {
    const issues = field('order', 'promiseBy', date);
    expect(issues).toMatchObject([{ code: 'bad-format', path: '/promiseBy' }]);
    expect(issues[0]!.message).toContain('Give a real date as YYYY-MM-DD');
  });

  it.each([
    '2011-11-14',
    '2011-11-14T09:00:00',
    '2011-02-30T09:00:00Z',
    '2011-11-14T24:00:00Z',
    '2011-11-14T09:60:00Z',
    '2011-11-14 09:00:00Z',
    '2011-11-14T09:00:00+25:00',
    '2011-11-14T09:00:00.Z',
    '9999-12-31T23:59:59Z',
    '0001-01-01T00:00:00Z',
    'now',
    '',
  ])('refuses the instant %j', (instant) => {
    expect(field('order', 'placedAt', instant)).toMatchObject([{ code: 'bad-format', path: '/placedAt' }]);
  });

  it.each([
    '2011-11-14T09:00Z',
    '2011-11-14T09:00:00Z',
    '2011-11-14t09:00:00z',
    '2012-02-29T23:59:59.123456789-12:00',
    '2011-11-14T09:00:00+14:00',
    '1900-01-01T00:00:00Z',
  ])('takes the instant %j, and the engine can read it', (instant) => {
    expect(field('order', 'placedAt', instant)).toEqual([]);
    expect(Date.parse(instant)).not.toBeNaN();
  });

  it.each([
    [
      { above: 2, perShipmentMicros: 5 },
      { above: 2, perShipmentMicros: 6 },
    ],
    [
      { above: 2, perShipmentMicros: 5 },
      { above: 3, perShipmentMicros: 5 },
    ],
  ])('refuses soft capacity that does not rise', (...shipmentsPerDay) => {
    const issues = field('node', 'capacity', { soft: { shipmentsPerDay } });
    expect(issues).toMatchObject([{ code: 'bad-format', path: '/capacity/soft/shipmentsPerDay' }]);
    expect(issues[0]!.message).toContain('Let both the threshold and the charge rise');
  });

  it('takes letters of any script in ids, and zero stock', () => {
    for (const sku of ['Tasse-ä', '茶碗 1', 'a/b:c@d.e_f', 'x'.repeat(80)])
      expect(field('item', 'sku', sku)).toEqual([]);
    expect(field('item', 'sku', 'x'.repeat(81))).toHaveLength(1);
    expect(field('stock level', 'onHand', 0)).toEqual([]);
    expect(field('item', 'weightGrams', 99_999_999.999)).toEqual([]);
  });

  it('cuts a huge text in its message', () => {
    const [issue] = field('item', 'sku', 'x'.repeat(5_000_000));
    expect(issue).toMatchObject({ code: 'out-of-range', path: '/sku' });
    expect(issue!.message.length).toBeLessThan(120);
  });

  it('tells apart the effects of a rule by their type', () => {
    const rule = (event: unknown): unknown => [{ name: 'r', conditions: { all: [] }, event }];
    expect(field('policy', 'rules', rule({ type: 'forbid', params: {} }))).toEqual([
      {
        code: 'bad-format',
        path: '/rules/0/event/type',
        message: `"forbid" does not fit. Use one of: ${EFFECT_TYPES.join(', ')}.`,
      },
    ]);
    expect(field('policy', 'rules', rule({}))).toEqual([
      { code: 'missing', path: '/rules/0/event/type', message: `Missing. Use one of: ${EFFECT_TYPES.join(', ')}.` },
    ]);
    expect(field('policy', 'rules', rule({ type: 'penalise', params: { because: '' } }))).toMatchObject([
      { code: 'out-of-range', path: '/rules/0/event/params/because' },
      { code: 'missing', path: '/rules/0/event/params/perLineMicros' },
    ]);
    expect(
      field('policy', 'rules', rule({ type: 'exclude', params: { because: 'x', perLineMicros: 1 } })),
    ).toMatchObject([{ code: 'unknown-field', path: '/rules/0/event/params/perLineMicros' }]);
  });
});

describe('many issues', () => {
  it('reports all at once, each at its own path', () => {
    const order = {
      ...buildOrder('o1', []),
      placedAt: 'soon',
      destination: { country: 'gb', lat: 91 },
      lines: [{ lineId: '1', sku: 'cup', quantity: 0 }, { lineId: 2, sku: 'cup', quantity: 1, colour: 'red' }, null],
    };
    expect(
      issuesOf(parseOrder(order))
        .map(({ code, path }) => `${code} ${path}`)
        .sort(),
    ).toEqual(
      [
        'bad-format /placedAt',
        'bad-format /destination/country',
        'out-of-range /destination/lat',
        'out-of-range /lines/0/quantity',
        'wrong-type /lines/1/lineId',
        'unknown-field /lines/1/colour',
        'wrong-type /lines/2',
      ].sort(),
    );
  });

  it('takes 2,000 lines and refuses 2,001 and a million with one issue', () => {
    const lines = (count: number): unknown[] =>
      Array.from({ length: count }, (_, index) => ({ lineId: `${index}`, sku: 'cup', quantity: 1 }));
    expect(parseOrder({ ...buildOrder('o1', []), lines: lines(2000) }).ok).toBe(true);
    for (const count of [2001, 1_000_000]) {
      expect(issuesOf(parseOrder({ ...buildOrder('o1', []), lines: lines(count) }, '/orders/3'))).toEqual([
        {
          code: 'too-large',
          path: '/orders/3/lines',
          message: `${count} lines; an order has at most 2000. Send it as several orders.`,
        },
      ]);
    }
  });

  it('does not look into the lines of an order that has too many', () => {
    const trap = new Proxy(
      {},
      { get: () => expect.fail('A line was read.'), ownKeys: () => expect.fail('A line was read.') },
    );
    expect(issuesOf(parseOrder({ lines: Array.from({ length: 2001 }, () => trap) }))).toHaveLength(1);
  });

  it('lists a thousand and counts the rest', () => {
    const lines = Array.from({ length: 2000 }, () => ({}));
    const issues = issuesOf(parseOrder({ ...buildOrder('o1', []), lines }));
    expect(issues).toHaveLength(MAX_ISSUES + 1);
    // 2,000 lines with three missing fields each, less the thousand that are listed.
    expect(issues.at(-1)).toEqual({
      code: 'too-large',
      path: '',
      message: 'And 5000 more issues. Mend those above and try again.',
    });
    expect(limitIssues(issues.slice(0, MAX_ISSUES))).toHaveLength(MAX_ISSUES);
  });

  it('does not write to its input', () => {
    const order = Object.freeze(buildOrder('o1', [Object.freeze(buildLine('1', 'cup'))]));
    expect(parseOrder(order)).toEqual({ ok: true, value: order });
  });
});
